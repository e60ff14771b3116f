"""The hooks for pre-commit: their entries, run as it would run them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from command_line import CommandLine

HOOKS = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
BY_ID = {hook["id"]: hook for hook in HOOKS}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_has_what_pre_commit_needs(hook: dict[str, object]) -> None:
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    # The whole handbook is looked at, once, whatever was changed.
    assert hook["pass_filenames"] is False
    files = re.compile(str(hook["files"]))
    assert all(files.search(name) for name in ("policies/a.md", "policies/handbook.yml"))
    assert not files.search("src/main.py")


def run(empty: CommandLine, id: str) -> tuple[int, str]:
    program, *arguments = shlex.split(BY_ID[id]["entry"])
    assert program == "policygraph"
    done = empty.program(*arguments)
    assert "Traceback" not in done.err
    return done.code, done.out


def test_check_fails_where_there_is_an_error_and_changes_nothing(empty: CommandLine) -> None:
    text = "---\ntitle: A\n---\nSee [it](x/b.md).\n"
    empty.write({"policies/a.md": text, "policies/b.md": "# B\n\nText.\n"})
    code, out = run(empty, "policygraph-check")
    assert code == 1
    assert "PG202" in out
    assert (empty.folder / "policies/a.md").read_text() == text


def test_fix_changes_the_file_which_fails_the_commit_once(empty: CommandLine) -> None:
    empty.write(
        {"policies/a.md": "---\ntitle: A\n---\nSee [it](x/b.md).\n", "policies/b.md": "# B\n\nText.\n"}
    )
    path = empty.folder / "policies/a.md"
    assert run(empty, "policygraph-fix")[0] == 0
    fixed = path.read_bytes()
    assert b"[it](b.md)" in fixed
    assert run(empty, "policygraph-fix")[0] == 0
    assert path.read_bytes() == fixed
