"""What a link says of its target before anybody follows it: the meaning of a term, the summary of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.reference_views import note_on
from policygraph.publishing.term_links import term_href
from policygraph.resolving.terms import TermUse
from policygraph.words import _

_MOST = 100
"""Documents that one page previews."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the page's script shows beside links to `href`; `more` is a quiet line below the text.

    `lang` is the language of the title and the text.
    """

    href: str
    title: str
    text: str
    more: str
    lang: str = ""


def term_cards(links: PageLinks, uses: Iterable[TermUse]) -> tuple[Card, ...]:
    """A card for each term that a text explains."""
    terms = {use.term.term: use.term for use in uses}
    return tuple(
        Card(
            term_href(links, term),
            f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term,
            term.definition,
            _("Also: %(names)s", names=", ".join(term.aliases)) if term.aliases else "",
        )
        for term in terms.values()
    )


def document_cards(
    index: Index, links: PageLinks, document: Document, listed: Sequence[str]
) -> tuple[Card, ...]:
    """A card for each document that a document's text links to, and for those `listed` below it (by path)."""
    targets = index.handbook.link_targets
    linked = (targets.get((document.path, link.span.start)) for link in document.links)
    paths = [target.file or "" for target in linked if target is not None and target.document]
    wanted = dict.fromkeys(
        path for path in (*paths, *listed) if path in index.documents and path != document.path
    )
    return tuple(_card(index, links, path) for path in list(wanted)[:_MOST])


def _card(index: Index, links: PageLinks, path: str) -> Card:
    document = index.documents[path]
    kind = name_of(document.type) if document.type != "document" else ""
    time = _("%(minutes)s min read", minutes=document.reading_minutes)
    parts = (document.id, kind, time, note_on(document, index.today))
    more = " · ".join(part for part in parts if part)
    return Card(
        links.document(path),
        document.title,
        document.summary or document.front.why or "",
        more,
        document.lang,
    )
