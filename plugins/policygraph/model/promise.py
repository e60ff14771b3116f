"""Promises: sentences that say how often something is done, by when, or how long something is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.document import Interval, RecordPointer
from policygraph.model.place import Passage, Place


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
        if self.interval is None:
            return "at once"
        if self.kind is Kind.RETENTION:
            return f"for {self.interval}"
        if self.kind is Kind.DEADLINE:
            return f"{self.interval} before" if self.before else f"within {self.interval}"
        period = self.interval.unit if self.interval.count == 1 else str(self.interval)
        if self.times == 1:
            return f"every {period}"
        often = "twice" if self.times == 2 else f"{self.times} times"
        if self.interval.count > 1:
            return f"{often} every {period}"
        return f"{often} {'an' if period == 'hour' else 'a'} {period}"


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
    sentence itself names it. `ground` says in words why `record` is taken to back the promise.
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
    ground: str = ""
    column: str = ""
    address: str | None = None

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
