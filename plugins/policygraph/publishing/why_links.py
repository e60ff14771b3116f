"""Links to the explorer: why does one document reference another, or not?"""

from __future__ import annotations

from urllib.parse import quote

from policygraph.model.document import Document
from policygraph.publishing.index import PageLinks

WHY = "audit/why/index.md"
"""The explorer\'s page."""


def why_link(links: PageLinks, source: Document, target: Document | None = None) -> str:
    """A link to the explorer's answer for two documents, or to the choice of a second one; empty in an edition without it."""
    if not links.index.audited:
        return ""
    handbook = links.index.handbook
    ends = [("from", source)] + ([("to", target)] if target else [])
    names = ((name, d.id if handbook.find(d.id) is d else d.path) for name, d in ends)
    return f"{links.to(WHY)}#" + "&".join(f"{name}={quote(value, safe='')}" for name, value in names)
