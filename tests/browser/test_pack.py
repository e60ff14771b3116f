"""A pack, unpacked: an auditor reads it from a folder, with no server and no network."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from measures import empty, moving, too_wide, without_scripts, wrong_with_bare
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "policygraph"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample handbook's pack, unpacked."""
    folder = tmp_path_factory.mktemp("pack")
    subprocess.run(
        [str(PROGRAM), "pack", "--no-pdf", "--today", "2026-11-25", "-o", str(folder / "p.zip")],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(folder / "p.zip") as archive:
        archive.extractall(folder)
    (top,) = (path for path in folder.iterdir() if path.is_dir())
    return top


def test_an_auditor_reads_from_the_folder(unpacked: Path, desk: Page) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    # A page that is left while it loads gives up what it has asked for, which is no failure.
    desk.on(
        "requestfailed",
        lambda request: wrong.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    desk.on("pageerror", lambda error: wrong.append(str(error)))

    desk.goto((unpacked / "index.html").as_uri())
    desk.get_by_role("link", name="The handbook as a website").click()
    expect(desk).to_have_title("Fernway AI handbook - Fernway AI handbook")
    desk.get_by_role("link", name="Audit", exact=True).first.click()
    desk.locator(".pg-strip").get_by_role("link", name="Documents").or_(
        desk.locator(".pg-strip").get_by_role("link", name="Register")
    ).first.click()

    desk.locator(".pg-filter input").first.fill("risk")
    expect(desk.locator(".pg-filter output").first).to_contain_text("of 24")
    desk.locator("table.pg-table tbody a:visible").first.click()
    expect(desk.locator("h1")).to_contain_text("AI risk assessment")

    desk.goto((unpacked / "site/audit/graph.html").as_uri())
    expect(desk.locator("[data-pg-graph] canvas").first).to_be_visible()

    desk.goto((unpacked / "site/audit/why/index.html").as_uri() + "#from=AI-02&to=AI-19")
    expect(desk.locator(".pg-why-result")).to_contain_text("AI-19")

    desk.goto((unpacked / "site/index.html").as_uri())
    desk.keyboard.press("f")
    desk.keyboard.type("incident")
    expect(desk.locator(".pg-find-places a").first).to_contain_text("AI incident management")

    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []


def test_the_first_page_can_be_used_by_everybody(unpacked: Path, desk: Page) -> None:
    desk.goto((unpacked / "index.html").as_uri())
    assert wrong_with_bare(desk) == []


def test_the_first_page_is_whole_without_javascript(unpacked: Path, browser: Browser) -> None:
    page = without_scripts(browser)
    page.goto((unpacked / "index.html").as_uri())
    assert [*empty(page), *moving(page), *too_wide(page)] == []
    assert page.get_by_role("link").count() >= 5
    page.context.close()
