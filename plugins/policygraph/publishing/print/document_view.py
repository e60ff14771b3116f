"""A document as it is printed: what stands above its text, the text, and its references below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.model.document import Document, Status
from policygraph.model.promise import Kind, Timing
from policygraph.model.reference import Reference
from policygraph.publishing.dates import date_words
from policygraph.publishing.document_notes import head_notes, version_fact
from policygraph.publishing.document_pages import audiences_of, contact_of
from policygraph.publishing.escaping import shortened
from policygraph.publishing.index import Index, PageLinks, grouped
from policygraph.publishing.names import name_of
from policygraph.publishing.print.anchors import Anchors
from policygraph.publishing.print.text import TextPrinter
from policygraph.publishing.reference_views import note_on, status_words
from policygraph.publishing.tongues import told
from policygraph.words import _

_LONG_WORD = re.compile(r"[^\s<>]{32}(?=[^<>]*<)")
"""A word in the text, not in a tag, that may be wider than a column of a table."""
_QUOTE = 220
_HEADER = 90
"""Characters of a title that fit beside the version at the top of a page."""


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """Another document; `href` is empty where it is not in the same volume."""

    id: str
    title: str
    href: str
    note: str
    lang: str


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """One reference seen from one of its ends, with its reason or else the sentence that carries it, in a language."""

    relation: str
    document: PrintedLink
    because: str
    quote: str
    lang: str


@dataclass(frozen=True, slots=True)
class PrintedDecision:
    """A recorded non-reference."""

    document: PrintedLink
    because: str
    decided: str


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """The clauses of one framework that a document says it answers."""

    framework: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """Everything that is printed of one document.

    `header` and `edition` stand at the top of its pages. `long_words` says that a table may have to break a
    word.
    """

    anchor: str
    id: str
    title: str
    heading: Markup
    lang: str
    notes: tuple[str, ...]
    summary: str
    facts: tuple[tuple[str, str], ...]
    text: Markup
    long_words: bool
    references: tuple[PrintedReference, ...]
    referenced_by: tuple[PrintedReference, ...]
    decisions: tuple[PrintedDecision, ...]
    answers: tuple[PrintedAnswer, ...]
    header: str
    edition: str


def printed_document(
    index: Index, anchors: Anchors, printer: TextPrinter, document: Document
) -> PrintedDocument:
    """Make the view of a document or of a translation."""
    heading, text = printer.text(document)
    own = document.translation_of is None
    path = document.path
    return PrintedDocument(
        anchors.document(path),
        document.id,
        document.title,
        heading,
        document.lang,
        tuple(_notes(index, document)),
        document.summary,
        tuple(_facts(index, document)),
        text,
        _LONG_WORD.search(text) is not None,
        tuple(
            _reference(index, anchors, r, r.target, r.relation.name)
            for r in index.handbook.outgoing.get(path, ())
            if own
        ),
        tuple(
            _reference(index, anchors, r, r.source, r.relation.inverse)
            for r in index.handbook.incoming.get(path, ())
            if own
        ),
        tuple(
            PrintedDecision(
                printed_link(index, anchors, d.target),
                d.because,
                ", ".join(part for part in (d.by, date_words(d.decided) if d.decided else "") if part),
            )
            for d in index.decisions.get(path, ())
            if own
        ),
        tuple(_answers(index, document)) if own else (),
        f"{document.id}  {shortened(document.title, _HEADER)}",
        _edition(index, document),
    )


def _edition(index: Index, document: Document) -> str:
    version = version_fact(index, document)
    day = date_words(index.today)
    return " · ".join((_("Version %(version)s", version=version.version), day)) if version else day


def printed_link(index: Index, anchors: Anchors, path: str) -> PrintedLink:
    """A document as a link in the volume."""
    document = index.documents[path]
    return PrintedLink(
        document.id,
        document.title,
        anchors.href(path) if path in anchors else "",
        note_on(document, index.today),
        document.lang,
    )


def _reference(
    index: Index, anchors: Anchors, reference: Reference, other: str, relation: str
) -> PrintedReference:
    because = next((o.because for o in reference.occurrences if o.because), "")
    quote = next((p.sentence for p in reference.passages), "")
    return PrintedReference(
        name_of(relation),
        printed_link(index, anchors, other),
        because,
        "" if because else shortened(quote, _QUOTE),
        index.documents[reference.source].lang,
    )


def _answers(index: Index, document: Document) -> Iterator[PrintedAnswer]:
    found = grouped(index.mappings.get(document.path, ()), lambda m: m.clause.partition(":")[0].lower())
    for framework, mappings in found.items():
        known = index.handbook.frameworks.get(framework)
        name = told(known.title, known.lang) if known else framework
        yield PrintedAnswer(name, tuple(dict.fromkeys(m.clause.partition(":")[2] for m in mappings)))


def _notes(index: Index, document: Document) -> Iterator[str]:
    """What a reader must know first: a text that does not bind, or that nobody has approved, and exceptions."""
    if document.translation_of is not None:
        original = index.documents[document.translation_of]
        name = f"{original.id} {original.title}"
        yield _("Translation of %(document)s. Where the two differ, the original counts.", document=name)
    elif document.status is Status.DRAFT:
        yield _("This is a draft. It is not in force.")
    elif document.status is Status.RETIRED:
        yield _("This document is retired. It is kept for the record and no longer applies.")
    elif not document.in_force(index.today):
        expired = document.front.expires is not None and document.front.expires < index.today
        yield _("This document is expired.") if expired else _("This document is not yet in force.")
    for line in head_notes(index, PageLinks(index, index.pages[document.path]), document):
        yield f"{line.before}{line.link}{line.after}"


def _facts(index: Index, document: Document) -> Iterator[tuple[str, str]]:
    """What is known about a document; what nobody recorded says so where an auditor would ask."""
    front = document.front
    yield _("Document"), document.id
    yield _("Type"), name_of(document.type)
    yield _("Status"), status_words(document, index.today)
    yield _("Owner"), _role(index, document.owner)
    if front.approver:
        yield _("Approver"), _role(index, front.approver)
    yield _("Applies to"), audiences_of(index, document)
    version = version_fact(index, document)
    if version is not None:
        yield _("Version"), f"{version.version}, {version.more}"
    elif index.handbook.reviews:
        yield _("Version"), _("not recorded")
    if front.effective:
        yield _("Effective"), date_words(front.effective)
    if front.expires:
        yield _("Expires"), date_words(front.expires)
    if interval := front.review_every or index.handbook.settings.review_every:
        yield _("Review"), str(Timing(Kind.FREQUENCY, interval))
    standing = index.case.standings.get(document.path)
    if standing is not None and standing.next_review is not None:
        due = date_words(standing.next_review)
        yield _("Next review"), _("%(day)s (overdue)", day=due) if standing.overdue else due
    yield _("File"), document.path


def _role(index: Index, role: str | None) -> str:
    contact = contact_of(index, role)
    if contact is None:
        return _("not recorded")
    return f"{contact.role} ({contact.holders})" if contact.holders else contact.role
