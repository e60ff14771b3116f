"""The author's reason for a change: from the review, else from the commit, else nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from histories import commit
from policygraph.judging.reasons import LONGEST, one_line, reason_of, without_noise
from policygraph.model.place import Place
from policygraph.model.review import Outcome, Review


def review(note: str, outcome: Outcome = Outcome.APPROVED) -> Review:
    return Review("a", "Ada", "ciso", dt.date(2026, 1, 1), outcome, Place("r.yml"), note=note)


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Answer within 4 hours", "Answer within 4 hours"),
        ("docs(AI-06)!: answer within 4 hours (#12)", "Answer within 4 hours"),
        ("feat: answer within 4 hours", "Answer within 4 hours"),
        (":memo: answer within 4 hours", "Answer within 4 hours"),
        ("✨ answer within 4 hours [skip ci]", "Answer within 4 hours"),
        ("[HB-3] answer within 4 hours (!7)", "Answer within 4 hours"),
        ("AI-06: answer within 4 hours", "Answer within 4 hours"),
        ("Merged PR 42: Answer within 4 hours", "Answer within 4 hours"),
        ("fixup! docs: answer within 4 hours", "Answer within 4 hours"),
        ("Fristen gekürzt, weil Kunden warten", "Fristen gekürzt, weil Kunden warten"),
        ("苦情への回答期限を短縮する", "苦情への回答期限を短縮する"),
        ("“Red lines” are for suppliers too", "“Red lines” are for suppliers too"),
    ],
)
def test_of_a_subject_stays_what_a_person_meant(subject: str, told: str) -> None:
    assert without_noise(subject) == told


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "wip",
        "Update",
        "minor changes",
        "Initial commit",
        "Update policies/ai-06.md",
        "Create ai-06.md",
        "Rename a.md to b.md",
        "Add files via upload",
        "Merge branch 'main' into orders",
        "Merge pull request #7 from ada/orders",
        "Merge remote-tracking branch 'origin/main'",
        "Merged in orders (pull request #3)",
        "Bump actions/checkout from 4 to 5",
        "Apply suggestions from code review",
        "fix: typo",
        "#123",
        "...",
        "AI-06",
    ],
)
def test_what_only_tools_or_haste_put_there_is_no_reason(subject: str) -> None:
    assert without_noise(subject) == ""


def test_whoever_looked_at_the_text_comes_before_whoever_wrote_the_commit() -> None:
    made = replace(commit(1, "2026-01-05"), subject="Answer sooner, at last")
    assert reason_of(made, []) == "Answer sooner, at last"
    assert (
        reason_of(made, [review(""), review("Customers\nwaited too long.")]) == "Customers waited too long."
    )
    assert reason_of(made, [review("No!", Outcome.REJECTED)]) == "Answer sooner, at last"


def test_the_organisation_s_own_name_before_a_colon_tells_nobody_anything() -> None:
    made = replace(commit(1, "2026-01-05"), subject="Fernway: answer sooner, at last")
    assert reason_of(made, [], ("Fernway", "")) == "Answer sooner, at last"
    assert reason_of(made, [], ("Other", "")) == "Fernway: answer sooner, at last"


def test_a_bot_has_no_reason() -> None:
    made = replace(commit(1, "2026-01-05", bot=True), subject="Answer sooner, at last")
    assert reason_of(made, []) == ""


def test_a_merge_is_explained_by_the_title_of_its_request() -> None:
    made = replace(
        commit(1, "2026-01-05"), subject="Merge pull request #7 from ada/x", about="feat: Orders by telephone"
    )
    assert reason_of(made, []) == "Orders by telephone"


def test_what_nobody_sees_is_taken_out_of_a_reason() -> None:
    assert one_line("a\u202eb\x00c\u200bd\n\ne\x1b[31m") == "a b c d e [31m"


@given(st.text(max_size=600))
def test_any_text_gives_one_line_that_can_be_shown_and_stays_the_same(text: str) -> None:
    line = without_noise(text)
    assert len(line) <= LONGEST + 1
    assert all(character.isprintable() or character.isspace() for character in line if character < "\x7f")
    assert "\n" not in line
    assert not any("\ud800" <= character <= "\udfff" for character in line)
