"""What a pack says of itself, in the words of the handbook."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph.publishing.catalogues import words_in
from policygraph.publishing.pack import Contents, Part, readme, start_page
from policygraph.words import speaking

CONTENTS = Contents(
    "Salt & Pepper",
    "Bakery 100 %(name)s",
    dt.date(2026, 4, 1),
    "Commit 1 of the branch <main>.",
    (Part("site/", "Site & more", "all of it"),),
    (),
    ("Nothing & nobody.",),
)


@pytest.mark.parametrize(("code", "day"), [("en", "1 April 2026"), ("de", "1. April 2026")])
def test_the_page_and_the_text_speak_the_language(code: str, day: str) -> None:
    with speaking(words_in(code)):
        page, text = start_page(CONTENTS), readme(CONTENTS)
    assert f'<html lang="{code}">' in page
    assert f"{day}." in page
    assert f": {day}\n" in text


def test_a_page_escapes_what_plain_text_does_not() -> None:
    page, text = start_page(CONTENTS), readme(CONTENTS)
    assert "<h1>Salt &amp; Pepper: audit pack</h1>" in page
    assert "branch &lt;main&gt;" in page
    assert text.startswith("Salt & Pepper: audit pack\n============")
    assert "Organisation: Bakery 100 %(name)s\n" in text
    assert "Made from: Commit 1 of the branch <main>.\n" in text
    assert "- Nothing & nobody.\n" in text
