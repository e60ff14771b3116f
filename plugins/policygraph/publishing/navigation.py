"""The navigation: areas with their documents, terms, and the audit pages."""

from __future__ import annotations

from policygraph.publishing.audit_pages import CHAPTERS, FRAMEWORKS
from policygraph.publishing.escaping import title_text
from policygraph.publishing.front_door import HOME, MOST_IN_NAVIGATION, TERMS, listed_in_navigation
from policygraph.publishing.index import Index
from policygraph.publishing.links import framework_uri
from policygraph.publishing.publication import NavItem


def navigation(index: Index) -> tuple[NavItem, ...]:
    """The navigation. Its titles are fit for engines that print them unescaped."""
    items = []
    if index.style.home:
        items.append(NavItem("Home", HOME))
    items += _areas(index)
    if index.handbook.organisation.terms:
        items.append(NavItem("Terms", TERMS))
    items.append(NavItem("Audit", None, tuple(_audit(index))))
    return tuple(items)


def _areas(index: Index) -> list[NavItem]:
    sections = []
    for shelf in index.shelves:
        title = title_text(shelf.title)
        if listed_in_navigation(shelf):
            documents = tuple(NavItem(title_text(d.title), index.pages[d.path]) for d in shelf.documents)
            sections.append(NavItem(title, None, documents))
        else:
            sections.append(NavItem(title, shelf.uri))
    if len(sections) <= MOST_IN_NAVIGATION:
        return sections
    # So many areas are a list of their own: each is reached from the home page and from these sections.
    pages = [NavItem(title_text(shelf.title), shelf.uri) for shelf in index.shelves]
    return [
        NavItem(f"Areas {number + 1}", None, tuple(pages[start : start + MOST_IN_NAVIGATION]))
        for number, start in enumerate(range(0, len(pages), MOST_IN_NAVIGATION))
    ]


def _audit(index: Index) -> list[NavItem]:
    items = []
    for chapter in CHAPTERS:
        pages = [NavItem(section.title, section.uri) for section in chapter.sections]
        if any(section.uri == FRAMEWORKS for section in chapter.sections):
            room = MOST_IN_NAVIGATION - len(pages)
            pages += [NavItem(title_text(f.title), framework_uri(f.id)) for f in index.frameworks[:room]]
        items += pages if len(pages) == 1 else [NavItem(chapter.title, None, tuple(pages))]
    return items
