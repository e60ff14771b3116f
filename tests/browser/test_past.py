"""The handbook as it stood: from the register on a past day to the text that was in force then."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bakery import make
from conftest import BIN

pytestmark = pytest.mark.browser

CONFIGURATION = "site_name: Bakery\ntheme: {name: material, font: false}\nplugins: [policygraph]\nuse_directory_urls: false\n"


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bakery's handbook as it stood on the last day of 2025."""
    folder = tmp_path_factory.mktemp("bakery")
    repo = make(folder / "project")
    repo.write({"mkdocs.yml": CONFIGURATION, "docs/.keep": ""})
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [str(BIN / "policygraph"), "build", "--at", "2025-12-31", "-d", str(folder / "site")]
    subprocess.run(command, cwd=repo.folder, env=environment, check=True, capture_output=True)
    return folder / "site"


def test_from_the_register_on_a_past_day_to_the_text_in_force_then(desk: Page, past: Path) -> None:
    desk.goto((past / "audit/register.html").as_uri())
    expect(desk.get_by_text("31 December 2025").first).to_be_visible()
    expect(desk.get_by_role("link", name="Summer party")).to_have_count(0)
    desk.get_by_role("link", name="Ordering assistant policy").first.click()
    expect(desk.locator("article")).to_contain_text("A person must answer within 24 hours")
