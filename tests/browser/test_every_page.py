"""Every kind of page, on a desk and on a phone, light and dark: by axe's rules, without sideways scrolling, with a
focus that can be seen, and without JavaScript.

The kinds are the templates themselves. A new template fails here until a page of the sample handbook or of the
bakery's is made with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from kinds import MISSING, PACK, REDIRECT, STATES, Kind, kinds, longest, names, of_bakery, of_sample
from measures import (
    SMALLEST,
    ZOOMED,
    axe_script,
    colours_wrong,
    contrasts,
    empty,
    focus_hidden,
    moving,
    thin_out,
    too_wide,
    without_scripts,
    wrong,
    wrong_with_bare,
)
from playwright.sync_api import Browser, Page, Route, expect

from conftest import DESK, EPOCH, PHONE, ROOT, QuickHost, serving

pytestmark = pytest.mark.browser

OLD = "policies/work/mishap/"
"""An address of the bakery's where a document was before it was renamed."""


@pytest.fixture(scope="session")
def sample(site: Path) -> Iterator[str]:
    """Where the sample handbook is served."""
    with serving(site, QuickHost) as address:
        yield address


@pytest.fixture(scope="session")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Kind], str]]:
    """The pages of the bakery's handbook, and where it is served."""
    folder = tmp_path_factory.mktemp("kinds") / "bakery"
    found = of_bakery(folder)
    with serving(folder / "site", QuickHost) as address:
        yield found, address


@pytest.fixture(scope="session")
def pages(sample: str, bakery: tuple[list[Kind], str]) -> dict[str, tuple[Kind, str]]:
    """For each template the page to look at, with its address."""
    today = dt.datetime.fromtimestamp(EPOCH, dt.UTC).date()
    found = longest([*of_sample(ROOT, today), *bakery[0]])
    served = {"sample": sample, "bakery": bakery[1]}
    return {name: (kind, f"{served[kind.site]}/{kind.path}") for name, kind in found.items()}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages."""
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(10_000)
    context.add_init_script(axe_script())
    yield context.new_page()
    context.close()


def test_every_template_has_a_page_that_is_looked_at(pages: dict[str, tuple[Kind, str]]) -> None:
    seen = {part for kind in kinds() if kind in pages for part in pages[kind][0].made_by}
    assert names() - seen == PACK | {REDIRECT, MISSING}, (
        "give the sample handbook or tests/bakery.py a page made with it"
    )


def use(page: Page, scheme: str) -> None:
    """Change the colours, as the theme does when a reader asks for it."""
    page.evaluate(
        "(scheme) => document.querySelector(`[data-md-component=palette] input[data-md-color-scheme=${scheme}]`).click()",
        scheme,
    )
    page.wait_for_function("(scheme) => document.body.dataset.mdColorScheme === scheme", arg=scheme)


def measured(page: Page, url: str) -> list[str]:
    """Everything wrong with a page, by screen and colours."""
    found: list[str] = []
    page.set_viewport_size(DESK)
    if page.url.partition("#")[0] == url.partition("#")[0]:
        page.goto("about:blank")
    page.goto(url)
    found += [f"desk: {one}" for one in focus_hidden(page)]
    found += [f"desk, forced colours: {one}" for one in focus_hidden(page, forced=True)]
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    for name, size in (("zoomed", ZOOMED), ("smallest", SMALLEST)):
        page.set_viewport_size(size)
        found += [f"{name}: {one}" for one in too_wide(page)]
    thin_out(page)
    page.set_viewport_size(PHONE)
    found += [f"phone, light: {one}" for one in wrong(page, "light")]
    use(page, "slate")
    found += [f"phone, dark: {one}" for one in colours_wrong(page, "dark")]
    page.set_viewport_size(DESK)
    found += [f"desk, dark: {one}" for one in colours_wrong(page, "dark")]
    use(page, "default")
    found += [f"desk, light: {one}" for one in wrong(page, "light")]
    page.evaluate("localStorage.clear()")
    return found


@pytest.mark.parametrize("template", kinds())
def test_a_page_can_be_used_by_everybody(
    tab: Page, pages: dict[str, tuple[Kind, str]], template: str
) -> None:
    assert measured(tab, pages[template][1]) == []


@pytest.mark.parametrize("state", STATES)
def test_what_is_chosen_on_a_page_can_be_used_by_everybody(tab: Page, sample: str, state: str) -> None:
    assert measured(tab, f"{sample}/{state}") == []


def test_the_page_for_what_is_not_there_can_be_used_by_everybody(tab: Page, sample: str) -> None:
    assert measured(tab, f"{sample}/404.html") == []


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """One tab of a phone that runs no scripts and asks for less motion."""
    page = without_scripts(browser)
    yield page
    page.context.close()


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


def test_the_page_for_what_is_not_there_is_whole_without_javascript(plain: Page, sample: str) -> None:
    plain.goto(f"{sample}/404.html")
    assert [*empty(plain), *moving(plain), *too_wide(plain)] == []
    expect(plain.get_by_role("link", name="start page")).to_be_visible()
    expect(plain.locator("article input")).to_have_count(0)


def held(page: Page, url: str) -> None:
    """Open a page that leads on, and stay, as somebody does whom it cannot lead on.

    Its own script is not allowed to run, and what it leads to answers that there is nothing new to show.
    """

    def answer(route: Route) -> None:
        if route.request.url != url:
            route.fulfill(status=204)
            return
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": "script-src 'none'"}
        route.fulfill(response=response, headers=headers)

    page.route("**", answer)
    with page.expect_request(lambda request: request.url != url):
        page.goto(url, wait_until="commit")
    expect(page.get_by_role("heading", name="This page has moved")).to_be_visible()


def test_an_old_address_can_be_used_by_everybody(browser: Browser, bakery: tuple[list[Kind], str]) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    held(page, f"{bakery[1]}/{OLD}")
    assert wrong_with_bare(page) == []
    context.close()


def test_an_old_address_is_whole_without_javascript(browser: Browser, bakery: tuple[list[Kind], str]) -> None:
    page = without_scripts(browser)
    held(page, f"{bakery[1]}/{OLD}")
    assert [*empty(page), *moving(page), *too_wide(page)] == []
    expect(page.get_by_role("link")).to_have_attribute("href", "../mishaps/")
    page.context.close()


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("path", ["terms/", "policies/running/ai-incidents/"])
def test_the_open_drawer_can_be_used_by_everybody(tab: Page, sample: str, scheme: str, path: str) -> None:
    tab.set_viewport_size(PHONE)
    tab.goto(f"{sample}/{path}")
    if scheme == "slate":
        tab.locator("[data-md-component=palette] label:visible").click()
        tab.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    tab.get_by_role("button", name="Navigation").click()
    expect(tab.locator(".md-nav--primary .md-nav__link:visible").first).to_be_in_viewport()
    tab.wait_for_timeout(400)
    assert wrong(tab) == []
    tab.evaluate("localStorage.clear()")


INKS = ("ink", "soft", "link", "error", "warning", "info", "good")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("asked", "least"), [("no-preference", 4.5), ("more", 7)])
def test_every_ink_is_read_on_every_paper(
    browser: Browser, sample: str, scheme: str, asked: str, least: float
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        contrast="more" if asked == "more" else "no-preference",
    )
    page = context.new_page()
    page.goto(f"{sample}/terms/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == (
        "slate" if scheme == "dark" else "default"
    )
    found = contrasts(page, tuple(f"--pg-{ink}" for ink in INKS), ("--pg-paper", "--pg-wash"))
    context.close()
    assert len(found) == 2 * len(INKS)
    assert {pair: round(value, 2) for pair, value in found.items() if value < least} == {}
