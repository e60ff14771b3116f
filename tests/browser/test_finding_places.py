"""Going to a place by its name: from the front door, from a theme's own search, and from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FIELD = "#pg-find-field"

ASKED = {
    "AI-19": "AI incident management",
    "ai 19": "AI incident management",
    "SoA": "Statement of Applicability",
    "raising a concern about AI": "Raising a concern about AI",
    "worried": "Raising a concern about AI",
    "may I use an AI tool at work": "Responsible use of AI at work",
    "incidents": "AI incident management",
    "roll back a release": "Deployment and release",
    "risk assesment": "AI risk assessment and treatment",
    "AIMS": "Management system",
    "suppliers": "Suppliers, partners and customers",
    "training data": "Data governance for AI",
    "ChatGPT": "Responsible use of AI at work",
    "paste customer email": "Responsible use of AI at work",
}
"""What people type, and the first place that they must be shown."""


def _type(page: Page, text: str) -> None:
    page.locator(FIELD).fill(text)
    page.locator(".pg-find-field [role=status]").filter(has_text="place").wait_for(state="attached")


@pytest.mark.parametrize("asked", ASKED)
def test_what_people_type_leads_to_what_they_mean(desk: Page, address: str, asked: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, asked)
    expect(desk.locator("[role=option] .pg-find-name").first).to_contain_text(ASKED[asked])


def test_an_id_goes_straight_there(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    desk.locator(FIELD).press_sequentially("ai-19")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/policies/running/ai-incidents/")


def test_an_id_goes_straight_there_from_the_theme_s_search(desk: Page, address: str) -> None:
    desk.goto(f"{address}/terms/")
    desk.locator("input.md-search__input").press_sequentially("AI-19")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/policies/running/ai-incidents/")


def test_the_code_of_a_rule_leads_to_it_among_the_audit_pages(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "PG201")
    expect(desk.locator("[role=option] .pg-find-name", has_text="PG201")).to_have_count(0)
    desk.locator("[role=option]", has_text="Search the audit pages too").click()
    expect(desk.locator("[role=option]", has_text="PG201").first).to_be_visible()
    desk.locator(FIELD).press("Enter")
    desk.wait_for_url("**/audit/rules/#pg201")


def test_the_figures_of_a_clause_find_nothing_else(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "A.6.2.4")
    desk.get_by_role("option", name="Search the audit pages too").click()
    clause = desk.locator("[role=option]", has_text="Clause · iso-42001:A.6.2.4")
    expect(clause).to_be_visible()
    names = desk.locator("[role=option] .pg-find-name").all_text_contents()
    assert names == ["Verification and validation", "AI system verification and validation"]
    clause.click()
    desk.wait_for_url("**/audit/frameworks/iso-42001/#clause-a.6.2.4")


def test_a_clause_leads_to_the_documents_that_answer_it(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "6.1.2")
    first = desk.locator("[role=option]").first
    expect(first).to_contain_text("AI risk assessment and treatment")
    expect(first).to_contain_text("answers iso-42001:6.1.2")


def test_a_result_says_section_type_and_area(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "the first hour")
    first = desk.locator("[role=option]").first
    expect(first).to_contain_text("AI incident management › ")
    expect(first).to_contain_text("Procedure · AI-19 · Running AI")
    assert "#" in (first.get_attribute("href") or "")


def test_the_list_is_a_combobox_and_needs_no_mouse(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    field = desk.locator(FIELD)
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.focus()
    _type(desk, "risk")
    expect(field).to_have_attribute("aria-expanded", "true")
    listed = desk.locator("[role=listbox]")
    expect(field).to_have_attribute("aria-controls", listed.get_attribute("id") or "none")
    desk.keyboard.press("ArrowDown")
    second = desk.locator("[role=option]").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "none")
    expect(field).to_be_focused()
    target = second.get_attribute("href") or ""
    desk.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    desk.keyboard.press("ArrowDown")
    expect(listed).to_be_visible()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.wait_for_url(target)


def test_audit_pages_are_searched_only_when_asked_for(desk: Page, address: str) -> None:
    fetched: list[str] = []
    desk.on("request", lambda request: fetched.append(request.url))
    desk.goto(f"{address}/")
    _type(desk, "register")
    listed = desk.locator("[role=listbox]")
    expect(listed).not_to_contain_text("Audit page")
    assert not [url for url in fetched if "audit-places" in url]
    desk.get_by_role("option", name="Search the audit pages too").click()
    expect(listed).to_contain_text("Audit page")
    # Kept in this browser, for the theme's search too.
    desk.goto(f"{address}/terms/")
    desk.locator("input.md-search__input").press_sequentially("register")
    places = desk.locator(".pg-find-places")
    expect(places).to_contain_text("Audit page")
    box = places.get_by_role("checkbox", name="Search the audit pages too")
    expect(box).to_be_checked()
    box.press(" ")
    expect(places).not_to_contain_text("Audit page")


def test_documents_stand_before_audit_pages(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "risk")
    desk.get_by_role("option", name="Search the audit pages too").click()
    expect(desk.locator("[role=listbox]")).to_contain_text("Audit sheet")
    facts = desk.locator("[role=option] .pg-find-facts").all_text_contents()
    audit = [text.startswith(("Audit", "Clause")) for text in facts]
    assert audit == sorted(audit)


def test_words_of_the_texts_are_found_with_the_section_they_stand_in(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "tidy up and delete")
    expect(desk.locator("[role=option]").first).to_contain_text("AI incident management")


def test_the_site_s_own_pages_are_one_step_away(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    _type(desk, "architecture")
    desk.get_by_role("option", name="Search the other pages of this site").click()
    desk.locator(".md-search-result__link").first.wait_for()
    expect(desk.locator("input.md-search__input")).to_have_value("architecture")


def test_places_are_found_from_a_folder(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator(FIELD).fill("AI-19")
    expect(page.locator("[role=option]").first).to_contain_text("AI incident management")
    page.locator(FIELD).fill("carbon monoxide")
    expect(page.locator("[role=option]").first).to_contain_text("›")
    # The engine's search cannot read its data here, so it is not offered.
    expect(page.locator("[role=listbox]")).not_to_contain_text("Search the other pages")
    context.close()


def test_nothing_is_loaded_before_somebody_searches(desk: Page, address: str) -> None:
    fetched: list[str] = []
    desk.on("request", lambda request: fetched.append(request.url))
    desk.goto(f"{address}/")
    desk.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "places" in url]
    desk.locator(FIELD).focus()
    desk.wait_for_function("window.policygraphPlaces")


def test_without_javascript_the_front_door_still_leads_everywhere(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    expect(page.locator(".pg-find")).to_be_hidden()
    page.get_by_role("link", name="Running AI", exact=True).first.click()
    expect(page.get_by_role("link", name="AI incident management").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_an_open_list_is_accessible(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}/")
    _type(page, "risk")
    found = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    )
    wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
    assert [v["id"] for v in found.response["violations"]] == []
    assert wide


def test_one_of_2000_documents_is_found_by_its_id(desk: Page, address: str) -> None:
    """Every name is read at each key."""
    desk.goto(f"{address}/")
    desk.locator(FIELD).focus()
    desk.wait_for_function("window.policygraphPlaces")
    found = desk.evaluate(
        """() => {
          const documents = Array.from({ length: 2000 }, (_, n) => [
            `D-${n}`, `Document ${n} about topic${n % 97}`, "policy", 0, `d/${n}/`, [], [], [], [], `Summary of ${n}`,
            Array.from({ length: 8 }, (_, h) => [`Heading ${h} of ${n}`, `h${h}`]), "", 0,
          ]);
          const known = policygraphFind.prepared({ text: [], areas: ["One"], documents, terms: [], pages: [] });
          return policygraphFind.search(known, "d-1234").results[0].place.id;
        }"""
    )
    assert found == "D-1234"


def test_hostile_names_are_shown_as_text(desk: Page, address: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    desk.add_init_script(
        f"""window.policygraphPlaces = {{ audit: "audit/", areas: ["{hostile}"], terms: [["{hostile}", [], "terms/"]],
        pages: [], documents: [["x{hostile}", "{hostile}", "{hostile}", 0, "p/", ["constructor", "__proto__"], [], [], [], "{hostile}",
        [["{hostile}", "a"]], "{hostile}", 1]] }};"""
    )
    desk.goto(f"{address}/")
    _type(desk, "img src")
    expect(desk.locator("[role=option]").first).to_contain_text("<img src=x")
    assert desk.locator("[role=listbox] img").count() == 0
    for odd in ("__proto__", "constructor", "\\", "(", "*", "🙂", " ", "a" * 2000):
        desk.locator(FIELD).fill(odd)


def test_the_arrow_keys_of_the_theme_s_search_reach_the_places(desk: Page, address: str) -> None:
    desk.goto(f"{address}/terms/")
    desk.locator("input.md-search__input").press_sequentially("incident")
    first = desk.locator(".pg-find-places a").first
    expect(first).to_contain_text("AI incident management")
    desk.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/policies/running/ai-incidents/**")


GERMAN = """() => {
  const entry = (id, title, summary, headings) => [id, title, "policy", 0, `${id}/`, [], [], [], [], summary, headings, "", 0];
  const documents = [
    entry("a", "KI-Vorfallmanagement", "Was bei einem Vorfall zu tun ist.", [["Die erste Stunde", "s"]]),
    entry("b", "Grundsätze für Übersetzungen", "Wie wir übersetzen.", []),
    entry("c", "Datenschutz", "Wie wir mit Daten umgehen.", [["Löschfristen", "l"]]),
  ];
  const terms = [["Managementsystem", ["AIMS"], "terms/#m"]];
  const known = policygraphFind.prepared({ text: [], areas: ["Alles"], documents, terms, pages: [] });
  const first = (text) => policygraphFind.search(known, text).results[0].place.title;
  return ["Vorfall", "vorfälle", "uebersetzung", "Übersetzung", "Löschfrist", "was tun bei einem Vorfall", "aims"].map((text) => {
    try { return first(text); } catch { return ""; }
  });
}"""


def test_german_is_found_in_compounds_and_other_forms(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    incident, translation = "KI-Vorfallmanagement", "Grundsätze für Übersetzungen"
    assert desk.evaluate(GERMAN) == [
        incident,
        incident,
        translation,
        translation,
        "Datenschutz",
        incident,
        "Managementsystem",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_look_changes_of_the_theme_is_accessible(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/policies/risk/ai-risk-assessment/")
    page.wait_for_load_state("networkidle")
    for part in (
        "header.md-header",
        "nav.md-tabs",
        "footer",
        ".md-sidebar--primary",
        ".md-sidebar--secondary",
    ):
        found = Axe().run(page, context=part, options={"runOnly": ["color-contrast", "link-in-text-block"]})
        assert [(part, v["id"], v["nodes"][0]["html"][:120]) for v in found.response["violations"]] == []
    context.close()


def test_more_contrast_and_less_motion_are_heeded(browser: Browser, address: str) -> None:
    context = browser.new_context(contrast="more", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/")
    found = Axe().run(page, context="article", options={"runOnly": ["color-contrast-enhanced"]})
    lines = page.locator(".pg-rooms-list a").first.evaluate(
        "link => getComputedStyle(link).textDecorationLine"
    )
    moves = page.locator(".md-tabs__link").first.evaluate("link => getComputedStyle(link).transitionDuration")
    context.close()
    assert [v["id"] for v in found.response["violations"]] == []
    assert lines == "underline"
    assert float(moves.split(",")[0].removesuffix("s")) < 0.001
