"""The statements of applicability: for each control whether it applies, why, and what answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.applicability import ApplicabilityStatement, ControlLine, Decision
from policygraph.model.applicability import ImplementationStatus
from policygraph.publishing.applicability_places import (
    control_anchor,
    statement_file,
    statement_parts,
    statement_uri,
)
from policygraph.publishing.audit_pages import APPLICABILITY, FRAMEWORKS, Crumb, audit_page
from policygraph.publishing.document_pages import date_words
from policygraph.publishing.escaping import safe_url
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.ladder import Ground, Ladder, ladder, record_href, short_title, subtitle
from policygraph.publishing.links import clause_anchor, clause_uri, framework_uri
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import DocumentLink, document_link, passage_link
from policygraph.publishing.templates import message
from policygraph.publishing.tongues import told, told_label
from policygraph.words import N_, _, ngettext

_MOST = 6
_QUOTE = 140
_DESCRIPTION = N_("Which controls apply, why, how far they are in place, and what answers them.")


@dataclass(frozen=True, slots=True)
class OwnerView:
    """The role that owns an answering document, with who holds it."""

    title: str
    holders: str


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A control as a row. `href` leads to its row on the framework's page.

    `decision` and `status` are said in the words beside them; they style themselves.
    """

    anchor: str
    id: str
    title: str
    text: str
    href: str
    decision: str
    decision_word: str
    status: str
    status_word: str
    because: str
    rests_on: tuple[Ground, ...]
    documents: tuple[DocumentLink, ...]
    statements: tuple[Ground, ...]
    owners: tuple[OwnerView, ...]
    records: tuple[Ground, ...]
    ladder: Ladder
    left_out: int


@dataclass(frozen=True, slots=True)
class ControlGroup:
    """Controls below one heading."""

    title: str
    rows: tuple[ControlRow, ...]


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """The last approval of the statement, and whether its text has changed since."""

    words: str
    changed: str
    document: DocumentLink


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as its page introduces it; `name` is its title for attributes."""

    name: str
    title: str
    subtitle: str
    edition: str
    href: str
    framework: str
    counts: tuple[str, ...]
    documents: tuple[DocumentLink, ...]
    approval: ApprovalView | None
    downloads: tuple[Crumb, ...]


def applicability_pages(index: Index) -> Iterator[Page]:
    """The list of statements, and the pages of each."""
    links = PageLinks(index, APPLICABILITY)
    yield audit_page(
        APPLICABILITY,
        _("Applicability"),
        "applicability.md.j2",
        links,
        section=APPLICABILITY,
        description=_(_DESCRIPTION),
        wide=True,
        statements=tuple(_statement(index, links, s) for s in index.case.applicability),
    )
    for statement in index.case.applicability:
        yield from _pages(index, statement)


def _pages(index: Index, statement: ApplicabilityStatement) -> Iterator[Page]:
    uri = statement_uri(statement.framework.id)
    parts = tuple(statement_parts(statement))
    if len(parts) <= 1:
        yield _page(index, statement, uri, short_title(statement.framework), statement.all, ())
        return
    links = PageLinks(index, uri)
    crumbs = tuple(Crumb(name, links.to(part), len(run)) for part, name, run in parts)
    yield _page(index, statement, uri, short_title(statement.framework), (), crumbs)
    for part, name, run in parts:
        yield _page(index, statement, part, f"{short_title(statement.framework)}, {name}", run, ())


def _page(
    index: Index,
    statement: ApplicabilityStatement,
    uri: str,
    title: str,
    lines: Sequence[ControlLine],
    parts: tuple[Crumb, ...],
) -> Page:
    links = PageLinks(index, uri)
    return audit_page(
        uri,
        _("Statement of applicability: %(framework)s", framework=title),
        "applicability_statement.md.j2",
        links,
        section=APPLICABILITY,
        description=_(_DESCRIPTION),
        wide=True,
        statement=_statement(index, links, statement),
        groups=tuple(_groups(index, links, lines)),
        parts=parts,
        main=links.to(statement_uri(statement.framework.id))
        if uri != statement_uri(statement.framework.id)
        else "",
        overview=links.to(APPLICABILITY),
    )


def _statement(index: Index, links: PageLinks, statement: ApplicabilityStatement) -> StatementView:
    framework = statement.framework
    shown = index.lists(framework.id)
    lang = framework.lang
    return StatementView(
        short_title(framework),
        told(short_title(framework), lang),
        told(subtitle(framework), lang),
        framework.edition,
        links.to(statement_uri(framework.id)),
        links.to(framework_uri(framework.id) if shown else FRAMEWORKS),
        tuple(_counts(statement.all)),
        tuple(document_link(index, links, d.path) for d in statement.documents),
        _approval(index, links, statement),
        tuple(
            Crumb(name, links.to(name))
            for name in (statement_file(framework.id, suffix) for suffix in ("xlsx", "csv"))
        ),
    )


def _counts(lines: Iterable[ControlLine]) -> Iterator[str]:
    """What is decided, and how far it is in place, in words."""
    lines = tuple(lines)
    decisions = Counter(line.decision for line in lines)
    yield ngettext("%(num)s control", "%(num)s controls", len(lines))
    yield ngettext("%(num)s applies", "%(num)s apply", decisions[Decision.APPLIES])
    if decisions[Decision.EXCLUDED]:
        yield _("%(number)s left out", number=decisions[Decision.EXCLUDED])
    if decisions[Decision.OPEN]:
        yield _("%(number)s not decided", number=decisions[Decision.OPEN])
    applying = [line.entry for line in lines if line.entry and line.decision is Decision.APPLIES]
    statuses = Counter(entry.status for entry in applying)
    for status in reversed(ImplementationStatus):
        if statuses[status]:
            yield f"{statuses[status]} {name_of(status.value)}"
    if statuses[None]:
        yield _("%(number)s of unrecorded status", number=statuses[None])


def _approval(index: Index, links: PageLinks, statement: ApplicabilityStatement) -> ApprovalView | None:
    review = statement.approval
    if review is None:
        return None
    role = index.handbook.role(review.role)
    change = index.case.standings[review.document].changed
    changed = ""
    if change is not None and change.of_substance:
        changed = _("Its text has changed in substance since.")
    return ApprovalView(
        _(
            "%(outcome)s on %(day)s by %(name)s, %(role)s",
            outcome=name_of(review.outcome.value),
            day=date_words(review.on),
            name=review.by,
            role=role.title if role else review.role,
        ),
        changed,
        document_link(index, links, review.document),
    )


def _groups(index: Index, links: PageLinks, lines: Sequence[ControlLine]) -> Iterator[ControlGroup]:
    headings: dict[str, list[ControlRow]] = {}
    for line in lines:
        framework = index.framework(line.control.framework.lower())
        parent = framework.clauses.get(line.control.parent or "")
        heading = told_label(parent) if parent else told(framework.title, framework.lang)
        headings.setdefault(heading, []).append(_row(index, links, line))
    for title, rows in headings.items():
        yield ControlGroup(title, tuple(rows))


def _row(index: Index, links: PageLinks, line: ControlLine) -> ControlRow:
    control, entry = line.control, line.entry
    framework = index.framework(control.framework.lower())
    answers = line.coverage.in_force
    shown = index.lists(framework.id)
    owners: dict[str, OwnerView] = {}
    for answering in answers:
        role = answering.footing.role
        name = role.title if role else answering.document.owner or ""
        holders = ", ".join(answering.footing.holders) or _("held by nobody")
        owners.setdefault(name, OwnerView(name or _("no owner"), holders if name else ""))
    evidence = [(a.document, e) for a in answers for e in a.footing.evidence]
    statements = [(a.document, m.passage) for a in answers for m in a.mappings if m.passage]
    return ControlRow(
        control_anchor(line),
        control.id,
        "" if control.title == control.id else told(control.title, control.lang),
        told(control.text, control.lang),
        links.to(clause_uri(framework, control), clause_anchor(control.id)) if shown else "",
        line.decision.value,
        name_of(line.decision.value),
        entry.status.value if entry and entry.status else "",
        name_of(entry.status.value) if entry and entry.status else "",
        entry.because if entry else "",
        tuple(_pointer(index, links, text) for text in entry.rests_on) if entry else (),
        tuple(document_link(index, links, a.document.path) for a in answers[:_MOST]),
        tuple(
            Ground(message(N_("“%(quote)s”"), quote=told(view.quote, view.lang)), view.href, "")
            for document, passage in statements[:_MOST]
            for view in (passage_link(links, document.path, passage, limit=_QUOTE),)
        ),
        tuple(owners.values())[:_MOST],
        tuple(
            Ground(
                e.record.what,
                record_href(index, links, document, e.record.pointer.where) or links.sheet(document.path),
                e.words,
            )
            for document, e in evidence[:_MOST]
        ),
        ladder(index, links, line.coverage),
        max(0, len(answers) - _MOST),
    )


def _pointer(index: Index, links: PageLinks, text: str) -> Ground:
    """What a justification rests on: a document, a clause, a document of external origin, a web page, or a name."""
    document = index.handbook.find(text)
    if document is not None:
        return Ground(document.id, links.document(document.path), document.title)
    clause = index.handbook.clause(text)
    if clause is not None:
        framework = index.framework(clause.framework.lower())
        shown = index.lists(framework.id)
        href = links.to(clause_uri(framework, clause), clause_anchor(clause.id)) if shown else ""
        return Ground(clause.id, href, _note(clause.title, clause.id, framework.title), clause.lang)
    external = index.external.get(text.casefold())
    if external is not None:
        return Ground(external.id, safe_url(external.where) or "", external.title)
    return Ground(text, safe_url(text) or "", "")


def _note(title: str, id: str, framework: str) -> str:
    return f"{title}, {framework}" if title and title != id else framework
