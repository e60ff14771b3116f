"""Where clauses stand on pages."""

from __future__ import annotations

from policygraph.publishing.audit_pages import Crumb
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import clause_anchor


def clause_place(index: Index, key: str) -> tuple[str, str, str]:
    """A clause's title, and the page and anchor where it stands; no page where none shows its framework."""
    name, _, id = key.partition(":")
    clause = index.handbook.clause(key)
    title = clause.title if clause and clause.title != clause.id else ""
    if clause is None or not index.lists(name):
        return title, "", ""
    return title, index.links.clause_uri(key), clause_anchor(id)


def clause_crumb(index: Index, links: PageLinks, key: str) -> Crumb:
    """A clause by its qualified id, as a link where a page shows it."""
    _, uri, anchor = clause_place(index, key)
    return Crumb(key, links.to(uri, anchor) if uri else "")
