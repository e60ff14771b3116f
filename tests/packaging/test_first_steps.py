"""The walk-through in docs/policygraph/first-steps.md, command by command as it is written."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Installed

PAGE = Path(__file__).parents[2] / "docs/policygraph/first-steps.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """The commands of the page, block by block."""
    return [block.strip().split("\n") for block in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def opened(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    """The page at an address, as soon as the server shows it."""
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"nothing is served at {address}: {log.read_text()}")


def test_the_handbook_is_in_a_browser_after_four_commands() -> None:
    first = commands()[0]
    assert len(first) == 4
    assert first[0].startswith("pip install ")
    assert first[-1].startswith("policygraph serve")


def test_the_commands_do_what_the_page_says(tmp_path: Path, installed: Installed) -> None:
    first, *others = commands()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "PATH": f"{installed.binaries}:{os.environ['PATH']}",
        "BROWSER": "true",
        "NO_COLOR": "1",
    }
    # Several tests may run on this machine at once, so the address is one of our own.
    port = free_port()

    def run(lines: list[str], folder: Path) -> str:
        script = "\n".join(
            line.replace("pip install policygraph", f"pip install -q {installed.wheel}") for line in lines
        )
        done = subprocess.run(
            ["sh", "-euc", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(first[:-1], tmp_path)
    handbook = tmp_path / "handbook"
    with (handbook / "mkdocs.yml").open("a") as file:
        file.write(f"\ndev_addr: 127.0.0.1:{port}\n")
    log = tmp_path / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            first[-1].split(), cwd=handbook, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        assert "1 document" in opened(f"http://127.0.0.1:{port}/", server, log)
        assert "Keeping this handbook" in opened(f"http://127.0.0.1:{port}/areas/everyone/", server, log)
        said = "".join(run(block, handbook) for block in others[:1])
        assert said.startswith("policies/everyone/remote-work.md\n")
        assert "2 documents, 0 errors" in said
        assert "Remote work" in opened(f"http://127.0.0.1:{port}/policies/everyone/remote-work/", server, log)
    finally:
        server.terminate()
        server.wait(30)
    for block in others[1:]:
        run(block, tmp_path)
    assert "24 documents, 0 errors" in run(["cd ai-handbook", "policygraph check"], tmp_path)
