"""The navigation: areas with their documents, terms, and the audit pages."""

from __future__ import annotations

from policygraph.publishing.audit_pages import CHAPTERS, FRAMEWORKS
from policygraph.publishing.change_places import CHANGES
from policygraph.publishing.escaping import title_text
from policygraph.publishing.expected_places import CHOOSER
from policygraph.publishing.front_door import AREAS, HOME, MOST_IN_NAVIGATION, listed_in_navigation
from policygraph.publishing.index import Index
from policygraph.publishing.links import framework_uri
from policygraph.publishing.publication import NavItem
from policygraph.publishing.term_links import TERMS
from policygraph.words import _


def navigation(index: Index) -> tuple[NavItem, ...]:
    """The navigation. Its titles are fit for engines that print them unescaped.

    Its first level is the same few entries however many documents there are.
    """
    items = []
    if index.style.home:
        items.append(NavItem(_("Home"), HOME))
    items.append(NavItem(_("For you"), CHOOSER))
    items.append(NavItem(_("Areas"), None, (NavItem(_("All areas"), AREAS), *_areas(index))))
    items.append(NavItem(_("What changed"), CHANGES))
    if index.handbook.organisation.terms:
        items.append(NavItem(_("Terms"), TERMS))
    if index.audited:
        items.append(NavItem(_("Audit"), None, tuple(_audit(index))))
    return tuple(items)


def above_documents(index: Index) -> dict[str, str]:
    """By the page of each document, the page of the navigation that it belongs under: its area's, or that of all areas."""
    many = len(index.shelves) >= MOST_IN_NAVIGATION
    return {
        index.pages[path]: AREAS if many else shelf.uri
        for shelf in index.shelves
        for document in shelf.documents
        for path in (document.path, *(t.path for t in index.translations.get(document.path, ())))
    }


def _areas(index: Index) -> list[NavItem]:
    """The areas, each with its own page first, and with its documents where they are few enough to be looked through."""
    # So many areas are a list of their own: each is reached from the page of all areas.
    if len(index.shelves) >= MOST_IN_NAVIGATION:
        return []
    sections = []
    for shelf in index.shelves:
        title = title_text(shelf.title)
        if listed_in_navigation(shelf):
            documents = (NavItem(title_text(d.title), index.pages[d.path]) for d in shelf.documents)
            sections.append(NavItem(title, None, (NavItem(title, shelf.uri), *documents)))
        else:
            sections.append(NavItem(title, shelf.uri))
    return sections


def _audit(index: Index) -> list[NavItem]:
    items = []
    for chapter in CHAPTERS:
        pages = [NavItem(_(section.title), section.uri) for section in chapter.sections]
        if any(section.uri == FRAMEWORKS for section in chapter.sections):
            room = MOST_IN_NAVIGATION - len(pages)
            pages += [NavItem(title_text(f.title), framework_uri(f.id)) for f in index.frameworks[:room]]
        items += pages if len(pages) == 1 else [NavItem(_(chapter.title), None, tuple(pages))]
    return items
