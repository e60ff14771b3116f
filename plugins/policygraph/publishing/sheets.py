"""Audit sheets: everything that is known about one document, each fact with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.publishing.audit_pages import REFERENCES, REGISTER, audit_page
from policygraph.publishing.chunking import MOST_ROWS
from policygraph.publishing.document_pages import audiences_of, contact_of, date_words
from policygraph.publishing.escaping import relative_file, safe_url
from policygraph.publishing.findings import FindingView, finding_views
from policygraph.publishing.frameworks import clause_anchor, framework_uri
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import (
    DocumentLink,
    PassageLink,
    ReferenceView,
    document_link,
    incoming_views,
    outgoing_views,
    passage_link,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with where it stands. `origin` says why a value holds that nobody typed; no value is not recorded."""

    name: str
    value: str
    place: str
    href: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause that the document answers or mentions."""

    framework: str
    label: str
    href: str
    place: str
    passage: PassageLink | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """What somebody must, must not or may do."""

    modality: str
    passage: PassageLink
    address: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """Evidence by pointer."""

    what: str
    where: str
    href: str | None
    owner: str
    every: str
    place: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A recorded non-reference; `own` tells whether this document made it."""

    document: DocumentLink
    own: bool
    because: str
    decided: str
    by: str
    place: str


@dataclass(frozen=True, slots=True)
class MentionView:
    """A name in the text without a link."""

    document: DocumentLink
    text: str
    strong: bool
    passage: PassageLink


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known about a document. Lists are cut at what one page bears; `left_out` counts the rest."""

    id: str
    title: str
    path: str
    href: str
    register: str
    references_page: str
    summary: str
    facts: tuple[Fact, ...]
    extra: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseView, ...]
    clause_mentions: tuple[ClauseView, ...]
    statements: tuple[StatementView, ...]
    outgoing: tuple[ReferenceView, ...]
    incoming: tuple[ReferenceView, ...]
    decisions: tuple[DecisionView, ...]
    records: tuple[RecordView, ...]
    mentions: tuple[MentionView, ...]
    mentioned_by: tuple[MentionView, ...]
    findings: tuple[FindingView, ...]
    allowed: tuple[FindingView, ...]
    outgoing_total: int
    incoming_total: int
    statements_total: int
    mentioned_by_total: int


def sheet_pages(index: Index) -> Iterator[Page]:
    """The audit sheets of all documents and translations."""
    for document in (*index.handbook.documents, *index.handbook.translations):
        yield _page(index, document)


def _page(index: Index, document: Document) -> Page:
    uri = index.sheets[document.path]
    links = PageLinks(index, uri)
    return audit_page(
        uri,
        f"{document.id} {document.title}",
        "sheet.md.j2",
        links,
        section=REGISTER,
        description=f"Audit sheet of {document.id} {document.title}.",
        sheet=_sheet(index, links, document),
    )


def _sheet(index: Index, links: PageLinks, document: Document) -> Sheet:
    path = document.path
    outgoing = index.handbook.outgoing.get(path, ())
    incoming = index.handbook.incoming.get(path, ())
    mentioned_by = index.mentioned_by.get(path, ())
    return Sheet(
        document.id,
        document.title,
        path,
        links.document(path),
        links.to(REGISTER),
        links.to(REFERENCES),
        document.summary,
        tuple(_facts(index, links, document)),
        document.front.extra,
        tuple(
            _clause(index, links, m.document, m.clause, str_place(m.place), m.passage and passage_link(links, path, m.passage))
            for m in index.mappings.get(path, ())
        ),
        tuple(
            _clause(index, links, m.document, m.clause, str_place(m.place), passage_link(links, path, m.passage))
            for m in index.clause_mentions.get(path, ())
        ),
        tuple(
            StatementView(s.modality.value, passage_link(links, path, s.passage), s.address or "")
            for s in document.statements[:MOST_ROWS]
        ),
        outgoing_views(index, links, outgoing[:MOST_ROWS]),
        incoming_views(index, links, incoming[:MOST_ROWS]),
        tuple(_decisions(index, links, path)),
        tuple(_records(index, links, document)),
        _mentions(index, links, document, own=True),
        _mentions(index, links, document, own=False),
        finding_views(links, index.findings.get(path, ())),
        finding_views(links, index.allowed.get(path, ())),
        len(outgoing),
        len(incoming),
        len(document.statements),
        len(mentioned_by),
    )
