"""Take pictures of each kind of page: phone and desk, light and dark.

Run with `make screenshots`; the pictures land in tests/screenshots/out, which git ignores. `make pictures` takes those
that the documentation shows, anew.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from kinds import longest, of_sample
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from conftest import BIN, DESK, PHONE, ROOT, chromium, serving

PAGES = {
    "home": "index.html",
    "areas": "areas/index.html",
    "area": "areas/risk/index.html",
    "expected": "for/index.html#who=engineering,role:risk-manager",
    "expected-group": "for/engineering/index.html",
    "expected-role": "for/roles/risk-manager/index.html",
    "document": "policies/risk/ai-risk-assessment/index.html",
    "terms": "terms/index.html",
    "changes": "changes/index.html",
    "audit": "audit/index.html",
    "register": "audit/register/index.html",
    "references": "audit/references/index.html",
    "matrix": "audit/matrix/index.html",
    "graph": "audit/graph/index.html",
    "questions": "audit/questions/index.html",
    "why": "audit/why/index.html#from=AI-02&to=AI-19",
    "sheet": "audit/documents/risk/ai-risk-assessment/index.html",
    "framework": "audit/frameworks/iso-42001/index.html",
    "eu-ai-act": "audit/frameworks/eu-ai-act/index.html",
    "history": "audit/history/index.html",
    "findings": "audit/findings/index.html",
    "overhead": "audit/overhead/index.html",
    "rules": "audit/rules/index.html",
    "reviews": "audit/reviews/index.html",
    "exceptions": "audit/exceptions/index.html",
    "excepted": "policies/running/operation-and-monitoring/index.html",
}


SHOWN = {
    "home": ("", 820),
    "expected": ("for/engineering/", 980),
    "document": ("policies/running/ai-incidents/", 980),
    "changes": ("changes/", 900),
    "references": ("audit/documents/running/ai-incidents/#references", 900),
    "framework": ("audit/frameworks/iso-42001/", 900),
    "questions": ("audit/questions/", 900),
    "graph": ("audit/graph/", 900),
}
"""The pages of which the documentation has pictures, with their heights."""


def main() -> None:
    """Build the sample and take every picture; arguments name the pages to take."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([str(BIN / "policygraph"), "build", "-d", folder], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        with serving(Path(folder)) as address:
            if wanted == ["--docs"]:
                _for_the_documentation(browser, address)
            else:
                _of_each_kind(browser, address, wanted)
        browser.close()


def _of_each_kind(browser: Browser, address: str, wanted: list[str]) -> None:
    out = ROOT / "tests/screenshots/out"
    out.mkdir(parents=True, exist_ok=True)
    pages = {name: PAGES[name] for name in wanted} or {**PAGES, **_others()}
    for device, viewport in (("desk", DESK), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport=viewport, color_scheme=scheme)
            page = context.new_page()
            for name, path in pages.items():
                page.goto(f"{address}/{path}")
                page.wait_for_timeout(400)
                page.screenshot(path=out / f"{name}-{device}-{scheme}.png", full_page=name != "rules")
            context.close()
    print(f"{len(pages) * 4} pictures in {out}")


def _others() -> dict[str, str]:
    """A page of each kind that is not named here, by its template."""
    made = longest(of_sample(ROOT, dt.date.today()))
    known = {path.partition("#")[0].removesuffix("index.html") for path in PAGES.values()}
    return {
        template.partition(".")[0].replace("_", "-"): kind.path
        for template, kind in sorted(made.items())
        if template.endswith(".md.j2") and kind.path not in known
    }


def _for_the_documentation(browser: Browser, address: str) -> None:
    out = ROOT / "docs/policygraph/pictures"
    for name, (path, height) in SHOWN.items():
        context = browser.new_context(viewport={"width": DESK["width"], "height": height})
        page = context.new_page()
        # The second time the fonts are there.
        for _ in range(2):
            page.goto(f"{address}/{path}")
            page.wait_for_timeout(600)
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        picture.quantize(128, dither=Image.Dither.NONE).save(out / f"{name}.png", optimize=True)
        context.close()
    print(f"{len(SHOWN)} pictures in {out}")


if __name__ == "__main__":
    main()
