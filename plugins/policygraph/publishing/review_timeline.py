"""A picture of the reviews over time: a row for each document, or for each area where there are many documents.

It is a table whose cells are small pictures: headings stay in sight, every row has a name, and it reads in order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.judging.standing import Standing
from policygraph.model.in_words import date_words
from policygraph.model.review import Outcome
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.templates import render
from policygraph.words import _, ngettext, spoken

MOST_LINES = 60
"""Documents with a row each; beyond, a row is an area, and its marks count by the quarter."""

_WIDTH, _WIDE, _INSET = 740, 900, 8
_BACK, _AHEAD = dt.timedelta(days=730), dt.timedelta(days=366)
_SHAPES = {
    Outcome.APPROVED: "approved",
    Outcome.APPROVED_WITH_CHANGES: "approved",
    Outcome.CONFIRMED: "confirmed",
    Outcome.REJECTED: "rejected",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A review, or the day on which one is due; or how many of them fall into a quarter."""

    x: float
    shape: str
    tip: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its marks, and the same in words. `late` is where its overdue stretch begins."""

    id: str
    title: str
    href: str
    marks: tuple[Mark, ...]
    words: str
    late: float | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of an area under its name; without a name where a row is an area."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a quarter; `label` names its month, and its year too where that begins."""

    x: float
    label: str
    year: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days that the picture shows, and where each of them stands."""

    first: dt.date
    last: dt.date
    width: int

    def x(self, day: dt.date) -> float:
        room = (self.width - 2 * _INSET) / max(1, (self.last - self.first).days)
        return round(_INSET + (day - self.first).days * room, 1)

    def shows(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def timeline(index: Index, links: PageLinks, parts: Mapping[str, str] | None = None) -> Markup | None:
    """The picture; None where no review is recorded. `parts` says where the reviews of an area are listed."""
    standings = index.case.standings
    shown = {path: s for path, s in standings.items() if s.reviews or s.next_review}
    if not any(s.reviews for s in shown.values()):
        return None
    many = len(shown) > MOST_LINES
    scale = _scale(shown.values(), index.today, many)
    bands = _areas(index, shown, scale, parts or {}) if many else _documents(index, links, shown, scale)
    earlier = sum(r.on < scale.first for s in shown.values() for r in s.reviews)
    return render(
        "review_timeline.html.j2",
        bands=tuple(bands),
        many=many,
        ticks=tuple(_ticks(scale)),
        lines=_lines(scale, 30 if many else 26),
        today=scale.x(index.today),
        width=scale.width,
        height=30 if many else 26,
        summary=_summary(list(shown.values())),
        earlier=earlier,
        since=date_words(scale.first),
    )


def _scale(shown: Iterable[Standing], today: dt.date, quarters: bool) -> _Scale:
    days = [today]
    for standing in shown:
        days += [review.on for review in standing.reviews]
        days += [standing.next_review] if standing.next_review else []
    first = max(min(days), _shifted(today, -_BACK))
    last = max(min(max(days), _shifted(today, _AHEAD)), today)
    if quarters:
        # Whole quarters, so that no column is cut short.
        first, last = _quarter(first), _next_quarter(last)
    return _Scale(first, last, _WIDE if quarters else _WIDTH)


def _documents(
    index: Index, links: PageLinks, shown: Mapping[str, Standing], scale: _Scale
) -> Iterator[Band]:
    for shelf in index.shelves:
        lines = []
        for document in shelf.documents:
            standing = shown.get(document.path)
            if standing is None:
                continue
            due = standing.next_review
            marks = tuple(_marks(standing, scale))
            late = scale.x(max(due, scale.first)) if due is not None and standing.overdue else None
            words = "; ".join(mark.tip for mark in marks) or _("nothing in these years")
            href = links.sheet(document.path)
            lines.append(Line(document.id, document.title, href, marks, words, late))
        if lines:
            yield Band(shelf.title, tuple(lines))


def _marks(standing: Standing, scale: _Scale) -> Iterator[Mark]:
    for review in standing.reviews:
        if scale.shows(review.on):
            tip = _("%(day)s: %(outcome)s by %(name)s", **_named(review.on, review.outcome, review.by))
            yield Mark(scale.x(review.on), _SHAPES[review.outcome], tip)
    due = standing.next_review
    if due is not None and standing.overdue:
        tip = _("%(day)s: review was due, and is overdue", day=date_words(due))
        if scale.shows(due):
            yield Mark(scale.x(due), "overdue", tip)
    elif due is not None and scale.shows(due):
        yield Mark(scale.x(due), "due", _("%(day)s: next review", day=date_words(due)))


def _named(day: dt.date, outcome: Outcome, name: str) -> dict[str, str]:
    return {"day": date_words(day), "outcome": name_of(outcome.value), "name": name}


def _areas(
    index: Index, shown: Mapping[str, Standing], scale: _Scale, parts: Mapping[str, str]
) -> Iterator[Band]:
    lines = []
    for shelf in index.shelves:
        counts: Counter[tuple[dt.date, str]] = Counter()
        for standing in (shown[d.path] for d in shelf.documents if d.path in shown):
            for review in standing.reviews:
                if scale.shows(review.on):
                    counts[_quarter(review.on), "reviewed"] += 1
            due = standing.next_review
            if due is not None and scale.shows(due):
                counts[_quarter(due), "overdue" if standing.overdue else "due"] += 1
        marks = tuple(_counted(counts, scale))
        words = "; ".join(mark.tip for mark in marks) or _("nothing in these years")
        lines.append(Line("", shelf.title, parts.get(shelf.id, ""), marks, words))
    yield Band("", tuple(lines))


def _counted(counts: Mapping[tuple[dt.date, str], int], scale: _Scale) -> Iterator[Mark]:
    by_quarter: dict[dt.date, list[tuple[str, int]]] = {}
    for (quarter, shape), count in sorted(counts.items(), key=lambda item: (item[0][0], -ord(item[0][1][0]))):
        by_quarter.setdefault(quarter, []).append((shape, count))
    for quarter, found in by_quarter.items():
        middle = (scale.x(quarter) + scale.x(_next_quarter(quarter))) / 2
        span = _("%(first)s to %(last)s", first=spoken().month(quarter), last=_last_month(quarter))
        for number, (shape, count) in enumerate(found):
            x = round(middle + (number - (len(found) - 1) / 2) * 22, 1)
            yield Mark(x, shape, f"{span}: {_counted_words(shape, count)}", count)


def _counted_words(shape: str, count: int) -> str:
    if shape == "reviewed":
        return ngettext("%(num)s review", "%(num)s reviews", count)
    if shape == "overdue":
        return ngettext("%(num)s review overdue", "%(num)s reviews overdue", count)
    return ngettext("%(num)s review due", "%(num)s reviews due", count)


def _last_month(quarter: dt.date) -> str:
    return spoken().month(quarter.replace(month=quarter.month + 2))


def _quarter(day: dt.date) -> dt.date:
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def _next_quarter(day: dt.date) -> dt.date:
    start = _quarter(day)
    if start.month < 10:
        return start.replace(month=start.month + 3)
    return dt.date(start.year + 1, 1, 1) if start.year < dt.MAXYEAR else dt.date.max


def _shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    try:
        return day + by
    except OverflowError:
        return dt.date.min if by.days < 0 else dt.date.max


def _ticks(scale: _Scale) -> Iterator[Tick]:
    quarter = _quarter(scale.first)
    if quarter < scale.first:
        quarter = _next_quarter(quarter)
    while quarter < scale.last:
        year = quarter.month == 1
        yield Tick(scale.x(quarter), str(quarter.year) if year else spoken().short_month(quarter), year)
        quarter = _next_quarter(quarter)


def _lines(scale: _Scale, height: int) -> tuple[str, str]:
    """The upright lines of a row as paths: those of quarters, and those of years."""
    ticks = tuple(_ticks(scale))
    return (
        "".join(f"M{tick.x} 0V{height}" for tick in ticks if not tick.year),
        "".join(f"M{tick.x} 0V{height}" for tick in ticks if tick.year),
    )


def _summary(shown: Sequence[Standing]) -> str:
    reviews = sum(len(s.reviews) for s in shown)
    said = ngettext("%(num)s review", "%(num)s reviews", reviews)
    documents = ngettext("%(num)s document", "%(num)s documents", len(shown))
    return _(
        "Reviews over time: %(reviews)s of %(documents)s; %(overdue)s overdue. The tables below say the same.",
        reviews=said,
        documents=documents,
        overdue=sum(s.overdue for s in shown),
    )
