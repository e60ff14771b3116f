"""A document's page: the quiet header above its text, and References and Referenced by below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.judging.news import News
from policygraph.judging.subjects import EVERYONE, Party
from policygraph.model import in_words
from policygraph.model.document import Document, Status
from policygraph.publishing.cards import document_cards, term_cards
from policygraph.publishing.control_data import ControlData, control_data
from policygraph.publishing.dates import date_words as date_words
from policygraph.publishing.document_notes import ChangedNote, HeadNote, changed_note, head_notes
from policygraph.publishing.escaping import safe_url
from policygraph.publishing.expected_places import group_uri
from policygraph.publishing.feedback import still_true
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.neighbourhood import Column, Neighbour, picture
from policygraph.publishing.reference_views import (
    DocumentLink,
    ReferenceView,
    document_link,
    incoming_views,
    outgoing_views,
)
from policygraph.publishing.successors import successor_of_document
from policygraph.publishing.templates import render
from policygraph.publishing.why_links import why_link
from policygraph.resolving.terms import TermUse
from policygraph.words import _, spoken

_SHOWN = 6
"""References shown at once; the others unfold."""
_MOST = 60
"""References listed under a document; the audit sheet has the rest."""
_QUOTE = 170
_SHARED = 3
"""Documents named as what two others have in common."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask: a role, the people who hold it, and where to reach them."""

    role: str
    holders: str
    address: str
    href: str | None

    @property
    def whom(self) -> str:
        """Somebody in words: who, in which role."""
        return f"{self.holders}, {self.role}" if self.holders else self.role


@dataclass(frozen=True, slots=True)
class AudienceLink:
    """A group of readers, as it stands in the middle of a list, and the page of what is expected of it."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same document in another language."""

    lang: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class AreaLink:
    """The area a document belongs to, from which a reader finds its neighbours."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    """The quiet header: what a reader wants to know first, and what only document control does, folded."""

    minutes: int
    summary: str
    why: str
    lang: str
    audiences: tuple[AudienceLink, ...]
    contact: Contact | None
    note: str
    status: str
    replaced_by: DocumentLink | None
    original: DocumentLink | None
    late: str
    languages: tuple[LanguageLink, ...]
    notes: tuple[HeadNote, ...]
    control: ControlData
    changed: ChangedNote | None
    area: AreaLink


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A document that is tied to the same others, and these in words."""

    document: DocumentLink
    shared: str


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One direction of references: those shown, those folded, and how many only the sheet has."""

    title: str
    anchor: str
    shown: tuple[ReferenceView, ...]
    folded: tuple[ReferenceView, ...]
    left_out: int
    sheet: str


def contact_of(index: Index, owner: str | None) -> Contact | None:
    """Who answers for something, by role id; a role that no register knows is shown as typed."""
    if not owner:
        return None
    role = index.handbook.role(owner)
    if role is None:
        return Contact(owner, "", "", None)
    return Contact(role.title, ", ".join(role.holders), role.contact, safe_url(role.contact))


def audiences_of(index: Index, document: Document) -> str:
    """Whom a document applies to, in words."""
    return ", ".join(title for _, title in _audiences(index, document))


def _audiences(index: Index, document: Document) -> list[tuple[str, str]]:
    """Whom a document applies to: ids, and names as they stand in a list."""
    known = index.handbook.organisation.audiences
    named = [
        (a.lower(), known[a.lower()].title if a.lower() in known else a) for a in document.front.applies_to
    ]
    if not named:
        return [(EVERYONE.id, known[EVERYONE.id].title if EVERYONE.id in known else _("Everyone"))]
    return [named[0], *((id, spoken().inside(name)) for id, name in named[1:])]


def _audience_links(links: PageLinks, document: Document) -> tuple[AudienceLink, ...]:
    """The same as links to what is expected of them; a document that is not in force adds to nobody's page."""
    found = []
    for id, title in _audiences(links.index, document):
        uri = group_uri(links.index, Party("audience", id))
        found.append(AudienceLink(title, links.to(uri) if uri else ""))
    return tuple(found)


def head(index: Index, document: Document) -> Markup:
    """The header of a document's or a translation's page, as one HTML block."""
    links = PageLinks(index, index.pages[document.path])
    original = index.documents.get(document.translation_of or "")
    asked = original or document
    others = [asked, *index.translations.get(asked.path, ())] if asked.path in index.documents else []
    view = Head(
        document.reading_minutes,
        document.summary,
        document.front.why or "",
        document.lang,
        _audience_links(links, asked),
        contact_of(index, asked.owner),
        _note(index, document),
        document.status.value,
        _replacement(index, links, document),
        document_link(index, links, original.path) if original else None,
        _late(index, document),
        tuple(
            LanguageLink(d.lang, d.title, links.document(d.path))
            for d in others
            if d.path != document.path and d is not original
        ),
        head_notes(index, links, document),
        control_data(index, links, document, asked),
        changed_note(index, links, document),
        _area(index, links, asked),
    )
    return render("document_head.html.j2", head=view, stood=as_it_stood(index))


def _area(index: Index, links: PageLinks, document: Document) -> AreaLink:
    shelf = next((s for s in index.shelves if s.id == document.area), None)
    return AreaLink(shelf.title, links.to(shelf.uri)) if shelf else AreaLink("", "")


def foot(index: Index, document: Document, terms: Sequence[TermUse] = ()) -> Markup:
    """The foot of a document's page, as HTML blocks; a translation's has no references of its own.

    `terms` are those that its text explains.
    """
    links = PageLinks(index, index.pages[document.path])
    asked = index.documents.get(document.translation_of or "", document)
    contact = contact_of(index, asked.owner)
    listed = _references(index, links, document) if document.translation_of is None else None
    related = _related(index, links, document) if listed else ()
    near = (*listed.near, *(one.document.path for one in related)) if listed else ()
    return render(
        "document_foot.html.j2",
        still=still_true(index, document, asked, contact.whom, contact.address) if contact else None,
        why=why_link(links, document),
        lists=listed.lists if listed else (),
        related=related,
        picture=listed.picture if listed else None,
        cards=(*term_cards(links, terms), *document_cards(index, links, document, near)),
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """References both ways, the picture of them, and the documents they lead to, by path."""

    lists: tuple[ReferenceList, ReferenceList]
    picture: Markup | None
    near: tuple[str, ...]


def _references(index: Index, links: PageLinks, document: Document) -> _Listed:
    outgoing = index.handbook.outgoing.get(document.path, ())
    incoming = index.handbook.incoming.get(document.path, ())
    sheet = links.sheet(document.path)
    out_views = outgoing_views(index, links, outgoing[:_MOST], _QUOTE)
    in_views = incoming_views(index, links, incoming[:_MOST], _QUOTE)
    return _Listed(
        (
            _list(_("References"), "pg-references", out_views, len(outgoing), sheet),
            _list(_("Referenced by"), "pg-referenced-by", in_views, len(incoming), sheet),
        ),
        picture(
            document.id,
            document.title,
            Column(_neighbours(links, in_views), len({r.source for r in incoming})),
            Column(_neighbours(links, out_views), len({r.target for r in outgoing})),
            links.address(index.sheets[document.path] if index.audited else links.uri),
            document.lang,
        ),
        tuple(view.document.path for view in (*out_views, *in_views)),
    )


def _related(index: Index, links: PageLinks, document: Document) -> tuple[RelatedView, ...]:
    return tuple(
        RelatedView(
            document_link(index, links, one.document),
            in_words.listed([index.documents[path].title for path in one.shared[:_SHARED]]),
        )
        for one in index.case.relatives.of(document.path)
    )


def _late(index: Index, document: Document) -> str:
    """That an original is ahead of its translation, and since when; nothing where it is not."""
    late = index.late_translations.get(document.path)
    if late is None:
        return ""
    # What is in no commit has no day of its own.
    if not late.changed.new:
        return _("It has changed since; what is new there is not here yet.")
    day = date_words(late.changed.moment.day)
    return _("It has changed since, on %(day)s; what is new there is not here yet.", day=day)


def _list(title: str, anchor: str, views: tuple[ReferenceView, ...], total: int, sheet: str) -> ReferenceList:
    # One more or two are not worth a fold.
    shown = len(views) if len(views) <= _SHOWN + 2 else _SHOWN
    return ReferenceList(title, anchor, views[:shown], views[shown:], total - len(views), sheet)


def _neighbours(links: PageLinks, views: Sequence[ReferenceView]) -> list[Neighbour]:
    """One neighbour for each document; several relations to one share its box."""
    found: dict[str, list[ReferenceView]] = {}
    for view in views:
        found.setdefault(view.document.path, []).append(view)
    neighbours = []
    for path, group in found.items():
        # No engine turns the links of a picture into addresses.
        href = links.address(links.index.pages[path])
        other = group[0].document
        also = ", ".join(dict.fromkeys(name_of(v.relation) for v in group[1:]))
        reason = next((v.because for v in group if v.because), "")
        first = group[0]
        neighbours.append(
            Neighbour(other.id, other.title, href, first.relation, first.kind, also, reason, other.lang)
        )
    return neighbours


def _note(index: Index, document: Document) -> str:
    front = document.front
    if document.status is Status.DRAFT:
        return _("This is a draft. It is not in force.")
    if document.status is Status.RETIRED:
        latest = index.case.changes.latest.get(document.path)
        known = latest is not None and latest.news is News.RETIRED
        if latest is None or not known:
            return _("This document is retired. It is kept for the record and no longer applies.")
        return _(
            "This document was retired on %(day)s. It is kept for the record and no longer applies.",
            day=date_words(latest.first.day),
        )
    if front.expires and front.expires < index.today:
        return _("This document expired on %(day)s.", day=date_words(front.expires))
    if front.effective and front.effective > index.today:
        return _("This document applies from %(day)s.", day=date_words(front.effective))
    return ""


def as_it_stood(index: Index) -> str:
    """What a page says where the handbook is not today's; empty where it is."""
    moment = index.handbook.history.moment
    if moment is None:
        return ""
    values = {"day": date_words(moment.day), "commit": moment.short, "branch": moment.branch}
    if not moment.branch:
        return _("The handbook as it stood on %(day)s (commit %(commit)s).", **values)
    if moment.landed:
        return _("The handbook as it stood on %(day)s (commit %(commit)s of %(branch)s).", **values)
    return _("The handbook as it stood on %(day)s (commit %(commit)s, which is not on %(branch)s).", **values)


def _replacement(index: Index, links: PageLinks, document: Document) -> DocumentLink | None:
    successor = successor_of_document(index, document)
    return document_link(index, links, successor.path) if successor is not None else None
