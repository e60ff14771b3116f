"""What a first page weighs on a phone, and that nothing on it jumps."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response

from conftest import PHONE

pytestmark = pytest.mark.browser

MOST = 200_000
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("path", ["", "policies/risk/ai-risk-assessment/", "areas/", "for/everyone/"])
def test_a_first_page_is_light_and_stands_still(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        body = response.body()
        sizes[response.url] = len(body) if response.url.endswith(".woff2") else len(gzip.compress(body, 9))

    page.on("response", weigh)
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    shifted = page.evaluate(SHIFTS)
    context.close()
    assert sum(sizes.values()) <= MOST, sizes
    assert shifted < 0.02
