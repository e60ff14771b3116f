"""Timings in a sentence: "every quarter", "within 72 hours", "spätestens nach zwei Tagen", normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from policygraph.model.interval import Interval
from policygraph.model.promise import Kind, Timing
from policygraph.reading.pattern import Pattern


class Shape(Enum):
    """What a form of words says."""

    EVERY = auto()
    TIMES = auto()
    WITHIN = auto()
    BEFORE = auto()
    AT_ONCE = auto()
    KEPT = auto()


@dataclass(frozen=True, slots=True)
class Form:
    """A way of saying when. The pattern is tried only where one of its `triggers` stands in the text.

    Its groups are the `unit`, the number `n` and how many `times`; `start` marks where the timing's own words
    begin.
    """

    triggers: tuple[str, ...]
    shape: Shape
    pattern: Pattern


def form(triggers: str, shape: Shape, pattern: str) -> Form:
    """Make a form; its triggers stand between bars, and its pattern means letters of either case."""
    return Form(tuple(triggers.split("|")), shape, Pattern(pattern))


@dataclass(frozen=True, slots=True)
class FoundTiming:
    """A timing and the stretch of text that says it."""

    timing: Timing
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimingWords:
    """How one language says when. Texts are given in lower case.

    `gate` holds stretches of letters of which one stands in every text that holds a timing. What a form has
    matched is out of reach of the forms after it. `bare` is a length of time on its own, as in a table's cell.
    `elliptic` is a deadline that has left out its unit, since it stands before ("within ten").
    """

    gate: tuple[str, ...]
    forms: tuple[Form, ...]
    bare: Pattern
    elliptic: Pattern
    numbers: dict[str, int]
    units: dict[str, tuple[int, str]]
    working: Pattern

    def possible(self, text: str) -> bool:
        """Whether a text can hold a timing at all."""
        return any(map(text.__contains__, self.gate))

    def found(self, text: str) -> list[FoundTiming]:
        """All timings of a sentence, in their order."""
        found: list[FoundTiming] = []
        for form in self.forms:
            if not any(map(text.__contains__, form.triggers)):
                continue
            for match in form.pattern.finditer(text):
                start = match.start("start") if "start" in match.re.groupindex else match.start()
                if any(start < one.end and one.start < match.end() for one in found):
                    continue
                timing = self._timing(form.shape, match)
                if timing is not None:
                    found.append(FoundTiming(timing, start, match.end()))
        found.sort(key=lambda one: one.start)
        return [*found, *self._elliptic(text, found)] if found else found

    def bare_intervals(self, text: str) -> Iterator[tuple[Interval, int, int]]:
        """Every length of time in a table's cell whose column says what it means."""
        for match in self.bare.finditer(text):
            interval = self._interval(match["n"], match["unit"])
            if interval is not None:
                yield interval, match.start(), match.end()

    def _timing(self, shape: Shape, match: re.Match[str]) -> Timing | None:
        if shape is Shape.AT_ONCE:
            return Timing(Kind.DEADLINE, None)
        groups = match.groupdict()
        interval = self._interval(groups.get("n"), match["unit"])
        if interval is None:
            return None
        if shape is Shape.TIMES:
            times = self._count(match["times"].split()[0].removesuffix("-mal"))
            return Timing(Kind.FREQUENCY, interval, times) if times else None
        if shape is Shape.EVERY:
            return Timing(Kind.FREQUENCY, interval)
        if shape is Shape.KEPT:
            return Timing(Kind.RETENTION, interval)
        return Timing(Kind.DEADLINE, interval, before=shape is Shape.BEFORE)

    def _elliptic(self, text: str, found: list[FoundTiming]) -> Iterator[FoundTiming]:
        """ "… within five working days and publish it within ten"."""
        for match in self.elliptic.finditer(text):
            earlier = [one for one in found if one.end <= match.start() and one.timing.kind is Kind.DEADLINE]
            inside = any(match.start() < one.end and one.start < match.end() for one in found)
            interval = earlier[-1].timing.interval if earlier else None
            count = self._count(match["n"])
            if interval is not None and count and not inside:
                timing = Timing(Kind.DEADLINE, Interval(count, interval.unit))
                yield FoundTiming(timing, match.start(), match.end())

    def _count(self, text: str) -> int | None:
        """The number that digits or words say."""
        word = text.split("(")[0].strip().removesuffix("mal") if text[:1].isdecimal() else text
        return int(word) if word.isdecimal() else self.numbers.get(word)

    def _interval(self, number: str | None, unit: str) -> Interval | None:
        """A length of time, its unit normalised; None where it is nothing, or beyond all reason."""
        count = self._count(number) if number else 1
        name = " ".join(unit.replace("-", " ").split())
        found = self.units.get(name) or self.units.get(name.split()[-1])
        if found is None or not count or count > 9999:
            return None
        many, normal = found
        working = normal == "day" and self.working.search(name) is not None
        return Interval(count * many, "working day" if working else normal)
