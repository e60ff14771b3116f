"""Any two versions of a document compared in a real browser, from a folder, without a server."""

from __future__ import annotations

import subprocess
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from conftest import BIN, PHONE
from repositories import BOB, Repo

pytestmark = pytest.mark.browser

TEXT = """---
id: A-1
title: Incidents
owner: risk-manager
summary: What to do when something goes wrong.
satisfies: ["iso-42001:8.1"]
---
# Incidents

All staff must report an incident within 24 hours to the risk manager.

- Write down what happened.
- Keep what shows it.

| Severity | Answer within |
|---|---|
| High | 24 hours |

The board looks at all incidents every quarter and decides what is to be learned from them.
"""
SECOND = TEXT.replace("must", "may").replace("within 24", "within 72").replace("risk-manager", "head-of-data")
THIRD = SECOND.replace("every quarter", "every month").replace(
    "- Keep what shows it.", "- Keep what shows it.\n- Tell nobody else."
)
LAST = THIRD.replace("All staff may", "Whoever sees it, <b>staff</b> or visitor, must").replace(
    "| High | 24 hours |\n", ""
)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """The address of a document's history, and the ids of its versions, the oldest first."""
    repo = Repo(tmp_path_factory.mktemp("history") / "project")
    settings = {
        "mkdocs.yml": "site_name: Small\ntheme:\n  name: material\n  font: false\n  palette:\n"
        '    - {media: "(prefers-color-scheme: light)", scheme: default}\n'
        '    - {media: "(prefers-color-scheme: dark)", scheme: slate}\n'
        "plugins: [policygraph]\n"
        "use_directory_urls: false\n",
        "docs/.keep": "",
        "policies/b.md": "---\nid: B-1\ntitle: Other\nowner: me\nsummary: Else.\n---\nText.\n",
    }
    ids = [repo.commit("2025-01-01", {**settings, "policies/a.md": TEXT}, "Write it")]
    for day, text, subject in (
        ("2025-02-01", SECOND, "Soften it (#4)"),
        ("2025-03-01", THIRD, "Look more often"),
        ("2025-04-01", LAST, "Once more"),
    ):
        ids.append(repo.commit(day, {"policies/a.md": text}, subject, author=BOB))
    site = repo.folder.parent / "site"
    subprocess.run(
        [str(BIN / "policygraph"), "build", "-d", str(site)], cwd=repo.folder, check=True, capture_output=True
    )
    page = site / "audit/history/a.html"
    assert page.is_file()
    return page.as_uri(), [id[:10] for id in ids]


def shown(page: Page) -> str:
    """What the comparison says, without white space."""
    return letters(page.locator("[data-pg-compare] .pg-redline").text_content())


def letters(text: str | None) -> str:
    """A text without white space."""
    return "".join((text or "").split())


def test_two_versions_are_compared_by_keyboard_and_the_address_can_be_shared(
    desk: Page, comparison: tuple[str, list[str]]
) -> None:
    address, ids = comparison
    desk.goto(address)
    expect(desk.get_by_role("heading", name="Compare any two versions")).to_be_visible()
    expect(desk.locator("[data-pg-compare] .pg-redline")).to_be_hidden()
    desk.get_by_label("From").focus()
    desk.keyboard.press("End")
    expect(desk.get_by_label("From")).to_have_value(ids[0])
    expect(desk.get_by_role("status")).to_contain_text("words added")
    assert desk.url.endswith(f"#from={ids[0]}&to={ids[3]}")
    expect(desk.locator("[data-pg-compare] del").filter(has_text="24").first).to_be_visible()
    expect(desk.locator("[data-pg-compare] ins").filter(has_text="<b>staff</b>").first).to_be_visible()
    assert desk.locator("[data-pg-compare] b").count() == 0
    told = shown(desk)
    other = desk.context.new_page()
    other.goto(desk.url)
    expect(other.get_by_label("From")).to_have_value(ids[0])
    expect(other.locator("[data-pg-compare] .pg-redline")).to_be_visible()
    assert shown(other) == told


def test_a_swap_turns_what_was_added_into_what_was_removed(
    desk: Page, comparison: tuple[str, list[str]]
) -> None:
    address, ids = comparison
    desk.goto(f"{address}#from={ids[1]}&to={ids[2]}")
    expect(desk.locator("[data-pg-compare] ins").filter(has_text="Tell nobody else")).to_be_visible()
    desk.get_by_role("button", name="Swap").click()
    expect(desk.locator("[data-pg-compare] del").filter(has_text="Tell nobody else")).to_be_visible()
    assert desk.url.endswith(f"#from={ids[2]}&to={ids[1]}")


def test_an_address_may_name_versions_after_a_question_mark(
    desk: Page, comparison: tuple[str, list[str]]
) -> None:
    address, ids = comparison
    desk.goto(f"{address}?from={ids[1]}&to={ids[2]}")
    expect(desk.locator("[data-pg-compare] ins").filter(has_text="Tell nobody else")).to_be_visible()
    desk.get_by_role("button", name="Swap").click()
    desk.reload()
    expect(desk.locator("[data-pg-compare] del").filter(has_text="Tell nobody else")).to_be_visible()


def test_the_browser_marks_what_the_build_marks(desk: Page, comparison: tuple[str, list[str]]) -> None:
    address, ids = comparison
    desk.goto(address)
    for old, new in pairwise(ids):
        desk.evaluate(f"location.hash = '#from={old}&to={new}'")
        expect(desk.get_by_label("To")).to_have_value(new)
        assert shown(desk) == letters(desk.locator(f"#r-{new} .pg-redline").text_content())


def test_an_address_with_an_unknown_version_says_so(desk: Page, comparison: tuple[str, list[str]]) -> None:
    address, ids = comparison
    desk.goto(f"{address}#from=ffffffffff&to={ids[0]}")
    expect(desk.get_by_role("status")).to_contain_text("not among those that can be compared")


def test_without_javascript_the_redlines_stand_there(
    browser: Browser, comparison: tuple[str, list[str]]
) -> None:
    address, ids = comparison
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-pg-compare]")).to_be_hidden()
    page.locator(f"#r-{ids[1]} summary").click()
    expect(page.locator(f"#r-{ids[1]} del").filter(has_text="must")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits_a_phone(
    browser: Browser, comparison: tuple[str, list[str]], scheme: str
) -> None:
    address, ids = comparison
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}#from={ids[0]}&to={ids[3]}")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true; }")
    expect(page.locator("[data-pg-compare] .pg-redline")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(
        page, context="article", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    )
    assert [
        (violation["id"], violation["nodes"][0]["html"][:160]) for violation in found.response["violations"]
    ] == []
    context.close()
