"""A page for each framework: who answers each clause, and which clauses nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.framework import Amendment, Clause, ClauseMapping, ClauseMention, Framework
from policygraph.publishing.audit_pages import FRAMEWORKS, Crumb, audit_page
from policygraph.publishing.escaping import safe_url
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import clause_anchor, clause_uri, framework_uri
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, PassageLink, document_link, passage_link

_QUOTE = 200
_MOST_DOCUMENTS = 20
"""Documents shown for one clause; beyond that the cell would bury its row."""


class Answer(StrEnum):
    """How far a clause is answered."""

    ANSWERED = "answered"
    NOT_IN_FORCE = "not in force"
    MENTIONED = "mentioned"
    NOBODY = "nobody"


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
    state: Answer
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


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """Clauses that stand together, below one heading or below one and its parents."""

    headings: tuple[GroupHeading, ...]
    rows: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses stand where. Counts, never a percentage: a share would pass for fulfilment."""

    total: int
    answered: int
    not_in_force: int
    mentioned: int
    nobody: int


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
    """A framework as its page introduces it."""

    title: str
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


def tally(index: Index, clauses: Iterable[Clause]) -> Tally:
    """Count clauses by how far they are answered."""
    states = [_state(index, clause) for clause in clauses]
    return Tally(
        len(states),
        states.count(Answer.ANSWERED),
        states.count(Answer.NOT_IN_FORCE),
        states.count(Answer.MENTIONED),
        states.count(Answer.NOBODY),
    )


def _overview(index: Index) -> Page:
    links = PageLinks(index, FRAMEWORKS)
    named = {m.clause.partition(":")[0] for m in index.handbook.mappings}
    shown = {framework.id for framework in index.frameworks}
    silent = [d for d in index.handbook.documents if d.path not in index.mappings]
    return audit_page(
        FRAMEWORKS,
        "Frameworks",
        "frameworks.md.j2",
        links,
        section=FRAMEWORKS,
        description="Which documents answer which clauses.",
        wide=True,
        frameworks=tuple(_view(index, links, framework) for framework in index.frameworks),
        others=tuple(
            sorted(
                index.handbook.frameworks[n].title for n in named - shown if n in index.handbook.frameworks
            )
        ),
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
            crumbs.append(Crumb(clauses[0].label if clauses[0].group else "Other", links.to(uri), leaves))
    yield _page(
        index, framework, whole, framework.title, () if split else parts.get(whole, ()), tuple(crumbs)
    )
    if split:
        for uri, clauses in parts.items():
            title = f"{framework.title}: {clauses[0].label if clauses[0].group else 'other'}"
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
        description=f"Which documents answer the clauses of {framework.title}.",
        wide=True,
        framework=_view(index, links, framework),
        overview=links.to(FRAMEWORKS),
        main=links.to(framework_uri(framework.id)) if uri != framework_uri(framework.id) else "",
        groups=_groups(index, links, framework, clauses),
        parts=parts,
        elsewhere=tuple(
            (
                clause_anchor(c.id),
                ClauseLink(c.label, links.to(clause_uri(framework, c), clause_anchor(c.id))),
            )
            for c in framework.clauses.values()
        )
        if parts
        else (),
        unanswered=tuple(
            ClauseLink(c.label, links.to(clause_uri(framework, c), clause_anchor(c.id)))
            for c in framework.leaves
            if _state(index, c) is Answer.NOBODY
        )
        if uri == framework_uri(framework.id)
        else (),
        silent=tuple(document_link(index, links, d.path) for d in silent[:MOST_ROWS]),
        silent_total=len(silent),
    )


def _view(index: Index, links: PageLinks, framework: Framework) -> FrameworkView:
    return FrameworkView(
        framework.title,
        framework.edition,
        framework.issuer,
        framework.licence,
        framework.notes,
        links.to(framework_uri(framework.id)),
        tally(index, framework.leaves),
        tuple(Source(source, safe_url(source)) for source in framework.sources),
        tuple(_amendment(framework, a) for a in framework.amendments if not a.incorporated),
    )


def _amendment(framework: Framework, amendment: Amendment) -> AmendmentView:
    order = {id: number for number, id in enumerate(framework.clauses)}
    changed = sorted(amendment.changed, key=lambda id: order.get(id, len(order)))
    return AmendmentView(amendment.act, amendment.consolidated, tuple(changed))


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
            anchor = "" if heading.id in seen else clause_anchor(heading.id)
            seen.add(heading.id)
            above.append(GroupHeading(anchor, heading.label, heading.text, 2 if heading.parent else 1))
        if rows:
            groups.append(ClauseGroup(tuple(above), tuple(rows)))
            above = []
    return tuple(groups)


def _row(index: Index, links: PageLinks, clause: Clause, amended: bool) -> ClauseRow:
    mappings = index.answers.get(clause.key, ())
    answers = [m for m in mappings if index.documents[m.document].in_force(index.today)]
    waiting = [m for m in mappings if not index.documents[m.document].in_force(index.today)]
    answering = {m.document for m in mappings}
    mentions = {
        m.document: m for m in index.clauses_mentioned.get(clause.key, ()) if m.document not in answering
    }
    shown = list(mentions.values())[:_MOST_DOCUMENTS]
    return ClauseRow(
        clause_anchor(clause.id),
        clause.id,
        "" if clause.title == clause.id else clause.title,
        clause.text,
        clause.kind,
        clause.documented,
        amended,
        _state(index, clause),
        tuple(_answer(index, links, m) for m in answers[:_MOST_DOCUMENTS]),
        tuple(_answer(index, links, m) for m in waiting[:_MOST_DOCUMENTS]),
        tuple(_answer(index, links, m) for m in shown),
        max(0, len(answers) - _MOST_DOCUMENTS),
    )


def _answer(index: Index, links: PageLinks, mapping: ClauseMapping | ClauseMention) -> AnswerView:
    passage = mapping.passage
    return AnswerView(
        document_link(index, links, mapping.document),
        passage_link(links, mapping.document, passage, limit=_QUOTE) if passage else None,
    )


def _state(index: Index, clause: Clause) -> Answer:
    mappings = index.answers.get(clause.key, ())
    if any(index.documents[m.document].in_force(index.today) for m in mappings):
        return Answer.ANSWERED
    if mappings:
        return Answer.NOT_IN_FORCE
    return Answer.MENTIONED if clause.key in index.clauses_mentioned else Answer.NOBODY
