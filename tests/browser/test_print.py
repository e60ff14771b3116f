"""Pages as the browser prints them."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

pytestmark = pytest.mark.browser


def printed(page: Page, address: str) -> str:
    """The words of a page on A4."""
    page.goto(address)
    made = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return " ".join(" ".join(sheet.extract_text() for sheet in made.pages).split())


def test_a_document_is_printed_without_what_is_only_there_to_be_clicked(desk: Page, address: str) -> None:
    words = printed(desk, f"{address}/policies/people/raising-a-concern/")
    assert re.match(r"1 / \d+ Raising a concern about AI", words)
    assert "Is this still true?" not in words
    assert "¶" not in words
    assert "Audit sheet" in words
    assert "Material for MkDocs" not in words
    assert "form without a name" in words
    assert "<https://people.fernway.example/concerns>" in words


def test_what_is_folded_away_is_printed(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/frameworks/iso-42001/")
    folded = desk.locator("details:not([open]) > :not(summary)").all_text_contents()
    assert folded
    words = printed(desk, f"{address}/audit/frameworks/iso-42001/")
    first = " ".join(folded[0].split())[:40]
    assert "".join(first.split()) in "".join(words.split())


def test_a_table_is_printed_whole(desk: Page, address: str) -> None:
    words = printed(desk, f"{address}/audit/register/")
    assert all(f"AI-{number:02}" in words for number in range(1, 25))
    assert "24 of 24" not in words
    assert "Clear" not in words
    desk.emulate_media(media="print")
    wide = "() => [...document.querySelectorAll('.pg-scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    desk.set_viewport_size({"width": 680, "height": 900})
    assert desk.evaluate(wide) == 0


def test_a_statement_of_applicability_lies_on_its_side(desk: Page, address: str) -> None:
    for uri, lies in (("audit/applicability/iso-42001/", True), ("audit/frameworks/iso-42001/", False)):
        desk.goto(f"{address}/{uri}")
        made = PdfReader(io.BytesIO(desk.pdf(prefer_css_page_size=True)))
        assert {sheet.mediabox.width > sheet.mediabox.height for sheet in made.pages} == {lies}


def test_paper_is_light_whatever_the_screen_is(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/audit/register/")
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.evaluate("() => getComputedStyle(document.querySelector('table.pg-table td')).color")
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    context.close()
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 100
    assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
