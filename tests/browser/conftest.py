"""A built sample handbook, served on this machine, and a headless Chromium."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
EPOCH = 1795392000
"""When the sample handbook is built: 23 November 2026, in seconds."""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


_PACKED = (".html", ".css", ".js", ".svg", ".json")


class Kept(SimpleHTTPRequestHandler):
    """Keeps a connection for the next question, and says nothing: a test run has no use for an access log."""

    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer until the browser hangs up, as it may at any time when it goes on to another page."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Host(Kept):
    """Serves a site as web hosts do: text is compressed."""

    def do_GET(self) -> None:
        """Send the file, compressed where it is text and the browser takes it."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        asked = self.path.partition("?")[0].partition("#")[0]
        folder = asked.endswith("/") or path.name != "index.html"
        packed = path.suffix in _PACKED and "gzip" in self.headers.get("Accept-Encoding", "")
        if not (packed and folder and path.is_file()):
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample handbook as `policygraph build --strict` publishes it."""
    folder = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    subprocess.run(
        [str(BIN / "policygraph"), "build", "--strict", "-d", str(folder)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    return folder


class QuickHost(Kept):
    """Serves a site to a browser that opens page after page and looks at all but the theme's search.

    Whatever all pages share is kept by the browser, and the search has no words to make an index of on each page.
    """

    def do_GET(self) -> None:
        """Answer with the file."""
        if self.path == "/search/search_index.json":
            self._answer(json.dumps({"config": {"lang": ["en"], "separator": " "}, "docs": []}).encode())
        else:
            super().do_GET()

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Let the browser keep what lies in the folder of assets."""
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


@contextlib.contextmanager
def serving(site: Path, host: type[SimpleHTTPRequestHandler] = Host) -> Iterator[str]:
    """Serve a built site; the address is where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the sample handbook is served."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def paths() -> tuple[str, ...]:
    """A page of each kind in the sample handbook, the same in every language, and what pages become by a choice."""
    # What finds them takes a while to load, and most tests need none.
    from kinds import STATES, longest, of_sample

    today = dt.datetime.fromtimestamp(EPOCH, dt.UTC).date()
    found = dict.fromkeys(kind.path for kind in longest(of_sample(ROOT, today)).values())
    return (*found, *STATES)


def chromium() -> str | None:
    """The system's Chromium; None lets Playwright look for its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield started
        started.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page on a desk."""
    context = browser.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    yield context.new_page()
    context.close()
