"""What changed, for readers: the latest months on one page, every year on a page of its own, and three on the front door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policygraph.judging.news import Batch
from policygraph.model.history import Keeping
from policygraph.publishing.change_places import CHANGES, ChangePage, change_places, weight_of, year_uri
from policygraph.publishing.change_views import ChangeView, beginning_view, change_view
from policygraph.publishing.change_words import in_short
from policygraph.publishing.dates import date_words
from policygraph.publishing.document_pages import as_it_stood
from policygraph.publishing.feeds import feed_links
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Page
from policygraph.publishing.revisions import limits
from policygraph.publishing.templates import page
from policygraph.words import _, ngettext, spoken

LATELY = 3
"""Changes on the front door."""

_FIRST_WORDS = 150
"""Characters of what a change says first."""

LATEST = 30
LATEST_WEIGHT = 150_000
"""Changes of the latest months that stand on the first page, and about how many bytes they may take."""


@dataclass(frozen=True, slots=True)
class Month:
    """What changed in a month; `quiet` is what nobody needs to know."""

    title: str
    changes: tuple[ChangeView, ...]
    quiet: tuple[ChangeView, ...]
    quiet_words: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A change that does not apply yet."""

    day: str
    date: str
    change: ChangeView


@dataclass(frozen=True, slots=True)
class YearLink:
    """The page of a year, or of one of its parts."""

    title: str
    href: str
    count: int


def change_pages(index: Index) -> Iterator[Page]:
    """The page of what changed lately, and the pages of all years."""
    places = change_places(index)
    yield _first_page(index)
    for year, pages in places.years.items():
        if pages[0].uri != year_uri(year):
            yield _year_of_months(index, year, pages)
        for number, one in enumerate(pages):
            others = [pages[at] for at in (number - 1, number + 1) if 0 <= at < len(pages)]
            yield _page_of(index, one, others)


def _first_page(index: Index) -> Page:
    links = PageLinks(index, CHANGES)
    changes = index.case.changes
    shown = _latest(index, changes.batches)
    history = index.handbook.history
    uncommitted = sum(d.path in history.uncommitted for d in index.handbook.documents)
    beginning = changes.beginning if len(shown) == len(changes.batches) else None
    return page(
        CHANGES,
        _("What changed"),
        "changes.md.j2",
        hide=("navigation",),
        description=_("What is new in the handbook, what says something else, and what no longer applies."),
        values={
            "stood": as_it_stood(index),
            "limits": "" if history.keeping is Keeping.WHOLE else limits(history),
            "known": bool(history.revisions),
            "coming": _coming(index, links),
            "months": _months(index, links, shown),
            "beginning": beginning_view(index, links, beginning) if beginning else None,
            "more": len(shown) < len(changes.batches),
            "years": _years(index, links),
            "feeds": feed_links(index, links),
            "uncommitted": uncommitted,
            "marks": bool(history.revisions) and history.moment is None,
        },
    )


def _latest(index: Index, batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """Whole months, as many as fit; of the latest as much as fits."""
    shown: list[Batch] = []
    weight = 0
    for _month, group in groupby(batches, key=_month_of):
        month = list(group)
        weights = [weight_of(index, batch) for batch in month]
        if shown and (len(shown) + len(month) > LATEST or weight + sum(weights) > LATEST_WEIGHT):
            break
        for batch, own in zip(month, weights, strict=True):
            if shown and (len(shown) >= 2 * LATEST or weight + own > LATEST_WEIGHT):
                return tuple(shown)
            shown.append(batch)
            weight += own
    return tuple(shown)


def _month_of(batch: Batch) -> tuple[int, int]:
    return batch.first.day.year, batch.first.day.month


def _months(index: Index, links: PageLinks, batches: Sequence[Batch]) -> tuple[Month, ...]:
    months = []
    for _month, group in groupby(batches, key=_month_of):
        month = list(group)
        loud = tuple(change_view(index, links, batch) for batch in month if not batch.news.quiet)
        quiet = tuple(change_view(index, links, batch) for batch in month if batch.news.quiet)
        title = spoken().month(month[0].first.day)
        words = (
            ngettext("%(num)s smaller change", "%(num)s smaller changes", len(quiet))
            if loud
            else ngettext("%(num)s small change", "%(num)s small changes", len(quiet))
        )
        months.append(Month(title, loud, quiet, words))
    return tuple(months)


def _coming(index: Index, links: PageLinks) -> tuple[Coming, ...]:
    """What is announced and does not apply yet, the next day first."""
    found = [
        (change.applies_from, batch)
        for batch in index.case.changes.loud
        for change in batch.changes[:1]
        if change.applies_from is not None
        and change.applies_from > index.today
        and change.line.document is not None
        and change.line.document.front.effective == change.applies_from
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].key))
    return tuple(
        Coming(date_words(day), day.isoformat(), change_view(index, links, batch)) for day, batch in found
    )


def _years(index: Index, links: PageLinks) -> tuple[YearLink, ...]:
    return tuple(
        YearLink(str(year), links.to(year_uri(year)), sum(len(page.batches) for page in pages))
        for year, pages in change_places(index).years.items()
    )


def _page_of(index: Index, one: ChangePage, others: Sequence[ChangePage]) -> Page:
    links = PageLinks(index, one.uri)
    changes = index.case.changes
    last = changes.batches[-1].key
    beginning = changes.beginning if any(batch.key == last for batch in one.batches) else None
    return page(
        one.uri,
        one.title,
        "changes_year.md.j2",
        hide=("navigation",),
        description=_("%(title)s, in plain words and word by word.", title=one.title),
        values={
            "stood": as_it_stood(index),
            "months": _months(index, links, one.batches),
            "beginning": beginning_view(index, links, beginning) if beginning else None,
            "others": tuple(YearLink(o.title, links.to(o.uri), len(o.batches)) for o in others),
            "latest": links.to(CHANGES),
        },
    )


def _year_of_months(index: Index, year: int, pages: Sequence[ChangePage]) -> Page:
    uri = year_uri(year)
    links = PageLinks(index, uri)
    return page(
        uri,
        _("What changed in %(year)s", year=year),
        "changes_year.md.j2",
        hide=("navigation",),
        values={
            "stood": as_it_stood(index),
            "months": (),
            "beginning": None,
            "others": tuple(YearLink(o.title, links.to(o.uri), len(o.batches)) for o in pages),
            "latest": links.to(CHANGES),
        },
    )


@dataclass(frozen=True, slots=True)
class Lately:
    """The last few changes, for the front door, each with what it says first."""

    changes: tuple[tuple[ChangeView, str], ...]
    href: str


def lately(index: Index, links: PageLinks) -> Lately | None:
    """The last few changes that readers need to know; None where none is known."""
    batches = index.case.changes.loud[:LATELY]
    if not batches:
        return None
    views = (change_view(index, links, batch) for batch in batches)
    told = tuple((view, in_short(view.words[:1] or (view.reason,), _FIRST_WORDS)) for view in views)
    return Lately(told, links.to(CHANGES))
