"""Every kind of page, on a desk and on a phone, light and dark: by axe's rules, without sideways scrolling, with a
focus that can be seen, and without JavaScript.

The kinds are the templates themselves. A new template fails here until a page of the sample handbook or of the
bakery's is made with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from kinds import PACK, REDIRECT, Kind, kinds, longest, names, of_bakery, of_sample
from measures import colours_wrong, focus_hidden, thin_out, too_wide, wrong
from playwright.sync_api import Browser, Page

from conftest import DESK, EPOCH, PHONE, ROOT, serving

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}
"""A window of 1280 by 900 pixels under a zoom of 200 %."""
STATES = ("for/#who=engineering,role:risk-manager", "audit/why/#from=AI-21&to=AI-14")
"""What a page becomes when something is chosen on it."""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[dict[str, tuple[Kind, str]]]:
    """For each template the page to look at, with its address."""
    today = dt.datetime.fromtimestamp(EPOCH, dt.UTC).date()
    bakery = tmp_path_factory.mktemp("kinds") / "bakery"
    found = longest([*of_sample(ROOT, today), *of_bakery(bakery)])
    with ExitStack() as stack:
        served = {"sample": address, "bakery": stack.enter_context(serving(bakery / "site"))}
        yield {name: (kind, f"{served[kind.site]}/{kind.path}") for name, kind in found.items()}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages."""
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_every_template_has_a_page_that_is_looked_at(pages: dict[str, tuple[Kind, str]]) -> None:
    seen = {part for kind in kinds() if kind in pages for part in pages[kind][0].made_by}
    assert names() - seen == PACK | {REDIRECT}, (
        "give the sample handbook or tests/bakery.py a page made with it"
    )


def use_dark(page: Page) -> None:
    """Change the colours as a reader does."""
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")


def measured(page: Page, url: str) -> list[str]:
    """Everything wrong with a page, by screen and colours."""
    found: list[str] = []
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    page.goto("about:blank")
    page.goto(url)
    page.evaluate("localStorage.clear()")
    found += [f"desk: {one}" for one in focus_hidden(page)]
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    for name, size in (("zoomed", ZOOMED), ("smallest", SMALLEST)):
        page.set_viewport_size(size)
        found += [f"{name}: {one}" for one in too_wide(page)]
    thin_out(page)
    for name, size in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(size)
        found += [f"{name}, light: {one}" for one in wrong(page)]
    use_dark(page)
    for name, size in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(size)
        found += [f"{name}, dark: {one}" for one in colours_wrong(page)]
    page.evaluate("localStorage.clear()")
    return found


@pytest.mark.parametrize("template", kinds())
def test_a_page_can_be_used_by_everybody(
    tab: Page, pages: dict[str, tuple[Kind, str]], template: str
) -> None:
    assert measured(tab, pages[template][1]) == []


@pytest.mark.parametrize("state", STATES)
def test_what_is_chosen_on_a_page_can_be_used_by_everybody(tab: Page, address: str, state: str) -> None:
    assert measured(tab, f"{address}/{state}") == []
