"""`policygraph records check`, against a server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command_line import CommandLine

from policygraph.reading import reachability
from policygraph.reading.reachability import Reach, ask

DOCUMENT = """\
---
id: A
title: A
records:
{records}---
Text.
"""


class _Server(ThreadingHTTPServer):
    seen: list[tuple[str, str]]


class _Answers(BaseHTTPRequestHandler):
    server: _Server

    def _answer(self) -> None:
        self.server.seen.append((self.command, self.path))
        name = self.path.strip("/")
        if name == "no-head" and self.command == "HEAD":
            self.send_response(405)
        elif name in ("there", "no-head", "end"):
            self.send_response(200)
        elif name.isdecimal():
            self.send_response(int(name))
        elif name == "on":
            self.send_response(302)
            self.send_header("Location", "/end")
        elif name == "round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif name == "file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[_Server]:
    found = _Server(("127.0.0.1", 0), _Answers)
    found.seen = []
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


def base(server: _Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("path", "reach"),
    [
        ("there", Reach.ANSWERS),
        ("no-head", Reach.ANSWERS),
        ("on", Reach.ANSWERS),
        ("401", Reach.PROTECTED),
        ("403", Reach.PROTECTED),
        ("404", Reach.BROKEN),
        ("500", Reach.BROKEN),
        ("429", Reach.UNREACHABLE),
        ("round", Reach.REFUSED),
        ("file", Reach.REFUSED),
    ],
)
def test_what_an_address_answers(server: _Server, path: str, reach: Reach) -> None:
    url = f"{base(server)}/{path}"
    answer = ask([url], timeout=5)[url]
    assert answer.reach is reach
    assert bool(answer.why) == (reach is not Reach.ANSWERS)


def test_an_address_is_asked_once_and_get_only_where_head_does_not_do(server: _Server) -> None:
    ask([f"{base(server)}/there", f"{base(server)}/there", f"{base(server)}/no-head"], timeout=5)
    assert sorted(server.seen) == [("GET", "/no-head"), ("HEAD", "/no-head"), ("HEAD", "/there")]


def test_no_redirect_leads_from_the_web_inside(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    # The server plays a host of the open web.
    real = reachability._inside
    monkeypatch.setattr(reachability, "_inside", lambda host: False if host == "127.0.0.1" else real(host))
    url = f"{base(server)}/inside"
    monkeypatch.setattr(_Answers, "do_HEAD", _to_localhost)
    answer = ask([url], timeout=5)[url]
    assert answer.reach is Reach.REFUSED
    assert "inside a network" in answer.why


def _to_localhost(self: _Answers) -> None:
    self.send_response(302)
    self.send_header("Location", "http://localhost:1/secret")
    self.send_header("Content-Length", "0")
    self.end_headers()


def test_the_machines_own_surroundings_are_never_asked() -> None:
    url = "http://169.254.169.254/latest/meta-data"
    assert ask([url], timeout=5)[url].reach is Reach.REFUSED


def test_nobody_there() -> None:
    url = "http://127.0.0.1:1/x"
    assert ask([url], timeout=5)[url].reach is Reach.UNREACHABLE


def handbook(empty: CommandLine, *wheres: str) -> None:
    records = "".join(f"  - what: Record {n}\n    where: {json.dumps(w)}\n" for n, w in enumerate(wheres))
    empty.write({"policies/a/a.md": DOCUMENT.format(records=records), "policies/a/log.csv": "x\n"})


def test_paths_are_tested_and_links_only_on_request(empty: CommandLine, server: _Server) -> None:
    handbook(empty, "./log.csv", "../a/log.csv#top", f"{base(server)}/404", "the cabinet", "me@x.example")
    result = empty("records", "check")
    assert result.code == 0
    assert "5 records, 2 files there, 1 link not tested, 2 kept where only words say" in result.out
    assert server.seen == []
    result = empty("records", "check", "--links")
    assert result.code == 1
    assert "policies/a/a.md:9:11: A, Record 2:" in result.out
    assert "the server answers 404 Not Found." in result.out


def test_what_is_missing_is_said_with_its_place(empty: CommandLine) -> None:
    handbook(empty, "./lgo.csv", "../../../etc/passwd")
    result = empty("records", "check")
    assert result.code == 1
    assert "policies/a/a.md:5:11: A, Record 0: ./lgo.csv is missing" in result.out
    assert "there is no policies/a/lgo.csv." in result.out
    assert "the path leads out of the project." in result.out


def test_no_symbolic_link_leads_out(empty: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> None:
    handbook(empty, "./away/secret.txt")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("x")
    (empty.folder / "policies/a/away").symlink_to(outside)
    assert "leads out of the project" in empty("records", "check").out


def test_as_data(empty: CommandLine) -> None:
    handbook(empty, "./log.csv", "./gone.csv")
    result = empty("records", "check", "--format", "json")
    data = json.loads(result.out)
    assert result.code == 1
    assert data["counts"] == {"missing": 1, "there": 1}
    assert [(r["document"], r["result"], r["wrong"], r["line"]) for r in data["records"]] == [
        ("A", "there", False, 5),
        ("A", "missing", True, 7),
    ]


def test_being_offline_is_said(empty: CommandLine) -> None:
    handbook(empty, "http://127.0.0.1:1/x", "http://127.0.0.1:1/y")
    result = empty("records", "check", "--links", "--timeout", "2")
    assert result.code == 1
    assert "seems to be offline" in result.out


def test_nothing_is_written(empty: CommandLine) -> None:
    handbook(empty, "./log.csv")
    before = {p: p.read_bytes() for p in Path(empty.folder).rglob("*") if p.is_file()}
    empty("records", "check")
    assert {p: p.read_bytes() for p in Path(empty.folder).rglob("*") if p.is_file()} == before


def test_hostile_names_stay_on_their_line(empty: CommandLine) -> None:
    empty.write(
        {
            "policies/a.md": '---\nid: a\ntitle: A\nrecords:\n  - what: "x\\e[31m::error::y"\n    where: "./\\e[2Jz"\n  - {what: W, where: \'./\\0\'}\n---\nText.\n'
        }
    )
    result = empty("records", "check")
    assert result.code == 1
    assert "\x1b" not in result.out


def test_wrong_use(empty: CommandLine) -> None:
    handbook(empty, "./log.csv")
    assert empty("records", "check", "--timeout", "0").code == 2
    assert empty("records", "chekc").code == 2
    assert empty("records", "check", "nowhere").code == 2
