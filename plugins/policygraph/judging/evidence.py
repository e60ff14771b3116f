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
from policygraph.words import _

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
                return _("last made on %(last)s, next by %(due)s", last=last, due=due)
            case Freshness.DUE:
                return _("last made on %(last)s, due since %(due)s", last=last, due=due)
            case Freshness.AHEAD:
                return _("dated %(day)s, still to come", day=last)
            case Freshness.NO_INTERVAL if self.record.last:
                return _("last made on %(last)s, no interval known", last=last)
        return _("last made: not recorded")

    @property
    def lack(self) -> str:
        """Why nobody can call it fresh; nothing where it is."""
        record = self.record
        match self.freshness:
            case Freshness.FRESH:
                return ""
            case Freshness.DUE:
                return _(
                    "“%(record)s” was last made on %(last)s and is due since %(due)s.",
                    record=record.what,
                    last=_words(record.last),
                    due=_words(record.due),
                )
            case Freshness.NEVER:
                return _("“%(record)s” was never made, says its entry in records.yml.", record=record.what)
            case Freshness.NO_INTERVAL:
                return _(
                    "“%(record)s”: no interval is known, so nobody can say whether it is fresh.",
                    record=record.what,
                )
            case Freshness.NO_DATE:
                return _("Nobody has recorded when “%(record)s” was last made.", record=record.what)
            case Freshness.AHEAD:
                return _(
                    "“%(record)s” is dated %(day)s, which is still to come.",
                    record=record.what,
                    day=_words(record.last),
                )


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
    return date_words(day) if day else ""
