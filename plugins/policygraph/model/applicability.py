"""Applicability: whether a control applies to the organisation, why, and how far it is in place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.place import Place


class ImplementationStatus(StrEnum):
    """How far a control is in place, as the organisation says."""

    PLANNED = "planned"
    IN_PART = "in part"
    IN_PLACE = "in place"


@dataclass(frozen=True, slots=True)
class Applicability:
    """An entry of `registers/applicability.yml` for one control.

    `clause` is the qualified id (`iso-42001:A.5.2`). `rests_on` points at what the justification rests on: a risk, a
    law, a contract, an impact assessment; each a name as the organisation writes it, or a document's id.
    """

    clause: str
    place: Place
    applies: bool | None = None
    because: str = ""
    rests_on: tuple[str, ...] = ()
    status: ImplementationStatus | None = None
