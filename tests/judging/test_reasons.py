"""The author's reason for a change: from the review, else from the commit, else nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from histories import commit
from policygraph.judging.reasons import LONGEST, one_line, reason_of, without_noise
from policygraph.model.history import Commit
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


NAMES = (
    "AI-06",
    "Incidents",
    "Responsible use of AI",
    "Notfälle",
    "incident-process.md",
    "incident-process",
    "苦情対応",
)


def mixed(subject: str, *paragraphs: str, inside: int = 1, beside: int = 2, about: str = "") -> Commit:
    made = commit(1, "2026-01-05")
    return replace(made, subject=subject, paragraphs=paragraphs, inside=inside, beside=beside, about=about)


@pytest.mark.parametrize(
    ("inside", "beside", "told"),
    [(1, 0, True), (60, 0, True), (0, 0, True), (2, 1, True), (62, 1, True), (1, 1, False), (33, 31, False)],
)
def test_a_subject_counts_where_two_of_three_files_are_the_handbook_s(
    inside: int, beside: int, told: bool
) -> None:
    made = mixed("Answer within 4 hours", inside=inside, beside=beside)
    assert reason_of(made, [], (), NAMES) == ("Answer within 4 hours" if told else "")
    merged = mixed("Merge branch 'x'", about="Answer within 4 hours", inside=inside, beside=beside)
    assert reason_of(merged, [], (), NAMES) == ("Answer within 4 hours" if told else "")


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("The finder is quicker; AI-06: answer within 4 hours", "Answer within 4 hours"),
        ("AI-06: answer within 4 hours; the finder is quicker", "Answer within 4 hours"),
        ("docs(AI-06)!: answer within 4 hours (#12)", "Answer within 4 hours"),
        ("docs(incidents): answer within 4 hours", "Answer within 4 hours"),
        ("Incidents: answer within 4 hours", "Answer within 4 hours"),
        ("Notfälle: Antwort in 4 Stunden", "Antwort in 4 Stunden"),
        ("Tests mend. `ai-06` says 4 hours, since tenants wait", "`ai-06` says 4 hours, since tenants wait"),
        ("Say in incident-process.md who is called", "Say in incident-process.md who is called"),
        ("Responsible use of AI names a person", "Responsible use of AI names a person"),
        ("苦情対応は四時間以内に回答する", "苦情対応は四時間以内に回答する"),
        ("Count incidents in the parser", ""),
        ("The parser reads AI-061 and XAI-06 and AI-06-b", ""),
        ("We think about responsible use of AI in tests", ""),
        ("Update incident-process.md; the finder is quicker", ""),
        ("The finder is quicker", ""),
    ],
)
def test_of_another_commit_only_the_part_that_names_the_document_is_a_reason(subject: str, told: str) -> None:
    assert reason_of(mixed(subject), [], (), NAMES) == told


def test_a_paragraph_of_the_message_may_name_the_document() -> None:
    body = ("The finder knows more words.", "AI-06 asks within 4 hours, since tenants waited too long.")
    assert reason_of(mixed("The finder is quicker", *body), [], (), NAMES) == body[1]
    long = "Much was done to the finder, and more is to be done to it. " * 6
    assert reason_of(mixed("Finder", f"{long}AI-06: 4 hours for tenants. {long}"), [], (), NAMES) == (
        "4 hours for tenants."
    )
    assert reason_of(mixed("Finder", "AI-07 asks within 4 hours."), [], (), NAMES) == ""
    assert reason_of(replace(mixed("Finder", *body), bot=True), [], (), NAMES) == ""


def test_where_the_subject_tells_nothing_the_message_still_may() -> None:
    made = mixed("wip", "AI-06 asks within 4 hours.", beside=0)
    assert reason_of(made, [], (), NAMES) == "AI-06 asks within 4 hours."


@given(st.text(max_size=60), st.lists(st.text(max_size=400), max_size=3), st.text(min_size=1, max_size=8))
def test_a_reason_of_a_mixed_commit_is_one_line_of_its_message(
    subject: str, paragraphs: list[str], name: str
) -> None:
    line = reason_of(mixed(subject, *paragraphs), [], (), (name,))
    said = one_line(" ".join((subject, *paragraphs))).casefold()
    assert len(line) <= LONGEST + 1
    if len(said) <= LONGEST:
        assert line[1:].casefold() in said


def test_what_nobody_sees_is_taken_out_of_a_reason() -> None:
    assert one_line("a\u202eb\x00c\u200bd\n\ne\x1b[31m") == "a b c d e [31m"


@given(st.text(max_size=600))
def test_any_text_gives_one_line_that_can_be_shown_and_stays_the_same(text: str) -> None:
    line = without_noise(text)
    assert len(line) <= LONGEST + 1
    assert all(character.isprintable() or character.isspace() for character in line if character < "\x7f")
    assert "\n" not in line
    assert not any("\ud800" <= character <= "\udfff" for character in line)


def test_names_that_a_message_does_not_hold_take_no_time() -> None:
    names = [f"AI-{number}" for number in range(20_000)]
    beside = replace(commit(1, "2026-01-01"), subject="Licence headers everywhere", inside=1, beside=9)
    began = process_time()
    assert reason_of(beside, (), (), names) == ""
    assert process_time() - began < 2
