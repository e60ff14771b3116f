"""Timings in a sentence: "every quarter", "within 72 hours", "spätestens nach zwei Tagen", normalised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policygraph.model.document import Interval
from policygraph.model.promise import Kind, Timing

Build = Callable[[re.Match[str]], Timing | None]


@dataclass(frozen=True, slots=True)
class FoundTiming:
    """A timing and the stretch of text that says it."""

    timing: Timing
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimingWords:
    """How one language says when.

    `gate` tells cheaply whether a text can hold a timing at all. `forms` are tried in order, and what one
    has matched is out of reach of the next; a group `start` marks where the timing's own words begin. `bare` is a length of time on its own, as in a table's cell.
    `elliptic` is a deadline that has left out its unit, since it stands before ("within ten").
    """

    gate: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], Build], ...]
    bare: re.Pattern[str]
    elliptic: re.Pattern[str]
    numbers: dict[str, int]
    units: dict[str, tuple[int, str]]
    working: re.Pattern[str]

    def count(self, text: str | None) -> int | None:
        """The number that digits or words say; one where there are none."""
        if not text or not text.strip():
            return 1
        word = text.split("(")[0].strip().lower()
        return int(word) if word.isdecimal() else self.numbers.get(word)

    def interval(self, number: str | None, unit: str) -> Interval | None:
        """A length of time, its unit normalised; None where it is nothing, or beyond all reason."""
        count = self.count(number)
        name = " ".join(unit.lower().replace("-", " ").split())
        working = self.working.search(name) is not None
        found = self.units.get(name) or self.units.get(name.split()[-1])
        if found is None or not count or count > 9999:
            return None
        many, normal = found
        return Interval(count * many, "working day" if working and normal == "day" else normal)

    def found(self, text: str) -> list[FoundTiming]:
        """All timings of a sentence, in their order."""
        found: list[FoundTiming] = []
        for pattern, build in self.forms:
            for match in pattern.finditer(text):
                start = match.start("start") if "start" in pattern.groupindex else match.start()
                if any(start < one.end and one.start < match.end() for one in found):
                    continue
                timing = build(match)
                if timing is not None:
                    found.append(FoundTiming(timing, start, match.end()))
        found.sort(key=lambda one: one.start)
        return [*found, *self._elliptic(text, found)] if found else found

    def _elliptic(self, text: str, found: list[FoundTiming]) -> Iterator[FoundTiming]:
        """ "… within five working days and publish it within ten"."""
        for match in self.elliptic.finditer(text):
            earlier = [one for one in found if one.end <= match.start() and one.timing.kind is Kind.DEADLINE]
            inside = any(match.start() < one.end and one.start < match.end() for one in found)
            interval = earlier[-1].timing.interval if earlier else None
            count = self.count(match["n"])
            if interval is not None and count and not inside:
                timing = Timing(Kind.DEADLINE, Interval(count, interval.unit))
                yield FoundTiming(timing, match.start(), match.end())

    def bare_intervals(self, text: str) -> Iterator[tuple[Interval, int, int]]:
        """Every length of time in a table's cell whose column says what it means."""
        for match in self.bare.finditer(text):
            interval = self.interval(match["n"], match["unit"])
            if interval is not None:
                yield interval, match.start(), match.end()


def frequency(interval: Interval | None, times: int | None = 1) -> Timing | None:
    """So often in each interval."""
    return Timing(Kind.FREQUENCY, interval, times) if interval and times else None


def deadline(interval: Interval | None, *, before: bool = False) -> Timing | None:
    """Within an interval."""
    return Timing(Kind.DEADLINE, interval, before=before) if interval else None


def retention(interval: Interval | None) -> Timing | None:
    """For an interval."""
    return Timing(Kind.RETENTION, interval) if interval else None


def at_once(_: re.Match[str]) -> Timing:
    """Without any delay."""
    return Timing(Kind.DEADLINE, None)
