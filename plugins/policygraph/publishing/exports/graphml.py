"""The graph as GraphML, for programs that draw and measure graphs: yEd, Gephi, Cytoscape."""

from __future__ import annotations

import io
import re

import networkx as nx

from policygraph.publishing.index import Index

GRAPH_FILE = "handbook.graphml"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def graphml_bytes(index: Index) -> bytes:
    """Documents and the clauses they answer as nodes; references and answers as edges, with their reasons.

    Every attribute is plain text or a number. `label` is what programs show by default.
    """
    buffer = io.BytesIO()
    nx.write_graphml_xml(_plain(index), buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return buffer.getvalue() + b"\n"


def _plain(index: Index) -> nx.MultiDiGraph[str]:
    handbook = index.handbook
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=_text(handbook.settings.name))
    for document in handbook.documents:
        role = handbook.role(document.owner)
        graph.add_node(
            _text(document.path),
            label=_text(f"{document.id} {document.title}"),
            kind="document",
            id=_text(document.id),
            title=_text(document.title),
            type=_text(document.type),
            status=document.status.value,
            in_force=document.in_force(index.today),
            area=_text(handbook.area_of(document).title),
            owner=_text(role.title if role else document.owner or ""),
            words=document.words,
        )
    number = 0
    for reference in handbook.references:
        number += 1
        place = reference.occurrences[0].place
        because = next((o.because for o in reference.occurrences if o.because), "")
        graph.add_edge(
            _text(reference.source),
            _text(reference.target),
            key=f"e{number}",
            label=_text(reference.relation.name),
            relation=_text(reference.relation.name),
            relies=reference.relation.relies,
            because=_text(because),
            passage=_text(" … ".join(dict.fromkeys(p.sentence for p in reference.passages))),
            file=_text(place.file),
            line=place.line,
        )
    for mapping in handbook.mappings:
        clause = handbook.clause(mapping.clause)
        if clause is None:
            continue
        number += 1
        graph.add_node(
            _text(clause.key),
            label=_text(f"{clause.framework} {clause.label}"),
            kind="clause",
            id=_text(clause.id),
            title=_text(clause.title),
            type=_text(clause.kind),
            area=_text(handbook.frameworks[clause.framework].title),
        )
        graph.add_edge(
            _text(mapping.document),
            _text(clause.key),
            key=f"e{number}",
            label="satisfies",
            relation="satisfies",
            passage=_text(mapping.passage.sentence if mapping.passage else ""),
            file=_text(mapping.place.file),
            line=mapping.place.line,
        )
    return graph


def _text(value: str) -> str:
    """Text that XML can hold."""
    return _NOT_XML.sub("", value)
