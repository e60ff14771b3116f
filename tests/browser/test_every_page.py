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
from kinds import PACK, REDIRECT, STATES, Kind, kinds, longest, names, of_bakery, of_sample
from measures import colours_wrong, contrasts, empty, focus_hidden, moving, thin_out, too_wide, wrong
from playwright.sync_api import Browser, Page, expect

from conftest import DESK, EPOCH, PHONE, ROOT, serving

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}
"""A window of 1280 by 900 pixels under a zoom of 200 %."""


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


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """One tab of a phone that runs no scripts and asks for less motion."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("template", kinds())
def test_a_page_is_whole_without_javascript_and_stands_still(
    plain: Page, pages: dict[str, tuple[Kind, str]], template: str
) -> None:
    plain.goto(pages[template][1])
    assert [*empty(plain), *moving(plain), *too_wide(plain)] == []
    article = plain.locator("article")
    assert len(article.inner_text()) > 100
    # What only a script can fill is not shown, and every page leads on.
    assert plain.locator("article a[href]:visible, .md-nav a[href], .md-tabs a[href]").count() > 5
    for control in article.locator("input:visible, select:visible, button:visible").all():
        raise AssertionError(f"does nothing without a script: {control.evaluate('e => e.outerHTML')}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_drawer_can_be_used_by_everybody(tab: Page, address: str, scheme: str) -> None:
    tab.set_viewport_size(PHONE)
    tab.goto(f"{address}/terms/")
    tab.evaluate("localStorage.clear()")
    if scheme == "dark":
        use_dark(tab)
    tab.get_by_role("button", name="Navigation").click()
    expect(tab.locator(".md-nav--primary .md-nav__link:visible").first).to_be_in_viewport()
    tab.wait_for_timeout(400)
    assert wrong(tab) == []
    tab.evaluate("localStorage.clear()")


INKS = ("ink", "soft", "link", "error", "warning", "info", "good")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("asked", "least"), [("no-preference", 4.5), ("more", 7)])
def test_every_ink_is_read_on_every_paper(
    browser: Browser, address: str, scheme: str, asked: str, least: float
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        contrast="more" if asked == "more" else "no-preference",
    )
    page = context.new_page()
    page.goto(f"{address}/terms/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    )
    found = contrasts(page, tuple(f"--pg-{ink}" for ink in INKS), ("--pg-paper", "--pg-wash"))
    context.close()
    assert len(found) == 2 * len(INKS)
    assert {pair: round(value, 2) for pair, value in found.items() if value < least} == {}
