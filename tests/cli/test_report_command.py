"""`policygraph report --since REV`: a pull request from branch to comment."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import CommandLine
from hypothesis import given
from hypothesis import strategies as st

from policygraph.publishing.change_report import MARKER
from policygraph.publishing.comment_text import code_text, comment_html, comment_text, fenced
from repositories import Repo

ROLES = """\
roles:
  it: {title: IT desk, holders: [Ada Lovelace]}
  people: {title: People team, holders: [Bob Builder]}
"""
ACCESS = """\
---
id: HB-1
title: Access
owner: it
approver: people
summary: Who gets a key.
---
# Access

You must change your password every 90 days.

Ask the desk for a key.
"""
LEAVING = """\
---
id: HB-2
title: Leaving
owner: people
summary: The last day.
references:
  - to: HB-1
    relation: depends on
    because: "What was handed out is what comes back."
---
# Leaving

Hand in your key.
"""
TODAY = ("--today", "2026-03-01")


@pytest.fixture
def repo(empty: CommandLine) -> Repo:
    repo = Repo(empty.folder)
    repo.commit(
        "2026-01-10",
        {
            "policies/handbook.yml": "name: H\nrules: {PG421: off}\n",
            "policies/registers/organisation.yml": ROLES,
            "policies/access.md": ACCESS,
            "policies/leaving.md": LEAVING,
        },
    )
    empty(
        "review",
        "HB-1",
        "--by",
        "Bob Builder",
        "--as",
        "people",
        "--outcome",
        "approved",
        "--today",
        "2026-01-11",
    )
    repo.commit("2026-01-11")
    return repo


def report(line: CommandLine, *arguments: str) -> str:
    result = line("report", "--since", "main", *TODAY, *arguments)
    assert result.code == 0, result.err
    return result.out


def test_a_pull_request_from_branch_to_comment(empty: CommandLine, repo: Repo) -> None:
    repo.branch("passwords")
    changed = ACCESS.replace("every 90 days", "every 30 days").replace(
        "for a key", "for a key, as [[HB-22]] says"
    )
    repo.commit("2026-02-10", {"policies/access.md": changed}, "Shorter")
    checked = empty("check", "--format", "github", "--no-calendar", *TODAY)
    assert checked.code == 1
    assert "::error file=policies/access.md,line=12,col=28,title=PG201" in checked.out
    text = report(empty, "--pull-request", "12")
    golden = Path(__file__).with_name("report.golden.md")
    assert re.sub(r'"[0-9a-f]{64}"', '"…"', text) == golden.read_text(encoding="utf-8")
    data = json.loads(report(empty, "--format", "json"))
    assert [finding["code"] for finding in data["findings"]["new"]] == ["PG201", "PG430", "PG432"]
    assert data["concerned"][0]["relying"][0]["holders"] == ["Bob Builder"]
    assert [entry["id"] for entry in data["outdated"]] == ["HB-1"]


def test_the_entry_offered_approves_the_text(empty: CommandLine, repo: Repo) -> None:
    repo.branch("passwords")
    repo.commit("2026-02-10", {"policies/access.md": ACCESS.replace("90", "30")})
    text = report(empty)
    (name,) = re.findall(r"`(policies/registers/reviews/.*\.yml)`", text)
    (entry,) = re.findall(r"```yaml\n(.*?)```", text, re.S)
    repo.commit("2026-02-11", {name: entry})
    again = report(empty)
    assert "To approve" not in again
    assert "Approvals that no longer hold" not in again


def test_nothing_where_nothing_matters(empty: CommandLine, repo: Repo) -> None:
    repo.branch("typo")
    repo.commit("2026-02-10", {"README.md": "Other files are none of ours."})
    assert report(empty) == ""
    repo.commit("2026-02-11", {"policies/access.md": ACCESS.replace("Ask the", "Ask  the")})
    assert report(empty) == ""
    line = report(empty, "--always")
    assert line == (
        f"{MARKER}\nNothing in this change concerns anybody else in the handbook: "
        "only spelling or layout differs, in 1 document.\n"
    )


def test_what_happened_on_main_since_is_not_the_branchs(empty: CommandLine, repo: Repo) -> None:
    repo.branch("branch")
    repo.commit(
        "2026-02-10", {"policies/new.md": "---\nid: HB-9\ntitle: New\nowner: it\nsummary: S.\n---\nText.\n"}
    )
    repo.switch("main")
    repo.commit("2026-02-11", {"policies/access.md": ACCESS.replace("90", "10")})
    repo.switch("branch")
    text = report(empty)
    assert "- **HB-9 New** is new" in text
    assert "HB-1" not in text


def test_a_document_removed_and_references_lost(empty: CommandLine, repo: Repo) -> None:
    repo.branch("branch")
    repo.commit("2026-02-10", remove=("policies/access.md",))
    text = report(empty)
    assert "- **HB-1 Access** is removed" in text
    assert "- **People team** (Bob Builder)\n  - HB-2 Leaving depends on HB-1 Access: What was handed" in text
    assert "- **lost:** HB-2 Leaving depends on HB-1 Access" in text
    assert text.index("New findings") < text.index("What changed") < text.index("Who should know")


def test_findings_mended_are_counted(empty: CommandLine, repo: Repo) -> None:
    repo.commit("2026-01-12", {"policies/leaving.md": LEAVING.replace("to: HB-1", "to: HB-11")})
    repo.branch("branch")
    repo.commit("2026-02-10", {"policies/leaving.md": LEAVING})
    text = report(empty)
    assert "2 findings mended" in text
    assert "There is no document 'HB-11'" not in text


def test_what_changed_beside_the_documents(empty: CommandLine, repo: Repo) -> None:
    repo.branch("branch")
    repo.commit(
        "2026-02-10",
        {
            "policies/handbook.yml": "name: H\nrules: {PG421: off, PG201: warning}\n",
            "policies/registers/organisation.yml": ROLES.replace("[Ada Lovelace]", "['@ada Byron', Cem]"),
            "policies/registers/exceptions.yml": "exceptions:\n  - {id: E-1, title: Slow, departs_from: HB-1, "
            'owner: it, because: "Few.", expires: 2026-12-31}\n',
        },
    )
    empty(
        "review",
        "HB-2",
        "--by",
        "Bob Builder",
        "--as",
        "people",
        "--outcome",
        "approved",
        "--today",
        "2026-02-10",
    )
    text = report(empty)
    assert "1 finding mended." in text
    assert "- Role **IT desk**: Ada Lovelace → @&#8203;ada Byron, Cem\n" in text
    assert "- Rule **PG201**: as policygraph has it → warning\n" in text
    assert "- Review: HB-2 Leaving was approved on 2026-02-10 by Bob Builder as people\n" in text
    assert "- Exception **E-1**: Slow, until 2026-12-31\n" in text
    data = json.loads(report(empty, "--format", "json"))["arrangements"]
    assert [shift["name"] for shift in data["shifts"]] == ["IT desk", "PG201"]
    assert [review["id"] for review in data["reviews"]] == ["HB-2"]


def test_a_change_of_roles_alone(empty: CommandLine, repo: Repo) -> None:
    repo.branch("branch")
    repo.commit("2026-02-10", {"policies/registers/organisation.yml": ROLES.replace("Ada Lovelace", "Cem")})
    text = report(empty)
    assert "No document has changed; roles, rules, reviews or exceptions have." in text
    assert text.endswith("- Role **IT desk**: Ada Lovelace → Cem\n")


HOSTILE = (
    "@everyone @org/team ${{ github.token }} `touch x` <script>alert(1)</script> ![x](https://evil.example/x.png) "
    "#12 !34 GH-7 /approve www.evil.example </details> <!-- x --> \u202egnp"
)


def hostile(line: CommandLine, repo: Repo) -> str:
    repo.branch("fork")
    quoted = json.dumps(HOSTILE)
    repo.commit(
        "2026-02-10",
        {
            "policies/evil.md": f"---\nid: HB-7\ntitle: {quoted}\nowner: {quoted}\nsummary: {quoted}\napprover: {quoted}\n"
            f"references:\n  - to: HB-1\n    relation: depends on\n    because: {quoted}\n  - to: {quoted}\n---\n"
            f"/approve\n\n/close\n\n{HOSTILE}\n\n```\n/merge\n````\n",
            "policies/access.md": ACCESS.replace(
                "Ask the desk", f"/approve\n\n{HOSTILE}\n\n- /close\n\nAsk {HOSTILE} desk"
            ),
            "policies/registers/organisation.yml": ROLES.replace("Bob Builder", "'@everyone <b>'"),
            "policies/a`b $(x) @team.md": "---\nid: HB-8\ntitle: A\n---\n[x](no.md)\n",
            "policies/huge.md": f"---\nid: HB-6\ntitle: {'Huge ' * 5000}\n---\n{'You must @all. ' * 20000}\n",
        },
    )
    return report(line)


def outside_code(text: str) -> str:
    """What a code host looks for names in."""
    text = re.sub(r"^( *)(`{3,})\w*\n.*?^ *\2`*$", "", text, flags=re.M | re.S)
    return re.sub(r"`[^`\n]+`", "", text)


def test_a_fork_can_neither_call_nor_order_nor_show(empty: CommandLine, repo: Repo) -> None:
    text = hostile(empty, repo)
    assert len(text) <= 60_000
    read = outside_code(text)
    assert not re.search(r"@\w", read)
    assert not re.search(r"(?<!&)#\w", read)
    assert not re.search(r"!\d|GH-\d|www\.|://", read)
    assert not re.search(r"^\s*(?:>\s*)?/\w", read, re.M)
    assert not re.search(r"(?<!\\)!\[", read)
    assert "\u202e" not in text
    tags = set(re.findall(r"(?<!\\)<(/?\w+|!--)", read))
    assert tags <= {"del", "/del", "ins", "/ins", "details", "/details", "summary", "/summary", "!--"}
    assert read.count("<details>") == read.count("</details>") > 0
    assert text.startswith(f"{MARKER}\n")
    assert read.count("<!--") - read.count(r"\<!--") == 1


def test_a_long_report_is_cut_between_its_parts_and_says_so(empty: CommandLine, repo: Repo) -> None:
    hostile(empty, repo)
    text = report(empty, "--most-characters", "2500")
    assert len(text) <= 2500
    assert text.rstrip().endswith("All of it: `policygraph report --since main`")
    assert text.count("<details>") == text.count("</details>")


@given(st.text(alphabet=st.sampled_from("@#!&$~%/`<>[]()\\|*_-.:w1aé \n\t\u202e\x1b{}'\""), max_size=60))
def test_no_text_calls_or_marks_up(value: str) -> None:
    shown, inside = comment_text(value), comment_html(value)
    for text in (shown, inside):
        assert not re.search(r"@[\w]|(?<!&)#\w|!\d|&\d|\$|://|\x1b|\u202e|\n", text)
    assert not re.search(r"(?<!\\)(?:\\\\)*<", shown.replace("\\\\", ""))
    assert "<" not in inside
    assert "`" not in code_text(value)
    block = fenced(value)
    fence = re.match(r"`+", block)
    assert fence is not None
    assert fence[0] not in block[len(fence[0]) : -len(fence[0])]


def test_written_to_a_file(empty: CommandLine, repo: Repo) -> None:
    assert report(empty, "-o", "report.md", "--always") == ""
    assert (repo.folder / "report.md").read_text(encoding="utf-8").startswith(MARKER)


def test_a_branch_that_brings_the_first_handbook(empty: CommandLine) -> None:
    repo = Repo(empty.folder)
    repo.commit("2026-01-10", {"README.md": "Nothing yet."})
    repo.branch("branch")
    repo.commit("2026-02-10", {"policies/access.md": ACCESS, "policies/registers/organisation.yml": ROLES})
    assert "brings the first handbook" in report(empty)


@pytest.mark.parametrize(
    "arguments", [("--since", "no-such"), (), ("--since", "main", "--pull-request", "x;y")]
)
def test_wrong_use(empty: CommandLine, repo: Repo, arguments: tuple[str, ...]) -> None:
    result = empty("report", *arguments)
    assert result.code == 2
    assert result.out == ""


def test_without_a_repository(small: CommandLine) -> None:
    result = small("report", "--since", "HEAD")
    assert result.code == 2
    assert "not in a git repository" in result.err
