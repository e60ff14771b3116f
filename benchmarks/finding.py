"""How well a built handbook is searched: `python benchmarks/finding.py SITE SET [PAGEFIND]`.

SET is one of finding_queries.yml; PAGEFIND the folder of an index that `pagefind --site SITE` has made. Each query is
typed into Material's own search, asked of Pagefind, and asked of our places; bytes are what a server that packs with
gzip would send. "shown" is what a reader sees: places first, then the full text.
"""

from __future__ import annotations

import gzip
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml
from playwright.sync_api import Page, Response, sync_playwright

PACKED = (".pf_meta", ".pf_index", ".pf_fragment", ".woff2", ".png")
PAGEFIND = """async ([base, text]) => {
  window.pagefind ??= await import(base + "pagefind.js");
  const found = await pagefind.search(text);
  const data = await Promise.all(found.results.slice(0, 8).map((one) => one.data()));
  return data.map((one) => one.url);
}"""
PLACES = """async (text) => {
  const known = (window.known ??= policygraphFind.prepared(window.policygraphPlaces));
  const root = new URL("../../", document.querySelector("script[src*='policygraph/find.js']").src).href;
  for (const number of policygraphFind.wanted(known, text)) {
    if ((window.policygraphText || {})[number]) continue;
    await new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${root}assets/policygraph/text/${number}.js`;
      script.onload = done;
      document.head.append(script);
    });
  }
  const start = performance.now();
  const found = policygraphFind.search(known, text, 10, window.policygraphText).results;
  const spent = performance.now() - start;
  return [found.map((one) => one.place.url), spent];
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _served(folder: Path) -> str:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


class _Wire:
    """Counts what a page was sent."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("response", self._add)

    def _add(self, response: Response) -> None:
        body = response.body()
        packed = response.url.split("?")[0].endswith(PACKED)
        self.bytes += len(body) if packed else len(gzip.compress(body, 9))

    def taken(self) -> int:
        taken, self.bytes = self.bytes, 0
        return taken


def _material(page: Page, text: str) -> list[str]:
    field = page.locator("input.md-search__input")
    field.fill("")
    field.press("Shift")
    page.wait_for_timeout(120)
    field.fill(text)
    field.press("Shift")
    page.wait_for_function(
        "q => document.querySelector('.md-search-result__meta').textContent.match(/match|No/)", arg=text
    )
    page.wait_for_timeout(350)
    links = page.locator(".md-search-result__item > a.md-search-result__link")
    return [str(link.get_attribute("href")) for link in links.all()[:10]]


def _report(name: str, queries: dict[str, str], ask: Callable[[str], list[str]]) -> dict[str, list[str]]:
    first = five = 0
    missed, all_found, spent = [], {}, []
    for text, wanted in queries.items():
        start = time.perf_counter()
        found = list(dict.fromkeys(url.split("#")[0].split("?")[0] for url in ask(text)))
        spent.append(time.perf_counter() - start)
        all_found[text] = found
        # A name that goes on is another page: eip-15 is not eip-1559.
        fits = [wanted + "/" in url or wanted + "." in url for url in found]
        first += fits[:1] == [True]
        five += any(fits[:5])
        if fits[:1] != [True]:
            missed.append(f"{text}: {found[:1]}")
    print(f"{name}: hit@1 {first}/{len(queries)}, hit@5 {five}/{len(queries)}")
    print("    not first:", "; ".join(missed))
    return all_found


def main() -> None:
    """Measure and print."""
    site = Path(sys.argv[1])
    queries = yaml.safe_load((Path(__file__).parent / "finding_queries.yml").read_text("utf-8"))[sys.argv[2]]
    queries = {str(text): wanted for text, wanted in queries.items()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        base = _served(site)
        page = browser.new_page()
        wire = _Wire(page)
        start = time.perf_counter()
        page.goto(f"{base}404.html")
        page.wait_for_load_state("networkidle")
        print(f"a page before anybody searches: {wire.taken():,} bytes")
        page.locator("input.md-search__input").click()
        page.wait_for_function(
            "/search|No|Type/.test(document.querySelector('.md-search-result__meta').textContent) && "
            "!/Initializing/.test(document.querySelector('.md-search-result__meta').textContent)",
            timeout=240_000,
        )
        page.wait_for_function("window.policygraphPlaces")
        print(f"ready after {time.perf_counter() - start:.1f} s; focus: {wire.taken():,} bytes")
        wire.taken()
        text = _report("Material", queries, lambda query: _material(page, query))
        times: list[float] = []

        def places(query: str) -> list[str]:
            found, spent = page.evaluate(PLACES, query)
            times.append(spent)
            return [str(url) for url in found]

        ours = _report("places", queries, places)
        print(f"    all queries together: {wire.taken():,} bytes")
        print(f"    each key: median {sorted(times)[len(times) // 2]:.1f} ms, worst {max(times):.1f} ms")
        _report("shown", queries, lambda query: [*ours[query], *text[query]])
        if len(sys.argv) > 3:
            other = _served(Path(sys.argv[3]))
            page = browser.new_page()
            page.goto(other)
            wire = _Wire(page)
            _report("Pagefind", queries, lambda query: page.evaluate(PAGEFIND, [other, query]))
            print(f"    all queries together: {wire.taken():,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
