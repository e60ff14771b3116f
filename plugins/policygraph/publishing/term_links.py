"""Where the words of the glossary are explained, and the links to them from the texts."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.model.organisation import Term
from policygraph.publishing.escaping import html_text
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import file_name
from policygraph.publishing.text_edits import TermLink
from policygraph.resolving.terms import TermFinder, TermUse

TERMS = "terms.md"


def term_anchor(term: Term) -> str:
    """The anchor of a term on its page."""
    return f"term-{file_name(term.term)}"


def term_href(links: PageLinks, term: Term) -> str:
    """The link to a term of the glossary."""
    return links.to(TERMS, term_anchor(term))


def term_finder(index: Index) -> TermFinder:
    """The finder of a handbook's terms."""
    organisation = index.handbook.organisation
    return TermFinder(
        organisation.terms,
        index.handbook.documents,
        organisation.roles.values(),
        index.handbook.settings.language,
    )


def text_links(links: PageLinks, uses: Iterable[TermUse]) -> tuple[TermLink, ...]:
    """The links that a text gets where it uses terms."""
    return tuple(TermLink(use.span, str(html_text(term_href(links, use.term)))) for use in uses)
