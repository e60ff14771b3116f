"""The sample handbook with an interface in German: words fit on narrow pages, and scripts speak as the pages do."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from conftest import BIN, ROOT, Host

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample is served whose interface is German, and whose documents say that they are English."""
    folder = tmp_path_factory.mktemp("german") / "handbook"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)
    settings = folder / "policies/handbook.yml"
    settings.write_text(settings.read_text("utf-8").replace("language: en\n", "language: de\n"), "utf-8")
    for path in (folder / "policies").rglob("*.md"):
        text = path.read_text("utf-8")
        if not path.name.endswith(".nl.md"):
            path.write_text(re.sub(r"^id:", "lang: en\nid:", text, count=1, flags=re.MULTILINE), "utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000"}
    command = [str(BIN / "policygraph"), "build", "--strict"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(folder / "site")))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_longer_words_fit_on_a_narrow_page(german: str, phone: Page, paths: tuple[str, ...]) -> None:
    phone.set_viewport_size({"width": 320, "height": 700})
    wide = []
    for path in paths:
        answer = phone.goto(f"{german}/{path}")
        assert answer is not None
        assert answer.ok, path
        if phone.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert not wide


def test_the_finder_answers_in_german(german: str, desk: Page) -> None:
    desk.goto(german)
    field = desk.get_by_label("Im Handbuch suchen")
    field.fill("xyzzyx")
    expect(desk.get_by_text("Nichts gefunden für „xyzzyx“.")).to_be_visible()
    field.fill("AI-12")
    expect(desk.locator(".pg-find-facts").first).to_contain_text("AI-12")
    expect(desk.locator(".pg-find-facts").first).to_contain_text("Verfahren")


def test_tables_and_the_chooser_speak_german(german: str, desk: Page) -> None:
    desk.goto(f"{german}/audit/register/")
    expect(desk.get_by_role("search", name="Tabelle filtern")).to_be_visible()
    expect(desk.locator(".pg-filter output")).to_have_text(re.compile(r"^\d+ Zeilen$"))
    desk.goto(f"{german}/for/#who=engineering")
    expect(desk.locator(".pg-expected-status")).to_have_text(
        re.compile(r"Engineering: \d+ zu tun, \d+ zu unterlassen, \d+ Min\. zu lesen\.")
    )


def test_the_text_of_a_document_says_that_it_is_english(german: str, desk: Page) -> None:
    desk.goto(f"{german}/policies/running/ai-incidents/")
    expect(desk.locator("html")).to_have_attribute("lang", "de")
    paragraph = desk.locator("article > p[lang]").first
    expect(paragraph).to_have_attribute("lang", "en")


def test_what_scripts_show_of_english_documents_says_so(german: str, desk: Page) -> None:
    desk.goto(german)
    desk.get_by_label("Im Handbuch suchen").fill("AI-12")
    expect(desk.locator(".pg-find-name > span[lang=en]").first).to_be_visible()
    desk.goto(f"{german}/for/#who=operations")
    summary = desk.locator(".pg-expected-result summary", has_text="Release owner").first
    expect(summary.locator("span[lang=en]").first).to_be_visible()
    desk.goto(f"{german}/policies/running/ai-incidents/")
    desk.locator("article p[lang] a[href^='../']:not(.pg-term)").first.hover()
    expect(desk.locator(".pg-card .pg-card-title")).to_have_attribute("lang", "en")
    desk.goto(f"{german}/audit/graph/")
    stage = desk.locator("[data-pg-graph] [tabindex='0']").first
    stage.focus()
    stage.press("ArrowRight")
    expect(desk.locator("[data-pg-graph] a[lang=en]").first).to_be_visible()
    expect(desk.locator("[aria-live=polite] span[lang=en]")).to_have_count(1)


def test_a_page_that_is_missing_is_answered_in_german(german: str, desk: Page) -> None:
    desk.goto(f"{german}/404.html")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Diese Seite gibt es nicht")
    desk.get_by_label("Im Handbuch suchen").fill("AI-12")
    expect(desk.locator(".pg-find-facts").first).to_contain_text("AI-12")
