"""Evidence: what is known on a day of the age of each record, and which promises the record backs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.evidence import Record
from policygraph.model.in_words import date_words
from policygraph.model.place import Place
from policygraph.model.promise import Promise
from policygraph.resolving.handbook import Handbook

_SOON = 30
"""Days before a record is due on which that is said, and never more than a quarter of its interval."""


class Freshness(StrEnum):
    """What is known of the age of a record. What nobody has recorded is not known, and not "never"."""

    FRESH = "fresh"
    DUE = "due"
    NEVER = "never made"
    NO_INTERVAL = "no interval known"
    NO_DATE = "no date known"
    AHEAD = "dated ahead"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record with what is known of its age on the day of the case.

    `in_force` tells whether its document is; `soon` that a fresh record is due within days; `promises` are those
    that it backs.
    """

    record: Record
    freshness: Freshness
    in_force: bool = True
    soon: bool = False
    promises: tuple[Promise, ...] = ()

    @property
    def words(self) -> str:
        """What is known of its age, in words."""
        last, due = _words(self.record.last), _words(self.record.due)
        match self.freshness:
            case Freshness.FRESH:
                return f"last made on {last}, next by {due}"
            case Freshness.DUE:
                return f"last made on {last}, due since {due}"
            case Freshness.AHEAD:
                return f"dated {last}, still to come"
            case Freshness.NO_INTERVAL if self.record.last:
                return f"last made on {last}, no interval known"
            case _:
                return "last made: not recorded"

    @property
    def lack(self) -> str:
        """Why nobody can call it fresh; nothing where it is."""
        record = self.record
        match self.freshness:
            case Freshness.FRESH:
                return ""
            case Freshness.DUE:
                since = f" and is due since {_words(record.due)}" if record.due else ""
                return f"“{record.what}” was last made on {_words(record.last)}{since}."
            case Freshness.NEVER:
                return f"“{record.what}” was never made, says its entry in records.yml."
            case Freshness.NO_INTERVAL:
                return f"“{record.what}”: no interval is known, so nobody can say whether it is fresh."
            case Freshness.NO_DATE:
                return f"Nobody has recorded when “{record.what}” was last made."
            case Freshness.AHEAD:
                return f"“{record.what}” is dated {_words(record.last)}, which is still to come."


def evidence_of(
    record: Record, today: dt.date, in_force: bool = True, promises: tuple[Promise, ...] = ()
) -> Evidence:
    """Judge a record on a day."""
    found = freshness(record, today)
    every = record.pointer.every
    soon = (
        found is Freshness.FRESH
        and record.due is not None
        and every is not None
        and (record.due - today).days <= min(_SOON, every.days / 4)
    )
    return Evidence(record, found, in_force, soon, promises)


def freshness(record: Record, today: dt.date) -> Freshness:
    """What is known of the age of a record on a day."""
    if record.last is not None and record.last > today:
        return Freshness.AHEAD
    if record.made is not None and record.last is None:
        return Freshness.NEVER
    if record.pointer.every is None:
        return Freshness.NO_INTERVAL
    if record.due is None:
        return Freshness.NO_DATE
    return Freshness.FRESH if record.due >= today else Freshness.DUE


def all_evidence(handbook: Handbook, promises: Iterable[Promise], today: dt.date) -> tuple[Evidence, ...]:
    """Every record, in reading order, with the promises it backs."""
    backed: defaultdict[tuple[str, Place], list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.record is not None:
            backed[promise.document, promise.record.place].append(promise)
    return tuple(
        evidence_of(
            record,
            today,
            handbook.by_path[record.document].in_force(today),
            tuple(backed[record.document, record.pointer.place]),
        )
        for record in handbook.records
    )


def _words(day: dt.date | None) -> str:
    return date_words(day) if day else "an unknown day"
