"""Groups of things that all lead to one another are those that networkx finds."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from policygraph.resolving.components import strongly_connected

NODES = st.integers(0, 12).map(str)


@given(st.lists(st.tuples(NODES, NODES), max_size=40))
def test_they_are_those_that_networkx_finds(edges: list[tuple[str, str]]) -> None:
    found = [frozenset(group) for group in strongly_connected(edges)]
    graph: nx.DiGraph[str] = nx.DiGraph(edges)
    assert len(found) == len(set(found))
    assert set(found) == set(map(frozenset, nx.strongly_connected_components(graph)))


def test_a_long_chain_and_a_long_circle_are_no_trouble() -> None:
    chain = [(str(number), str(number + 1)) for number in range(20_000)]
    assert max(map(len, strongly_connected(chain))) == 1
    assert max(map(len, strongly_connected([*chain, ("20000", "0")]))) == 20_001
