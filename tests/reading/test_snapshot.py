"""The handbook as it was, taken out of git without a checkout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builders import Files
from policygraph.model.problem import ProblemKind
from policygraph.reading.files import locate
from policygraph.reading.git import GitError, repository_of
from policygraph.reading.handbook_files import read_handbook
from policygraph.reading.moment import MomentError, moment_of
from policygraph.reading.snapshot import Snapshot, snapshot
from policygraph.reading.sources import Sources
from policygraph.settings import SettingsError
from repositories import Repo

A = "policies/a.md"
TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


@contextmanager
def taken(repo: Repo, at: str = "HEAD", project: str = ".", *, contents: bool = False) -> Iterator[Snapshot]:
    location = locate(None, repo.folder / project)
    repository = repository_of(location.folder)
    assert repository is not None
    moment = moment_of(repository, at, "", TODAY)
    with snapshot(repository, moment, location, contents=contents) as found:
        yield found


def read(repo: Repo, at: str = "HEAD", project: str = ".") -> Sources:
    with taken(repo, at, project) as found:
        return read_handbook(found.location, snapshot=found)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_documents_settings_and_registers_as_they_were(repo: Repo) -> None:
    repo.commit(
        "2025-01-01",
        {
            A: "---\nid: A-1\n---\n# Old\n",
            "policies/gone.md": "# Gone\n",
            "policies/handbook.yml": "name: Old name\n",
            "policies/registers/organisation.yml": "roles:\n  ceo: {title: Old chief}\n",
        },
    )
    repo.commit(
        "2025-02-01",
        {
            A: "---\nid: A-1\n---\n# New\n",
            "policies/handbook.yml": "name: New name\n",
            "policies/registers/organisation.yml": "roles:\n  ceo: {title: New chief}\n",
        },
        remove=("policies/gone.md",),
    )
    found = read(repo, "2025-01-15")
    assert [document.path for document in found.documents] == [A, "policies/gone.md"]
    assert "# Old" in found.documents[0].body
    assert found.settings.name == "Old name"
    assert found.settings.file == "policies/handbook.yml"
    assert found.registers.organisation.roles["ceo"].title == "Old chief"
    assert found.problems == ()


def test_the_history_ends_at_the_moment(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "# One\n"})
    repo.commit("2025-02-01", {A: "# Two\n"})
    repo.commit("2025-03-01", {A: "# Three\n"})
    repo.write({A: "# Four\n", "policies/new.md": "# New\n"})
    history = read(repo, "2025-02-10").history
    assert [revision.text for revision in history.of(A)] == ["# One\n", "# Two\n"]
    assert history.uncommitted == frozenset()
    assert history.moment is not None
    assert (history.moment.day, history.tip) == (dt.date(2025, 2, 10), repo.git("rev-parse", "HEAD~1"))


@pytest.mark.parametrize("project", [".", "teams/legal"])
def test_the_project_may_be_a_folder_of_the_repository(repo: Repo, project: str) -> None:
    repo.commit("2025-01-01", {f"{project}/{A}": "# One\n", f"{project}/docs/about.md": "# About\n"})
    repo.commit("2025-02-01", {f"{project}/{A}": "# Two\n"})
    found = read(repo, "2025-01-15", project)
    assert [document.path for document in found.documents] == [A]
    assert [revision.text for revision in found.history.of(A)] == ["# One\n"]


def test_links_out_of_the_folder_are_judged_by_what_was_there(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "See [it](../docs/about.md).\n", "docs/about.md": "# About\n"})
    repo.commit("2025-02-01", {A: "See [it](../docs/about.md).\n\nMore.\n"}, remove=("docs/about.md",))
    assert read(repo, "2025-01-15").outside == {"docs/about.md"}
    assert read(repo, "2025-02-15").outside == frozenset()


def test_documents_that_lie_beside_their_settings(repo: Repo) -> None:
    repo.commit(
        "2025-01-01",
        {
            "eips/a.md": "# One\n",
            "policies/handbook.yml": "documents: ../eips\n",
            "policies/registers/organisation.yml": "roles:\n  ceo: {title: Chief}\n",
        },
    )
    repo.commit("2025-02-01", {"eips/a.md": "# Two\n"})
    found = read(repo, "2025-01-15")
    assert [(document.path, document.body) for document in found.documents] == [("eips/a.md", "# One\n")]
    assert [revision.text for revision in found.history.of("eips/a.md")] == ["# One\n"]
    assert list(found.registers.organisation.roles) == ["ceo"]


def test_the_repository_is_the_documents_folder(repo: Repo) -> None:
    repo.commit("2025-01-01", {"handbook.yml": "name: H\n", "a.md": "# One\n"})
    repo.commit("2025-02-01", {"a.md": "# Two\n"})
    found = read(repo, "2025-01-15")
    assert [document.path for document in found.documents] == ["repo/a.md"]
    assert [revision.text for revision in found.history.of("repo/a.md")] == ["# One\n"]


def test_pictures_are_taken_only_where_they_are_needed(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "# One\n", "policies/plan.png": b"\x89PNG"})
    with taken(repo) as found:
        assert files(found.root)["policies/plan.png"] == b""
    with taken(repo, contents=True) as found:
        assert files(found.root)["policies/plan.png"] == b"\x89PNG"
        folder = found.root
    assert not folder.exists()


def test_nothing_of_the_project_is_touched_and_no_filter_runs(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "# One\n", "policies/.gitattributes": "*.md filter=evil\n"})
    repo.commit("2025-02-01", {A: "# Two\n"})
    ran = tmp_path / "ran"
    for kind in ("clean", "smudge", "process"):
        repo.git("config", f"filter.evil.{kind}", f"touch '{ran}'")
    repo.write({A: "# Three\n"})
    before = files(repo.folder)
    with taken(repo, "2025-01-15") as found:
        assert files(found.root)[A] == b"# One\n"
    assert files(repo.folder) == before
    assert not ran.exists()


def test_there_was_no_handbook_then(repo: Repo) -> None:
    repo.commit("2025-01-01", {"readme.txt": "soon"})
    repo.commit("2025-02-01", {A: "# One\n"})
    with pytest.raises(MomentError, match="There was no handbook at policies on 2025-01-15"):
        read(repo, "2025-01-15")


def test_settings_of_then_that_cannot_be_used(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "# One\n", "policies/handbook.yml": "name: H\nnmae: x\n"})
    repo.commit("2025-02-01", {"policies/handbook.yml": "name: H\n"})
    with pytest.raises(SettingsError) as refused:
        read(repo, "2025-01-15")
    assert str(refused.value).startswith("policies/handbook.yml:2:1: In commit ")


def test_a_partial_clone_fetches_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2025-01-01", {A: "# One\n"})
    repo.commit("2025-02-01", {A: "# Two\n"})
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--filter=blob:none", f"file://{repo.folder}", str(clone))
    (clone / "policies").mkdir(exist_ok=True)
    location = locate(None, clone)
    repository = repository_of(clone)
    assert repository is not None
    moment = moment_of(repository, "2025-01-15", "", TODAY)
    with pytest.raises(GitError, match="partial"), snapshot(repository, moment, location):
        pass


# What only somebody who writes objects by hand commits


def by_hand(repo: Repo, entries: list[tuple[str, bytes, bytes]], *, base: Files | None = None) -> None:
    """Commit a tree whose `policies` folder has the entries given, whatever their names: mode, name, content."""
    repo.commit("2025-01-01", base or {A: "# One\n"})
    rows = []
    for mode, name, content in entries:
        kind = "tree" if mode == "40000" else "blob"
        data = content if kind == "blob" else b"100644 x.md\0" + bytes.fromhex(_blob(repo, content))
        id = repo.git("hash-object", "-t", kind, "-w", "--stdin", "--literally", data=data)
        rows.append(mode.encode() + b" " + name + b"\0" + bytes.fromhex(id))
    policies = repo.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", data=b"".join(rows))
    top = b"40000 policies\0" + bytes.fromhex(policies)
    tree = repo.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", data=top)
    id = repo.git(
        "commit-tree",
        tree,
        "-p",
        "HEAD",
        "-m",
        "Odd",
        GIT_COMMITTER_DATE="2025-02-01T12:00:00+0000",
        GIT_AUTHOR_DATE="2025-02-01T12:00:00+0000",
    )
    repo.git("tag", "odd", id)


def _blob(repo: Repo, content: bytes) -> str:
    return repo.git("hash-object", "-w", "--stdin", data=content)


@pytest.mark.parametrize(
    "name",
    [b"..", b"../../escaped.md", b".", b".git", b".GIT", b"a\\b.md", b"/etc/escaped.md", b"x//y.md"],
)
def test_hostile_paths_are_refused(repo: Repo, tmp_path: Path, name: bytes) -> None:
    by_hand(repo, [("100644", name, b"# Escaped\n")])
    before = set(tmp_path.rglob("*"))
    with pytest.raises(MomentError, match="so it is not opened"):
        read(repo, "odd")
    assert set(tmp_path.rglob("*")) == before


def test_one_name_twice_is_refused(repo: Repo) -> None:
    by_hand(repo, [("100644", b"x.md", b"one"), ("100644", b"x.md", b"two")])
    with pytest.raises(MomentError, match="twice"):
        read(repo, "odd")


def test_nothing_is_written_through_a_link(repo: Repo, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    by_hand(repo, [("120000", b"x", str(target).encode()), ("40000", b"x", b"# Through\n")])
    with pytest.raises(MomentError, match="Two files of the commit"):
        read(repo, "odd")
    assert list(target.iterdir()) == []


def test_links_are_safe(repo: Repo, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n")
    policies = repo.folder / "policies"
    (policies / "deep/er").mkdir(parents=True)
    repo.write({A: "# One\n"})
    (policies / "inside.md").symlink_to("a.md")
    (policies / "absolute.md").symlink_to(secret)
    (policies / "relative.md").symlink_to("../../secret.md")
    (policies / "deep/er/up").symlink_to("../..")
    (policies / "deep/er/over.md").symlink_to("up/../../secret.md")
    (policies / "round.md").symlink_to("round.md")
    repo.commit("2025-01-01")
    with taken(repo) as found:
        sources = read_handbook(found.location, snapshot=found)
        assert (found.root / "policies/inside.md").read_text() == "# One\n"
        for path in found.root.rglob("*"):
            assert not path.is_file() or b"Secret" not in path.read_bytes()
    refused = {p.place.file for p in sources.problems if p.kind is ProblemKind.LEADS_OUTSIDE}
    assert refused == {
        "policies/absolute.md",
        "policies/relative.md",
        "policies/deep/er/over.md",
        "policies/round.md",
    }


def test_settings_that_are_a_link_are_none(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text("name: Secret\n")
    repo.commit("2025-01-01", {A: "# One\n", "policies/handbook.yml": "name: H\n"})
    (repo.folder / "policies/handbook.yml").unlink()
    (repo.folder / "policies/handbook.yml").symlink_to(tmp_path / "other.yml")
    repo.commit("2025-02-01")
    repo.commit("2025-03-01", {}, remove=("policies/handbook.yml",))
    assert read(repo, "2025-02-15").settings.name == "Policies"


def test_folders_that_lie_outside_the_repository(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: "# One\n", "policies/handbook.yml": "documents: ../../elsewhere\n"})
    repo.commit("2025-02-01", {"policies/handbook.yml": "name: H\n"})
    with pytest.raises(MomentError, match="outside the repository"):
        read(repo, "2025-01-15")


def test_a_file_too_large_is_said_to_be(repo: Repo) -> None:
    repo.commit("2025-01-01", {A: b"x" * 2_000_001})
    assert [problem.kind for problem in read(repo).problems] == [ProblemKind.FILE_TOO_LARGE]
