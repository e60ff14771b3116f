"""The handbook as one graph, for whoever wants to walk it with networkx."""

from __future__ import annotations

import networkx as nx

from policygraph.resolving.handbook import Handbook


def graph_of(handbook: Handbook) -> nx.MultiDiGraph[str]:
    """Documents (by path) and clauses (by qualified id) as nodes, each with its `kind`; references (keyed by relation,
    with the `reference`) and mappings (keyed `satisfies`) as edges. It cannot be changed."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in handbook.documents:
        graph.add_node(document.path, kind="document", document=document)
    for framework in handbook.frameworks.values():
        for clause in framework.clauses.values():
            graph.add_node(clause.key, kind="clause", clause=clause)
    for reference in handbook.references:
        graph.add_edge(reference.source, reference.target, key=reference.relation.name, reference=reference)
    for mapping in handbook.mappings:
        graph.add_edge(mapping.document, mapping.clause, key="satisfies", mapping=mapping)
    nx.freeze(graph)
    return graph
