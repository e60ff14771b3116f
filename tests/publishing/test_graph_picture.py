"""The picture of the whole graph in a file of its own."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import publication

from builders import book
from policygraph.publishing.graph_picture import PICTURE
from policygraph.publishing.publication import Publication

SVG = "{http://www.w3.org/2000/svg}"
FILES = {
    "people/a.md": "---\nid: A\ntitle: Alpha\n---\nSee [[B]] and [[C]].\n",
    "people/b.md": "---\nid: B\ntitle: Beta\nreferences:\n  - to: C\n    relation: depends on\n---\nText.\n",
    "c.md": "---\nid: C\ntitle: A title that is far too long for one line of a small box\nstatus: draft\n---\nText.\n",
}


def drawn(made: Publication) -> ElementTree.Element:
    (asset,) = (asset for asset in made.assets if asset.uri == PICTURE)
    return ElementTree.fromstring(asset.content)


def test_every_document_is_a_link_and_every_reference_a_line() -> None:
    svg = drawn(publication(book(FILES)))
    links = svg.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == ["policies/c/", "policies/people/a/", "policies/people/b/"]
    assert [link.get("class") for link in links] == ["n draft", "n active", "n active"]
    lines = [path.get("class") for path in svg.findall(f"{SVG}path") if "Q" in path.get("d", "")]
    assert sorted(lines, key=str) == ["e plain i", "e plain o", "e strong o"]
    words = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"references", "depends on", "A title that is far too"} <= set(words)


def test_of_many_documents_the_references_between_two_areas_are_one_line() -> None:
    files = {
        f"a{number % 2}/d{number}.md": f"---\nid: D-{number}\ntitle: D{number}\n---\nSee [[D-{(number + 1) % 70}]].\n"
        for number in range(70)
    }
    files["a0/own.md"] = "---\nid: O\n---\nSee [[D-0]].\n"
    svg = drawn(publication(book(files)))
    bundles = [path for path in svg.findall(f"{SVG}path") if path.get("class") == "b"]
    titles = [path.findtext(f"{SVG}title") for path in bundles if "Q" in path.get("d", "")]
    assert titles == ["A0 – A1: 70"]
    single = [path for path in svg.findall(f"{SVG}path") if (path.get("class") or "").startswith("e ")]
    assert len([path for path in single if "Q" in path.get("d", "")]) == 1
    words = [text.text for text in svg.iter(f"{SVG}text")]
    assert "all references between two areas, the thicker the more" in words


def test_an_empty_handbook_has_a_picture_too() -> None:
    assert drawn(publication(book({}))).get("viewBox")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_title_breaks_the_picture(title: str) -> None:
    files = {**FILES, "evil.md": f"---\nid: E\ntitle: {json.dumps(title)}\n---\nSee [[A]].\n"}
    svg = drawn(publication(book(files)))
    assert len(svg.findall(f"{SVG}a")) == 4
    assert not svg.findall(f".//{SVG}script")
    assert all((link.get("href") or "").startswith("policies/") for link in svg.findall(f"{SVG}a"))
