"""Exceptions: permitted departures from a document or from one of its statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.place import Passage, Place


class ExceptionState(StrEnum):
    """How an exception stands on a day; what needs attention comes first."""

    EXPIRED = "expired, not closed"
    OPEN = "open"
    COMING = "not yet granted"
    CLOSED = "closed"


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

    def state(self, day: dt.date) -> ExceptionState:
        """How it stands on a day."""
        if self.closed is not None and self.closed <= day:
            return ExceptionState.CLOSED
        if self.expires is not None and self.expires < day:
            return ExceptionState.EXPIRED
        if self.granted is not None and self.granted > day:
            return ExceptionState.COMING
        return ExceptionState.OPEN

    def expired(self, day: dt.date) -> bool:
        """Whether it should have ended by a day and was not closed by then."""
        return self.state(day) is ExceptionState.EXPIRED

    def open(self, day: dt.date) -> bool:
        """Whether it is permitted on a day."""
        return self.state(day) is ExceptionState.OPEN
