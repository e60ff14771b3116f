"""A handbook in German: its audit pages are, while findings and files for machines stay as they are everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from publications import publication, seen

from builders import REGISTERS, TODAY, book
from policygraph.judging.judge import judge
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.index import index_of
from policygraph.publishing.preview_bar import preview_bars
from policygraph.publishing.publication import Publication, SiteStyle
from policygraph.resolving.handbook import Handbook
from policygraph.words import speaking

FILES: Mapping[str, str] = {
    "a.md": "---\ntitle: Ordering\nsatisfies: ['house:1']\n---\n# Ordering\n\nBakers must ask. See [[B-1]].\n",
    "b.md": "---\nid: B-1\ntitle: Baking policy\n---\n# Baking policy\n\nNothing [[nowhere]].\n",
    "c.md": "---\nid: C-7\ntitle: Cleaning\n---\n# Cleaning\n\nBefore you clean, read what B-1 says.\n",
    "d.md": "---\ntitle: Dusting\nstatus: draft\n---\n# Dusting\n\nSoon.\n",
}


def handbook(language: str) -> Handbook:
    return book(FILES, f"language: {language}\n")


@pytest.fixture(scope="module")
def german() -> Publication:
    return publication(handbook("de"))


@pytest.fixture(scope="module")
def english() -> Publication:
    return publication(handbook("en"))


def text_of(made: Publication, uri: str) -> str:
    return next(page.text for page in made.pages if page.uri == uri)


def asset_of(made: Publication, uri: str) -> str:
    return next(asset.content.decode() for asset in made.assets if asset.uri == uri)


def test_a_finding_says_that_it_is_english(german: Publication, english: Publication) -> None:
    for uri in ("audit/findings.md", "audit/documents/b.md", "audit/rules.md"):
        assert ' lang="en"' in text_of(german, uri), uri
        assert ' lang="en"' not in text_of(english, uri), uri
    told = seen(text_of(german, "audit/findings.md"))
    assert "nowhere" in told.text
    assert "Befunde" in told.text


def test_what_links_lead_to_has_the_same_anchors_in_every_language(
    german: Publication, english: Publication
) -> None:
    for anchor in ("clauses", "references", "records"):
        for made in (german, english):
            assert f"{{ #{anchor} }}" in text_of(made, "audit/documents/a.md")
    assert "\n## Verweise { #references }\n" in text_of(german, "audit/documents/a.md")


def test_a_status_is_said_and_still_styled(german: Publication) -> None:
    assert '<span class="pg-status pg-status--draft">Entwurf</span>' in text_of(german, "audit/register.md")


def test_why_a_question_is_asked_is_said_in_german_and_in_english_to_machines(german: Publication) -> None:
    assert "Der Text nennt es („B-1“) ohne Link." in text_of(german, "audit/documents/c.md")
    assert "The text names it (‘B-1’) without a link." in asset_of(german, "questions.csv")
    assert "The text names it" in asset_of(german, "handbook.json")
    assert "Der Text nennt es" in asset_of(german, "audit/why/data/c.md.js")


def test_files_for_machines_are_the_same_in_every_language(german: Publication, english: Publication) -> None:
    for uri in ("questions.csv", "references.csv", "findings.csv", "mentions.csv"):
        assert asset_of(german, uri) == asset_of(english, uri), uri


def test_the_explorer_knows_what_relations_are_called(german: Publication, english: Publication) -> None:
    def said(made: Publication) -> dict[str, str]:
        names = asset_of(made, "audit/why/data/documents.js").partition("=")[2].rstrip(";\n")
        return dict(json.loads(names)["said"])

    assert said(german)["references"] == "verweist auf"
    assert said(english) == {}


def test_findings_are_english_even_where_german_is_spoken() -> None:
    kept = {
        "a.md": "---\nid: A\ntitle: A\nrecords: [{what: Log, every: 1 month}]\n---\n# A\n\nWir backen Brot.\n"
    }
    one = book({**kept, f"{REGISTERS}records.yml": "records: [{document: A, what: Log, made: 2020-01-01}]\n"})
    with speaking(words_in("de")):
        (message,) = (found.message for found in judge(one, TODAY).findings if found.code == "PG510")
    assert "is made every month: it was due on 2020-02-01" in message


def test_the_preview_speaks_the_language_of_the_handbook() -> None:
    for language, word in (("de", "Vorschau"), ("en", "Preview")):
        bars = preview_bars(index_of(judge(handbook(language), TODAY), SiteStyle("policies")))
        bar = str(bars["policies/b.md"])
        assert f">{word}<" in bar
        assert (' lang="en"' in bar) is (language == "de")
