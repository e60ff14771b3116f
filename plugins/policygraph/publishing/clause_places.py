"""Where clauses stand on pages."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.publishing.audit_pages import Crumb
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import clause_anchor


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """A clause's title with its language, and the page and anchor where it stands, if one shows its framework."""

    title: str = ""
    lang: str = ""
    uri: str = ""
    anchor: str = ""


def clause_place(index: Index, key: str) -> ClausePlace:
    """Where a clause stands, by its qualified id."""
    name, _, id = key.partition(":")
    clause = index.handbook.clause(key)
    if clause is None:
        return ClausePlace()
    title = clause.title if clause.title != clause.id else ""
    if not index.lists(name):
        return ClausePlace(title, clause.lang)
    return ClausePlace(title, clause.lang, index.links.clause_uri(key), clause_anchor(id))


def clause_crumb(index: Index, links: PageLinks, key: str) -> Crumb:
    """A clause by its qualified id, as a link where a page shows it."""
    place = clause_place(index, key)
    return Crumb(key, links.to(place.uri, place.anchor) if place.uri else "")
