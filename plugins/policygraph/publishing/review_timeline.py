"""A picture of the reviews: one line for each document, marks where it was reviewed, and where the next one is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.judging.standing import Standing
from policygraph.model.review import Outcome
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.templates import render

MOST_LINES = 60
"""Documents beyond which the picture would show nothing; the table shows the same."""

_LEFT, _RIGHT, _TOP, _LINE, _WIDTH = 120, 24, 34, 24, 940
_BACK, _AHEAD = dt.timedelta(days=730), dt.timedelta(days=366)
_SHAPES = {
    Outcome.APPROVED: "approved",
    Outcome.APPROVED_WITH_CHANGES: "approved",
    Outcome.CONFIRMED: "confirmed",
    Outcome.REJECTED: "rejected",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A review, or the day on which one is due."""

    x: float
    shape: str
    tip: str


@dataclass(frozen=True, slots=True)
class Line:
    """A document with its marks. `late` is where its overdue stretch begins."""

    y: int
    id: str
    href: str
    marks: tuple[Mark, ...]
    late: float | None


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a quarter."""

    x: float
    label: str
    year: bool


def timeline(index: Index, links: PageLinks) -> Markup | None:
    """The picture; None where there is nothing to show, or too much."""
    standings = index.case.standings
    shown = [s for s in standings.values() if s.reviews or s.next_review]
    if not any(s.reviews for s in shown) or len(shown) > MOST_LINES:
        return None
    days = [review.on for s in shown for review in s.reviews]
    days += [s.next_review for s in shown if s.next_review]
    first = max(min(days), _shifted(index.today, -_BACK))
    last = max(min(max(days), _shifted(index.today, _AHEAD)), index.today)
    span = max(1, (last - first).days)
    scale = (_WIDTH - _LEFT - _RIGHT) / span

    def x(day: dt.date) -> float:
        return round(_LEFT + (day - first).days * scale, 1)

    lines = []
    for number, standing in enumerate(shown):
        due = standing.next_review
        marks = [
            Mark(x(r.on), _SHAPES[r.outcome], f"{r.on}: {r.outcome.value} by {r.by}")
            for r in standing.reviews
            if first <= r.on <= last
        ]
        if due is not None and first <= due <= last:
            marks.append(Mark(x(due), "due", f"{due}: next review{' (overdue)' if standing.overdue else ''}"))
        late = x(max(due, first)) if due is not None and standing.overdue else None
        lines.append(
            Line(
                _TOP + number * _LINE + _LINE // 2,
                index.documents[standing.document].id,
                # No engine turns the links of a picture into addresses.
                links.address(index.sheets[standing.document]),
                tuple(marks),
                late,
            )
        )
    return render(
        "review_timeline.html.j2",
        lines=lines,
        ticks=_ticks(first, last, x(first), scale),
        today=x(index.today),
        left=_LEFT,
        top=_TOP,
        width=_WIDTH,
        height=_TOP + len(lines) * _LINE + 10,
        summary=_summary(shown),
    )


def _shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    try:
        return day + by
    except OverflowError:
        return dt.date.min if by.days < 0 else dt.date.max


def _ticks(first: dt.date, last: dt.date, start: float, scale: float) -> tuple[Tick, ...]:
    found = []
    year, month = first.year, first.month
    while dt.date(year, month, 1) <= last:
        day = dt.date(year, month, 1)
        if month in (1, 4, 7, 10) and day >= first:
            at = round(start + (day - first).days * scale, 1)
            found.append(Tick(at, f"{day:%b %Y}" if month == 1 else f"{day:%b}", month == 1))
        if (year, month) == (dt.MAXYEAR, 12):
            break
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(found)


def _summary(shown: list[Standing]) -> str:
    overdue = sum(s.overdue for s in shown)
    reviews = sum(len(s.reviews) for s in shown)
    return f"{reviews} reviews of {len(shown)} documents over time; {overdue} overdue. The table below says the same."
