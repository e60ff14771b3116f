"""The whole graph: data with positions for the browser, and the same content as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.publishing.audit_pages import GRAPH, REFERENCES, Crumb, audit_page
from policygraph.publishing.document_pages import contact_of
from policygraph.publishing.escaping import script_json
from policygraph.publishing.graph_layout import NODE_HEIGHT, NODE_WIDTH, plan
from policygraph.publishing.graph_picture import PICTURE
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Asset, Page
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.publishing.tongues import foreign
from policygraph.words import _

DATA = "assets/policygraph/graph-data.js"
SCRIPTS = ("assets/policygraph/vendor/cytoscape.min.js", DATA, "assets/policygraph/graph.js")
_LISTED = 200
"""Documents up to which the page itself lists every reference."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """A reference in the list: its relation and the document it leads to."""

    relation: str
    document: DocumentLink


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list, with its number in the graph."""

    number: int
    document: DocumentLink
    spokes: tuple[Spoke, ...]


@dataclass(frozen=True, slots=True)
class AreaList:
    """An area's documents in the list."""

    title: str
    entries: tuple[Entry, ...]


def graph_page(index: Index) -> Page:
    """The page with the picture, its controls and the list."""
    links = PageLinks(index, GRAPH)
    documents = index.handbook.documents
    areas: tuple[AreaList, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    if len(documents) <= _LISTED:
        areas = _areas(index, links)
    else:
        crumbs = tuple(Crumb(s.title, links.to(s.uri), len(s.documents)) for s in index.shelves)
    return audit_page(
        GRAPH,
        _("Graph"),
        "graph.md.j2",
        links,
        section=GRAPH,
        description=_("All documents and their references as a picture."),
        wide=True,
        documents=len(documents),
        total=len(index.handbook.references),
        areas=areas,
        parts=crumbs,
        references=links.to(REFERENCES),
        still=links.address(PICTURE),  # inside noscript no engine looks for links
        picture=links.to(PICTURE),
        scripts=tuple(links.to(uri) for uri in SCRIPTS),
    )


def graph_data(index: Index) -> Asset:
    """The data as a script that assigns a global, so that the page also works from a folder."""
    links = PageLinks(index, GRAPH)
    numbers = {}
    nodes: list[dict[str, object]] = []
    layout = plan([len(shelf.documents) for shelf in index.shelves])
    for district, (shelf, places) in enumerate(zip(index.shelves, layout.positions, strict=True)):
        for document, (x, y) in zip(shelf.documents, places, strict=True):
            owner = contact_of(index, document.owner)
            numbers[document.path] = len(nodes)
            nodes.append(
                {
                    "id": document.id,
                    "title": document.title,
                    "url": links.address(links.index.pages[document.path]),
                    "sheet": links.address(links.index.sheets[document.path]),
                    "area": shelf.title,
                    "district": district,
                    "type": name_of(document.type),
                    "owner": owner.role if owner else "",
                    "status": document.status.value,
                    "state": name_of(document.status.value),
                    "x": x,
                    "y": y,
                    **({"lang": lang} if (lang := foreign(document.lang)) else {}),
                }
            )
    relations = list(index.handbook.settings.relations.values())
    order = {relation.name: number for number, relation in enumerate(relations)}
    data = {
        "size": [NODE_WIDTH, NODE_HEIGHT],
        "districts": [
            {"title": shelf.title, "x": d.x, "y": d.y, "width": d.width, "height": d.height}
            for shelf, d in zip(index.shelves, layout.districts, strict=True)
        ],
        "nodes": nodes,
        "relations": [[r.name, name_of(r.name), r.relies] for r in relations],
        "edges": [
            [numbers[r.source], numbers[r.target], order.get(r.relation.name, 0)]
            for r in index.handbook.references
        ],
    }
    return Asset(DATA, f"window.policygraphData={script_json(data)};\n".encode())


def _areas(index: Index, links: PageLinks) -> tuple[AreaList, ...]:
    found = []
    number = 0
    for shelf in index.shelves:
        entries = []
        for document in shelf.documents:
            references: Iterable[Spoke] = (
                Spoke(name_of(r.relation.name), document_link(index, links, r.target))
                for r in index.handbook.outgoing.get(document.path, ())
            )
            entries.append(Entry(number, document_link(index, links, document.path), tuple(references)))
            number += 1
        found.append(AreaList(shelf.title, tuple(entries)))
    return tuple(found)
