"""Pointers to records: evidence that is kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.model.interval import Interval
from policygraph.model.place import Place


@dataclass(frozen=True, slots=True)
class RecordPointer:
    """Evidence by pointer: what shows that the document is lived, and where it is kept."""

    what: str
    place: Place
    where: str = ""
    owner: str = ""
    every: Interval | None = None
