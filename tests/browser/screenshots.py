"""Take pictures of each kind of page: phone and desk, light and dark.

Run with `make screenshots`; the pictures land in tests/screenshots/out, which git ignores.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import BIN, DESK, PHONE, ROOT, chromium

PAGES = {
    "home": "index.html",
    "areas": "areas/index.html",
    "area": "areas/risk/index.html",
    "expected": "for/index.html#who=engineering,role:risk-manager",
    "expected-group": "for/engineering/index.html",
    "expected-role": "for/roles/risk-manager/index.html",
    "document": "policies/risk/ai-risk-assessment/index.html",
    "terms": "terms/index.html",
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


def main() -> None:
    """Build the sample and take every picture; arguments name the pages to take."""
    import subprocess

    out = ROOT / "tests/screenshots/out"
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or list(PAGES)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([str(BIN / "policygraph"), "build", "-d", folder], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for device, viewport in (("desk", DESK), ("phone", PHONE)):
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport=viewport, color_scheme=scheme)
                page = context.new_page()
                for name in wanted:
                    page.goto((Path(folder) / PAGES[name]).as_uri())
                    page.wait_for_timeout(400)
                    page.screenshot(
                        path=out / f"{name}-{device}-{scheme}.png", full_page=name not in ("rules",)
                    )
                context.close()
        browser.close()
    print(f"{len(wanted) * 4} pictures in {out}")


if __name__ == "__main__":
    main()
