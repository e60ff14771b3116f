"""GraphML, read back by a program that reads graphs."""

from __future__ import annotations

import io
from collections.abc import Mapping

import networkx as nx

from builders import judged
from policygraph.publishing.exports.graphml import graphml_bytes
from policygraph.publishing.index import index_of
from policygraph.publishing.publication import SiteStyle

PAIR = {
    "a.md": "---\nid: A-1\ntitle: One & <two>\nowner: boss\nsatisfies: ['iso-42001:6.1.2']\nreferences:\n"
    "  - to: A-2\n    relation: depends on\n    because: 'It sets the \"severity\".'\n---\nSee [[A-2]] first.\n",
    "b.md": "---\nid: A-2\ntitle: Other\nstatus: draft\n---\nSee [[A-1]].\n",
}


def exported(files: Mapping[str, str]) -> bytes:
    return graphml_bytes(index_of(judged(files), SiteStyle("policies")))


def test_documents_clauses_and_references_come_back_with_their_attributes() -> None:
    graph = nx.read_graphml(io.BytesIO(exported(PAIR)), force_multigraph=True)
    assert set(graph) == {"policies/a.md", "policies/b.md", "iso-42001:6.1.2"}
    assert graph.nodes["policies/a.md"]["label"] == "A-1 One & <two>"
    assert graph.nodes["policies/b.md"]["in_force"] is False
    assert graph.nodes["iso-42001:6.1.2"]["kind"] == "clause"
    (edge,) = graph["policies/a.md"]["policies/b.md"].values()
    assert (edge["relation"], edge["relies"]) == ("depends on", True)
    assert edge["because"] == 'It sets the "severity".'
    assert edge["passage"] == "See A-2 first."
    (answer,) = graph["policies/a.md"]["iso-42001:6.1.2"].values()
    assert answer["relation"] == "satisfies"


def test_edges_have_ids_of_their_own() -> None:
    text = exported(PAIR).decode()
    assert [f'id="e{n}"' in text for n in (1, 2, 3)] == [True, True, True]


def test_what_xml_cannot_hold_is_left_out() -> None:
    hostile = {"a.md": '---\nid: A-1\ntitle: "bad \\uFFFE\\b end"\n---\nText.\n'}
    graph = nx.read_graphml(io.BytesIO(exported(hostile)))
    assert graph.nodes["policies/a.md"]["title"].split() == ["bad", "end"]


def test_an_empty_handbook_is_an_empty_graph() -> None:
    assert len(nx.read_graphml(io.BytesIO(exported({})))) == 0


def test_two_runs_give_the_same_bytes() -> None:
    assert exported(PAIR) == exported(PAIR)
