"""The matrix: a pattern of documents, or of areas with the documents behind each number."""

from __future__ import annotations

import posixpath

import pytest
from publications import publication, seen

from builders import book
from policygraph.publishing.matrix import MOST
from policygraph.publishing.publication import Page

AREAS = 3
COUNT = MOST + 3


@pytest.fixture(scope="module")
def many() -> dict[str, Page]:
    """Each document references the next one, which is in the next area, and every ninth one the ninth after it."""
    files = {}
    for number in range(COUNT):
        further = f" and [[D-{number + 9}]]" if number % 9 == 0 and number + 9 < COUNT else ""
        files[f"a{number % AREAS}/d{number:02}.md"] = (
            f"---\nid: D-{number}\ntitle: D{number}\n---\nSee [[D-{(number + 1) % COUNT}]]{further}.\n"
        )
    made = publication(book(files))
    return {page.uri: page for page in made.pages if page.uri.startswith("audit/matrix")}


def test_each_number_leads_to_the_marks_behind_it(many: dict[str, Page]) -> None:
    html = seen(many["audit/matrix.md"].text)
    assert html.wrong == []
    cells = [a for tag, a in html.tags if tag == "a" and "reference" in (a.get("aria-label") or "")]
    assert len(cells) == 2 * AREAS - 2  # from each to the next, and within the first, whose ninth are its own
    for cell in cells:
        address, _, anchor = (cell["href"] or "").partition("#")
        page = many[posixpath.normpath(posixpath.join("audit/matrix", address)) + ".md"]
        assert f'id="{anchor}"' in page.text


def test_the_marks_of_all_pages_are_all_pairs(many: dict[str, Page]) -> None:
    labels = [
        a["aria-label"] or ""
        for uri, page in many.items()
        if uri != "audit/matrix.md"
        for tag, a in seen(page.text).tags
        if tag == "a" and (a.get("aria-label") or "").startswith("D-")
    ]
    assert len(labels) == len(set(labels)) == COUNT + len(range(0, COUNT - 9, 9))
    assert "D-0 references D-9" in labels
