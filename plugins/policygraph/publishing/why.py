"""The explorer: why does any document (not) reference any other? A page, and the data that it puts answers from."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from policygraph.model.document import Document
from policygraph.model.framework import Strength
from policygraph.publishing.audit_pages import QUESTIONS, REGISTER, audit_page
from policygraph.publishing.clause_places import clause_place
from policygraph.publishing.escaping import script_json
from policygraph.publishing.exports.answers import document_data
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Asset, Page
from policygraph.publishing.reference_views import note_on
from policygraph.publishing.tongues import foreign
from policygraph.publishing.why_links import WHY
from policygraph.resolving.connection import MOST_PATHS
from policygraph.words import _

_DATA = "audit/why/data"
_NAMES = f"{_DATA}/documents.js"
_SCRIPT = "assets/policygraph/why.js"


def why_page(index: Index) -> Page:
    """The page of the explorer."""
    links = PageLinks(index, WHY)
    return audit_page(
        WHY,
        _("Why?"),
        "why.md.j2",
        links,
        section=WHY,
        description=_("Why does one document reference another, or why not? Pick any two."),
        wide=True,
        documents=len(index.handbook.documents),
        # No engine looks into <noscript> for links to rewrite.
        register=links.address(REGISTER),
        questions=links.to(QUESTIONS),
        scripts=(links.to(_NAMES), links.to(_SCRIPT)),
    )


def why_data(index: Index) -> Iterator[Asset]:
    """The names of all documents, and for each document what it brings to answers; as scripts, which work anywhere.

    No file holds pairs, so all of them together grow with the references, and each with its document.
    """
    links = PageLinks(index, WHY)
    handbook = index.handbook
    names = {
        "folder": handbook.folder,
        "most_paths": MOST_PATHS,
        "documents": [
            [d.path, d.id, d.title, note_on(d, index.today), list(d.front.aliases)]
            for d in handbook.documents
        ],
        "said": _said(index),
    }
    yield Asset(_NAMES, f"window.policygraphNames={script_json(names)};\n".encode())
    for document in handbook.documents:
        data = {
            **document_data(index.case, document),
            "url": links.address(index.pages[document.path]),
            "sheet": links.address(index.sheets[document.path]),
            "named": _clauses(index, links, document),
        }
        if tongues := _tongues(index, document):
            data["tongues"] = tongues
        text = f"(window.policygraphWhy??={{}})[{script_json(document.path)}]={script_json(data)};\n"
        yield Asset(f"{_DATA}/{document.path.removeprefix(f'{handbook.folder}/')}.js", text.encode())


def _said(index: Index) -> dict[str, str]:
    """What the pages call the relations and strengths that answers name, where they call them otherwise."""
    relations = dict.fromkeys(r.relation.name for r in index.handbook.references)
    names = (*relations, *Strength, "strong", "weak")
    return {str(name): said for name in names if (said := name_of(name)) != name}


def _clauses(index: Index, links: PageLinks, document: Document) -> dict[str, list[str]]:
    """What the clauses are called that a document answers or is asked about, and where they stand."""
    case = index.case
    keys = dict.fromkeys(case.connections.clauses.get(document.path, ()))
    for question in case.asked.of(document.path):
        for ground in question.grounds:
            keys.update(dict.fromkeys(ground.clauses))
    return {key: _clause(index, links, key) for key in keys}


def _clause(index: Index, links: PageLinks, key: str) -> list[str]:
    place = clause_place(index, key)
    address = f"{links.address(place.uri)}#{quote(place.anchor, safe='')}" if place.uri else ""
    other = foreign(place.lang)
    return [place.title, address, other] if other else [place.title, address]


def _tongues(index: Index, document: Document) -> dict[str, str]:
    """The languages of the reasons to ask that are in another one than the page."""
    grounds = (ground for question in index.case.asked.of(document.path) for ground in question.grounds)
    return {ground.because: other for ground in grounds if (other := foreign(ground.lang))}
