"""Every part that reacts, by keyboard alone: the theme's own, where ours depend on it, and tables, folds, copying.

The finder, the explorer, the choice of expectations, cards, statements' links and versions are tried by keyboard in
their own files.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser


def focused(locator: Locator) -> bool:
    return bool(locator.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, locator: Locator, most: int = 40, key: str = "Tab") -> None:
    """Press the key until the part has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if focused(locator):
            return
    raise AssertionError(f"not reached by {most} times {key}")


def test_the_first_stop_leads_past_the_navigation(desk: Page, address: str) -> None:
    desk.goto(f"{address}/policies/risk/ai-risk-assessment/")
    desk.keyboard.press("Tab")
    skip = desk.locator("a.md-skip")
    assert focused(skip)
    expect(skip).to_have_css("opacity", "1")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.querySelector('article').contains(document.activeElement)")


def test_what_is_out_of_sight_takes_no_focus(desk: Page, address: str) -> None:
    desk.goto(f"{address}/terms/")
    for _ in range(60):
        desk.keyboard.press("Tab")
        hidden = desk.evaluate(
            "document.activeElement.matches('.md-top[hidden], [data-md-toggle=search]:not(:checked) ~ .md-header .md-search__scrollwrap')"
        )
        assert not hidden
        if desk.evaluate("document.activeElement === document.body"):
            return


def test_going_back_never_ends_behind_the_header(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/register/")
    desk.locator("table.pg-table tbody a").last.focus()
    for _ in range(40):
        desk.keyboard.press("Shift+Tab")
        seen = desk.evaluate(
            """() => {
              const here = document.activeElement;
              if (!here.closest("article")) return true;
              const [box, header] = [here.getBoundingClientRect(), document.querySelector(".md-header").getBoundingClientRect()];
              return box.bottom > header.bottom && box.top < innerHeight;
            }"""
        )
        assert seen, desk.evaluate("document.activeElement.outerHTML")


def test_the_colours_are_changed_and_kept(desk: Page, address: str) -> None:
    desk.goto(f"{address}/terms/")
    scheme = "document.body.dataset.mdColorScheme"
    assert desk.evaluate(scheme) == "default"
    for _ in range(20):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.name === '__palette'"):
            break
    ring = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
    assert desk.evaluate(ring) != "none"
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert desk.evaluate("document.activeElement.name") == "__palette"
    desk.reload()
    expect(desk.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_drawer_of_a_narrow_window_opens_and_closes(desk: Page, address: str, key: str) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{address}/policies/risk/ai-risk-assessment/")
    button = desk.get_by_role("button", name="Navigation")
    tab_to(desk, button, 5)
    expect(button).to_have_attribute("aria-expanded", "false")
    # What is in the closed drawer takes no focus.
    drawer = desk.locator(".md-sidebar--primary")
    for _ in range(12):
        desk.keyboard.press("Tab")
        assert not drawer.evaluate("drawer => drawer.contains(document.activeElement)")
    button.focus()
    desk.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(drawer.locator(".md-nav__link:visible").first).to_be_in_viewport()
    for _ in range(30):
        desk.keyboard.press("Tab")
        if drawer.evaluate("drawer => drawer.contains(document.activeElement)"):
            break
    else:
        raise AssertionError("nothing in the open drawer takes the focus")
    desk.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert focused(button)


def test_a_table_is_sorted_by_enter_and_by_space(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/register/")
    head = desk.locator("table.pg-table thead th").nth(1)
    tab_to(desk, head)
    titles = desk.locator("table.pg-table tbody th a")
    desk.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    rising = titles.all_text_contents()
    desk.keyboard.press(" ")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert titles.all_text_contents() == rising[::-1]
    assert focused(head)
    assert desk.evaluate("scrollY") < 400


def test_a_table_is_filtered_and_the_number_is_said(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/register/")
    bar = desk.locator(".pg-filter").first
    tab_to(desk, bar.get_by_role("searchbox"))
    desk.keyboard.type("incident")
    said = bar.locator("output")
    expect(said).to_have_attribute("aria-live", "polite")
    expect(said).to_contain_text("of 24")
    desk.keyboard.press("Tab")
    choice = bar.locator("select").first
    assert focused(choice)
    desk.keyboard.press("ArrowDown")
    assert choice.evaluate("element => element.selectedIndex") == 1
    expect(said).to_contain_text("of 24")
    assert focused(choice)


def test_tables_on_one_page_have_filters_with_names_of_their_own(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/reviews/")
    names = [bar.get_attribute("aria-label") for bar in desk.locator(".pg-filter").all()]
    assert len(names) > 1
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_fold_opens_and_closes(desk: Page, address: str, key: str) -> None:
    desk.goto(f"{address}/policies/risk/ai-risk-assessment/")
    fold = desk.locator("article .pg-control")
    summary = fold.locator("summary")
    tab_to(desk, summary, 60)
    desk.keyboard.press(key)
    expect(fold).to_have_attribute("open", "")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('.pg-control') !== null")
    desk.keyboard.press("Shift+Tab")
    assert focused(summary)
    desk.keyboard.press(key)
    expect(fold).not_to_have_attribute("open", "")


def test_lines_are_copied_and_the_focus_stays(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/audit/questions/")
    lines = page.locator("pre[data-pg-copy]").first
    lines.evaluate(
        "pre => { for (let at = pre; at; at = at.parentElement) if (at.localName === 'details') at.open = true; }"
    )
    button = lines.locator("xpath=following-sibling::button")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert focused(button)
    assert page.evaluate("navigator.clipboard.readText()") == lines.inner_text()
    context.close()


def test_links_in_a_text_stay_underlined_when_the_focus_has_gone(desk: Page, address: str) -> None:
    desk.goto(f"{address}/policies/risk/ai-risk-assessment/")
    link = desk.get_by_role("link", name="the impact assessment", exact=True)
    desk.keyboard.press("Tab")
    link.focus()
    desk.keyboard.press("Tab")
    assert not focused(link)
    expect(link).to_have_css("text-decoration-line", "underline")


def test_the_graph_is_walked_by_arrows_and_left_by_tab(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit/graph/")
    stage = desk.locator(".pg-graph-stage")
    desk.locator("canvas").first.wait_for()
    tab_to(desk, stage)
    card = desk.locator(".pg-graph-card")
    desk.keyboard.press("ArrowRight")
    expect(card).to_be_visible()
    desk.keyboard.press("Escape")
    expect(card).to_be_hidden()
    desk.keyboard.press("Tab")
    assert not focused(stage)


def test_what_was_looked_at_is_forgotten_by_keyboard(desk: Page, address: str) -> None:
    desk.goto(f"{address}/changes/")
    button = desk.locator("[data-pg-looked] button")
    button.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-pg-looked] output")).to_have_text("Forgotten.")
    assert focused(button)


def test_the_owner_is_asked_by_keyboard(desk: Page, address: str) -> None:
    desk.goto(f"{address}/policies/risk/ai-risk-assessment/#find")
    link = desk.get_by_role("link", name="Is this still true?").last
    link.focus()
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Tab")
    assert focused(link)
    expect(link).to_have_css("outline-style", "solid")
