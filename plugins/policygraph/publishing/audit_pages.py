"""What all audit pages have in common: where they are, what they are called, and how one is made."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from policygraph.publishing.index import PageLinks
from policygraph.publishing.publication import Page
from policygraph.publishing.templates import page, render

OVERVIEW = "audit/index.md"
REGISTER = "audit/register.md"
REFERENCES = "audit/references.md"
MATRIX = "audit/matrix.md"
GRAPH = "audit/graph.md"
FRAMEWORKS = "audit/frameworks/index.md"
PROMISES = "audit/promises/index.md"
FINDINGS = "audit/findings.md"
RULES = "audit/rules.md"

SECTIONS = (
    (OVERVIEW, "Overview"),
    (REGISTER, "Register"),
    (REFERENCES, "References"),
    (MATRIX, "Matrix"),
    (GRAPH, "Graph"),
    (FRAMEWORKS, "Frameworks"),
    (PROMISES, "Promises"),
    (FINDINGS, "Findings"),
    (RULES, "Rules"),
)
"""The audit pages in the order in which an auditor reads them."""


@dataclass(frozen=True, slots=True)
class SectionLink:
    """An entry of the strip of links above each audit page."""

    title: str
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A link with a title, and a number beside it where it counts something."""

    title: str
    href: str
    count: int = 0


def audit_page(
    uri: str,
    title: str,
    template: str,
    links: PageLinks,
    *,
    section: str,
    description: str = "",
    wide: bool = False,
    **values: object,
) -> Page:
    """Make an audit page. `section` is the main page it belongs to; a wide one leaves out the contents."""
    # The strip of links stands in for the navigation beside the page, and gives tables its room.
    hide = ("navigation", "toc") if wide else ("navigation",)
    values = {**values, "strip": _strip(links, section)}
    return page(uri, title, template, description=description, hide=hide, values=values)


def _strip(links: PageLinks, section: str) -> Markup:
    """The links to all audit pages. Pages of one folder share it, unless they stand in it themselves."""
    strips = links.index.strips
    own = links.uri if any(links.uri == uri for uri, _ in SECTIONS) else ""
    key = (links.uri.rpartition("/")[0], section, own)
    if key not in strips:
        sections = tuple(
            SectionLink(name, links.to(uri), "page" if uri == own else "true" if uri == section else "")
            for uri, name in SECTIONS
        )
        strips[key] = render("audit_strip.html.j2", sections=sections)
    return strips[key]
