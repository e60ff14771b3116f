"""Audit sheets: everything that is known about one document, each fact with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.framework import ClauseMapping, ClauseMention
from policygraph.model.place import Place
from policygraph.model.reference import Decision
from policygraph.publishing.audit_pages import REGISTER, audit_page
from policygraph.publishing.chunking import Listed, listed
from policygraph.publishing.clause_places import clause_crumb
from policygraph.publishing.document_history import latest_revisions
from policygraph.publishing.document_pages import Contact, audiences_of, contact_of, date_words
from policygraph.publishing.escaping import shortened
from policygraph.publishing.findings import FindingView, finding_views
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.question_views import document_questions
from policygraph.publishing.record_views import RecordView, record_view
from policygraph.publishing.reference_views import (
    DocumentLink,
    PassageLink,
    ReferenceView,
    at,
    document_link,
    incoming_views,
    mention_link,
    outgoing_views,
    passage_link,
    status_words,
)
from policygraph.publishing.sheet_reviews import sheet_reviews
from policygraph.publishing.tongues import told, told_label
from policygraph.words import _, ngettext

_MOST = 100
"""Entries of a list that is rarely long; the downloads have all of them."""

_LONGEST = 1_000
"""Characters shown of the value of a key that nobody knows."""


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
    """A name in the text without a link; `strength` says whether it can be anything else."""

    document: DocumentLink
    text: str
    strength: str
    passage: PassageLink


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known about a document, of long lists as much as one page bears."""

    id: str
    title: str
    path: str
    href: str
    register: str
    summary: str
    facts: tuple[Fact, ...]
    extra: Listed[tuple[str, str]]
    clauses: Listed[ClauseView]
    clause_mentions: Listed[ClauseView]
    statements: Listed[StatementView]
    outgoing: Listed[ReferenceView]
    incoming: Listed[ReferenceView]
    decisions: Listed[DecisionView]
    records: Listed[RecordView]
    mentions: Listed[MentionView]
    mentioned_by: Listed[MentionView]
    findings: Listed[FindingView]
    allowed: Listed[FindingView]


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
        lang=document.lang,
        description=_("Audit sheet of %(id)s %(title)s.", id=document.id, title=document.title),
        sheet=_sheet(index, links, document),
        questions=document_questions(index, links, document) if document.translation_of is None else None,
        history=latest_revisions(index, links, document.path),
        reviews=sheet_reviews(index, links, document),
    )


def _sheet(index: Index, links: PageLinks, document: Document) -> Sheet:
    path = document.path
    outgoing = index.handbook.outgoing.get(path, ())
    incoming = index.handbook.incoming.get(path, ())
    findings, allowed = index.findings.get(path, ()), index.allowed.get(path, ())

    def clause_view(mapping: ClauseMapping | ClauseMention) -> ClauseView:
        return _clause(index, links, mapping)

    return Sheet(
        document.id,
        document.title,
        path,
        links.document(path),
        links.to(REGISTER),
        document.summary,
        tuple(_facts(index, links, document)),
        listed(document.front.extra, lambda entry: (entry[0], shortened(entry[1], _LONGEST)), _MOST),
        listed(index.mappings.get(path, ()), clause_view, _MOST),
        listed(index.clause_mentions.get(path, ()), clause_view, _MOST),
        listed(
            document.statements,
            lambda s: StatementView(
                name_of(s.modality), passage_link(links, path, s.passage), s.address or ""
            ),
            MOST_ROWS,
        ),
        Listed(outgoing_views(index, links, outgoing[:MOST_ROWS]), max(0, len(outgoing) - MOST_ROWS)),
        Listed(incoming_views(index, links, incoming[:MOST_ROWS]), max(0, len(incoming) - MOST_ROWS)),
        listed(
            [(True, d) for d in index.decisions.get(path, ())]
            + [(False, d) for d in index.decided_against.get(path, ())],
            lambda entry: _decision(index, links, *entry),
            _MOST,
        ),
        listed(
            index.case.evidence_by_document.get(path, ()), lambda e: record_view(index, links, e), MOST_ROWS
        ),
        _mentions(index, links, document, own=True),
        _mentions(index, links, document, own=False),
        Listed(finding_views(links, findings[:_MOST]), max(0, len(findings) - _MOST)),
        Listed(finding_views(links, allowed[:_MOST]), max(0, len(allowed) - _MOST)),
    )


def _facts(index: Index, links: PageLinks, document: Document) -> Iterator[Fact]:
    front = document.front

    def fact(name: str, key: str, value: str, origin: str = "", href: str | None = None) -> Fact:
        place = front.places.get(key)
        # A value that nobody typed has no place; where it comes from is said instead.
        return Fact(name, value, _near(place) if place and value else "", href, "" if place else origin)

    owner = contact_of(index, document.owner)
    approver = contact_of(index, front.approver)
    yield Fact(_("File"), document.path, "")
    yield fact(_("Id"), "id", document.id, _("from the file name"))
    yield fact(
        _("Title"),
        "title",
        told(document.title, document.lang),
        _("from the heading") if document.titled else _("from the file name"),
    )
    yield fact(
        _("Type"),
        "type",
        name_of(document.type),
        _("from the title") if document.type != "document" else _("assumed"),
    )
    yield fact(
        _("Status"), "status", status_words(document, index.today), _("assumed, since nothing else is said")
    )
    yield (
        fact(_("Area"), "area", index.shelf_of(document).title, _("from the folder"))
        if (document.translation_of is None)
        else Fact(_("Translates"), document.translation_of, "", links.document(document.translation_of))
    )
    yield fact(_("Language"), "lang", document.lang, _("from the file name or the settings"))
    yield fact(_("Owner"), "owner", _role_words(owner), "", owner.href if owner else None)
    yield fact(_("Approver"), "approver", _role_words(approver), "", approver.href if approver else None)
    yield fact(_("Summary"), "summary", told(document.summary, document.lang))
    yield fact(_("Why it matters"), "why", told(front.why or "", document.lang))
    yield fact(
        _("Applies to"), "applies_to", audiences_of(index, document), _("assumed, since nobody is named")
    )
    yield fact(_("Visibility"), "visibility", name_of(front.visibility) if front.visibility else "")
    yield fact(_("In force from"), "effective", date_words(front.effective) if front.effective else "")
    every = front.review_every or index.handbook.settings.review_every
    origin = _("from the settings") if front.review_every is None else ""
    yield fact(_("Review every"), "review_every", str(every) if every else "", origin)
    yield fact(_("Basis"), "basis", name_of(front.basis) if front.basis else "")
    if front.expires:
        yield fact(_("Expires"), "expires", date_words(front.expires))
    if front.replaced_by:
        yield fact(_("Replaced by"), "replaced_by", front.replaced_by.target)
    for name, key, values in (
        (_("Other names"), "aliases", front.aliases),
        (_("Tags"), "tags", front.tags),
        (_("Former ids"), "former_ids", front.former_ids),
    ):
        if values:
            yield fact(name, key, ", ".join(values))
    yield Fact(
        _("Length"),
        ngettext(
            "%(num)s word, %(minutes)s min to read",
            "%(num)s words, %(minutes)s min to read",
            document.words,
            minutes=document.reading_minutes,
        ),
        "",
        None,
        _("counted"),
    )


def _role_words(contact: Contact | None) -> str:
    if contact is None:
        return ""
    return f"{contact.role} ({contact.holders})" if contact.holders else contact.role


def _near(place: Place) -> str:
    """A place in the sheet's own file, whose whole path stands in the first row."""
    return f"{place.file.rpartition('/')[2]}:{place.line}"


def _clause(index: Index, links: PageLinks, mapping: ClauseMapping | ClauseMention) -> ClauseView:
    clause = index.handbook.clause(mapping.clause)
    name, _, id = mapping.clause.partition(":")
    framework = index.handbook.frameworks.get(name)
    return ClauseView(
        told(framework.title, framework.lang) if framework else name,
        told_label(clause) if clause else id,
        clause_crumb(index, links, mapping.clause).href,
        at(mapping.place),
        passage_link(links, mapping.document, mapping.passage) if mapping.passage else None,
    )


def _decision(index: Index, links: PageLinks, own: bool, decision: Decision) -> DecisionView:
    return DecisionView(
        document_link(index, links, decision.target if own else decision.source),
        own,
        decision.because,
        date_words(decision.decided) if decision.decided else "",
        decision.by,
        at(decision.place),
    )


def _mentions(index: Index, links: PageLinks, document: Document, *, own: bool) -> Listed[MentionView]:
    mentions = (index.mentions if own else index.mentioned_by).get(document.path, ())
    return listed(
        sorted(mentions, key=lambda m: not m.strong),
        lambda m: MentionView(
            document_link(index, links, m.target if own else m.source),
            m.text,
            name_of("strong" if m.strong else "weak"),
            mention_link(links, index.documents[m.source], m.passage),
        ),
        _MOST,
    )
