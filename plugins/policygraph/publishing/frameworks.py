"""A page for each framework: who answers each clause, and which clauses nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.coverage import Rung
from policygraph.model.framework import Amendment, Clause, ClauseMapping, ClauseMention, Framework
from policygraph.publishing.applicability_places import statement_uri
from policygraph.publishing.audit_pages import FRAMEWORKS, Crumb, audit_page
from policygraph.publishing.clause_matrix import matrix_uri
from policygraph.publishing.crosswalks import crosswalk_links
from policygraph.publishing.escaping import safe_url
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.ladder import Ladder, Tally, bars, ladder, short_title, subtitle, tally
from policygraph.publishing.links import clause_anchor, clause_uri, framework_uri
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, PassageLink, document_link, passage_link
from policygraph.publishing.tongues import told, told_label
from policygraph.words import _

_QUOTE = 200
_MOST_DOCUMENTS = 5
"""Documents shown for one clause; beyond that the cell would bury its row."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A document that answers a clause, and the statement that does, where one is named."""

    document: DocumentLink
    passage: PassageLink | None


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause with those who answer it."""

    anchor: str
    id: str
    title: str
    text: str
    kind: str
    documented: bool
    amended: bool
    ladder: Ladder
    answers: tuple[AnswerView, ...]
    not_in_force: tuple[AnswerView, ...]
    mentions: tuple[AnswerView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """A heading of the framework; it has an anchor where it stands first."""

    anchor: str
    title: str
    text: str
    level: int
    continued: bool


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """Clauses that stand together, below one heading or below one and its parents."""

    headings: tuple[GroupHeading, ...]
    rows: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a catalog comes from."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """A later act that the catalog does not hold yet, with what it is known to change."""

    act: str
    consolidated: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """A framework as its page introduces it; `name` is its title for attributes."""

    name: str
    title: str
    subtitle: str
    edition: str
    issuer: str
    licence: str
    notes: str
    href: str
    tally: Tally
    sources: tuple[Source, ...]
    amendments: tuple[AmendmentView, ...]


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A clause as a link to its row."""

    label: str
    href: str


def framework_pages(index: Index) -> Iterator[Page]:
    """The overview of the frameworks, and the pages of each."""
    yield _overview(index)
    for framework in index.frameworks:
        yield from _pages(index, framework)


def _overview(index: Index) -> Page:
    links = PageLinks(index, FRAMEWORKS)
    named = {m.clause.partition(":")[0] for m in index.handbook.mappings}
    shown = {framework.id for framework in index.frameworks}
    silent = [d for d in index.handbook.documents if d.path not in index.mappings]
    return audit_page(
        FRAMEWORKS,
        _("Frameworks"),
        "frameworks.md.j2",
        links,
        section=FRAMEWORKS,
        description=_("Which documents answer which clauses."),
        wide=True,
        frameworks=tuple(_view(index, links, framework) for framework in index.frameworks),
        others=tuple(_others(index, named - shown)),
        silent=tuple(document_link(index, links, d.path) for d in silent[:MOST_ROWS]),
        silent_total=len(silent),
    )


def _pages(index: Index, framework: Framework) -> Iterator[Page]:
    whole = framework_uri(framework.id)
    split = len(framework.clauses) > MOST_ROWS
    parts: dict[str, list[Clause]] = {}
    for clause in framework.clauses.values():
        parts.setdefault(clause_uri(framework, clause), []).append(clause)
    links = PageLinks(index, whole)
    crumbs = []
    if split:
        for uri, clauses in parts.items():
            leaves = sum(not clause.group for clause in clauses)
            crumbs.append(
                Crumb(told_label(clauses[0]) if clauses[0].group else _("Other"), links.to(uri), leaves)
            )
    yield _page(
        index, framework, whole, short_title(framework), () if split else parts.get(whole, ()), tuple(crumbs)
    )
    if split:
        for uri, clauses in parts.items():
            part = clauses[0].label if clauses[0].group else _("other")
            title = f"{short_title(framework)}, {part}"
            yield _page(index, framework, uri, title, clauses, ())


def _page(
    index: Index,
    framework: Framework,
    uri: str,
    title: str,
    clauses: Iterable[Clause],
    parts: tuple[Crumb, ...],
) -> Page:
    links = PageLinks(index, uri)
    answering = {m.document for m in index.handbook.mappings if m.clause.partition(":")[0] == framework.id}
    silent = [d for d in index.handbook.documents if d.path not in answering]
    return audit_page(
        uri,
        title,
        "framework.md.j2",
        links,
        section=FRAMEWORKS,
        description=_("Which documents answer the clauses of %(framework)s.", framework=framework.title),
        wide=True,
        lang=framework.lang,
        framework=_view(index, links, framework),
        bars=bars(index, links, framework) if uri == framework_uri(framework.id) else (),
        overview=links.to(FRAMEWORKS),
        main=links.to(framework_uri(framework.id)) if uri != framework_uri(framework.id) else "",
        groups=_groups(index, links, framework, clauses),
        parts=parts,
        matrix=links.to(matrix_uri(framework.id)),
        crosswalks=crosswalk_links(index, links, framework),
        statement=links.to(statement_uri(framework.id)) if _stated(index, framework) else "",
        elsewhere=tuple(
            (
                clause_anchor(c.id),
                ClauseLink(told_label(c), links.to(clause_uri(framework, c), clause_anchor(c.id))),
            )
            for c in framework.clauses.values()
        )
        if parts
        else (),
        unanswered=tuple(
            ClauseLink(told_label(c), links.to(clause_uri(framework, c), clause_anchor(c.id)))
            for c in framework.leaves
            if index.case.coverage[c.key].rung is Rung.UNANSWERED
        )
        if uri == framework_uri(framework.id)
        else (),
        silent=tuple(document_link(index, links, d.path) for d in silent[:MOST_ROWS]),
        silent_total=len(silent),
    )


def _others(index: Index, ids: Iterable[str]) -> Iterator[str]:
    found = (index.framework(id) for id in ids if id in index.handbook.frameworks)
    for framework in sorted(found, key=lambda framework: framework.title):
        yield told(framework.title, framework.lang)


def _stated(index: Index, framework: Framework) -> bool:
    return any(statement.framework.id == framework.id for statement in index.case.applicability)


def _view(index: Index, links: PageLinks, framework: Framework) -> FrameworkView:
    lang = framework.lang
    return FrameworkView(
        short_title(framework),
        told(short_title(framework), lang),
        told(subtitle(framework), lang),
        told(framework.edition, lang),
        told(framework.issuer, lang),
        told(framework.licence, lang),
        told(framework.notes, lang),
        links.to(framework_uri(framework.id)),
        tally(index, framework.leaves),
        tuple(
            Source(source if (href := safe_url(source)) else told(source, lang), href)
            for source in framework.sources
        ),
        tuple(_amendment(framework, a) for a in framework.amendments if not a.incorporated),
    )


def _amendment(framework: Framework, amendment: Amendment) -> AmendmentView:
    order = {id: number for number, id in enumerate(framework.clauses)}
    changed = sorted(amendment.changed, key=lambda id: order.get(id, len(order)))
    lang = framework.lang
    return AmendmentView(told(amendment.act, lang), told(amendment.consolidated, lang), tuple(changed))


def _groups(
    index: Index, links: PageLinks, framework: Framework, clauses: Iterable[Clause]
) -> tuple[ClauseGroup, ...]:
    amended = {id for a in framework.amendments if not a.incorporated for id in a.changed}
    found: list[tuple[Clause | None, list[ClauseRow]]] = []
    for clause in clauses:
        if clause.group:
            found.append((clause, []))
            continue
        if not found or (found[-1][0].id if (found[-1][0]) else None) != clause.parent:
            found.append((framework.clauses.get(clause.parent or ""), []))
        found[-1][1].append(_row(index, links, clause, clause.id in amended))
    seen: set[str] = set()
    groups: list[ClauseGroup] = []
    above: list[GroupHeading] = []
    for heading, rows in found:
        if heading is not None:
            level = 2 if heading.parent else 1
            title, text = told_label(heading), told(heading.text, heading.lang)
            if heading.id in seen:
                above.append(GroupHeading("", title, "", level, True))
            else:
                above.append(GroupHeading(clause_anchor(heading.id), title, text, level, False))
            seen.add(heading.id)
        if rows:
            groups.append(ClauseGroup(tuple(above), tuple(rows)))
            above = []
    return tuple(groups)


def _row(index: Index, links: PageLinks, clause: Clause, amended: bool) -> ClauseRow:
    coverage = index.case.coverage[clause.key]
    waiting = [a for a in coverage.answers if not a.footing.in_force]
    mentions = {m.document: m for m in coverage.mentions}
    return ClauseRow(
        clause_anchor(clause.id),
        clause.id,
        "" if clause.title == clause.id else told(clause.title, clause.lang),
        told(clause.text, clause.lang),
        clause.kind,
        clause.documented,
        amended,
        ladder(index, links, coverage),
        tuple(_answer(index, links, a.mappings) for a in coverage.in_force[:_MOST_DOCUMENTS]),
        tuple(_answer(index, links, a.mappings) for a in waiting[:_MOST_DOCUMENTS]),
        tuple(_answer(index, links, (m,)) for m in list(mentions.values())[:_MOST_DOCUMENTS]),
        max(0, len(coverage.in_force) - _MOST_DOCUMENTS),
    )


def _answer(index: Index, links: PageLinks, mappings: Sequence[ClauseMapping | ClauseMention]) -> AnswerView:
    passage = next((m.passage for m in mappings if m.passage), None)
    return AnswerView(
        document_link(index, links, mappings[0].document),
        passage_link(links, mappings[0].document, passage, limit=_QUOTE) if passage else None,
    )
