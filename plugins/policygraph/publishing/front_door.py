"""The pages for everyone: home, areas and terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from policygraph.model.document import Document
from policygraph.publishing.audit_pages import OVERVIEW
from policygraph.publishing.changes import lately
from policygraph.publishing.chunking import pieces, span
from policygraph.publishing.document_pages import as_it_stood
from policygraph.publishing.expected_places import CHOOSER, group_name, group_uri
from policygraph.publishing.index import Index, PageLinks, Shelf
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import note_on
from policygraph.publishing.templates import page
from policygraph.publishing.term_links import TERMS, term_anchor
from policygraph.words import _

HOME = "index.md"
AREAS = "areas/index.md"
MOST_IN_NAVIGATION = 25
"""Entries of one section of the navigation; engines render it into every page."""
_OF_AN_AREA = 8
"""Documents that the page of all areas shows of one, and areas up to which it shows any."""
_MANY_AREAS = 15
_GROUPS = 18
"""Groups of readers whose pages the home page links."""
_DESCRIBED = 30
"""Areas up to which the home page says what each is about."""
_MOST = 400
_LONGEST = 1500
"""Documents on one page of an area; beyond the first number without their summaries."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list for readers; by its `mark` a browser knows whether it has changed."""

    id: str
    title: str
    href: str
    summary: str
    type: str
    minutes: int
    note: str
    mark: str
    lang: str


@dataclass(frozen=True, slots=True)
class Part:
    """Another page of the same area."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Room:
    """An area as a whole; `documents` are the first of its `count`."""

    title: str
    description: str
    href: str
    documents: tuple[Entry, ...]
    count: int
    minutes: int


def home_page(index: Index) -> Page:
    """The front door: search, and the ways in. It lists no documents, so it stays as calm with 400 as with 24."""
    settings = index.handbook.settings
    links = PageLinks(index, HOME)
    return page(
        HOME,
        settings.name,
        "home.md.j2",
        description=settings.description,
        hide=("navigation", "toc"),
        values={
            "lead": settings.description,
            "stood": as_it_stood(index),
            "hint": _hint(index),
            "rooms": tuple(_room(links, shelf, 0) for shelf in index.shelves),
            "described": len(index.shelves) <= _DESCRIBED,
            "areas": links.to(AREAS),
            "count": len(index.handbook.documents),
            "lately": lately(index, links),
            "audit": links.to(OVERVIEW) if index.audited else "",
            "expected": links.to(CHOOSER),
            "groups": tuple(_groups(index, links)),
            "terms": links.to(TERMS) if index.handbook.organisation.terms else "",
        },
    )


def areas_page(index: Index) -> Page:
    """All areas, each with its first documents."""
    links = PageLinks(index, AREAS)
    most = _OF_AN_AREA if len(index.shelves) <= _MANY_AREAS else 0
    return page(
        AREAS,
        _("Areas"),
        "areas.md.j2",
        description=_("Every document of this handbook, by area."),
        hide=("navigation", "toc"),
        values={
            "stood": as_it_stood(index),
            "rooms": tuple(_room(links, shelf, most) for shelf in index.shelves),
        },
    )


def _room(links: PageLinks, shelf: Shelf, most: int) -> Room:
    # One more or two are not worth a link to the rest.
    shown = shelf.documents if most and len(shelf.documents) <= most + 2 else shelf.documents[:most]
    return Room(
        shelf.title,
        shelf.description,
        links.to(shelf.uri),
        tuple(_entry(links, d) for d in shown),
        len(shelf.documents),
        sum(d.reading_minutes for d in shelf.documents),
    )


def _groups(index: Index, links: PageLinks) -> Iterator[Part]:
    """The pages of the groups of readers; who holds roles chooses them on a page of its own."""
    found = (g for g in index.case.expected.groups if g.party.kind == "audience")
    with_page = ((group, uri) for group in found if (uri := group_uri(index, group.party)))
    for group, uri in islice(with_page, _GROUPS):
        yield Part(group_name(group), links.to(uri))


def _hint(index: Index) -> str:
    """What may be typed, with an id and a clause of this handbook."""
    # A name that the file gave is no id that anybody would type.
    id = next((d.id for d in index.handbook.documents if any(c.isdigit() for c in d.id)), "")
    clause = next((m.clause.partition(":")[2] for m in index.handbook.mappings), "")
    if id and clause:
        return _(
            "A title, a word, an id such as %(id)s, or a clause such as %(clause)s.", id=id, clause=clause
        )
    if id:
        return _("A title, a word, an id such as %(id)s.", id=id)
    return (
        _("A title, a word, or a clause such as %(clause)s.", clause=clause)
        if clause
        else _("A title, a word.")
    )


def area_pages(index: Index) -> Iterator[Page]:
    """A page for each area, listing its documents."""
    for shelf in index.shelves:
        runs = pieces(shelf.documents, _LONGEST)
        uris = [shelf.uri, *(f"areas/{shelf.name}/{number}.md" for number in range(2, len(runs) + 1))]
        names = [span(run, lambda d: d.id) for run in runs]
        for uri, run in zip(uris, runs, strict=True):
            links = PageLinks(index, uri)
            yield page(
                uri,
                shelf.title,
                "area.md.j2",
                description=shelf.description,
                hide=("navigation", "toc"),
                values={
                    "stood": as_it_stood(index),
                    "lead": shelf.description,
                    "documents": tuple(_entry(links, d) for d in run),
                    "compact": len(shelf.documents) > _MOST,
                    "long": len(shelf.documents) > MOST_IN_NAVIGATION,
                    "parts": tuple(
                        Part(name, links.to(other))
                        for name, other in zip(names, uris, strict=True)
                        if other != uri
                    ),
                },
            )


def terms_page(index: Index) -> Page | None:
    """The glossary, where there is one."""
    terms = index.handbook.organisation.terms
    if not terms:
        return None
    ordered = sorted(terms, key=lambda term: term.term.casefold())
    return page(
        TERMS,
        _("Terms"),
        "terms.md.j2",
        description=_("The words of this handbook and what they mean here."),
        values={
            "stood": as_it_stood(index),
            "terms": tuple((term_anchor(term), term) for term in ordered),
        },
    )


def listed_in_navigation(shelf: Shelf) -> bool:
    """Whether an area's documents stand in the navigation, or only on its page."""
    return len(shelf.documents) < MOST_IN_NAVIGATION


def _entry(links: PageLinks, document: Document) -> Entry:
    return Entry(
        document.id,
        document.title,
        links.document(document.path),
        document.summary,
        name_of(document.type),
        document.reading_minutes,
        note_on(document, links.index.today),
        links.index.mark(document.path),
        document.lang,
    )
