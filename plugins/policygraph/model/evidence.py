"""Evidence: records that show that a document is lived. Pointers to where they are kept, never uploads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.model.interval import Interval
from policygraph.model.place import Place
from policygraph.model.record_pointer import RecordPointer


@dataclass(frozen=True, slots=True)
class RecordMade:
    """An entry of `registers/records.yml`: when a record was last made, and how long it is kept.

    `document` and `what` are as typed; the two together name the record.
    """

    document: str
    what: str
    place: Place
    made: dt.date | None = None
    by: str = ""
    retention: Interval | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that a document names, with what the register knows of it.

    `document` is a path. `owner` is a role's id: the record's own, or else the document's.
    """

    document: str
    pointer: RecordPointer
    owner: str = ""
    made: RecordMade | None = None

    @property
    def what(self) -> str:
        """What the record is."""
        return self.pointer.what

    @property
    def last(self) -> dt.date | None:
        """The day it was last made; None where nobody has recorded one."""
        return self.made.made if self.made else None

    @property
    def due(self) -> dt.date | None:
        """The last day by which it has to be made again; None where its interval or its last day is unknown."""
        every = self.pointer.every
        return every.after(self.last) if every and self.last else None
