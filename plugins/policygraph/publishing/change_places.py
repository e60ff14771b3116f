"""Where changes stand: the page of their year, or of their month where a year is too much for one page.

An address, once given out, keeps leading there: the page of a year holds all of it, also while it is the current one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.judging.news import Batch, ReaderChange
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.redline import Redline
from policygraph.words import _, spoken

CHANGES = "changes/index.md"

PAGE_WEIGHT = 400_000
"""About as many bytes of HTML as one page of changes may have."""

MOST_CHARACTERS = 6_000
"""Characters of changed text that a redline shows here; the page of the document's history shows more."""

MOST_TOLD = 1_000
"""Changes, the latest, that are told in plain words and word by word; older ones say in short what it was."""

_ENTRY = 900
_RUN = 110
_ROW = 700


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of changes: those of a year, of a month, or of a part of a month."""

    uri: str
    title: str
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class ChangePlaces:
    """The pages by year, the latest first, and the page of each change by its key."""

    years: Mapping[int, tuple[ChangePage, ...]]
    uris: Mapping[str, str]

    def href(self, links: PageLinks, batch: Batch, path: str = "") -> str:
        """A link to a change; where a path is given, to what it did to the document there."""
        change = batch.of(path) if path and len(batch.changes) > 1 else None
        anchor = _anchor(change.key) if change is not None else anchor_of(batch)
        return links.to(self.uris[batch.key], anchor)


def change_places(index: Index) -> ChangePlaces:
    """Where every change stands; worked out once."""
    found = index.change_places
    if not found:
        found.append(_places(index))
    return found[0]


def anchor_of(batch: Batch) -> str:
    """The anchor of a change."""
    return _anchor(batch.key)


def anchor_in(change: ReaderChange) -> str:
    """The anchor of one of many documents that a commit changed."""
    return _anchor(change.key)


def _anchor(key: str) -> str:
    return f"change-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def year_uri(year: int) -> str:
    """The page of a year."""
    return f"changes/{year:04}.md"


def is_told(index: Index, batch: Batch) -> bool:
    """Whether a change is recent enough to be told word by word."""
    if not index.told_changes:
        index.told_changes.update(one.key for one in index.case.changes.loud[:MOST_TOLD])
    return batch.key in index.told_changes


def shown_redline(index: Index, batch: Batch) -> Redline | None:
    """The redline of a change of one document, as far as it is shown here."""
    change = batch.first
    if len(batch.changes) > 1:
        return None
    return redline_of(index, batch, change)


def redline_of(index: Index, batch: Batch, change: ReaderChange) -> Redline | None:
    """The redline of what was done to a document, as far as it is shown here."""
    if batch.news.quiet or batch.news.ends or not is_told(index, batch):
        return None
    if change.before is None or change.after is None:
        return None
    return index.redline(change.before, change.after).within(MOST_CHARACTERS)


def weight_of(index: Index, batch: Batch) -> int:
    """About how many bytes of HTML a change takes."""
    if len(batch.changes) > 1 or batch.news.quiet:
        return _ENTRY + _ROW * len(batch.changes)
    shown = shown_redline(index, batch)
    if shown is None:
        return _ENTRY
    runs = sum(len(run.text) + _RUN for block in shown.blocks for run in block.runs)
    fields = sum(len(value) + _RUN for f in shown.fields for value in (*f.old, *f.new))
    return _ENTRY + runs + fields


def _places(index: Index) -> ChangePlaces:
    by_month: defaultdict[tuple[int, int], list[Batch]] = defaultdict(list)
    for batch in index.case.changes.batches:
        by_month[batch.first.day.year, batch.first.day.month].append(batch)
    weights = {b.key: weight_of(index, b) for b in index.case.changes.batches}
    years: dict[int, tuple[ChangePage, ...]] = {}
    for year in sorted({key[0] for key in by_month}, reverse=True):
        months = sorted((key for key in by_month if key[0] == year), reverse=True)
        batches = tuple(batch for key in months for batch in by_month[key])
        if sum(weights[b.key] for b in batches) <= PAGE_WEIGHT:
            years[year] = (ChangePage(year_uri(year), _("What changed in %(year)s", year=year), batches),)
        else:
            years[year] = tuple(page for key in months for page in _parts(key, by_month[key], weights))
    uris = {batch.key: page.uri for pages in years.values() for page in pages for batch in page.batches}
    return ChangePlaces(years, uris)


def _parts(month: tuple[int, int], batches: list[Batch], weights: Mapping[str, int]) -> list[ChangePage]:
    """The pages of a month, the latest first; numbered from the oldest, so that older ones keep their number."""
    runs: list[list[Batch]] = []
    load = 0
    for batch in reversed(batches):
        if not runs or load + weights[batch.key] > PAGE_WEIGHT:
            runs.append([])
            load = 0
        runs[-1].append(batch)
        load += weights[batch.key]
    pages = []
    name = spoken().month(batches[0].first.day)
    for number, run in enumerate(runs, start=1):
        part = "" if number == 1 else f"-{number}"
        title = (
            _("What changed in %(month)s", month=name)
            if len(runs) == 1
            else _("What changed in %(month)s, part %(number)s", month=name, number=number)
        )
        uri = f"changes/{month[0]:04}-{month[1]:02}{part}.md"
        pages.append(ChangePage(uri, title, tuple(reversed(run))))
    return pages[::-1]
