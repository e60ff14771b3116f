"""A document's page as an employee reads it: links to statements, explained words, previews, and the way back."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

DOCUMENT = "policies/risk/ai-risk-assessment/"
STATEMENT = "The system owner must finish the treatment on the agreed date"
SCREENS = {
    "desk": (1280, 900),
    "phone": (390, 844),
    "narrow": (320, 640),
    # A window of 1280 pixels under a zoom of 200 %.
    "zoomed": (640, 450),
}


def card(page: Page) -> str:
    """What the card says; nothing where there is none."""
    shown = page.locator(".pg-card:visible")
    return shown.inner_text() if shown.count() else ""


def open_document(page: Page, address: str, anchor: str = "") -> None:
    page.goto(f"{address}/{DOCUMENT}{anchor}")
    page.locator("a.pg-term").first.wait_for()


def test_the_page_begins_with_why_then_what_for_whom_who_helps_and_how_long(desk: Page, address: str) -> None:
    open_document(desk, address)
    text = desk.locator("article").inner_text()
    parts = [
        "AI risk assessment and treatment",
        "Smart Triage will miss something one day.",
        "How we find, rate, treat and accept the risks",
        "Engineering",
        "Gareth Pugh, Risk manager",
        "risk@fernway.example",
        "2 minutes",
        "AI-06 · procedure",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    expect(desk.get_by_role("link", name="Audit sheet")).not_to_be_visible()
    desk.get_by_text("AI-06 · procedure").click()
    expect(desk.get_by_role("link", name="Audit sheet")).to_be_visible()


def test_a_statement_shows_its_link_under_the_pointer_and_under_the_focus(desk: Page, address: str) -> None:
    open_document(desk, address)
    statement = desk.locator(".pg-passage", has_text=STATEMENT)
    link = statement.get_by_role("link", name="Link to this statement")
    expect(link).to_have_css("opacity", "0")
    height = "document.querySelector('article').getBoundingClientRect().height"
    before = desk.evaluate(height)
    statement.hover(position={"x": 5, "y": 8})
    expect(link).to_have_css("opacity", "1")
    assert desk.evaluate(height) == before
    desk.mouse.move(0, 0)
    link.focus()
    expect(link).to_have_css("opacity", "1")
    desk.keyboard.press("Enter")
    id = statement.get_attribute("id")
    assert desk.url.endswith(f"#{id}")
    expect(desk.locator(":target")).to_contain_text(STATEMENT)


def test_every_statement_can_be_reached_by_keyboard(desk: Page, address: str) -> None:
    open_document(desk, address)
    wanted = desk.locator("article a.pg-here").count()
    desk.locator("article .pg-control summary").focus()
    reached = set()
    for _ in range(4 * wanted):
        desk.keyboard.press("Tab")
        here = desk.evaluate(
            "document.activeElement.matches('a.pg-here') && document.activeElement.getAttribute('href')"
        )
        if here:
            reached.add(here)
    assert len(reached) == wanted > 5


def test_the_statements_of_the_audit_sheet_lead_to_the_statements_of_the_page(
    desk: Page, address: str
) -> None:
    desk.goto(f"{address}/audit/documents/risk/ai-risk-assessment/")
    desk.get_by_role("link", name=STATEMENT).first.click()
    desk.wait_for_url("**/policies/risk/ai-risk-assessment/#*")
    expect(desk.locator(".pg-passage:target")).to_contain_text(STATEMENT)


def test_a_term_explains_itself_under_the_pointer(desk: Page, address: str) -> None:
    open_document(desk, address)
    desk.locator("a.pg-term", has_text="system owner").first.hover()
    expect(desk.locator(".pg-card")).to_contain_text("The one person who answers for an AI system")
    # It can itself be pointed at, and stays as long as it is.
    desk.locator(".pg-card").hover()
    desk.wait_for_timeout(600)
    expect(desk.locator(".pg-card")).to_be_visible()
    desk.mouse.move(0, 0)
    expect(desk.locator(".pg-card")).to_be_hidden()


def test_a_term_explains_itself_under_the_focus_and_goes_with_escape(desk: Page, address: str) -> None:
    open_document(desk, address)
    term = desk.locator("a.pg-term", has_text="gate").first
    desk.locator("article .pg-control summary").focus()
    for _ in range(20):
        desk.keyboard.press("Tab")
        if term.evaluate("element => element === document.activeElement"):
            break
    expect(desk.locator(".pg-card")).to_contain_text("The point between two stages")
    desk.wait_for_timeout(600)
    assert card(desk)
    desk.keyboard.press("Escape")
    expect(desk.locator(".pg-card")).to_be_hidden()
    assert term.evaluate("element => element === document.activeElement")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/terms/#term-gate")


def test_a_term_says_its_meaning_to_whoever_hears_the_page(desk: Page, address: str) -> None:
    open_document(desk, address)
    described = desk.locator("a.pg-term").first.get_attribute("aria-describedby")
    assert "The point between two stages" in (desk.locator(f"#{described}").text_content() or "")


def test_a_term_explains_itself_when_tapped_and_leads_on(phone: Page, address: str) -> None:
    open_document(phone, address)
    term = phone.locator("a.pg-term", has_text="red set").first
    term.tap()
    expect(phone.locator(".pg-card")).to_contain_text("312 real requests")
    assert DOCUMENT in phone.url
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    term.tap()
    expect(phone.locator(".pg-card")).to_be_hidden()
    term.tap()
    phone.get_by_role("heading", name="Rate", exact=False).tap()
    expect(phone.locator(".pg-card")).to_be_hidden()
    term.tap()
    phone.get_by_role("link", name="All terms").tap()
    phone.wait_for_url("**/terms/#term-red-set*")


@pytest.mark.parametrize("height", [120, 400, 780])
def test_the_meaning_of_a_term_covers_no_word_of_its_sentence_on_a_phone(
    phone: Page, address: str, height: int
) -> None:
    open_document(phone, address)
    term = phone.locator(".pg-passage a.pg-term").first
    sentence = term.locator("xpath=ancestor::*[contains(@class, 'pg-passage')]").first
    term.evaluate("(e, y) => scrollTo(0, e.getBoundingClientRect().top + scrollY - y)", height)
    term.tap()
    box, told = phone.locator(".pg-card").bounding_box(), sentence.bounding_box()
    assert box
    assert told
    assert box["y"] + box["height"] <= told["y"] or told["y"] + told["height"] <= box["y"]
    assert box["height"] <= 0.4 * 844
    assert box["y"] >= 48
    assert box["y"] + box["height"] <= 844


def test_the_link_of_a_title_leaves_no_gap_below_it(phone: Page, address: str) -> None:
    open_document(phone, address)
    for width in range(320, 430, 10):
        phone.set_viewport_size({"width": width, "height": 844})
        lines, room = phone.locator("h1").evaluate(
            """head => {
                const range = document.createRange();
                range.selectNode(head.firstChild);
                const tops = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
                return [tops.size, Math.round(head.offsetHeight / parseFloat(getComputedStyle(head).lineHeight))];
            }"""
        )
        assert lines == room, width
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_audit_page_can_be_seen_in_their_list_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(f"{address}/audit/records/")
    links = phone.locator(".pg-strip a")
    assert links.count() == 13
    for link in links.all():
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 24


def test_names_with_a_hyphen_are_not_broken(phone: Page, address: str) -> None:
    phone.goto(f"{address}/policies/people/responsible-use-of-ai/")
    for width in range(390, 320, -10):
        phone.set_viewport_size({"width": width, "height": 844})
        lines = phone.locator("article :is(code, a.pg-id, .pg-whole)").evaluate_all(
            "all => all.map(e => new Set([...e.getClientRects()].map(r => Math.round(r.top))).size)"
        )
        assert len(lines) > 2
        assert set(lines) <= {0, 1}


def test_a_statement_that_is_tapped_shows_its_link(phone: Page, address: str) -> None:
    open_document(phone, address)
    statement = phone.locator(".pg-passage", has_text="Without an acceptance, the system must not go live.")
    link = statement.get_by_role("link", name="Link to this statement")
    expect(link).to_have_css("opacity", "0")
    statement.tap()
    expect(link).to_have_css("opacity", "1")
    box = link.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 30
    link.tap()
    assert phone.url.endswith(f"#{statement.get_attribute('id')}")


@pytest.mark.parametrize("by", ["pointer", "focus"])
def test_a_reference_shows_the_summary_of_its_target(desk: Page, address: str, by: str) -> None:
    open_document(desk, address)
    link = desk.get_by_role("link", name="the impact assessment", exact=True)
    if by == "pointer":
        link.hover()
    else:
        desk.keyboard.press("Tab")
        link.focus()
    shown = desk.locator(".pg-card")
    expect(shown).to_contain_text("When and how we look at what a system does to people")
    expect(shown).to_contain_text("AI-08 · procedure · 2 min read")
    assert link.get_attribute("aria-describedby") == "pg-card"
    desk.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None
    link.click()
    desk.wait_for_url("**/policies/risk/impact-assessment/")


def test_is_this_still_true_asks_the_owner_about_the_document(desk: Page, address: str) -> None:
    open_document(desk, address)
    href = desk.get_by_role("link", name="Is this still true?").get_attribute("href") or ""
    assert href.startswith("mailto:risk@fernway.example?subject=")
    assert "AI-06 AI risk assessment and treatment" in unquote(href)
    assert "https://handbook.fernway.example/policies/risk/ai-risk-assessment/" in unquote(href)


def test_is_this_still_true_quotes_what_is_selected(desk: Page, address: str) -> None:
    open_document(desk, address)
    statement = desk.locator(".pg-passage", has_text=STATEMENT)
    statement.scroll_into_view_if_needed()
    box = statement.bounding_box()
    assert box
    desk.mouse.move(box["x"] + 2, box["y"] + 8)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 300, box["y"] + 8, steps=4)
    desk.mouse.up()
    offered = desk.locator("a.pg-ask")
    expect(offered).to_be_visible()
    href = unquote(offered.get_attribute("href") or "")
    assert "> he system owner must finish" in href or "> The system owner must finish" in href
    assert f"#{statement.get_attribute('id')}" in href
    link = desk.get_by_role("link", name="Is this still true?").last
    assert unquote(link.get_attribute("href") or "") == href
    desk.keyboard.press("Escape")
    expect(offered).to_be_hidden()
    desk.get_by_role("button", name="Leave it out").click()
    assert "must finish" not in unquote(link.get_attribute("href") or "")


def test_is_this_still_true_quotes_the_statement_one_came_for(desk: Page, address: str) -> None:
    open_document(desk, address)
    id = desk.locator(".pg-passage", has_text=STATEMENT).get_attribute("id")
    desk.goto("about:blank")
    open_document(desk, address, f"#{id}")
    href = unquote(desk.get_by_role("link", name="Is this still true?").get_attribute("href") or "")
    assert f"> {STATEMENT}" in href
    assert f"ai-risk-assessment/#{id}" in href


def test_a_form_that_takes_no_passage_is_not_said_to_quote_one(desk: Page, address: str) -> None:
    def as_form(route: Route) -> None:
        page = route.fetch()
        still = re.sub(r'data-pg-still="[^"]*"', 'data-pg-still="https://forms.example/?p=x"', page.text())
        route.fulfill(response=page, body=still)

    desk.route(f"**/{DOCUMENT}", as_form)
    open_document(desk, address)
    id = desk.locator(".pg-passage", has_text=STATEMENT).get_attribute("id")
    desk.goto("about:blank")
    open_document(desk, address, f"#{id}")
    link = desk.get_by_role("link", name="Is this still true?")
    expect(link).to_have_attribute("href", "https://forms.example/?p=x")
    expect(desk.locator("[data-pg-quoted]")).to_be_hidden()


def test_without_javascript_every_part_is_a_plain_link(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{DOCUMENT}")
    expect(page.locator("p.pg-why")).to_be_visible()
    assert page.get_by_role("link", name="Link to this statement").count() > 5
    still = page.get_by_role("link", name="Is this still true?")
    assert (still.get_attribute("href") or "").startswith("mailto:risk@fernway.example?")
    expect(page.locator("[data-pg-quoted]")).to_be_hidden()
    page.locator("a.pg-term", has_text="red set").first.click()
    assert "/terms/#term-red-set" in page.url
    expect(page.locator(":target")).to_contain_text("312 real requests")
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_card_and_no_head_makes_the_page_scroll_sideways(
    browser: Browser, address: str, screen: str
) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    open_document(page, address)
    page.locator(".pg-control summary").click()
    for link in page.locator("article a.pg-term, article p > a[href*='policies'], article li > a").all():
        if not link.is_visible():
            continue
        link.hover()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        box = page.locator(".pg-card").bounding_box() if card(page) else None
        assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= width)
        page.keyboard.press("Escape")
    context.close()


@pytest.mark.parametrize("screen", ["narrow", "zoomed"])
def test_a_wide_table_scrolls_by_itself_and_by_keyboard(browser: Browser, address: str, screen: str) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{address}/policies/risk/inventory/")
    table = page.locator("[tabindex='0']:has(> .md-typeset__table)").first
    assert table.evaluate("element => element.scrollWidth > element.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert table.evaluate("element => element.scrollLeft") > 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_is_shown_on_demand_is_accessible(
    browser: Browser, address: str, screen: str, scheme: str
) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=screen == "phone",
    )
    page = context.new_page()
    open_document(page, address, "#find")
    page.locator(".pg-control summary").click()
    page.evaluate("document.querySelectorAll('a.pg-here').forEach(link => link.style.opacity = 1)")
    term = page.locator("a.pg-term", has_text="red set").first
    term.tap() if screen == "phone" else term.hover()
    page.locator(".pg-card:visible").wait_for()
    found = Axe().run(
        page,
        context="body",
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    )
    ours = [
        (violation["id"], node["html"][:200])
        for violation in found.response["violations"]
        for node in violation["nodes"]
        if "pg-" in node["html"]
    ]
    context.close()
    assert ours == []
