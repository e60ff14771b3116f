"""Changes to a document's source on its way to the page, by position: anchors, permalinks, explained words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from policygraph.model.document import Document
from policygraph.model.place import Passage, Span
from policygraph.publishing.escaping import html_text
from policygraph.words import _


class Edit(NamedTuple):
    """What takes the place of a stretch of the body; `order` tells edits that begin at one place apart."""

    start: int
    order: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TermLink:
    """A word of the glossary where it stands in a text, and the link to what it means."""

    span: Span
    href: str


def applied(body: str, edits: Iterable[Edit]) -> str:
    """The body with all edits made; of two that overlap the first."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            continue
        pieces.append(body[position : edit.start])
        pieces.append(edit.text)
        position = edit.end
    pieces.append(body[position:])
    return "".join(pieces)


def anchor_edits(document: Document, edits: Iterable[Edit], *, permalinks: bool) -> list[Edit]:
    """An anchor for every passage that something may point at, once each, and in statements a link to it."""
    replaced = sorted((edit.start, edit.end) for edit in edits if edit.end > edit.start)
    passages: dict[str, Passage] = {}
    marked = (document.statements, document.timed, document.links)
    for passage in (one.passage for found in marked for one in found):
        if passage.span is not None:
            passages.setdefault(passage.id, passage)
    statements = {s.passage.id for s in document.statements} if permalinks else frozenset()
    this = html_text(_("Link to this statement"))
    found: list[Edit] = []
    end_of_last = 0
    for passage in sorted(passages.values(), key=lambda p: p.span.start if p.span else 0):
        span = passage.span
        if span is None or _inside(replaced, span.start):
            continue
        id = html_text(passage.id)
        here = ""
        if passage.id in statements:
            here = f'<a class="pg-here" href="#{quote(passage.id, safe="")}" aria-label="{this}"></a>'
        wraps = passage.wrappable and span.start >= end_of_last and not _inside(replaced, span.end)
        if wraps and "\n\n" not in document.body[span.start : span.end]:
            end_of_last = span.end
            found.append(Edit(span.start, 1, span.start, f'<span class="pg-passage" id="{id}">'))
            found.append(Edit(span.end, 0, span.end, f"{here}</span>"))
        else:
            found.append(Edit(span.start, 1, span.start, f'<span class="pg-anchor" id="{id}">{here}</span>'))
    return found


def term_edits(body: str, terms: Sequence[TermLink], edits: Iterable[Edit]) -> list[Edit]:
    """The words that explain themselves as links to the glossary, where nothing else is done to the text."""
    if not terms:
        return []
    replaced = sorted((edit.start, edit.end) for edit in edits if edit.end > edit.start)
    points = sorted({edit.start for edit in edits if edit.end == edit.start})
    found = []
    for term in terms:
        start, end = term.span.start, term.span.end
        index = bisect_left(points, start + 1)
        parted = index < len(points) and points[index] < end
        if parted or _overlaps(replaced, start, end):
            continue
        found.append(Edit(start, 2, end, f'<a class="pg-term" href="{term.href}">{body[start:end]}</a>'))
    return found


def _inside(intervals: list[tuple[int, int]], position: int) -> bool:
    index = bisect_left(intervals, (position, 0)) - 1
    return index >= 0 and intervals[index][0] < position < intervals[index][1]


def _overlaps(intervals: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(intervals, (start, 0))
    before = index > 0 and intervals[index - 1][1] > start
    return before or (index < len(intervals) and intervals[index][0] < end)
