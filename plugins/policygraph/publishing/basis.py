"""The basis page: why every document exists and how often it is reviewed, and what is kept only for ourselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.basis import HELPFUL, PROMISED, STANDARD, Basis
from policygraph.model.promise import Kind, Timing
from policygraph.publishing.audit_pages import BASIS, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.clause_places import clause_crumb
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, PassageLink, at, document_link, passage_link
from policygraph.words import N_, NP_, _, pgettext

_DESCRIPTION = N_(
    "Why each document exists and how often it is reviewed, and what nobody but ourselves asks for."
)
_NAMES = (NP_("basis", "standard"), NP_("basis", "promised"), NP_("basis", "helpful"))
_MOST = 5
"""Clauses and passages shown for one document; the audit sheet has all of them."""


@dataclass(frozen=True, slots=True)
class PromiseFrom:
    """A statement of another document that leads to this one."""

    document: DocumentLink
    passage: PassageLink


@dataclass(frozen=True, slots=True)
class Demand:
    """A sentence that says how often the document is looked at."""

    timing: str
    passage: PassageLink


@dataclass(frozen=True, slots=True)
class Row:
    """A document with its basis and its review interval. `every_from` says where the interval stands."""

    document: DocumentLink
    basis: str
    declared: str
    contradiction: str
    clauses: tuple[Crumb, ...]
    more_clauses: int
    promises: tuple[PromiseFrom, ...]
    more_promises: int
    answered: int
    referenced: int
    words: int
    minutes: int
    every: str
    sort_every: str
    every_from: str
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many documents have a basis."""

    name: str
    meaning: str
    count: int


def basis_pages(index: Index) -> Iterator[Page]:
    """The basis of every document in force, on one page or split by area."""
    bases = index.case.bases
    links = PageLinks(index, BASIS)
    if len(bases) <= MOST_ROWS:
        yield _page(index, links, _("Basis"), bases, bases, ())
        return
    by_path = {b.document.path: b for b in bases}
    parts = area_pieces(
        "basis",
        index.shelves,
        lambda shelf: pieces([by_path[d.path] for d in shelf.documents if d.path in by_path]),
        lambda b: b.document.id,
    )
    crumbs = tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in parts)
    yield _page(index, links, _("Basis"), bases, (), crumbs)
    for part in parts:
        title = _("Basis: %(part)s", part=part.title)
        yield _page(index, PageLinks(index, part.uri), title, part.rows, part.rows, ())


def _page(
    index: Index,
    links: PageLinks,
    title: str,
    counted: Sequence[Basis],
    rows: Sequence[Basis],
    parts: tuple[Crumb, ...],
) -> Page:
    kept = sorted((b for b in counted if b.derived == HELPFUL), key=lambda b: b.answered)
    return audit_page(
        links.uri,
        title,
        "basis.md.j2",
        links,
        section=BASIS,
        description=_(_DESCRIPTION),
        wide=True,
        total=len(counted),
        counts=tuple(_counts(counted)),
        rows=tuple(_row(index, links, b) for b in rows),
        parts=parts,
        kept=tuple(_row(index, links, b) for b in kept[:MOST_ROWS]),
        kept_total=len(kept),
        kept_words=sum(b.document.words for b in kept),
        reviews=sum(b.every is not None for b in counted),
        asked=sum(bool(b.every and b.demands) for b in counted),
    )


def basis_name(basis: str) -> str:
    """A basis in a word."""
    return pgettext("basis", basis) if basis in _NAMES else basis


def _counts(bases: Sequence[Basis]) -> Iterator[Count]:
    for name, meaning in (
        (STANDARD, _("answers a clause that demands documented information")),
        (PROMISED, _("a statement of another document leads to it")),
        (HELPFUL, _("asked for by nobody but ourselves")),
    ):
        yield Count(basis_name(name), meaning, sum(b.derived == name for b in bases))


def _row(index: Index, links: PageLinks, basis: Basis) -> Row:
    document = basis.document
    return Row(
        document_link(index, links, document.path),
        basis_name(basis.derived),
        basis_name(basis.declared),
        basis.contradiction,
        tuple(clause_crumb(index, links, m.clause) for m in basis.clauses[:_MOST]),
        max(0, len(basis.clauses) - _MOST),
        tuple(
            PromiseFrom(
                document_link(index, links, p.document), passage_link(links, p.document, p.passage, limit=180)
            )
            for p in basis.promises[:_MOST]
        ),
        max(0, len(basis.promises) - _MOST),
        basis.answered,
        len(index.handbook.incoming.get(document.path, ())),
        document.words,
        document.reading_minutes,
        str(Timing(Kind.FREQUENCY, basis.every)) if basis.every else "",
        f"{basis.every.days:.2f}" if basis.every else "",
        at(document.place_of("review_every")) if basis.own else index.handbook.settings.file,
        tuple(
            Demand(str(d.timing), passage_link(links, document.path, d.passage, limit=180))
            for d in basis.demands[:_MOST]
        ),
    )
