"""Exceptions: permitted departures from a document or from one of its statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.model.place import Passage, Place


@dataclass(frozen=True, slots=True)
class PolicyException:
    """An entry of `registers/exceptions.yml`.

    `document` is as typed until the entry is resolved, the document's path afterwards. `statement` is the address of
    the statement departed from (`storage`) and `quote` its words as they were; both empty where the whole document is
    meant. `passage` is that statement where it was found.
    """

    id: str
    title: str
    document: str
    place: Place
    owner: str = ""
    because: str = ""
    statement: str = ""
    quote: str = ""
    granted: dt.date | None = None
    by: str = ""
    expires: dt.date | None = None
    closed: dt.date | None = None
    passage: Passage | None = None

    def expired(self, day: dt.date) -> bool:
        """Whether it should have ended by a day and was never closed."""
        return self.closed is None and self.expires is not None and self.expires < day

    def open(self, day: dt.date) -> bool:
        """Whether it is permitted on a day."""
        over = self.closed is not None and self.closed <= day
        return not over and not self.expired(day)
