"""Questions to the handbook's graph. Documents are named by their paths."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.reference import SUPERSEDES, Reference
from policygraph.resolving.components import strongly_connected
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Dependent:
    """A document that relies on another, directly (distance 1) or through the chain of references."""

    document: Document
    distance: int
    chain: tuple[Reference, ...]


def references_of(handbook: Handbook, path: str) -> tuple[Reference, ...]:
    """What a document references."""
    return handbook.outgoing.get(path, ())


def referenced_by(handbook: Handbook, path: str) -> tuple[Reference, ...]:
    """What references a document."""
    return handbook.incoming.get(path, ())


def relying_on(
    handbook: Handbook, path: str, counts: Callable[[Reference], bool] | None = None
) -> tuple[Dependent, ...]:
    """Every document that relies on this one, nearest first, each with the chain that makes it so.

    A reference counts where its relation relies on its target, unless `counts` decides otherwise.
    """
    counts = counts or (lambda reference: reference.relation.relies)
    seen = {path}
    found: list[Dependent] = []
    queue: deque[tuple[str, tuple[Reference, ...]]] = deque([(path, ())])
    while queue:
        here, chain = queue.popleft()
        for reference in handbook.incoming.get(here, ()):
            if reference.source in seen or not counts(reference):
                continue
            seen.add(reference.source)
            longer = (reference, *chain)
            found.append(Dependent(handbook.by_path[reference.source], len(longer), longer))
            queue.append((reference.source, longer))
    return tuple(found)


def isolated(handbook: Handbook) -> tuple[Document, ...]:
    """Documents that reference nothing and that nothing references."""
    return tuple(
        d for d in handbook.documents if d.path not in handbook.outgoing and d.path not in handbook.incoming
    )


def declared_cycles(handbook: Handbook) -> tuple[tuple[Document, ...], ...]:
    """Groups of documents whose declared references run in a circle, each group once.

    What counts is said by `orders`.
    """
    return _groups(handbook, [(r.source, r.target) for r in handbook.references if orders(r)])


def orders(reference: Reference) -> bool:
    """Whether a reference says that its source comes after its target.

    A text may link wherever it likes, so only what front matter declares does. Symmetric relations do not;
    nor does `supersedes`: an old document may well name the one that has replaced it.
    """
    relation = reference.relation
    return reference.declared and not relation.symmetric and relation.name != SUPERSEDES.name


def groups(handbook: Handbook) -> tuple[tuple[Document, ...], ...]:
    """Strongly connected groups of more than one document over all references."""
    return _groups(handbook, [(r.source, r.target) for r in handbook.references])


def _groups(handbook: Handbook, edges: list[tuple[str, str]]) -> tuple[tuple[Document, ...], ...]:
    position = {document.path: number for number, document in enumerate(handbook.documents)}
    found = [
        tuple(handbook.by_path[path] for path in sorted(members, key=position.__getitem__))
        for members in strongly_connected(edges)
        if len(members) > 1
    ]
    return tuple(sorted(found, key=lambda group: position[group[0].path]))


def build_order(handbook: Handbook) -> tuple[tuple[Document, ...], ...]:
    """The documents in layers: each relies only on documents of earlier layers.

    Documents that rely on one another in a circle stand in one layer. Read in this order, nothing is used
    before it is explained.
    """
    import networkx as nx

    position = {document.path: number for number, document in enumerate(handbook.documents)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(position)
    graph.add_edges_from((r.target, r.source) for r in handbook.references if r.relation.relies)
    condensed = nx.condensation(graph)
    contents: dict[int, set[str]] = nx.get_node_attributes(condensed, "members")
    return tuple(
        tuple(
            handbook.by_path[path]
            for path in sorted((p for node in layer for p in contents[node]), key=position.__getitem__)
        )
        for layer in nx.topological_generations(condensed)
    )
