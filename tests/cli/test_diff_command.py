"""`policygraph diff REV1 [REV2]`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from command_line import CommandLine

from repositories import Repo

ROLES = "roles:\n  it: {title: IT, holders: [Ada]}\n  people: {title: People, holders: [Bob]}\n"


def document(id: str, title: str, text: str, front: str = "owner: it\n") -> str:
    return f"---\nid: {id}\ntitle: {title}\nsummary: S.\n{front}---\n# {title}\n\n{text}\n"


ACCESS = document(
    "HB-1",
    "Access",
    "You must change your password every 90 days.\nAsk the desk for a key.\nReturn it when you leave.",
)
FRAMED = "owner: it\nsatisfies: ['iso-42001:6.1.2']\n"


@pytest.fixture
def repo(empty: CommandLine) -> Repo:
    repo = Repo(empty.folder)
    repo.commit(
        "2026-01-10",
        {
            "policies/handbook.yml": "name: H\nframeworks: [iso-42001]\n",
            "policies/registers/organisation.yml": ROLES,
            "policies/access.md": ACCESS,
            "policies/leaving.md": document("HB-2", "Leaving", "Hand in your key. See [[HB-1]]."),
            "policies/guests.md": document("HB-3", "Guests", "Guests sign in at the desk."),
            "policies/old.md": document("HB-4", "Old rules", "Nobody needs these any more."),
        },
    )
    return repo


def data(line: CommandLine, *arguments: str) -> dict[str, Any]:
    result = line("diff", *arguments, "--format", "json")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    assert isinstance(found, dict)
    return found


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


def test_nothing_has_changed(empty: CommandLine, repo: Repo) -> None:
    result = empty("diff", "HEAD", "--today", "2026-01-10")
    assert result.code == 0
    assert "Nothing: documents, references, coverage and questions are the same." in result.out
    assert len(result.out.splitlines()) == 3


def test_documents_added_removed_and_changed(empty: CommandLine, repo: Repo) -> None:
    repo.commit(
        "2026-02-10",
        {
            "policies/access.md": ACCESS.replace("90 days", "30 days").replace("owner: it", "owner: people"),
            "policies/guests.md": document("HB-3", "Guests", "Guests sign in at the  desk."),
            "policies/new.md": document("HB-5", "New rules", "Everybody needs these."),
        },
        remove=("policies/old.md",),
    )
    found = data(empty, "2026-01-31", "2026-02-28")
    assert found["before"]["date"] == "2026-01-31"
    assert found["after"]["commit"] == repo.head()
    assert ids(found["documents"]["added"]) == ["HB-5"]
    assert ids(found["documents"]["removed"]) == ["HB-4"]
    changed = {entry["id"]: entry for entry in found["documents"]["changed"]}
    assert {id: entry["change"] for id, entry in changed.items()} == {
        "HB-1": "substance",
        "HB-3": "editorial",
    }
    assert changed["HB-1"]["facts"]["owner"] == {"before": "it", "after": "people"}
    text = empty("diff", "2026-01-31", "2026-02-28").out
    assert text.startswith(
        f"# What changed: 2026-01-31 ({repo.git('rev-parse', 'HEAD~1')[:10]}) → 2026-02-28 ("
    )
    assert (
        "1 document added, 1 document removed, 1 document changed in substance, 1 document changed editorially"
        in text
    )
    assert "## Documents added\n\n- HB-5 New rules (policies/new.md)" in text
    assert "  - owner: it → people" in text
    assert "30" in text.partition("## Changed in substance")[2].partition("##")[0]


def test_a_document_renamed_and_another_in_its_place(empty: CommandLine, repo: Repo) -> None:
    repo.commit("2026-02-10", move={"policies/access.md": "policies/it/access.md"})
    repo.commit("2026-02-11", {"policies/access.md": document("HB-9", "Access to roofs", "Wear a helmet.")})
    found = data(empty, "2026-01-31", "2026-02-28")
    assert ids(found["documents"]["added"]) == ["HB-9"]
    assert found["documents"]["removed"] == []
    (changed,) = found["documents"]["changed"]
    assert (changed["before"]["file"], changed["file"]) == ("policies/access.md", "policies/it/access.md")
    assert found["references"] == {"gained": [], "lost": []}
    assert "file: policies/access.md → policies/it/access.md" in empty("diff", "2026-01-31", "2026-02-28").out
    back = data(empty, "2026-02-28", "2026-01-31")
    assert ids(back["documents"]["removed"]) == ["HB-9"]
    assert back["documents"]["changed"][0]["file"] == "policies/access.md"


def test_a_rename_that_is_not_committed_is_known_by_the_id(empty: CommandLine, repo: Repo) -> None:
    (repo.folder / "policies/access.md").rename(repo.folder / "policies/entry.md")
    found = data(empty, "HEAD", "--today", "2026-01-10")
    assert found["documents"]["added"] == found["documents"]["removed"] == []
    assert found["documents"]["changed"][0]["file"] == "policies/entry.md"
    assert found["after"]["commit"] is None


def test_references_gained_and_lost(empty: CommandLine, repo: Repo) -> None:
    front = (
        'owner: it\nreferences:\n  - to: HB-1\n    relation: depends on\n    because: "Guests get keys."\n'
    )
    repo.commit(
        "2026-02-10",
        {
            "policies/leaving.md": document("HB-2", "Leaving", "Hand in your key."),
            "policies/guests.md": document("HB-3", "Guests", "Guests sign in at the desk.", front),
        },
    )
    found = data(empty, "2026-01-31", "2026-02-28")["references"]
    (gained,), (lost,) = found["gained"], found["lost"]
    assert (gained["source"]["id"], gained["relation"], gained["target"]["id"]) == (
        "HB-3",
        "depends on",
        "HB-1",
    )
    assert (lost["source"]["id"], lost["target"]["id"]) == ("HB-2", "HB-1")
    text = empty("diff", "2026-01-31", "2026-02-28").out
    assert "- HB-3 Guests depends on HB-1 Access: Guests get keys." in text
    assert "## References lost\n\n- HB-2 Leaving references HB-1 Access" in text


def test_coverage_and_questions(empty: CommandLine, repo: Repo) -> None:
    repo.commit(
        "2026-02-10",
        {
            "policies/access.md": document("HB-1", "Access", "You must ask.", FRAMED),
            "policies/guests.md": document("HB-3", "Guests", "Guests sign in.", FRAMED),
        },
    )
    found = data(empty, "2026-01-31", "2026-02-28")
    (moved,) = found["coverage"]
    assert (moved["clause"], moved["before"], moved["after"]) == ("iso-42001:6.1.2", "unanswered", "owned")
    (opened,) = found["questions"]["opened"]
    assert (opened["source"]["id"], opened["target"]["id"], opened["state"]) == ("HB-3", "HB-1", "open")
    repo.commit(
        "2026-03-10",
        {"policies/guests.md": document("HB-3", "Guests", "Guests sign in. See [[HB-1]].", FRAMED)},
    )
    later = data(empty, "2026-02-28", "2026-03-31")["questions"]
    assert [(q["source"]["id"], q["state"]) for q in later["answered"]] == [
        ("HB-3", "answered by a reference")
    ]
    assert later["opened"] == later["dropped"] == []
    repo.commit(
        "2026-04-10",
        {"policies/guests.md": document("HB-3", "Guests", "Guests sign in.", "status: retired\n")},
    )
    gone = data(empty, "2026-02-28", "2026-04-30")["questions"]
    assert [q["source"]["id"] for q in gone["dropped"]] == ["HB-3"]
    text = empty("diff", "2026-01-31", "2026-02-28").out
    assert "- iso-42001:6.1.2" in text
    assert "unanswered → owned" in text
    assert "## Questions opened\n\n- Why does HB-" in text


def test_what_only_the_calendar_changed(empty: CommandLine, repo: Repo) -> None:
    repo.commit(
        "2026-02-01",
        {"policies/access.md": document("HB-1", "Access", "Ask.", "owner: it\neffective: 2026-02-20\n")},
    )
    (changed,) = data(empty, "2026-02-10", "2026-02-25")["documents"]["changed"]
    assert (changed["change"], changed["facts"]) == ("none", {"in force": {"before": "no", "after": "yes"}})
    assert data(empty, "2026-02-10", "2026-02-25", "--today", "2026-02-25")["documents"]["changed"] == []


def test_names_cannot_steer_a_terminal_or_a_page(empty: CommandLine, repo: Repo) -> None:
    title = "<img src=x onerror=alert(1)> [x](javascript:y) `a` \\u001b[31m *b*"
    repo.commit("2026-02-10", {"policies/new.md": f'---\nid: HB-6\ntitle: "{title}"\n---\nText.\n'})
    text = empty("diff", "2026-01-31", "2026-02-28").out
    assert "\x1b" not in text
    assert r"\<img src=x onerror=alert(1)\> \[x\](javascript:y) \`a\`" in text


def test_two_dots_as_git_has_them(empty: CommandLine, repo: Repo) -> None:
    repo.commit("2026-02-10", {"policies/new.md": document("HB-5", "New rules", "Everybody needs these.")})
    assert data(empty, "HEAD~1..HEAD") == data(empty, "HEAD~1", "HEAD")
    assert data(empty, "HEAD~1..")["after"]["commit"] is None
    assert empty("diff", "HEAD~1...HEAD").code == 2


def test_written_to_a_file(empty: CommandLine, repo: Repo) -> None:
    result = empty("diff", "HEAD", "-o", "changes.md")
    assert (result.code, result.out) == (0, "")
    assert (repo.folder / "changes.md").read_text().startswith("# What changed: 2026-01-10")


@pytest.mark.parametrize(
    "arguments", [("2025-01-01",), ("HEAD", "no-such"), ("HEAD", "2099-01-01"), ("2026",)]
)
def test_wrong_use(empty: CommandLine, repo: Repo, arguments: tuple[str, ...]) -> None:
    result = empty("diff", *arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("policygraph: ")


def test_without_a_repository(small: CommandLine) -> None:
    result = small("diff", "HEAD")
    assert result.code == 2
    assert "not in a git repository" in result.err
