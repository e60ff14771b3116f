"""Reviews: who looked at which text, when, in which role, and with what outcome."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.fingerprint import Fingerprint
from policygraph.model.place import Place


class Outcome(StrEnum):
    """What a review ended with."""

    APPROVED = "approved"
    APPROVED_WITH_CHANGES = "approved with changes"
    CONFIRMED = "confirmed unchanged"
    REJECTED = "rejected"

    @property
    def approves(self) -> bool:
        """Whether the text was approved by it: a confirmation confirms an approval and is none."""
        return self in (Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES)

    @property
    def clears(self) -> bool:
        """Whether somebody has looked at the text and was content: moves the next review, clears suspicion."""
        return self is not Outcome.REJECTED


@dataclass(frozen=True, slots=True)
class Review:
    """One entry of `registers/reviews/`, a file of its own.

    `document` is the id as typed until the entry is resolved, the document's path afterwards. `role` is the role's
    id as typed. `looked_at` are the hashes of the text that was looked at; None where the entry gives none.
    """

    document: str
    by: str
    role: str
    on: dt.date
    outcome: Outcome
    place: Place
    looked_at: Fingerprint | None = None
    note: str = ""
    pull_request: str = ""
