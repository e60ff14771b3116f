"""References as pages show them: the other document, the reason, and every passage with its link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from policygraph.model.document import Document, Status
from policygraph.model.place import Passage, Place
from policygraph.model.reference import Reference
from policygraph.publishing.escaping import shortened
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.words import _

MOST_PASSAGES = 20
"""Passages that one reference shows; the export of the inventory has all of them."""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document as a link to its page; `sheet` leads to its audit sheet, `note` says that it is not in force.

    `lang` is its language, and so that of its title.
    """

    id: str
    title: str
    href: str
    sheet: str
    note: str
    path: str
    lang: str


@dataclass(frozen=True, slots=True)
class PassageLink:
    """A passage: what it says, a link to it, and where it stands in words: headings, file and line, origin."""

    quote: str
    href: str
    where: str
    lang: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One reference seen from one of its ends.

    `document` is the other end, `relation` the words for it as read from here, `kind` the relation's own name.
    `declared` says where front matter declares it; `left_out` counts passages that are not shown.
    `lang` is the language of `because`.
    """

    relation: str
    kind: str
    document: DocumentLink
    because: str
    passages: tuple[PassageLink, ...]
    declared: tuple[str, ...]
    left_out: int = 0
    lang: str = ""


def document_link(index: Index, links: PageLinks, path: str) -> DocumentLink:
    """Make a document's link on a page."""
    document = index.documents[path]
    return DocumentLink(
        document.id,
        document.title,
        links.document(path),
        links.sheet(path),
        note_on(document, index.today),
        path,
        document.lang,
    )


def note_on(document: Document, day: dt.date) -> str:
    """A word on a document that is not in force on a day, or nothing."""
    if document.in_force(day):
        return ""
    if document.status is not Status.ACTIVE:
        return name_of(document.status)
    expired = document.front.expires is not None and document.front.expires < day
    return _("expired") if expired else _("not yet in force")


def status_words(document: Document, day: dt.date) -> str:
    """A document's status, and that it is not in force where its status alone would let one think so."""
    note = note_on(document, day) if document.status is Status.ACTIVE else ""
    return f"{name_of(document.status)}, {note}" if note else name_of(document.status)


def at(place: Place) -> str:
    """A place as file and line."""
    return f"{place.file}:{place.line}"


def passage_link(
    links: PageLinks, path: str, passage: Passage, origin: str = "", limit: int = 0
) -> PassageLink:
    """Make the link to a passage of the document at `path`, its quote no longer than `limit` if that is given."""
    return PassageLink(
        shortened(passage.sentence, limit) if limit else passage.sentence,
        links.document(path, passage.id),
        " · ".join(part for part in (" › ".join(passage.headings), at(passage.place), origin) if part),
        links.index.documents[path].lang,
    )


def mention_link(links: PageLinks, document: Document, passage: Passage) -> PassageLink:
    """Make the link to a passage that only names something."""
    href = links.document(document.path, mention_anchor(document, passage))
    return replace(passage_link(links, document.path, passage), href=href)


def mention_anchor(document: Document, passage: Passage) -> str:
    """The anchor of a passage that only names something: where nothing marks it, that of its section."""
    found = (document.statements, document.timed, document.links)
    marked = passage.id in {one.passage.id for some in found for one in some}
    return passage.id if marked else passage.section


def outgoing_views(
    index: Index, links: PageLinks, references: Iterable[Reference], limit: int = 0
) -> tuple[ReferenceView, ...]:
    """The references of a document, seen from it."""
    return tuple(_view(index, links, r, r.target, r.relation.name, limit) for r in references)


def incoming_views(
    index: Index, links: PageLinks, references: Iterable[Reference], limit: int = 0
) -> tuple[ReferenceView, ...]:
    """The references to a document, seen from it."""
    return tuple(_view(index, links, r, r.source, r.relation.inverse, limit) for r in references)


def _view(
    index: Index, links: PageLinks, reference: Reference, other: str, relation: str, limit: int
) -> ReferenceView:
    passages, declared = [], []
    seen = set()
    because = next((o.because for o in reference.occurrences if o.because), "")
    # With a reason given, the quotation only leads the way.
    length = limit // 2 if because else limit
    for occurrence in reference.occurrences:
        passage = occurrence.passage
        if passage is None:
            declared.append(" · ".join((_("declared"), at(occurrence.place))))
        elif passage.id not in seen:
            seen.add(passage.id)
            passages.append(
                passage_link(links, reference.source, passage, name_of(occurrence.origin), length)
            )
    return ReferenceView(
        name_of(relation),
        reference.relation.name,
        document_link(index, links, other),
        because,
        tuple(passages[:MOST_PASSAGES]),
        tuple(declared[:MOST_PASSAGES]),
        max(0, len(passages) - MOST_PASSAGES),
        index.documents[reference.source].lang,
    )
