"""Lighthouse against the built sample: what it says of each kind of page, on a phone and on a desk.

Performance depends on the machine and on what else runs there, so it is measured here and asserted nowhere. Needs
`npm ci --prefix tests/lighthouse` and a Chromium.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/browser"))
from conftest import BIN, Host, chromium  # noqa: E402

PAGES = (
    "",
    "for/everyone/",
    "policies/running/ai-incidents/",
    "changes/",
    "audit/",
    "audit/frameworks/iso-42001/",
)
CATEGORIES = ("performance", "accessibility", "best-practices")


def measured(address: str, preset: str, chrome: str) -> dict[str, float]:
    """The scores of one page, from 0 to 100, and what speaks for them: seconds, milliseconds and weight."""
    command = [
        "node",
        str(ROOT / "tests/lighthouse/node_modules/lighthouse/cli/index.js"),
        address,
        "--quiet",
    ]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--output=json", "--no-enable-error-reporting"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
    command += ["--preset=desktop"] if preset == "desk" else []
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chrome}, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    scores = {name: 100 * found["categories"][name]["score"] for name in CATEGORIES}
    audits = found["audits"]
    return {
        **scores,
        "first picture, s": audits["first-contentful-paint"]["numericValue"] / 1000,
        "largest part, s": audits["largest-contentful-paint"]["numericValue"] / 1000,
        "blocked, ms": audits["total-blocking-time"]["numericValue"],
        "kB": audits["total-byte-weight"]["numericValue"] / 1000,
    }


def main() -> None:
    """Build the sample, measure every page, and print a table."""
    with sync_playwright() as playwright:
        chrome = chromium() or playwright.chromium.executable_path
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [str(BIN / "policygraph"), "build", "-d", folder], cwd=ROOT, check=True, capture_output=True
        )
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        print(
            "| page | on | performance | accessibility | best practices "
            "| first picture, s | largest part, s | blocked, ms | kB |"
        )
        print("|---|---|---|---|---|---|---|---|---|")
        for page in PAGES:
            for preset in ("phone", "desk"):
                found = measured(f"{address}/{page}", preset, chrome)
                shown = " | ".join(
                    f"{value:.1f}" if name.endswith(", s") else f"{value:.0f}"
                    for name, value in found.items()
                )
                print(f"| {page or 'home'} | {preset} | {shown} |", flush=True)
        server.shutdown()


if __name__ == "__main__":
    main()
