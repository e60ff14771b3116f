"""Links of questions: to the explorer, and to the clauses they are about."""

from __future__ import annotations

from urllib.parse import quote

from policygraph.model.document import Document
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import clause_anchor

WHY = "audit/why/index.md"
"""The explorer\'s page."""


def why_link(links: PageLinks, source: Document, target: Document | None = None) -> str:
    """A link to the explorer's answer for two documents, or to the choice of a second one."""
    handbook = links.index.handbook
    ends = [("from", source)] + ([("to", target)] if target else [])
    names = ((name, d.id if handbook.find(d.id) is d else d.path) for name, d in ends)
    return f"{links.to(WHY)}#" + "&".join(f"{name}={quote(value, safe='')}" for name, value in names)


def clause_place(index: Index, key: str) -> tuple[str, str, str]:
    """A clause's title, and the page and anchor where it stands; no page where none shows its framework."""
    name, _, id = key.partition(":")
    clause = index.handbook.clause(key)
    title = clause.title if clause and clause.title != clause.id else ""
    if clause is None or not any(framework.id == name for framework in index.frameworks):
        return title, "", ""
    return title, index.links.clause_uri(key), clause_anchor(id)
