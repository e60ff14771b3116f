"""Promises: sentences that say how often something is done, by when, or how long something is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.in_words import listed
from policygraph.model.interval import Interval
from policygraph.model.interval_words import every_words, within_words
from policygraph.model.place import Passage, Place
from policygraph.model.record_pointer import RecordPointer
from policygraph.words import _


class Kind(StrEnum):
    """What a timing promises: that something comes again, comes in time, or stays for so long."""

    FREQUENCY = "frequency"
    DEADLINE = "deadline"
    RETENTION = "retention"


class Force(StrEnum):
    """Whether a sentence demands ("must") or only states ("We meet every month.")."""

    MUST = "must"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Timing:
    """A frequency, deadline or retention, normalised.

    Twice a year is two `times` in one year. A deadline without an interval is "at once"; one that is
    `before` counts back from what it prepares.
    """

    kind: Kind
    interval: Interval | None
    times: int = 1
    before: bool = False

    @property
    def days(self) -> float:
        """About how many days lie between two times, or before the deadline."""
        return self.interval.days / self.times if self.interval else 0.0

    def __str__(self) -> str:
        span = self.interval
        if span is None:
            return _("at once")
        if self.kind is Kind.RETENTION:
            return _("for %(span)s", span=span)
        if self.kind is Kind.DEADLINE:
            return _("%(span)s before", span=span) if self.before else within_words(span.count, span.unit)
        return every_words(span.count, span.unit, self.times)


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A sentence of the text with one of its timings.

    `clause` is the part of the sentence around the timing, without the timing's own words; `subject` what
    stands before the verb that demands, or the beginning of a sentence that only states, and nothing for a
    table's row, which has the head of its `column`. `address` is the statement's own, if it has one.
    """

    passage: Passage
    timing: Timing
    force: Force
    clause: str
    subject: str = ""
    column: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class VagueWording:
    """Words of a statement that leave open when or whether: what they are and where they stand."""

    words: str
    place: Place
    passage: Passage


@dataclass(frozen=True, slots=True)
class Promise:
    """A timed sentence with who keeps it, for whom, and what shows that it is kept.

    `document` is a path; `owner` a role's id, empty where nobody is known, and `named` tells that the
    sentence itself names it. `shared` are the words that `record`, if there is one, has in common with the
    promise; `as_often` tells that it is made just as often. A record without any names the statement.
    """

    document: str
    passage: Passage
    timing: Timing
    force: Force
    clause: str
    owner: str
    named: bool
    audiences: tuple[str, ...]
    record: RecordPointer | None = None
    shared: tuple[str, ...] = ()
    as_often: bool = False
    column: str = ""
    address: str | None = None

    @property
    def ground(self) -> str:
        """Why the record is taken to back the promise, in words; nothing where there is none."""
        if self.record is None:
            return ""
        if not self.shared:
            return _("it names the statement #%(address)s", address=self.address)
        words = listed(self.shared)
        if self.as_often:
            return _("both speak of %(words)s, and both are %(timing)s", words=words, timing=self.timing)
        return _("both speak of %(words)s", words=words)

    @property
    def counts(self) -> bool:
        """Whether a record is to be expected: how long something is kept shows itself."""
        return self.timing.kind is not Kind.RETENTION


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two documents that promise different frequencies for what seems to be the same thing."""

    one: Promise
    other: Promise
    shared: tuple[str, ...]
