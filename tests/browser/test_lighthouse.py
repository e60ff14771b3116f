"""Lighthouse against the built sample, and what a page weighs on a slow line.

What depends on the speed of the machine is measured in `benchmarks/lighthouse.py` and not asserted here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import PHONE, ROOT, chromium

pytestmark = pytest.mark.browser

LIGHTHOUSE = ROOT / "tests/lighthouse/node_modules/lighthouse/cli/index.js"
PAGES = ("", "for/everyone/", "policies/running/ai-incidents/", "changes/", "audit/frameworks/iso-42001/")
MOST_BYTES = 200_000
"""What the first page may weigh on the wire, pictures left out."""


@pytest.mark.parametrize("page", PAGES)
def test_accessibility_and_best_practices_are_at_100(
    browser: Browser, address: str, page: str, tmp_path: Path
) -> None:
    if not LIGHTHOUSE.exists():
        node = "node is not installed" if shutil.which("node") is None else "run sh tests/install-system.sh"
        pytest.skip(f"Lighthouse is not installed: {node}")
    report = tmp_path / "report.json"
    command = [
        "node",
        str(LIGHTHOUSE),
        f"{address}/{page}",
        "--quiet",
        "--no-enable-error-reporting",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
        "--only-categories=accessibility,best-practices",
        "--output=json",
        f"--output-path={report}",
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chromium() or browser.browser_type.executable_path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(report.read_text(encoding="utf-8"))
    failed = {
        name: audit["title"]
        for category in found["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"] and (audit := found["audits"][name := ref["id"]])["score"] not in (1, None)
    }
    assert failed == {}
    assert {name: category["score"] for name, category in found["categories"].items()} == {
        "accessibility": 1,
        "best-practices": 1,
    }


@pytest.mark.parametrize("page", PAGES[:4])
def test_the_first_page_is_light_and_lies_still(browser: Browser, address: str, page: str) -> None:
    context = browser.new_context(viewport=PHONE)
    opened = context.new_page()
    session = context.new_cdp_session(opened)
    session.send("Network.enable")
    weights: dict[str, float] = {}
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}),
    )
    opened.add_init_script(
        "window.shifted = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) "
        "if (!entry.hadRecentInput) window.shifted += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    opened.goto(f"{address}/{page}")
    opened.wait_for_load_state("networkidle")
    weight = sum(size for request, size in weights.items() if kinds.get(request) != "Image")
    assert weight < MOST_BYTES, {kinds.get(request): size for request, size in weights.items()}
    assert opened.evaluate("window.shifted") < 0.01
    assert "cytoscape" not in opened.content()
    context.close()
