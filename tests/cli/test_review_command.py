"""`policygraph review`: one small file a review, and what it changes in words."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest
from command_line import CommandLine
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book
from policygraph.model.review import Outcome
from policygraph.publishing.review_entry import YOUR_NAME, ReviewEntry, proposed_entry
from policygraph.reading.fingerprint import fingerprint
from policygraph.reading.registers.reviews import read_review
from repositories import Repo

REVIEWS = "policies/registers/reviews"
GOOD = ("--by", "Gareth Pugh", "--as", "risk-manager", "--outcome", "approved", "--today", "2026-11-25")


def entries(small: CommandLine) -> list[str]:
    folder = small.folder / REVIEWS
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_review_is_written_and_counts(small: CommandLine) -> None:
    result = small("review", "r-01", *GOOD, "--note", 'He said: "yes"')
    assert result.code == 0, result.err
    assert entries(small) == ["2026-11-25-r-01-gareth-pugh.yml"]
    text = (small.folder / REVIEWS / "2026-11-25-r-01-gareth-pugh.yml").read_text(encoding="utf-8")
    hashes = fingerprint((small.folder / "policies/risk/assessment.md").read_text(encoding="utf-8"))
    assert text == (
        'document: "R-01"\nby: "Gareth Pugh"\nas: "risk-manager"\ndate: "2026-11-25"\noutcome: "approved"\n'
        f'text: "{hashes.text}"\nsubstance: "{hashes.substance}"\nnote: "He said: \\"yes\\""\n'
    )
    assert "version: 1.0, the first approved text" in result.out
    assert "next review: not recorded, since no interval is set" in result.out
    checked = small("check", "--select", "PG5,PG43", "--format", "json", "--today", "2026-11-25")
    assert "reviews/" not in checked.out


def test_the_next_version_and_the_reason_are_said(small: CommandLine) -> None:
    small("review", "R-01", *GOOD)
    file = small.folder / "policies/risk/assessment.md"
    file.write_text(file.read_text(encoding="utf-8").replace("five", "ten"), encoding="utf-8")
    result = small("review", "R-01", *GOOD)
    assert "version: 1.0 becomes 2.0 (changed in substance: its substance has another hash" in result.out
    assert entries(small) == ["2026-11-25-r-01-gareth-pugh-2.yml", "2026-11-25-r-01-gareth-pugh.yml"]


def test_names_are_written_as_the_register_spells_them(small: CommandLine) -> None:
    result = small(
        "review",
        "R-01",
        "--by",
        " gareth  PUGH",
        "--as",
        "risk MANAGER",
        "--outcome",
        "Confirmed unchanged",
        "--format",
        "json",
    )
    data = json.loads(result.out)
    assert 'by: "Gareth Pugh"\nas: "risk-manager"' in data["entry"]
    assert 'outcome: "confirmed unchanged"' in data["entry"]
    assert data["written"] is True
    assert data["warnings"] == []


def test_a_dry_run_prints_and_writes_nothing(small: CommandLine) -> None:
    result = small("review", "R-01", *GOOD, "--dry-run")
    assert result.code == 0
    assert f"# {REVIEWS}/2026-11-25-r-01-gareth-pugh.yml\n" in result.out
    assert 'outcome: "approved"' in result.out
    assert "Nothing was written." in result.out
    assert entries(small) == []


def test_who_does_not_hold_the_role_is_warned(small: CommandLine) -> None:
    result = small("review", "R-01", "--by", "Gareth Pugh", "--as", "auditor", "--outcome", "rejected")
    assert result.code == 0
    assert "Gareth Pugh does not hold the role 'Auditor' (held by nobody)" in result.err
    assert len(entries(small)) == 1


def test_a_dry_run_does_not_claim_that_the_entry_is_written(small: CommandLine) -> None:
    who = ("--by", "Gareth Pugh", "--as", "auditor", "--outcome", "rejected")
    result = small("review", "R-01", *who, "--dry-run")
    assert "does not hold the role 'Auditor'" in result.err
    assert "is written" not in result.err
    assert entries(small) == []


def test_another_role_than_the_approver_is_said(small: CommandLine) -> None:
    file = small.folder / "policies/risk/assessment.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("owner:", "approver: auditor\nowner:"), encoding="utf-8"
    )
    result = small("review", "R-01", *GOOD)
    assert "The approver of R-01 is 'auditor', not 'risk-manager'." in result.err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"--by": "Gareth Pug"},
            "'Gareth Pug' holds no role in the register of the organisation. Did you mean 'Gareth Pugh'?",
        ),
        ({"--by": "Pugh"}, "Did you mean 'Gareth Pugh'?"),
        ({"--by": "Nobody Known"}, "Add the person to a role in registers/organisation.yml."),
        ({"--by": "  "}, "Say with --by who has looked at the document."),
        (
            {"--as": "risk-manger"},
            "There is no role 'risk-manger' in the register of the organisation. Did you mean 'risk-manager'?",
        ),
        ({"--as": "king"}, "There are: risk-manager, auditor."),
        ({"--as": ""}, "Say with --as in which role"),
        ({"--outcome": "aproved"}, "'aproved' is no outcome of a review. Did you mean 'approved'?"),
        (
            {"--outcome": "fine"},
            "It is one of: approved, approved-with-changes, confirmed-unchanged, rejected.",
        ),
        ({"--date": "2026-11-26"}, "2026-11-26 is still to come"),
        ({"--date": "yesterday"}, "does not match the format"),
    ],
)
def test_wrong_use_is_refused_and_nothing_written(
    small: CommandLine, change: dict[str, str], words: str
) -> None:
    options = {**dict(zip(GOOD[::2], GOOD[1::2], strict=True)), **change}
    result = small("review", "R-01", *(part for pair in options.items() for part in pair))
    assert result.code == 2
    assert words in " ".join(result.err.split())
    assert entries(small) == []


def test_an_unknown_document_is_refused(small: CommandLine) -> None:
    result = small("review", "R-1", *GOOD)
    assert result.code == 2
    assert "Did you mean R-01" in result.err


def test_without_a_register_any_name_will_do(small: CommandLine) -> None:
    (small.folder / "policies/registers/organisation.yml").unlink()
    result = small(
        "review", "R-01", "--by", "Zoë", "--as", "Reader", "--outcome", "approved", "--today", "2026-11-25"
    )
    assert result.code == 0, result.err
    assert entries(small) == ["2026-11-25-r-01-zoë.yml"]


def test_a_folder_that_leads_out_is_not_written_to(
    small: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (small.folder / REVIEWS).symlink_to(elsewhere)
    result = small("review", "R-01", *GOOD)
    assert result.code == 2
    assert "leads out of the handbook" in result.err
    assert list(elsewhere.iterdir()) == []


def test_two_branches_that_each_add_a_review_merge(small: CommandLine) -> None:
    repo = Repo(small.folder)
    repo.commit("2026-01-01", message="Begin")
    for branch, id in (("one", "R-01"), ("two", "R-02")):
        repo.switch("main")
        repo.branch(branch)
        assert small("review", id, *GOOD).code == 0
        repo.commit("2026-11-25", message=f"Review {id}")
    repo.switch("main")
    repo.merge("2026-11-26", "one")
    repo.merge("2026-11-26", "two")
    assert entries(small) == ["2026-11-25-r-01-gareth-pugh.yml", "2026-11-25-r-02-gareth-pugh.yml"]
    assert (
        subprocess.run(
            ["git", "status", "--porcelain"], cwd=small.folder, capture_output=True, check=True
        ).stdout
        == b""
    )


# The entry itself


@given(st.text(max_size=80), st.text(min_size=1, max_size=40), st.text(max_size=30))
def test_an_entry_reads_back_whatever_it_holds(note: str, by: str, id: str) -> None:
    def line(text: str) -> str:
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())

    person, document = line(by) or "x", line(id) or "y"
    entry = ReviewEntry(
        document, person, "ciso", dt.date(2026, 5, 1), Outcome.APPROVED, fingerprint("Text"), line(note)
    )
    review, problems = read_review(entry.text(), "one.yml")
    assert problems == ()
    assert review is not None
    assert (review.document, review.by, review.note) == (document, person, line(note))
    assert review.looked_at == entry.looked_at
    name = Path(entry.name)
    assert name.name == entry.name
    assert entry.name.startswith("2026-05-01-")
    assert not set(entry.name) & set('/\\:*?"<>| \n')


def test_a_snippet_is_ready_where_one_person_holds_the_approving_role() -> None:
    people = {
        "policies/registers/organisation.yml": "roles:\n  ciso: {holders: [Ada]}\n  board: {holders: [Bea, Cem]}\n"
    }
    made = book(
        {
            **people,
            "a.md": "---\ntitle: A\napprover: ciso\n---\nText.\n",
            "b.md": "---\ntitle: B\napprover: board\n---\nText.\n",
        }
    )
    path, text = proposed_entry(made, made.by_path["policies/a.md"], TODAY, "#12")
    assert path == f"{REVIEWS}/2026-11-23-a-ada.yml"
    assert 'by: "Ada"\nas: "ciso"\n' in text
    assert text.endswith('pull_request: "#12"\n')
    _, text = proposed_entry(made, made.by_path["policies/b.md"], TODAY)
    assert f'by: "{YOUR_NAME}"\nas: "board"\n' in text


def test_show_says_how_the_document_stands(small: CommandLine) -> None:
    small("review", "R-01", *GOOD)
    small.write(
        {
            "policies/registers/exceptions.yml": "exceptions:\n  - {id: E-1, title: Slow, departs_from: R-01, "
            'owner: auditor, because: "Few people.", expires: 2026-12-31}\n'
        }
    )
    shown = small("show", "R-01", "--today", "2026-11-25").out
    assert "version      1.0, approved 2026-11-25 by Gareth Pugh as risk-manager\n" in shown
    assert "last review  2026-11-25, approved" in shown
    assert "E-1 Slow (open until 2026-12-31)" in shown
    data = json.loads(small("show", "R-01", "--format", "json", "--today", "2026-11-25").out)
    assert data["standing"]["version"] == "1.0"
    assert [review["by"] for review in data["reviews"]] == ["Gareth Pugh"]
    assert [exception["state"] for exception in data["exceptions"]] == ["open"]
    other = small("show", "R-02", "--today", "2026-11-25").out
    assert "none: in force, and no approval is recorded" in other


def test_a_review_clears_what_a_change_has_put_in_doubt(small: CommandLine) -> None:
    def doubts() -> list[str]:
        out = small("check", "--select", "PG430", "--format", "json", "--today", "2026-11-25").out
        return [finding["message"] for finding in json.loads(out)["findings"]]

    impact = small.folder / "policies/risk/impact.md"
    repo = Repo(small.folder)
    repo.commit("2026-01-01", message="Begin")
    assert doubts() == []
    text = impact.read_text(encoding="utf-8")
    repo.commit("2026-02-01", {"policies/risk/impact.md": text.replace("Write it", "You must not write it")})
    (message,) = doubts()
    assert message.startswith("R-01 depends on R-02, which changed in substance on 2026-02-01")
    rejected = small("review", "R-01", *GOOD[:5], "rejected", *GOOD[6:])
    assert rejected.code == 0
    repo.commit("2026-02-02", message="Review")
    assert len(doubts()) == 1
    confirmed = ("review", "R-01", *GOOD[:5], "confirmed unchanged", *GOOD[6:])
    early = small(*confirmed, "--date", "2026-01-31", "--dry-run")
    assert "suspect" not in early.out
    assert len(doubts()) == 1
    result = small(*confirmed)
    assert "one reference is no longer suspect" in result.out
    assert doubts() == []
    repo.commit("2026-02-03", message="Review")
    assert doubts() == []
    # What lands after the review puts it in doubt again, whatever its clock said.
    repo.commit("2026-01-15", {"policies/risk/impact.md": text.replace("Write it", "Nobody may write it")})
    assert len(doubts()) == 1
