"""Two authors on two branches: what each adds is a file of its own, so that nothing conflicts."""

from __future__ import annotations

import json

import pytest
from command_line import CommandLine

from repositories import BOB, Repo

ROLES = "roles:\n  it: {holders: [Ada]}\n  people: {holders: [Bea]}\n"


def document(id: str, text: str = "Text.") -> str:
    return f"---\nid: {id}\ntitle: Title of {id}\nowner: it\nsummary: S.\n---\n{text}\n"


@pytest.fixture
def repo(empty: CommandLine) -> Repo:
    repo = Repo(empty.folder)
    repo.commit(
        "2026-01-10",
        {
            "policies/handbook.yml": "name: H\n",
            "policies/registers/organisation.yml": ROLES,
            "policies/one.md": document("HB-01"),
            "policies/two.md": document("HB-02"),
        },
    )
    return repo


def new(line: CommandLine, title: str) -> None:
    result = line("new", "policy", title)
    assert result.code == 0, result.err


def reviewed(line: CommandLine, id: str, by: str, role: str) -> None:
    result = line("review", id, "--by", by, "--as", role, "--outcome", "approved", "--today", "2026-02-01")
    assert result.code == 0, result.err


def merged(repo: Repo, *branches: str) -> None:
    """Merging fails the test where it ends in a conflict."""
    repo.switch("main")
    for branch in branches:
        repo.merge("2026-02-03", branch)
    assert repo.git("status", "--porcelain") == ""


def errors(line: CommandLine) -> list[str]:
    out = line("check", "--format", "json", "--severity", "error", "--today", "2026-02-04").out
    return [finding["code"] for finding in json.loads(out)["findings"]]


def test_two_documents(empty: CommandLine, repo: Repo) -> None:
    for branch, title, author in (("anne", "Remote work", "Ada A <a@example.org>"), ("bob", "Travel", BOB)):
        repo.switch("main")
        repo.branch(branch)
        new(empty, title)
        repo.commit("2026-02-01", author=author)
    merged(repo, "anne", "bob")
    assert len(list((repo.folder / "policies").glob("*.md"))) == 4
    # Both have taken the next free id, which no merge can know: the check says so.
    assert errors(empty) == ["PG401"]


def test_two_reviews_of_one_document_and_one_of_another(empty: CommandLine, repo: Repo) -> None:
    for branch, id, by, role in (
        ("anne", "HB-01", "Ada", "it"),
        ("bob", "HB-01", "Bea", "people"),
        ("cem", "HB-02", "Ada", "it"),
    ):
        repo.switch("main")
        repo.branch(branch)
        reviewed(empty, id, by, role)
        repo.commit("2026-02-01")
    merged(repo, "anne", "bob", "cem")
    assert len(list((repo.folder / "policies/registers/reviews").iterdir())) == 3
    assert errors(empty) == []


def test_a_document_with_its_review_beside_a_change_of_another(empty: CommandLine, repo: Repo) -> None:
    repo.branch("anne")
    repo.commit("2026-02-01", {"policies/three.md": document("HB-03", "See [[HB-01]].")})
    reviewed(empty, "HB-03", "Ada", "it")
    repo.commit("2026-02-01")
    repo.switch("main")
    repo.branch("bob")
    repo.commit("2026-02-01", {"policies/one.md": document("HB-01", "You must ask. See [[HB-02]].")})
    reviewed(empty, "HB-01", "Bea", "people")
    repo.commit("2026-02-01")
    merged(repo, "anne", "bob")
    assert errors(empty) == []
    shown = json.loads(empty("show", "HB-03", "--format", "json", "--today", "2026-02-04").out)
    assert shown["standing"]["version"] == "1.0"
