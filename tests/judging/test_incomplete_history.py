"""Whatever git cannot tell is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from policygraph.judging.judge import judge
from policygraph.model.finding import Finding
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve
from repositories import Repo

DAY = dt.date(2026, 11, 25)


def found(root: Path) -> list[Finding]:
    return [f for f in judge(resolve(read_handbook(locate(None, root))), DAY).findings if f.code == "PG601"]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2025-01-01", {"policies/a.md": "# One\n", "policies/handbook.yml": "name: H\n"})
    repo.commit("2025-01-02", {"policies/a.md": "# Two\n"})
    return repo


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth", "1", f"file://{repo.folder}", str(tmp_path / "clone"))
    (finding,) = found(tmp_path / "clone")
    assert str(finding.place) == "policies/handbook.yml:1:1"
    assert "shallow clone" in finding.message
    assert "fetch-depth: 0" in finding.help


def test_git_is_missing(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    (finding,) = found(repo.folder)
    assert "git is not installed" in finding.message


def test_git_refuses(repo: Repo) -> None:
    (repo.folder / ".git/HEAD").write_text("nonsense\n")
    (finding,) = found(repo.folder)
    assert "Git cannot read the history" in finding.message


def test_nothing_is_said_of_a_whole_history_or_of_none(repo: Repo, tmp_path: Path) -> None:
    assert found(repo.folder) == []
    (tmp_path / "bare/policies").mkdir(parents=True)
    (tmp_path / "bare/policies/a.md").write_text("# One\n")
    assert found(tmp_path / "bare") == []
