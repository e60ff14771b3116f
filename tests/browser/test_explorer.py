"""The explorer in a real browser: from a question to an answer, by mouse, by keyboard and by address."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import BIN, ROOT
from policygraph.judging.case import Case
from policygraph.publishing.exports.answers import answer_data
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

pytestmark = pytest.mark.browser

EPOCH = "1795392000"
DAY = dt.datetime.fromtimestamp(int(EPOCH), dt.UTC).date()
ASK = "(ends) => Promise.all(ends.map(([from, to]) => window.policygraphAnswer(from, to)))"


def test_from_the_question_to_the_answer_in_two_interactions(desk: Page, address: str) -> None:
    desk.goto(f"{address}/policies/governance/ai-policy/")
    desk.get_by_role("link", name="Why does it not reference …?").click()
    expect(desk.get_by_label("Why does")).to_have_value("AI-02 AI policy")
    expect(desk.get_by_label("not reference")).to_be_focused()
    # What choosing from the list of names does: the field holds the whole name.
    desk.get_by_label("not reference").fill("AI-19 AI incident management")
    expect(desk.get_by_role("status")).to_contain_text("AI-02 does not reference AI-19 itself")
    expect(desk).to_have_url(f"{address}/audit/why/#from=AI-02&to=AI-19")
    # The answer leads to the very sentence.
    desk.locator(".pg-why-result .pg-quote a").first.click()
    desk.wait_for_url(re.compile(r"#p-[0-9a-f]+$"))
    expect(desk.locator(f"[id='{desk.url.rpartition('#')[2]}']")).to_be_in_viewport()


def test_the_address_holds_the_answer(desk: Page, address: str) -> None:
    status = desk.get_by_role("status")
    desk.goto(f"{address}/audit/why/#from=ai-13&to=AI-07")
    expect(status).to_contain_text("AI-13 needs no reference to AI-07, by decision.")
    expect(desk.locator(".pg-why-result")).to_contain_text(
        "Decided on 15 September 2026, by AI governance lead"
    )
    desk.get_by_role("button", name="The other way round").click()
    expect(desk).to_have_url(f"{address}/audit/why/#from=AI-07&to=AI-13")
    expect(status).to_contain_text("AI-07 does not reference AI-13")
    desk.go_back()
    expect(status).to_contain_text("AI-13 needs no reference to AI-07")
    expect(desk.get_by_label("Why does")).to_have_value("AI-13 Responsible AI development life cycle")
    desk.reload()
    expect(status).to_contain_text("AI-13 needs no reference to AI-07")


def test_an_address_may_ask_after_a_question_mark(desk: Page, address: str) -> None:
    status = desk.get_by_role("status")
    desk.goto(f"{address}/audit/why/?from=ai-13&to=AI-07+AI+impact+assessment")
    expect(status).to_contain_text("“AI-07 AI impact assessment”")
    desk.goto(f"{address}/audit/why/?from=ai-13&to=AI-07")
    expect(status).to_contain_text("AI-13 needs no reference to AI-07, by decision.")
    # What is asked on the page is the newer question.
    desk.get_by_role("button", name="The other way round").click()
    expect(status).to_contain_text("AI-07 does not reference AI-13")
    desk.reload()
    expect(status).to_contain_text("AI-07 does not reference AI-13")
    desk.go_back()
    expect(status).to_contain_text("AI-13 needs no reference to AI-07")


def test_everything_works_by_keyboard(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/why/")
    expect(desk.get_by_label("Why does")).to_be_focused()
    desk.keyboard.type("steering policy nobody wrote")
    desk.keyboard.press("Enter")
    status = desk.get_by_role("status")
    expect(status).to_contain_text("No document fits “steering policy nobody wrote”")
    desk.get_by_label("Why does").fill("")
    desk.keyboard.type("ai-21")
    desk.keyboard.press("Tab")
    desk.keyboard.type("data governance")
    desk.keyboard.press("Enter")
    expect(status).to_contain_text("Nothing is recorded: AI-21 does not reference AI-14")
    expect(desk.get_by_label("not reference")).to_have_value("AI-14 Data governance for AI")
    lines = desk.locator("pre[data-pg-copy]")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("- to: AI-14")
    # Several that fit are offered, and can be reached and chosen.
    desk.get_by_label("not reference").fill("risk")
    desk.keyboard.press("Enter")
    expect(status).to_contain_text("documents fit “risk”. Which one?")
    offer = desk.get_by_role("button", name="AI-06 AI risk assessment and treatment")
    offer.focus()
    desk.keyboard.press("Enter")
    expect(status).to_contain_text("AI-21 depends on AI-06.")


def test_the_explorer_says_what_the_command_line_says(desk: Page, address: str) -> None:
    case = Case(resolve(read_handbook(locate(None, ROOT))), DAY)
    documents = case.handbook.documents
    pairs = list(itertools.permutations(documents, 2))
    desk.goto(f"{address}/audit/why/")
    desk.wait_for_function("Boolean(window.policygraphAnswer)")
    told = desk.evaluate(ASK, [[one.path, other.path] for one, other in pairs])
    expected = [json.loads(json.dumps(answer_data(case, one, other))) for one, other in pairs]
    assert told == expected
    kinds = {answer["answer"]: (answer, found) for answer, found in zip(told, pairs, strict=True)}
    assert set(kinds) >= {"reference", "decision", "path", "shared clauses", "nothing recorded"}
    for answer, (one, other) in kinds.values():
        done = subprocess.run(
            [str(BIN / "policygraph"), "why", one.id, other.id, "--format", "json"],
            cwd=ROOT,
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        assert json.loads(done.stdout) == answer


def test_half_a_word_is_looked_for_in_ids_and_titles_first(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/why/")
    desk.get_by_label("Why does").fill("polic")
    desk.keyboard.press("Enter")
    offers = desk.locator(".pg-why-offers button")
    expect(offers.first).to_be_visible()
    named = offers.all_text_contents()
    # Every file lies in a folder called "policies", which tells nothing of a document.
    assert 0 < len(named) < 6
    assert "polic" in named[0].lower()
    desk.get_by_label("Why does").fill("risk")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("fit “risk”")
    holds = ["risk" in name.lower() for name in offers.all_text_contents()]
    assert True in holds
    assert False in holds
    assert holds == sorted(holds, reverse=True)


def test_a_broken_address_is_taken_as_it_stands(desk: Page, address: str) -> None:
    broken: list[str] = []
    desk.on("pageerror", lambda error: broken.append(str(error)))
    desk.goto(f"{address}/audit/why/#from=AI-02%&to=AI-19")
    expect(desk.get_by_role("status")).to_contain_text("“AI-02%”")
    desk.goto(f"{address}/audit/register/#100%")
    expect(desk.get_by_role("searchbox").first).to_be_visible()
    assert broken == []


def test_the_explorer_works_from_a_folder(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{(site / 'audit/why/index.html').as_uri()}#from=AI-02&to=AI-19")
    expect(page.get_by_role("status")).to_contain_text("AI-02 does not reference AI-19 itself")
    context.close()


def test_without_javascript_the_explorer_leads_to_the_sheets(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/audit/why/")
    expect(page.locator(".pg-why-box .pg-note")).to_be_visible()
    page.locator(".pg-why-box .pg-note a").click()
    expect(page.locator("h1")).to_contain_text("register", ignore_case=True)
    page.goto(f"{address}/audit/documents/running/suppliers-and-customers/")
    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    context.close()


def test_lines_are_copied_as_they_stand(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/audit/questions/")
    first = page.locator("pre[data-pg-copy]").first
    first.locator("xpath=following-sibling::button").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == first.inner_text()
    context.close()


def test_every_question_leads_to_its_answer(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/questions/")
    links = [link.get_attribute("href") or "" for link in desk.locator(".pg-question-why").all()]
    assert len(links) > 40
    for link in links[:3]:
        desk.goto(f"{address}/audit/questions/{link}")
        ends = unquote(link.partition("#")[2]).replace("from=", "").split("&to=")
        expect(desk.get_by_role("status")).to_contain_text(ends[0])
        expect(desk.get_by_role("status")).to_contain_text(ends[1])
