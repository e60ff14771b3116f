"""The three users on the built sample handbook, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_no_tab_is_cut_off(desk: Page, address: str) -> None:
    desk.goto(address)
    tabs = desk.locator(".md-tabs__list")
    assert tabs.evaluate("list => list.scrollWidth <= list.clientWidth")


def test_an_employee_finds_a_policy_by_search_and_reads_it_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}/")
    phone.locator("label[for=__search]").first.tap()
    phone.locator("input.md-search__input").press_sequentially("tools at work")
    result = phone.locator(".pg-find-places a").filter(has_text="Responsible use of AI at work").first
    result.wait_for()
    result.tap()
    expect(phone.locator("h1")).to_contain_text("Responsible use of AI at work")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(phone.get_by_text("must not").first).to_be_visible()


def test_the_theme_s_own_search_is_left_with_the_site_s_own_pages(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    index = desk.evaluate("fetch('search/search_index.json').then(r => r.json())")
    ours = ("policies/", "audit/", "areas/", "for/", "changes/")
    assert not [entry["location"] for entry in index["docs"] if entry["location"].startswith(ours)]


def test_an_author_sees_the_edit_link_of_the_documents_own_file(desk: Page, address: str) -> None:
    desk.goto(f"{address}/policies/risk/ai-risk-assessment/")
    links = desk.locator("a[href*='/edit/main/policies/risk/ai-risk-assessment.md']")
    expect(links.first).to_be_attached()


def test_an_auditor_goes_from_a_control_to_a_fresh_record_in_two_clicks(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/frameworks/iso-42001/")
    row = desk.locator("[id='clause-a.5.2']")
    row.get_by_text("What this rests on").click()
    fresh = row.locator(".pg-steps > li.pg-met").last
    expect(fresh).to_contain_text("fresh")
    expect(fresh).to_contain_text("last made on 18 September 2026, next by 18 September 2027")
    record = fresh.get_by_role("link", name="Impact assessment of each system")
    desk.route("https://wiki.fernway.example/**", lambda route: route.fulfill(body="The record."))
    record.click()
    expect(desk).to_have_url("https://wiki.fernway.example/ai/impact")


def test_an_auditor_goes_from_the_register_to_the_very_passage_and_back(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/register/")
    desk.get_by_role("link", name="AI risk assessment and treatment").first.click()
    expect(desk.locator("h1")).to_contain_text("AI risk assessment and treatment")
    foot = desk.locator("section", has=desk.get_by_role("heading", name="Referenced by"))
    # From "referenced by" to the sentence in the other document that holds the reference.
    passage = foot.locator("a[href*='#p-']").first
    passage.click()
    desk.wait_for_url(re.compile(r"#p-[0-9a-f]+$"))
    anchor = desk.url.rpartition("#")[2]
    target = desk.locator(f"[id='{anchor}']")
    expect(target).to_be_in_viewport()
    link = target.locator("a[href*='ai-risk-assessment']").first
    link.click()
    expect(desk.locator("h1")).to_contain_text("AI risk assessment and treatment")


def test_an_auditor_reads_who_answers_a_clause(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/frameworks/iso-42001/")
    row = desk.locator("[id='clause-6.1.2']")
    expect(row).to_contain_text("AI risk assessment and treatment")


def test_the_register_filters_and_sorts_by_keyboard(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/register/")
    table = desk.locator("table").first
    rows = table.locator("tbody tr:visible")
    expect(rows).to_have_count(24)
    desk.locator(
        "input[type=search].pg-filter, .pg-filter input[type=search], input.pg-filter__text"
    ).first.fill("incident")
    assert 0 < rows.count() < 24


def test_the_graph_filters_and_leads_to_documents(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/graph/")
    desk.locator("canvas").first.wait_for()
    expect(desk.get_by_role("link", name="AI incident management").first).to_be_attached()


def test_no_page_asks_another_host(browser: Browser, address: str, paths: tuple[str, ...]) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in paths:
        page.goto(f"{address}/{path}")
        page.wait_for_load_state("networkidle")
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_nothing_goes_wrong_in_the_console(browser: Browser, address: str, paths: tuple[str, ...]) -> None:
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: wrong.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )
    for path in paths:
        page.goto(f"{address}/{path}")
        page.wait_for_load_state("networkidle")
    context.close()
    assert wrong == []


def test_everything_is_readable_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/audit/graph/")
    expect(page.get_by_role("link", name="AI incident management").first).to_be_visible()
    page.goto(f"{address}/audit/register/")
    expect(page.locator("table tbody tr")).to_have_count(24)
    context.close()


def test_the_inventory_holds_what_the_pages_show(site: Path) -> None:
    inventory = json.loads((site / "handbook.json").read_text(encoding="utf-8"))
    assert len(inventory["documents"]) == 24
    assert {document["id"] for document in inventory["documents"]} == {f"AI-{n:02d}" for n in range(1, 25)}
