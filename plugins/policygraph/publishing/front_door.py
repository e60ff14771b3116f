"""The pages for everyone: home, areas and terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.organisation import Term
from policygraph.publishing.audit_pages import OVERVIEW
from policygraph.publishing.index import Index, PageLinks, Shelf
from policygraph.publishing.links import file_name
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import note_on
from policygraph.publishing.templates import page

HOME = "index.md"
TERMS = "terms.md"
MOST_IN_NAVIGATION = 25
"""Entries of one section of the navigation; engines render it into every page."""
_ON_HOME = 8
_MOST = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list for readers."""

    id: str
    title: str
    href: str
    summary: str
    type: str
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class Room:
    """An area as the home page shows it; `more` counts the documents that only its own page lists."""

    title: str
    description: str
    href: str
    documents: tuple[Entry, ...]
    count: int


def home_page(index: Index) -> Page:
    """The front door."""
    settings = index.handbook.settings
    links = PageLinks(index, HOME)
    rooms = []
    for shelf in index.shelves:
        shown = shelf.documents if len(shelf.documents) <= _ON_HOME + 2 else shelf.documents[:_ON_HOME]
        rooms.append(
            Room(
                shelf.title,
                shelf.description,
                links.to(shelf.uri),
                tuple(_entry(links, d) for d in shown),
                len(shelf.documents),
            )
        )
    return page(
        HOME,
        settings.name,
        "home.md.j2",
        description=settings.description,
        searchable=True,
        hide=("navigation", "toc"),
        values={
            "lead": settings.description,
            "rooms": tuple(rooms),
            "audit": links.to(OVERVIEW),
            "terms": links.to(TERMS) if index.handbook.organisation.terms else "",
        },
    )


def area_pages(index: Index) -> Iterator[Page]:
    """A page for each area, listing its documents."""
    for shelf in index.shelves:
        links = PageLinks(index, shelf.uri)
        yield page(
            shelf.uri,
            shelf.title,
            "area.md.j2",
            description=shelf.description,
            hide=("navigation", "toc"),
            values={
                "lead": shelf.description,
                "documents": tuple(_entry(links, d) for d in shelf.documents),
                "compact": len(shelf.documents) > _MOST,
                "long": len(shelf.documents) > MOST_IN_NAVIGATION,
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
        "Terms",
        "terms.md.j2",
        description="The words of this handbook and what they mean here.",
        searchable=True,
        values={"terms": tuple((term_anchor(term), term) for term in ordered)},
    )


def term_anchor(term: Term) -> str:
    """The anchor of a term on its page."""
    return f"term-{file_name(term.term)}"


def listed_in_navigation(shelf: Shelf) -> bool:
    """Whether an area's documents stand in the navigation, or only on its page."""
    return len(shelf.documents) <= MOST_IN_NAVIGATION


def _entry(links: PageLinks, document: Document) -> Entry:
    return Entry(
        document.id,
        document.title,
        links.document(document.path),
        document.summary,
        document.type,
        document.reading_minutes,
        note_on(document),
    )
