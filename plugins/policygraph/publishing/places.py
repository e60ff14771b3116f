"""Where a reader can go: documents, their sections, terms, areas and pages, as data for the finder.

It answers in any theme and from a folder, to names at once, and to every other word with the full text's help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from policygraph.judging.rules import all_rules
from policygraph.model.document import Document
from policygraph.publishing.audit_pages import OVERVIEW, SECTIONS
from policygraph.publishing.escaping import script_json, shortened
from policygraph.publishing.front_door import AREAS
from policygraph.publishing.full_text import MOST_HEADINGS, full_text, sections
from policygraph.publishing.index import Index
from policygraph.publishing.links import clause_anchor
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Asset, Page
from policygraph.publishing.reference_views import note_on
from policygraph.publishing.rule_address import RULES
from policygraph.publishing.term_links import TERMS, term_anchor
from policygraph.publishing.tongues import foreign
from policygraph.words import ENGLISH, N_, _

PLACES = "assets/policygraph/places.js"
AUDIT_PLACES = "assets/policygraph/audit-places.js"
"""Loaded only by a reader who asks for the audit pages as well."""
_ROOT = "index.md"
_FOR_EVERYONE = {"for/": N_("For you"), "changes/": N_("What changed")}
"""Folders whose pages a reader looks for by their titles, with what they are called in a result."""
_SUMMARY = 200


def places_data(index: Index, pages: Iterable[Page]) -> Iterator[Asset]:
    """The names of everything, as scripts: pages that are opened from a folder may load nothing else."""
    documents = [document for shelf in index.shelves for document in shelf.documents]
    # Behind the originals, whose numbers their audit sheets share.
    translations = [t for document in documents for t in index.translations.get(document.path, ())]
    text = full_text(index, (*documents, *translations))
    places = script_json({**_places(index, tuple(pages)), "text": text.begins})
    yield Asset(PLACES, f"window.policygraphPlaces={places};\n".encode())
    yield from text.assets
    if index.audited:
        audit = script_json(_audit_places(index))
        yield Asset(AUDIT_PLACES, f"window.policygraphAuditPlaces={audit};\n".encode())


def _places(index: Index, pages: tuple[Page, ...]) -> dict[str, object]:
    return {
        "audit": _at(index, OVERVIEW) if index.audited else "",
        "others": index.style.own_pages,
        "areas": [shelf.title for shelf in index.shelves],
        "documents": [
            _document(index, document, number)
            for number, shelf in enumerate(index.shelves)
            for document in shelf.documents
        ]
        + [
            _translation(index, document, translation, number)
            for number, shelf in enumerate(index.shelves)
            for document in shelf.documents
            for translation in index.translations.get(document.path, ())
        ],
        "terms": [
            [
                term.term,
                [name for name in (term.abbreviation, *term.aliases) if name],
                _at(index, TERMS, anchor),
            ]
            for term in sorted(index.handbook.organisation.terms, key=lambda term: term.term.casefold())
            for anchor in (term_anchor(term),)
        ],
        "pages": [
            *([shelf.title, _("Area"), _at(index, shelf.uri), shelf.description] for shelf in index.shelves),
            *(
                [page.title, kind, _at(index, page.uri), ""]
                for page in pages
                for kind in (_kind(page),)
                if kind
            ),
        ],
    }


def _document(index: Index, document: Document, area: int) -> list[object]:
    clauses = dict.fromkeys(m.clause for m in index.mappings.get(document.path, ()))
    return [
        document.id,
        document.title,
        name_of(document.type),
        area,
        _at(index, index.pages[document.path]),
        list(document.front.aliases),
        list(document.front.tags),
        list(document.front.former_ids),
        list(clauses),
        shortened(document.summary, _SUMMARY),
        [list(section) for section in islice(sections(document), MOST_HEADINGS)],
        note_on(document, index.today),
        len({reference.source for reference in index.handbook.incoming.get(document.path, ())}),
        *filter(None, [foreign(document.lang)]),
    ]


def _translation(index: Index, original: Document, document: Document, area: int) -> list[object]:
    """A translation, by its title and its words; an id is a name of the original."""
    return [
        "",
        document.title,
        f"{name_of(original.type)} ({document.lang})",
        area,
        _at(index, index.pages[document.path]),
        list(document.front.aliases),
        [],
        [],
        [],
        shortened(document.summary, _SUMMARY),
        [list(section) for section in islice(sections(document), MOST_HEADINGS)],
        note_on(document, index.today),
        0,
        *filter(None, [foreign(document.lang)]),
    ]


def _audit_places(index: Index) -> dict[str, object]:
    return {
        "pages": [[_(section.title), _at(index, section.uri), _(section.question)] for section in SECTIONS],
        "sheets": [
            _at(index, index.sheets[document.path]) for shelf in index.shelves for document in shelf.documents
        ],
        "clauses": [
            [
                f"{framework.id}:{clause.id}",
                clause.title,
                _at(index, index.links.clause_uri(f"{framework.id}:{clause.id}"), clause_anchor(clause.id)),
                *filter(None, [foreign(clause.lang)]),
            ]
            for framework in index.frameworks
            for clause in framework.clauses.values()
            if not clause.group
        ],
        "rules": [
            [
                rule.code,
                rule.name,
                _at(index, RULES, rule.code.lower()),
                *filter(None, [foreign(ENGLISH.code)]),
            ]
            for rule in all_rules()
        ],
    }


def _kind(page: Page) -> str:
    if page.uri in (AREAS, TERMS):
        return _("Page")
    return next((_(kind) for folder, kind in _FOR_EVERYONE.items() if page.uri.startswith(folder)), "")


def _at(index: Index, uri: str, anchor: str = "") -> str:
    """The address of a page as seen from the site's root."""
    fragment = f"#{quote(anchor, safe='')}" if anchor else ""
    return index.links.address(_ROOT, uri) + fragment
