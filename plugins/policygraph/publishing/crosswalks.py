"""Crosswalks as pages: for each clause of one framework the clauses of another that our documents answer with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.crosswalk import Crossing, Tie, answers_by_document, crosswalk
from policygraph.model.framework import Clause, Framework
from policygraph.publishing.audit_pages import FRAMEWORKS, Crumb, audit_page
from policygraph.publishing.chunking import pieces, span
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.ladder import Ground, quoted, short_title
from policygraph.publishing.links import clause_anchor, clause_uri, framework_name, framework_uri
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import passage_link
from policygraph.publishing.tongues import told
from policygraph.words import _

MOST_FRAMEWORKS = 6
"""Frameworks that are compared with one another; the pages grow with the square of their number."""

_MOST_TIES = 12
_MOST_GROUNDS = 3
_ON_A_PAGE = 80
_QUOTE = 120


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A clause as a link to its row."""

    id: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class TieView:
    """A tie: the other clause, and the statement or the documents that answer both."""

    clause: ClauseLink
    close: bool
    grounds: tuple[Ground, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class CrossingView:
    """A clause with its ties."""

    anchor: str
    clause: ClauseLink
    ties: tuple[TieView, ...]
    left_out: int


def crosswalk_uri(one: str, other: str) -> str:
    """The source path of the crosswalk from one framework to another."""
    return f"audit/crosswalks/{framework_name(one)}/{framework_name(other)}.md"


def crosswalk_links(index: Index, links: PageLinks, framework: Framework) -> tuple[Crumb, ...]:
    """The crosswalks that begin at a framework."""
    compared = index.frameworks[:MOST_FRAMEWORKS]
    if framework not in compared:
        return ()
    return tuple(
        Crumb(told(other.title, other.lang), links.to(crosswalk_uri(framework.id, other.id)))
        for other in compared
        if other.id != framework.id
    )


def crosswalk_pages(index: Index) -> Iterator[Page]:
    """A crosswalk from each framework in use to each other one."""
    compared = index.frameworks[:MOST_FRAMEWORKS]
    answers = {f.id: answers_by_document(f, index.case.coverage) for f in compared}
    for one in compared:
        for other in compared:
            if one.id != other.id:
                crossings = tuple(crosswalk(one, other, index.case.coverage, answers[other.id]))
                yield from _pages(index, one, other, crossings)


def _pages(index: Index, one: Framework, other: Framework, crossings: Sequence[Crossing]) -> Iterator[Page]:
    uri = crosswalk_uri(one.id, other.id)
    runs = pieces(crossings, _ON_A_PAGE)
    if len(runs) <= 1:
        yield _page(index, one, other, uri, crossings, (), len(crossings))
        return
    links = PageLinks(index, uri)
    parts = [(f"{uri.removesuffix('.md')}/{n}.md", run) for n, run in enumerate(runs, start=1)]
    crumbs = tuple(Crumb(span(run, lambda c: c.clause.id), links.to(part), len(run)) for part, run in parts)
    yield _page(index, one, other, uri, (), crumbs, len(crossings))
    for part, run in parts:
        yield _page(index, one, other, part, run, (), len(crossings))


def _page(
    index: Index,
    one: Framework,
    other: Framework,
    uri: str,
    crossings: Sequence[Crossing],
    parts: tuple[Crumb, ...],
    shared: int,
) -> Page:
    links = PageLinks(index, uri)
    return audit_page(
        uri,
        _("Crosswalk: %(one)s to %(other)s", one=short_title(one), other=short_title(other)),
        "crosswalk.md.j2",
        links,
        section=FRAMEWORKS,
        description=_(
            "Clauses of %(one)s and %(other)s that the same documents answer.",
            one=one.title,
            other=other.title,
        ),
        wide=True,
        one=Crumb(told(one.title, one.lang), links.to(framework_uri(one.id))),
        other=Crumb(told(other.title, other.lang), links.to(framework_uri(other.id))),
        back=links.to(crosswalk_uri(other.id, one.id)),
        crossings=tuple(_crossing(index, links, one, other, c) for c in crossings),
        parts=parts,
        unshared=len(one.leaves) - shared,
    )


def _crossing(
    index: Index, links: PageLinks, one: Framework, other: Framework, crossing: Crossing
) -> CrossingView:
    return CrossingView(
        clause_anchor(crossing.clause.id),
        _clause(links, one, crossing.clause),
        tuple(_tie(index, links, other, tie) for tie in crossing.ties[:_MOST_TIES]),
        max(0, len(crossing.ties) - _MOST_TIES),
    )


def _clause(links: PageLinks, framework: Framework, clause: Clause) -> ClauseLink:
    title = "" if clause.title == clause.id else told(clause.title, clause.lang)
    return ClauseLink(clause.id, title, links.to(clause_uri(framework, clause), clause_anchor(clause.id)))


def _tie(index: Index, links: PageLinks, other: Framework, tie: Tie) -> TieView:
    mappings = tie.statements or tie.documents
    grounds = []
    for mapping in mappings[:_MOST_GROUNDS]:
        document = index.documents[mapping.document]
        if tie.close and mapping.passage:
            view = passage_link(links, mapping.document, mapping.passage, limit=_QUOTE)
            grounds.append(Ground(quoted(document.id, view), view.href, ""))
        else:
            grounds.append(Ground(document.id, links.document(mapping.document), ""))
    return TieView(
        _clause(links, other, tie.clause), tie.close, tuple(grounds), max(0, len(mappings) - _MOST_GROUNDS)
    )
