"""The overhead page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from publications import published, seen

from builders import book
from policygraph.publishing.bars import Bar, bar_chart
from policygraph.publishing.overhead import duration

PAGE = "audit/overhead/index.md"
GOLDEN = Path(__file__).with_name("overhead.golden.txt")
ORGANISATION = "policies/registers/organisation.yml"
COUNTED = "audiences:\n  everyone: {people: 60}\n  makers: {title: Makers, people: 12}\n"
OWNER = "Every model has an owner who answers for it from the first idea to the day it is switched off."
TOLD = "Suppliers are told in writing which of our rules bind them before any contract with them begins."
KEPT = "Minutes of the review are kept by the quality manager for three years and then destroyed."
HASH = "0" * 64
FILES = {
    ORGANISATION: COUNTED,
    "models.md": f"---\ntitle: Models\n---\n# Models\n\n{OWNER} See [[suppliers]].\n\nYou must test them every month.",
    "suppliers.md": f"---\ntitle: Suppliers\napplies_to: [makers]\n---\n# Suppliers\n\n{OWNER}\n\n{TOLD} See [[models]].",
    "copied.md": f"---\ntitle: Copied\n---\n# Copied\n\n{OWNER}\n\n{TOLD}\n\n{KEPT} See [[whole]].",
    "whole.md": f"---\ntitle: Whole\n---\n# Whole\n\n{OWNER}\n\n{TOLD}\n\n{KEPT} See [[copied]].",
    "lonely.md": "---\ntitle: Lonely\n---\n# Lonely\n\nNobody asks for this.",
    "policies/registers/reviews/1.yml": (
        "document: models\nby: Ada\nas: boss\ndate: 2026-05-04\noutcome: confirmed unchanged\n"
    ),
}


def golden() -> str:
    """The words of the page below the strip of links, one line for each heading."""
    text = seen(published(FILES)[PAGE].text).text
    return "\n".join(re.split(r" (?=## )", text[text.index("This page is for") :])) + "\n"


def test_the_page_reads_as_it_should() -> None:
    assert golden() == GOLDEN.read_text(encoding="utf-8")


def test_links_lead_to_pages_and_passages() -> None:
    pages = published(FILES)
    page = seen(pages[PAGE].text)
    hrefs = set(page.values("href"))
    assert {"../../policies/models/", "../documents/models/", "../promises/"} <= hrefs
    anchors = {h.partition("#")[2] for h in hrefs if "policies/" in h and "#" in h}
    documents = [page.text for uri, page in pages.items() if uri.startswith("policies/")]
    known = {id for text in documents for id in seen(text).values("id")}
    headings = {anchor for d in book(FILES).documents for anchor in d.anchors()}
    assert anchors <= known | headings
    assert anchors & known


def test_every_chart_has_a_name_and_a_table_beside_it() -> None:
    page = seen(published(FILES)[PAGE].text)
    named = [a for tag, a in page.tags if tag == "svg" and a.get("role") == "group"]
    ids = page.values("id")
    assert len(named) == 3
    assert all(attributes["aria-labelledby"] in ids for attributes in named)
    assert len(ids) == len(set(ids))
    assert [tag for tag, _ in page.tags].count("table") >= 3
    assert page.wrong == []


def test_an_empty_handbook_has_a_page() -> None:
    text = seen(published({})[PAGE].text).text
    for words in (
        "No document is in force.",
        "No passage of twelve words",
        "No review is recorded.",
        "Nothing was found that could go",
    ):
        assert words in text


def test_hostile_names_stay_text() -> None:
    evil = '<script>alert(1)</script> {{ x }} "q" | [a](javascript:b)'
    files = {
        ORGANISATION: f"audiences:\n  'x<b>': {{title: '{evil}', people: 3}}\n",
        "a.md": f"---\ntitle: '{evil}'\napplies_to: ['x<b>']\n---\n{OWNER} {evil}",
        "b.md": f"---\ntitle: '{evil}'\n---\n{OWNER} {evil}",
    }
    page = published(files)[PAGE]
    assert "script" not in seen(page.text).names()
    assert "{{" not in page.text.partition("---\n")[2].partition("---\n")[2]


def test_a_long_list_of_documents_is_split_by_area() -> None:
    files = {f"a/d{number:03}.md": f"Document {number} says little." for number in range(301)}
    pages = published(files)
    assert sorted(uri for uri in pages if uri.startswith("audit/overhead/")) == [
        "audit/overhead/a-1.md",
        "audit/overhead/a-2.md",
        PAGE,
    ]
    assert "And 251 more." in seen(pages[PAGE].text).text
    assert max(len(page.text) for uri, page in pages.items() if "overhead" in uri) < 300_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, "0 min"),
        (10, "1 min"),
        (2_000, "10 min"),
        (12_000, "1 h"),
        (14_400, "1 h 12 min"),
        (126_000, "11 h"),
    ],
)
def test_durations_in_words(words: int, said: str) -> None:
    assert duration(words) == said


def test_bars_share_one_scale_and_long_labels_are_cut_for_phones_only() -> None:
    label = "A rather long title of a document that no phone has room for"
    chart = str(bar_chart("pg-x", "X & Y", [Bar(label, "8", 6, 2), Bar("B", "2", 2), Bar("C", "0", 0)]))
    found = seen(chart)
    widths = [a["width"] for tag, a in found.tags if tag == "rect" and "y" in a]
    assert widths == ["100%", "75.00%", "25.00%", "100%", "25.00%", "100%", "0.00%"]
    assert "X &amp; Y" in chart
    assert f'<text class="pg-wide" x="0" y="14">{label}</text>' in chart
    assert chart.count("…") == 1
    assert str(bar_chart("pg-x", "X", [])) == ""
