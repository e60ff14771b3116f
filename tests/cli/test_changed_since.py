"""`check --changed-since`: what a branch touched, and what that affects."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import CommandLine

from repositories import Repo

FILES = {
    "policies/handbook.yml": "name: Small\n",
    "policies/registers/organisation.yml": "roles:\n  it: {holders: [Ada]}\n",
    "policies/registers/records.yml": "records:\n  - document: b\n    what: Log\n",
    "policies/a.md": "---\ntitle: Access\nowner: it\nsummary: S.\n---\nSee [[b]] and [[nowhere]].\n",
    "policies/b.md": "---\ntitle: Backups\nowner: it\nsummary: S.\nrecords: [Log]\n---\nSee [[c]] and [[nowhere]].\n",
    "policies/c.md": "---\nid: C-1\ntitle: Copies\nowner: it\nsummary: S.\naliases: [c]\n---\nSee [[nowhere]].\n",
    "policies/far.md": "---\ntitle: Far away\nowner: it\nsummary: S.\n---\nSee [[a]] and [[nowhere]].\n",
}


@pytest.fixture
def branch(empty: CommandLine) -> Repo:
    repo = Repo(empty.folder)
    empty.write(FILES)
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "-m", "One")
    repo.git("checkout", "--quiet", "-b", "mine")
    return repo


def found(empty: CommandLine, *arguments: str) -> set[tuple[str, str]]:
    out = empty("check", "--changed-since", "main", *arguments).out
    return set(re.findall(r"^policies/(\S+?):\d+:\d+: (PG\d+)", out, re.M))


def commit(repo: Repo) -> None:
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "-m", "Two")


def test_nothing_changed_means_nothing_found(empty: CommandLine, branch: Repo) -> None:
    result = empty("check", "--changed-since", "main")
    assert result.code == 0
    assert result.out == "4 documents, 0 errors, 0 warnings, 0 notes\n"


def test_a_changed_document_and_those_that_reference_it(empty: CommandLine, branch: Repo) -> None:
    empty.write({"policies/c.md": FILES["policies/c.md"] + "More.\n"})
    assert found(empty, "--select", "PG201") == {("b.md", "PG201"), ("c.md", "PG201")}
    commit(branch)
    assert found(empty, "--select", "PG201") == {("b.md", "PG201"), ("c.md", "PG201")}


def test_a_new_document(empty: CommandLine, branch: Repo) -> None:
    empty.write({"policies/new.md": "# New\n\nSee [[nowhere]].\n"})
    assert found(empty, "--select", "PG201") == {("new.md", "PG201")}


def test_names_that_are_gone_are_missed_everywhere(empty: CommandLine, branch: Repo) -> None:
    (empty.folder / "policies/b.md").unlink()
    commit(branch)
    result = empty("check", "--changed-since", "main", "--select", "PG201,PG504")
    assert "policies/a.md:6:5: PG201 There is no document 'b'." in result.out
    assert "records.yml:2:5: PG504" in result.out
    assert "nowhere" not in result.out


def test_an_id_that_was_changed_is_missed_everywhere(empty: CommandLine, branch: Repo) -> None:
    empty.write({"policies/c.md": FILES["policies/c.md"].replace("C-1", "C-2").replace("aliases: [c]\n", "")})
    commit(branch)
    result = empty("check", "--changed-since", "main", "--select", "PG201")
    assert "b.md:7:5: PG201 There is no document 'c'." in result.out
    assert "far.md" not in result.out


def test_what_all_documents_rest_on_concerns_all(empty: CommandLine, branch: Repo) -> None:
    empty.write({"policies/registers/organisation.yml": "roles:\n  hr: {holders: [Ada]}\n"})
    commit(branch)
    assert {file for file, code in found(empty) if code == "PG406"} == {"a.md", "b.md", "c.md", "far.md"}


def test_what_the_other_branch_has_done_since_is_not_ours(empty: CommandLine, branch: Repo) -> None:
    branch.git("checkout", "--quiet", "main")
    empty.write({"policies/far.md": FILES["policies/far.md"] + "More.\n"})
    commit(branch)
    branch.git("checkout", "--quiet", "mine")
    assert found(empty) == set()


def test_only_what_is_concerned_is_fixed(empty: CommandLine, branch: Repo) -> None:
    broken = "title: {}\nowner: it\n---\nText.\n"
    branch.git("checkout", "--quiet", "main")
    empty.write({"policies/old.md": broken.format("Old")})
    commit(branch)
    branch.git("checkout", "--quiet", "-b", "other")
    empty.write({"policies/new.md": broken.format("New")})
    commit(branch)
    empty("check", "--changed-since", "main", "--fix")
    assert (empty.folder / "policies/new.md").read_text().startswith("---\n")
    assert (empty.folder / "policies/old.md").read_text().startswith("title")


def test_refusals_are_clear(empty: CommandLine, branch: Repo) -> None:
    for revision in ("nowhere", "--output=x", "", "main\n"):
        result = empty("check", f"--changed-since={revision}")
        assert result.code == 2
        assert "There is no commit, branch or tag" in result.err
    assert not (empty.folder / "x").exists()
    branch.git("checkout", "--quiet", "--orphan", "alone")
    commit(branch)
    result = empty("check", "--changed-since", "main")
    assert result.code == 2
    assert "share no history" in result.err


def test_without_git_there_is_nothing_to_compare_with(empty: CommandLine) -> None:
    empty.write(FILES)
    result = empty("check", "--changed-since", "main")
    assert result.code == 2
    assert "this folder is not in a git repository" in result.err


def test_a_handbook_below_the_repository_s_top(tmp_path: Path, empty: CommandLine) -> None:
    repo = Repo(empty.folder)
    empty.write({f"in/here/{name}": text for name, text in FILES.items()})
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "-m", "One")
    empty.write({"in/here/policies/c.md": FILES["policies/c.md"] + "More.\n", "other.md": "x"})
    repo.git("add", "-A")
    repo.git("commit", "--quiet", "-m", "Two")
    out = empty("check", "--changed-since", "HEAD~1", "--select", "PG201", at="in/here").out
    assert set(re.findall(r"^policies/(\S+?):", out, re.M)) == {"b.md", "c.md"}
