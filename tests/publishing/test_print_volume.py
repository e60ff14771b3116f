"""A handbook as HTML for paper: complete, linked within itself, and safe whatever its authors typed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publications import TODAY, Seen, seen

from builders import book
from policygraph.judging.judge import judge
from policygraph.publishing.index import index_of
from policygraph.publishing.print.volume import Press, Volume, document_volume, handbook_volume
from policygraph.publishing.publication import SiteStyle

PAIR = {
    "policies/risk/a.md": """\
---
id: A-1
title: Risk assessment
owner: risk-manager
summary: How we rate risks.
satisfies: ["iso-42001:6.1.2"]
references:
  - to: A-2
    relation: depends on
    because: "Impact results set the severity."
not_related:
  - to: A-3
    because: "Waste is no risk of ours."
    decided: 2026-03-01
    by: Board
---
# Risk assessment

## Rating

You must rate every risk. See [[A-2#rating|the other rating]] and [a form](https://forms.example/x).
""",
    "policies/risk/b.md": """\
---
id: A-2
title: Impact assessment
summary: Whom it could hurt.
status: draft
---
# Impact assessment

## Rating

See [the assessment](a.md) and ![a map](map.png). It rests on [[iso-42001:6.1.4]].
""",
    "c.md": "---\nid: A-3\ntitle: Waste\n---\nInto the bin.\n",
}


def press(files: Mapping[str, str], pictures: frozenset[str] = frozenset()) -> Press:
    judgement = judge(book(files, "name: Small handbook\nareas:\n  risk: Risks\n"), TODAY)
    return Press(index_of(judgement, SiteStyle("policies")), pictures, "0123456789abcdef")


def whole(files: Mapping[str, str], pictures: frozenset[str] = frozenset()) -> Volume:
    return handbook_volume(press(files, pictures))


def body(text: str) -> Seen:
    """The volume of a handbook of one document with this text."""
    volume = whole({"a.md": f"---\nid: A-1\ntitle: One\n---\n# One\n\n{text}\n"})
    return seen(volume.html)


def test_a_volume_says_what_it_is_and_what_it_was_made_from() -> None:
    page = seen(whole(PAIR).html)
    assert "Small handbook" in page.text
    assert "23 November 2026" in page.text
    assert "commit 0123456789abcdef" in page.text
    assert "3 documents, 2 of them in force on this day, with 2 references between them" in page.text


def test_one_reference_is_counted_as_one() -> None:
    pair = {
        "a.md": "---\nid: A-1\ntitle: One\n---\nSee [[A-2]].\n",
        "b.md": "---\nid: A-2\ntitle: Two\n---\nText.\n",
    }
    assert "with 1 reference between them" in seen(whole(pair).html).text


def test_documents_stand_by_area_in_the_contents_and_in_the_volume() -> None:
    html = whole(PAIR).html
    order = [html.index(f'<article class="document" id="d{n}"') for n in (1, 2, 3)]
    assert order == sorted(order)
    assert html.index("Risks") < html.index("A-2") < html.index("General")


def test_each_document_ends_with_its_references_and_their_reasons() -> None:
    text = seen(document_volume(press(PAIR), book_document("A-1")).html).text
    assert "References depends on A-2 Impact assessment draft Impact results set the severity." in text
    assert "Referenced by referenced by A-2 Impact assessment draft “See the assessment and" in text
    assert "No reference needed A-3 Waste Waste is no risk of ours. (Board, 1 March 2026)" in text
    assert "Clauses it says it answers 6.1.2 of ISO/IEC 42001:2023" in text


def book_document(id: str) -> object:
    return press(PAIR).index.handbook.find(id)


def test_links_between_documents_lead_to_places_in_the_volume() -> None:
    page = seen(whole(PAIR).html)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inside = [unquote(href[1:]) for href in page.values("href") if href.startswith("#")]
    assert set(inside) <= set(ids)
    assert "d2--rating" in inside
    assert "d1--rating" in ids


def test_links_elsewhere_keep_their_address_and_those_into_the_site_keep_their_words() -> None:
    page = seen(whole(PAIR).html)
    assert "https://forms.example/x" in page.values("href")
    assert all(href.startswith(("#", "https://")) for href in page.values("href"))
    assert "It rests on 6.1.4" in page.text or "iso-42001:6.1.4" in page.text


def test_a_document_alone_has_no_links_to_others() -> None:
    alone = press(PAIR)
    document = alone.index.handbook.find("A-1")
    assert document is not None
    page = seen(document_volume(alone, document).html)
    assert [href for href in page.values("href") if href.startswith("#")] == []
    assert "A-2 Impact assessment" in page.text


def test_only_pictures_of_the_handbook_are_printed() -> None:
    files = {**PAIR, "policies/risk/map.png": "a picture"}
    with_map = whole(files, frozenset({"policies/risk/map.png"}))
    assert dict(with_map.pictures) == {"policygraph:picture/1": "policies/risk/map.png"}
    assert seen(with_map.html).values("src") == ["policygraph:picture/1"]
    without = whole(files)
    assert dict(without.pictures) == {}
    assert seen(without.html).values("src") == []
    assert seen(without.html).values("alt") == ["a map"]


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "../../../../etc/passwd.png",
        "https://tracker.example/x.png",
        "//tracker.example/x.png",
        "data:image/svg+xml;base64,AAAA",
        "policygraph:picture/1",
        "policygraph:font/../../volume.py",
    ],
)
def test_no_other_address_is_fetched(address: str) -> None:
    page = body(f'![x]({address})\n\n<img src="{address}" alt="y">')
    assert page.values("src") == []


HOSTILE = """\
<style>@page { content: "x" } body { display: none }</style>
<script>alert(1)</script>
<link rel="attachment" href="file:///etc/passwd"><link rel="stylesheet" href="https://x.example/x.css">
<p style="position: fixed; content: url(file:///etc/passwd)" onclick="x()" class="cover pg-passage" data-header="x">kept</p>
<object data="file:///etc/passwd"></object><iframe src="file:///etc/passwd"></iframe>
<svg><image href="file:///etc/passwd"/></svg><a rel="attachment" href="file:///etc/passwd">words</a>
<meta http-equiv="refresh" content="0"><base href="https://x.example/"></article></body></html><h1>after
"""


def test_hostile_html_is_printed_as_words_or_not_at_all() -> None:
    page = body(HOSTILE)
    assert page.wrong == []
    assert not page.names() & {"script", "style", "link", "object", "iframe", "svg", "image", "base"}
    assert page.values("style") == []
    assert page.values("onclick") == []
    assert [v for v in page.values("class") if v == "cover"] == ["cover"]
    assert page.values("data-header") == ["A-1  One"]
    assert not [v for a in ("href", "src", "data", "content") for v in page.values(a) if "passwd" in v]
    assert "kept" in page.text
    assert "words" in page.text
    assert page.text.endswith(
        "This document references no other. Referenced by No other document references this one."
    )


def test_hostile_names_cannot_end_an_element() -> None:
    hostile = '</title><script>alert(1)</script>" onload="x'
    page = seen(whole({"a.md": f"---\nid: A-1\ntitle: '{hostile}'\nsummary: '{hostile}'\n---\nText.\n"}).html)
    assert page.wrong == []
    assert "script" not in page.names()
    assert page.values("onload") == []


def test_text_nested_beyond_reading_is_printed_as_it_was_typed() -> None:
    page = body("\n".join(">" * n + " deep" for n in range(1, 120)))
    assert "pre" in page.names()
    assert "blockquote" not in page.names()


def test_two_volumes_of_one_handbook_are_the_same() -> None:
    assert whole(PAIR) == whole(PAIR)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/abp\"'= \n#[]()!&;{}`*|-:scriptstyle"), max_size=120))
def test_whatever_is_typed_leaves_the_volume_whole(text: str) -> None:
    page = body(text)
    assert page.wrong == []
    assert not page.names() & {"script", "style", "link", "iframe"}
    assert page.names() >= {"article", "footer", "nav"}
    assert len(page.values("id")) == len(set(page.values("id"))) or "id" in text
