"""The promises page: what the documents say will be done, how often or by when, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.model.document import Status
from policygraph.model.promise import Conflict, Kind, Promise, VagueWording
from policygraph.publishing.audit_pages import FINDINGS, PROMISES, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.document_pages import audiences_of, contact_of
from policygraph.publishing.index import Index, PageLinks, grouped
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, PassageLink, document_link, passage_link
from policygraph.words import N_, _

_DESCRIPTION = N_(
    "What the documents promise, how often or by when, who keeps it, and which record shows it."
)
_MOST_LISTED = 100
"""Conflicts and vague words listed on the page; the findings have all of them."""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise as a row. `days` sorts the timings; `owner` says whose it is where the sentence does not."""

    document: DocumentLink
    passage: PassageLink
    column: str
    timing: str
    days: str
    kind: str
    force: str
    owner: str
    named: bool
    audience: str
    record: str
    record_href: str
    ground: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many promises of a kind a record backs."""

    kind: str
    backed: int
    total: int


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two promises that do not agree."""

    one: DocumentLink
    one_passage: PassageLink
    one_timing: str
    other: DocumentLink
    other_passage: PassageLink
    other_timing: str
    shared: str


@dataclass(frozen=True, slots=True)
class VagueView:
    """Vague words with the sentence that holds them."""

    document: DocumentLink
    words: str
    passage: PassageLink


def promise_pages(index: Index) -> Iterator[Page]:
    """All promises, on one page or split by area."""
    promises = index.case.promises
    links = PageLinks(index, PROMISES)
    if len(promises) <= MOST_ROWS:
        yield _page(index, links, _("Promises"), promises, (), promises, front=True)
        return
    by_document = grouped(promises, lambda p: p.document)
    parts = area_pieces(
        "promises",
        index.shelves,
        lambda shelf: pieces([p for d in shelf.documents for p in by_document.get(d.path, ())]),
        lambda p: index.documents[p.document].id,
    )
    crumbs = tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in parts)
    yield _page(index, links, _("Promises"), (), crumbs, promises, front=True)
    for part in parts:
        title = _("Promises: %(part)s", part=part.title)
        yield _page(index, PageLinks(index, part.uri), title, part.rows, (), part.rows, front=False)


def _page(
    index: Index,
    links: PageLinks,
    title: str,
    rows: Sequence[Promise],
    parts: tuple[Crumb, ...],
    counted: Sequence[Promise],
    *,
    front: bool,
) -> Page:
    expected = [p for p in counted if p.counts]
    conflicts = index.case.promise_conflicts if front else ()
    vague = _vague(index) if front else ()
    return audit_page(
        links.uri,
        title,
        "promises.md.j2",
        links,
        section=PROMISES,
        description=_(_DESCRIPTION),
        wide=True,
        rows=tuple(promise_view(index, links, p) for p in rows),
        parts=parts,
        front=front,
        total=len(expected),
        backed=sum(p.record is not None for p in expected),
        shares=tuple(_shares(counted)),
        kept=sum(p.timing.kind is Kind.RETENTION for p in counted),
        conflicts=tuple(_conflict(index, links, c) for c in conflicts[:_MOST_LISTED]),
        conflicts_total=len(conflicts),
        vague=tuple(_vague_view(index, links, path, v) for path, v in vague[:_MOST_LISTED]),
        vague_total=len(vague),
        findings=links.to(FINDINGS),
    )


def promise_view(index: Index, links: PageLinks, promise: Promise) -> PromiseView:
    """Make a promise's row on a page."""
    document = index.documents[promise.document]
    owner = contact_of(index, promise.owner)
    return PromiseView(
        document_link(index, links, promise.document),
        passage_link(links, promise.document, promise.passage),
        promise.column,
        str(promise.timing),
        f"{promise.timing.days:.4f}",
        name_of(promise.timing.kind.value),
        name_of(promise.force.value),
        owner.role if owner else "",
        promise.named,
        audiences_of(index, document),
        promise.record.what if promise.record else "",
        links.sheet(promise.document, "records"),
        promise.ground,
        promise.counts,
    )


def _shares(promises: Sequence[Promise]) -> Iterator[Share]:
    for kind, name in ((Kind.FREQUENCY, _("frequencies")), (Kind.DEADLINE, _("deadlines"))):
        of_kind = [p for p in promises if p.timing.kind is kind]
        yield Share(name, sum(p.record is not None for p in of_kind), len(of_kind))


def _conflict(index: Index, links: PageLinks, conflict: Conflict) -> ConflictView:
    one, other = conflict.one, conflict.other
    return ConflictView(
        document_link(index, links, one.document),
        passage_link(links, one.document, one.passage),
        str(one.timing),
        document_link(index, links, other.document),
        passage_link(links, other.document, other.passage),
        str(other.timing),
        ", ".join(conflict.shared),
    )


def _vague(index: Index) -> tuple[tuple[str, VagueWording], ...]:
    documents = (d for d in index.handbook.documents if d.status is not Status.RETIRED)
    return tuple((d.path, vague) for d in documents for vague in d.vague)


def _vague_view(index: Index, links: PageLinks, path: str, vague: VagueWording) -> VagueView:
    return VagueView(document_link(index, links, path), vague.words, passage_link(links, path, vague.passage))
