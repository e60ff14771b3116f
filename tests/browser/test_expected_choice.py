"""What is expected of me, in a real browser: chosen by mouse and keyboard, kept in the address and in this browser only."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

KEY = "policygraph:/:who"
WORDS = ".pg-expected-result .pg-duty-words"


def _words(page: Page) -> list[str]:
    return page.locator(WORDS).all_text_contents()


def test_two_choices_are_one_list_without_duplicates(desk: Page, address: str) -> None:
    desk.goto(f"{address}/")
    desk.get_by_role("link", name="What is expected of me").first.click()
    status = desk.get_by_role("status").filter(has_text="to do")
    expect(status).to_contain_text("Everyone: ")
    common = _words(desk)
    desk.get_by_label("Engineering", exact=True).check()
    expect(status).to_contain_text("Engineering: ")
    engineering = _words(desk)
    desk.get_by_label("Product and design", exact=True).check()
    expect(status).to_contain_text("Engineering, Product and design: ")
    both = _words(desk)
    assert len(both) == len(set(both))
    assert set(common) < set(engineering) < set(both)
    expect(desk.get_by_role("heading", name="For you")).to_be_visible()
    expect(desk.get_by_role("heading", name="For everyone")).to_be_visible()
    expect(
        desk.locator(".pg-duty-whose", has_text="for Engineering, Product and design").first
    ).to_be_visible()
    assert desk.url == f"{address}/for/#who=engineering,product"


def test_what_others_are_asked_is_folded_under_their_names(desk: Page, address: str) -> None:
    desk.goto(f"{address}/for/operations/")
    written = desk.locator(".pg-permissions summary", has_text="If you are meant").first.text_content()
    desk.goto(f"{address}/for/#who=operations")
    chosen = desk.locator(".pg-expected-result .pg-permissions", has_text="If you are meant").first
    expect(chosen.locator("summary")).to_have_text(str(written))
    chosen.locator("summary").press("Enter")
    expect(chosen.locator(".pg-pace-name", has_text="Release owner")).to_be_visible()
    assert len(_words(desk)) == len(set(_words(desk)))


def test_the_choice_stays_in_this_browser_and_in_the_address(desk: Page, address: str) -> None:
    desk.goto(f"{address}/for/#who=support,role:risk-manager,nobody-like-this")
    status = desk.get_by_role("status").filter(has_text="to do")
    expect(status).to_contain_text("Support and customer success, Risk manager: ")
    assert desk.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('policygraph:'))") == [KEY]
    assert desk.evaluate(f"JSON.parse(localStorage.getItem('{KEY}'))") == ["support", "role:risk-manager"]
    assert desk.context.cookies() == []
    desk.goto(f"{address}/for/")
    expect(desk.get_by_label("Risk manager", exact=True)).to_be_checked()
    expect(status).to_contain_text("Risk manager: ")
    assert desk.url.endswith("#who=support,role:risk-manager")
    # The address outweighs what was kept.
    desk.goto(f"{address}/")
    desk.goto(f"{address}/for/#who=data")
    expect(status).to_contain_text("Data team: ")
    expect(desk.get_by_label("Risk manager", exact=True)).not_to_be_checked()
    desk.get_by_role("button", name="Choose nothing").click()
    expect(status).to_contain_text("Everyone: ")
    assert desk.evaluate(f"localStorage.getItem('{KEY}')") is None
    assert desk.url == f"{address}/for/"


def test_a_group_page_leads_to_itself_chosen(desk: Page, address: str) -> None:
    desk.goto(f"{address}/for/owners/")
    desk.get_by_role("link", name="In another group too").click()
    expect(desk.get_by_label("System owners", exact=True)).to_be_checked()


def test_all_of_it_by_keyboard(desk: Page, address: str) -> None:
    desk.goto(f"{address}/for/")
    first = desk.get_by_label("Engineering", exact=True)
    first.focus()
    desk.keyboard.press("Space")
    expect(first).to_be_checked()
    expect(desk.get_by_role("heading", name="For you")).to_be_visible()
    # The ring is drawn around the whole chip.
    outline = desk.locator(".pg-chip", has_text="Engineering").first.evaluate(
        "(chip) => getComputedStyle(chip).outlineStyle"
    )
    assert outline == "solid"
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Data team", exact=True)).to_be_focused()
    fold = desk.locator(".pg-newcomer > summary")
    fold.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".pg-reading a").first).to_be_visible()


def test_a_duty_leads_to_its_sentence(desk: Page, address: str) -> None:
    desk.goto(f"{address}/for/#who=role:risk-manager")
    duty = desk.locator(".pg-duty", has_text="The risk manager must go through the whole register")
    expect(duty.locator(".pg-duty-when")).to_have_text("every 3 months")
    duty.get_by_role("link").click()
    anchor = desk.url.rpartition("#")[2]
    expect(desk.locator(f"[id='{anchor}']")).to_be_in_viewport()
    expect(desk.locator(f"[id='{anchor}']")).to_contain_text("go through the whole register")


def test_without_javascript_every_group_and_role_has_its_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/for/")
    expect(page.locator("[data-pg-expected]")).to_be_hidden()
    page.get_by_role("link", name="Risk manager").click()
    expect(page.locator("h1")).to_contain_text("Risk manager")
    expect(page.locator(".pg-duty-words").first).to_contain_text("The risk manager must")
    page.goto(f"{address}/for/engineering/")
    page.locator(".pg-newcomer > summary").click()
    expect(page.locator(".pg-reading a").first).to_be_visible()
    context.close()


def test_a_browser_that_keeps_nothing_shows_everything(desk: Page, address: str) -> None:
    desk.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})"
    )
    desk.goto(f"{address}/for/")
    desk.get_by_label("Engineering", exact=True).check()
    expect(desk.get_by_role("heading", name="For you")).to_be_visible()
    assert desk.url.endswith("#who=engineering")


def test_from_a_folder_it_works_as_well(desk: Page, site: Path) -> None:
    desk.goto((site / "for/index.html").as_uri() + "#who=engineering")
    expect(desk.get_by_role("heading", name="For you")).to_be_visible()
    desk.get_by_label("Data team", exact=True).check()
    expect(desk.get_by_role("status").filter(has_text="to do")).to_contain_text("Engineering, Data team: ")


@pytest.mark.parametrize("path", ["for/", "for/engineering/", "for/roles/risk-manager/", "for/everyone/"])
def test_nothing_is_wider_than_a_small_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
