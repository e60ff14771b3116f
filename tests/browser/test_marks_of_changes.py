"""What changed since one last looked, and old addresses, in a real browser that reads from a folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from conftest import BIN, DESK, PHONE
from repositories import Repo

pytestmark = pytest.mark.browser

TEXT = """---
id: A-1
title: Incidents
owner: risk-manager
summary: What to do when something goes wrong.
---
# Incidents

All staff must report an incident within 24 hours to the risk manager.

## Afterwards

Write down what happened.
"""
OTHER = "---\nid: B-1\ntitle: Other things\nowner: me\nsummary: Else.\n---\n# Other things\n\nYou may rest.\n"
SETTINGS = {
    "mkdocs.yml": "site_name: Small\ntheme:\n  name: material\n  font: false\n  palette:\n"
    '    - {media: "(prefers-color-scheme: light)", scheme: default}\n'
    '    - {media: "(prefers-color-scheme: dark)", scheme: slate}\n'
    "plugins: [policygraph]\nuse_directory_urls: false\n",
    "docs/.keep": "",
    "policies/handbook.yml": "name: Small\n",
}


def build(repo: Repo, site: Path) -> None:
    subprocess.run(
        [str(BIN / "policygraph"), "build", "-d", str(site)], cwd=repo.folder, check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same handbook on two days: in between the one document was moved and changed, the other worded better."""
    repo = Repo(tmp_path_factory.mktemp("looked") / "project")
    first, second = repo.folder.parent / "first", repo.folder.parent / "second"
    repo.commit("2025-01-01", {**SETTINGS, "policies/a.md": TEXT, "policies/b.md": OTHER}, "Write it")
    repo.commit("2025-01-02", move={"policies/a.md": "policies/incidents.md"}, message="A better name")
    build(repo, first)
    later = {
        "policies/incidents.md": TEXT.replace("24 hours", "72 hours"),
        "policies/b.md": OTHER.replace("You may rest.", "You may  rest!"),
    }
    repo.commit("2025-02-01", later, "docs: Three days, since weekends are long (#4)")
    build(repo, second)
    return first, second


def publish(site: Path, place: Path) -> None:
    """Put a build where readers look."""
    place.unlink(missing_ok=True)
    place.symlink_to(site)


def open_page(page: Page, place: Path, name: str) -> None:
    page.goto(f"{place.as_uri()}/{name}")


def test_what_says_something_else_is_marked_until_it_is_looked_at(
    desk: Page, sites: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = sites
    place = tmp_path / "site"
    mark = desk.locator(".pg-changed-mark")
    note = desk.locator("[data-pg-changed]")
    publish(first, place)
    for name in ("index.html", "policies/incidents.html", "policies/b.html", "areas/general/index.html"):
        open_page(desk, place, name)
        expect(mark).to_have_count(0)
    publish(second, place)
    open_page(desk, place, "areas/general/index.html")
    expect(mark).to_have_count(1)
    expect(desk.locator("li", has=mark)).to_contain_text("Incidents")
    open_page(desk, place, "index.html")
    expect(mark).to_have_text("changed since you last looked")
    open_page(desk, place, "policies/b.html")
    expect(note).to_be_hidden()
    open_page(desk, place, "policies/incidents.html")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Changed since you last looked, on ")
    desk.reload()
    expect(note).to_be_visible()
    note.get_by_role("link", name="See what changed").click()
    expect(desk.locator(".pg-change:target")).to_contain_text("within 72 hours")
    expect(desk.locator(".pg-change:target")).to_contain_text("Three days, since weekends are long")
    expect(mark).to_have_count(0)


def test_a_reader_can_have_it_forgotten(desk: Page, sites: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = sites
    place = tmp_path / "site"
    publish(first, place)
    open_page(desk, place, "policies/incidents.html")
    publish(second, place)
    open_page(desk, place, "changes/index.html")
    expect(desk.locator(".pg-changed-mark")).not_to_have_count(0)
    desk.get_by_role("button", name="Forget all of it").click()
    expect(desk.locator("[data-pg-looked] output")).to_have_text("Forgotten.")
    expect(desk.locator(".pg-changed-mark")).to_have_count(0)
    open_page(desk, place, "policies/incidents.html")
    expect(desk.locator("[data-pg-changed]")).to_be_hidden()


OURS = """
const {getItem, setItem} = Storage.prototype;
const ours = (key) => key.startsWith("policygraph:");
Storage.prototype.getItem = function (key) { return ours(key) ? (() => { %s })() : getItem.call(this, key); };
Storage.prototype.setItem = function (key, value) { if (ours(key)) throw new Error("full"); setItem.call(this, key, value); };
"""


@pytest.mark.parametrize(
    "kept",
    [
        "throw new Error('closed')",
        "return '[1, null'",
        "return 'null'",
        "return '[[]]'",
        """return '{"policies/incidents.html": 5, "policies/b.html": ["x"], "index.html": [null, null]}'""",
        """return '{"policies/incidents.html": ["x", 1e300]}'""",
    ],
)
def test_storage_that_is_missing_full_or_spoilt_harms_nothing(
    desk: Page, sites: tuple[Path, Path], kept: str
) -> None:
    errors: list[str] = []
    desk.on("pageerror", lambda error: errors.append(str(error)))
    desk.add_init_script(OURS % kept)
    for name in ("policies/incidents.html", "changes/index.html"):
        open_page(desk, sites[1], name)
        expect(desk.locator("h1")).to_be_visible()
    assert errors == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_leads_on_with_and_without_scripts(
    browser: Browser, sites: tuple[Path, Path], scripts: bool
) -> None:
    context = browser.new_context(viewport=DESK, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{sites[1].as_uri()}/policies/a.html#afterwards")
    page.wait_for_url("**/policies/incidents.html*")
    expect(page.locator("h1")).to_contain_text("Incidents")
    if scripts:
        assert page.url.endswith("#afterwards")
    context.close()


def test_without_scripts_all_that_changed_is_there(browser: Browser, sites: tuple[Path, Path]) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites[1].as_uri()}/changes/index.html")
    expect(page.locator("article")).to_contain_text(
        "It now says “All staff must report an incident within 72 hours to the risk manager”"
    )
    expect(page.locator("[data-pg-looked]")).to_be_hidden()
    page.locator("summary", has_text="Word by word").click()
    expect(page.locator(".pg-change ins")).to_contain_text("72")
    page.locator("summary", has_text="feed reader").click()
    expect(page.locator('a[href="all.xml"]')).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK, {"width": 320, "height": 640}])
def test_the_page_can_be_used_by_everybody(
    browser: Browser, sites: tuple[Path, Path], scheme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{sites[1].as_uri()}/changes/index.html")
    page.evaluate("document.querySelectorAll('article details').forEach((fold) => (fold.open = true))")
    found = Axe().run(page, ".md-content")
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
