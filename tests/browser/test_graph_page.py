"""The picture of the whole graph can be taken away, and is there without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_what_is_shown_is_saved_as_png(desk: Page, address: str, tmp_path: Path) -> None:
    desk.goto(f"{address}/audit/graph/")
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="as PNG").click()
    assert taken.value.suggested_filename == "graph.png"
    taken.value.save_as(tmp_path / "graph.png")
    assert (tmp_path / "graph.png").read_bytes().startswith(b"\x89PNG")


def test_on_a_phone_titles_can_be_read_and_an_area_is_gone_to(phone: Page, address: str) -> None:
    phone.goto(f"{address}/audit/graph/")
    stage = phone.get_by_role("application")
    expect(stage).to_be_visible()
    graph = "document.querySelector('[data-pg-graph]').pgGraph"
    phone.wait_for_function(graph)
    assert phone.evaluate(f"{graph}.zoom() * 13") >= 9  # pixels of a title's letters
    before = phone.evaluate(f"{graph}.pan().y")
    phone.get_by_label("Area").select_option("Running AI")
    assert phone.evaluate(f"{graph}.pan().y") < before
    assert phone.evaluate(f"{graph}.zoom() * 13") >= 9
    # Only what is chosen has lines, since on a narrow picture all of them would hide it.
    visible = f"{graph}.edges('.reference').filter((e) => e.visible()).length"
    assert 0 < phone.evaluate(visible) < phone.evaluate(f"{graph}.edges('.reference').length")


def test_the_whole_is_a_picture_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/audit/graph/")
    image = page.get_by_role("img", name="All documents by area")
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    assert (image.bounding_box() or {"height": 0})["height"] > 200
    with page.expect_download() as taken:
        page.get_by_role("link", name="as SVG").click()
    assert taken.value.suggested_filename == "graph.svg"
    context.close()
