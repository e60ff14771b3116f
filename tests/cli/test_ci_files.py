"""The pipelines that `policygraph init` writes: safe for pull requests from forks, and what they do."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from policygraph.cli import COMMANDS, cli
from policygraph.cli.starting.starters import Wishes, project_files
from policygraph.publishing.change_report import MARKER
from repositories import Repo

FILES = {name: content.decode() for name, content in project_files(Wishes()).items()}
WORKFLOWS = sorted(name for name in FILES if name.startswith(".github/workflows/"))
COMMENT = ".github/workflows/handbook-comment.yml"


def workflow(name: str) -> dict[str, Any]:
    found = yaml.load(FILES[name], Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def steps(flow: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for job in flow["jobs"].values():
        for step in job["steps"]:
            yield job, step


@pytest.mark.parametrize(
    ("schema", "names"),
    [("vendor.github-workflows", WORKFLOWS), ("vendor.gitlab-ci", [".gitlab-ci.yml"])],
)
def test_the_pipelines_fit_the_published_schemas(tmp_path: Path, schema: str, names: list[str]) -> None:
    for name in names:
        (tmp_path / Path(name).name).write_text(FILES[name], encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run(
        [*command, *(Path(name).name for name in names)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_typed_by_others_reaches_a_shell_or_a_script(name: str) -> None:
    for _, step in steps(workflow(name)):
        assert "${{" not in step.get("run", "")
        assert "${{" not in step.get("with", {}).get("script", "")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_rights_are_few_and_none_go_with_code_of_the_branch(name: str) -> None:
    flow = workflow(name)
    assert flow["permissions"] in ({}, {"contents": "read"})
    triggers = set(flow["on"])
    assert "pull_request_target" not in triggers
    assert "secrets." not in FILES[name]
    for job, step in steps(flow):
        writes = {right for right, how in job.get("permissions", {}).items() if how == "write"}
        uses = step.get("uses", "")
        assert not uses or re.fullmatch(r"(?:actions|github)/[\w/-]+@(?:v\d+|[0-9a-f]{40})", uses)
        if "workflow_run" in triggers:
            assert "run" not in step
            assert not uses.startswith("actions/checkout")
        elif writes:
            assert writes == {"security-events"}
            assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]
        if uses.startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] == "false"
            assert step["with"]["fetch-depth"] == "0"


def test_the_comment_follows_the_workflow_that_makes_the_report() -> None:
    handbook, comment = workflow(".github/workflows/handbook.yml"), workflow(COMMENT)
    assert comment["on"]["workflow_run"]["workflows"] == [handbook["name"]]
    artefact = next(
        step["with"]["name"] for _, step in steps(handbook) if step.get("with", {}).get("path") == "report.md"
    )
    download, script = (step["with"] for _, step in steps(comment))
    assert download["name"] == artefact
    assert f"'{artefact}', 'report.md'" in script["script"]
    assert f"const marker = '{MARKER}'" in script["script"]


def commands() -> Iterator[list[str]]:
    lines = [
        line for name in WORKFLOWS for _, step in steps(workflow(name)) for line in [step.get("run", "")]
    ]
    for job in yaml.safe_load(FILES[".gitlab-ci.yml"]).values():
        if isinstance(job, dict) and "script" in job:
            lines += [job["script"]] if isinstance(job["script"], str) else job["script"]
    for line in "\n".join(lines).splitlines():
        if line.startswith("policygraph "):
            yield shlex.split(re.split(r" (?:>|\|\|) ", line)[0])[1:]


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_every_command_of_the_pipelines_exists(arguments: list[str]) -> None:
    name, *rest = (re.sub(r"\$\w+", "12", argument) for argument in arguments)
    assert name in COMMANDS
    command = cli.get_command(cli.make_context("policygraph", ["check"]), name)
    assert command is not None
    command.make_context(name, rest)


# The comment on GitHub


HARNESS = """
const [script, file] = process.argv.slice(1)
const {report, pulls, comments, run} = JSON.parse(require('fs').readFileSync(file, 'utf8'))
const calls = []
const list = async () => {}, listComments = async () => {}
const github = {
  rest: {
    pulls: {list},
    issues: {
      listComments,
      createComment: async (what) => calls.push(['create', what]),
      updateComment: async (what) => calls.push(['update', what]),
    },
  },
  paginate: async (method) => (method === list ? pulls : comments),
}
const context = {repo: {owner: 'o', repo: 'r'}, payload: {workflow_run: run}}
const core = {info: () => {}}
const body = new (Object.getPrototypeOf(async () => {}).constructor)('github', 'context', 'core', 'require', script)
body(github, context, core, require).then(() => console.log(JSON.stringify(calls)))
"""
RUN = {"head_sha": "abc", "head_branch": "fork", "head_repository": {"id": 7, "owner": {"login": "someone"}}}
PULL = {"number": 12, "head": {"sha": "abc", "repo": {"id": 7}}}
OURS = {"id": 5, "user": {"login": "github-actions[bot]"}, "body": f"{MARKER}\nEarlier."}
THEIRS = {"id": 6, "user": {"login": "mallory"}, "body": f"{MARKER}\nMine."}


def posted(tmp_path: Path, report: str | None, pulls: list[Any], comments: list[Any]) -> list[Any]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    (tmp_path / "policygraph-report").mkdir()
    if report is not None:
        (tmp_path / "policygraph-report" / "report.md").write_text(report, encoding="utf-8")
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"pulls": pulls, "comments": comments, "run": RUN}))
    script = next(step["with"]["script"] for _, step in steps(workflow(COMMENT)) if "script" in step["with"])
    done = subprocess.run(
        [node, "-e", HARNESS, script, str(case)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "RUNNER_TEMP": str(tmp_path)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_a_comment_is_made_once_and_then_renewed(tmp_path: Path) -> None:
    report = f"{MARKER}\n## Report\n\n> <del>old</del> <ins>new</ins>\n"
    (tmp_path / "1").mkdir()
    ((kind, what),) = posted(tmp_path / "1", report, [PULL], [THEIRS])
    assert (kind, what["issue_number"], what["body"]) == ("create", 12, report.strip())
    (tmp_path / "2").mkdir()
    ((kind, what),) = posted(tmp_path / "2", report, [PULL], [THEIRS, OURS])
    assert (kind, what["comment_id"]) == ("update", 5)


def test_our_own_report_arrives_word_for_word(tmp_path: Path) -> None:
    report = Path(__file__).with_name("report.golden.md").read_text(encoding="utf-8")
    ((_, what),) = posted(tmp_path, report, [PULL], [])
    assert what["body"] == report.strip()


@pytest.mark.parametrize(
    ("report", "pulls"),
    [
        (None, [PULL]),
        ("", [PULL]),
        ("x", []),
        ("x", [{**PULL, "head": {"sha": "older", "repo": {"id": 7}}}]),
        ("x", [{**PULL, "head": {"sha": "abc", "repo": {"id": 8}}}]),
        ("x", [{**PULL, "head": {"sha": "abc", "repo": None}}]),
        ("x", [PULL, {**PULL, "number": 13}]),
        ("x" * 300_001, [PULL]),
    ],
)
def test_what_is_not_posted(tmp_path: Path, report: str | None, pulls: list[Any]) -> None:
    assert posted(tmp_path, report, pulls, []) == []


def test_an_empty_report_says_so_where_there_was_one(tmp_path: Path) -> None:
    ((kind, what),) = posted(tmp_path, "", [PULL], [OURS])
    assert kind == "update"
    assert "Nothing in this change concerns anybody else" in what["body"]


def test_a_report_made_up_by_a_fork_is_taken_apart(tmp_path: Path) -> None:
    made_up = (
        f"{MARKER}\n/approve\n  /merge\n> /close\n@everyone @org/team <script>x</script> \\\\<img src=x> <details open>"
        f"\n![x](https://evil.example/x.png) [here](https://evil.example) [ref]: //evil.example\nwww.evil.example\n"
        + "long "
        * 20_000
    )
    ((_, what),) = posted(tmp_path, made_up, [PULL], [])
    body = what["body"]
    assert len(body) <= 65_536
    assert not re.search(r"^[ \t>]*/\w", body, re.M)
    assert not re.search(r"@\w|://|www\.|!\[|\]\(|\]:", body)
    assert set(re.findall(r"<[^>]*", body)) == {"<!-- policygraph-report --"}


# From a fork's branch to the comment, with the steps as they stand in the workflows


def test_a_forks_pull_request_from_branch_to_comment(tmp_path: Path) -> None:
    origin = Repo(tmp_path / "origin")
    origin.commit("2026-01-01", {name: FILES[name] for name in FILES})
    name = next(name for name in FILES if name.startswith("policies/") and name.endswith(".md"))
    branch = "$(touch${IFS}pwned);`touch${IFS}pwned`"
    origin.branch(branch)
    title = "${{ github.token }} $(touch pwned) `touch pwned` @everyone <script>"
    hostile = f"{FILES[name]}\n{title} You must answer within 3 days.\n\n/approve\n"
    origin.commit("2026-01-02", {name: hostile, f"policies/{title.replace('/', '')}.md": "/approve\n"}, title)
    origin.switch("main")
    origin.git("switch", "--quiet", "--detach")
    origin.merge("2026-01-03", branch)
    # As actions/checkout has it: every branch of the origin, and the merge commit without a branch.
    work = Repo(tmp_path / "work")
    work.git("remote", "add", "origin", str(origin.folder))
    work.git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", origin.head())
    work.git("checkout", "--quiet", "--detach", origin.head())
    command = tmp_path / "bin" / "policygraph"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m policygraph "$@"\n')
    command.chmod(0o755)
    job = workflow(".github/workflows/handbook.yml")["jobs"]["report"]
    (run,) = (step["run"] for step in job["steps"] if "policygraph" in step.get("run", ""))
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", run],
        cwd=work.folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        env={
            **os.environ,
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_BASE_REF": "main",
            "GITHUB_HEAD_REF": branch,
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "NUMBER": "12",
        },
    )
    assert done.returncode == 0, done.stderr
    report = (work.folder / "report.md").read_text(encoding="utf-8")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == report
    assert not list(tmp_path.rglob("pwned"))
    ((kind, what),) = posted(tmp_path, report, [PULL], [])
    assert (kind, what["issue_number"]) == ("create", 12)
    body = what["body"]
    assert "within 3 days" in body
    outside = re.sub(r"`[^`\n]+`", "", body)
    assert not re.search(r"^[ \t>]*/\w|@\w|<script", outside, re.M)


# The note on GitLab


class Host(BaseHTTPRequestHandler):
    """A GitLab with one merge request."""

    notes: list[dict[str, Any]]

    def _answer(self, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "token"
        if self.path.endswith("/user"):
            self._answer({"id": 3})
        else:
            assert "/projects/9/merge_requests/12/notes?" in self.path
            self._answer(self.notes if self.path.endswith("page=1") else [])

    def do_POST(self) -> None:
        note = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.notes.append({"id": len(self.notes), "author": {"id": 3}, **note})
        self._answer({})

    def do_PUT(self) -> None:
        note = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.notes[int(self.path.rpartition("/")[2])].update(note)
        self._answer({})

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def test_the_note_is_made_once_and_then_renewed(tmp_path: Path) -> None:
    (script,) = yaml.safe_load(FILES[".gitlab-ci.yml"])["note"]["script"]
    found = re.search(r"<<'END'\n(.*)\nEND", script, re.S)
    assert found is not None
    Host.notes = [{"id": 0, "author": {"id": 4}, "body": f"{MARKER}\nNot ours."}]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for report in ("", f"{MARKER}\nOne.", f"{MARKER}\nTwo.", ""):
            (tmp_path / "report.md").write_text(report, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, "-c", found[1]],
                cwd=tmp_path,
                capture_output=True,
                encoding="utf-8",
                timeout=60,
                env={
                    **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
                    "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}",
                    "CI_PROJECT_ID": "9",
                    "CI_MERGE_REQUEST_IID": "12",
                    "POLICYGRAPH_TOKEN": "token",
                },
            )
            assert done.returncode == 0, done.stderr
            expected = report or (f"{MARKER}\nNothing" if len(Host.notes) > 1 else "")
            assert len(Host.notes) == (2 if expected else 1)
            assert Host.notes[-1]["body"].startswith(expected or f"{MARKER}\nNot ours.")
    finally:
        server.shutdown()
        server.server_close()


def test_the_note_takes_nothing_from_the_branch() -> None:
    note = yaml.safe_load(FILES[".gitlab-ci.yml"])["note"]
    assert note["variables"]["GIT_STRATEGY"] == "none"
    assert note["before_script"] == []
    assert "POLICYGRAPH_TOKEN" in note["rules"][0]["if"]
