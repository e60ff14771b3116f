"""Remarks on reviews: shown, never hidden, and never made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from builders import REGISTERS, TODAY, book
from histories import history, reviewed
from policygraph.judging.case import Case
from policygraph.judging.people import same_person
from policygraph.judging.remarks import BULK, LATE, Remark, RemarkKind
from policygraph.model.history import History, Keeping
from policygraph.publishing.catalogues import words_in
from policygraph.words import Words, speaking

PEOPLE = {
    f"{REGISTERS}organisation.yml": "roles:\n  ciso: {title: Security, holders: [Ada King]}\n"
    "  board: {title: Board, holders: [Bea, Cem]}\n"
}
TEXT = "---\ntitle: A\nowner: ciso\napprover: board\n---\n# A\n\nYou must answer within 24 hours.\n"
LATER = TEXT.replace("24", "72")
ENTRY = f"{REGISTERS}reviews/one.yml"


def remarks(*logs: Mapping[str, str], past: History | None = None, text: str = TEXT) -> list[Remark]:
    files = {**PEOPLE, "a.md": text}
    for log in logs:
        files.update(log)
    return list(Case(book(files, history=past), TODAY).standings["policies/a.md"].remarks)


def kinds(found: list[Remark]) -> list[RemarkKind]:
    return [remark.kind for remark in found]


def good(outcome: str = "approved") -> dict[str, str]:
    return reviewed("a", "2026-05-01", TEXT, outcome, by="Bea", role="board", file="one")


def test_a_proper_approval_needs_no_remark() -> None:
    assert remarks(good()) == []


@pytest.mark.parametrize("name", ["bea", "  BEA ", "Bea\u00a0"])
def test_names_are_compared_as_people_read_them(name: str) -> None:
    assert same_person(name, "Bea")
    assert remarks(reviewed("a", "2026-05-01", TEXT, by=name, role="Board", file="one")) == []


def test_nobody_is_nobody() -> None:
    assert not same_person("", " ")


def test_who_does_not_hold_the_role() -> None:
    (found,) = remarks(reviewed("a", "2026-05-01", TEXT, by="Dee", role="board", file="one"))
    assert found.kind is RemarkKind.NOT_HOLDER
    assert found.message == "Dee does not hold the role 'Board' in the register of today."
    assert found.place.file == ENTRY


class Loud(Words):
    """A language that can be told from English."""

    def message(self, text: str, context: str = "") -> str:
        return f"!{text}"


def test_a_remark_is_said_in_the_words_of_whoever_shows_it() -> None:
    with speaking(Loud()):
        (found,) = remarks(reviewed("a", "2026-05-01", TEXT, by="Dee", role="board", file="one"))
        assert found.message == "!Dee does not hold the role 'Board' in the register of today."
    assert found.message == "Dee does not hold the role 'Board' in the register of today."


def test_pages_say_the_dates_of_a_remark_in_words() -> None:
    (found,) = remarks(reviewed("a", "2099-05-01", TEXT))
    assert found.message.startswith("Dated 2099-05-01, which is after 20")
    assert found.words.startswith("Dated 1 May 2099, which is after ")
    with speaking(words_in("de")):
        assert found.words.startswith("Datiert auf den 1. Mai 2099, ")


def test_a_role_that_is_not_the_approver() -> None:
    (found,) = remarks(reviewed("a", "2026-05-01", TEXT, by="Ada King", role="ciso"))
    assert found.kind is RemarkKind.NOT_APPROVER
    assert found.message == "Approved as 'Security'; the approver is 'Board'."


def test_a_confirmation_may_come_from_any_role() -> None:
    later = reviewed("a", "2026-06-01", TEXT, "confirmed unchanged", by="Ada King")
    assert remarks(good(), later) == []


def test_ones_own_change() -> None:
    past = history({"a.md": ((0, "2026-01-01", LATER, "Ann"), (1, "2026-04-01", TEXT, "BEA"))})
    (found,) = remarks(good(), past=past)
    assert found.kind is RemarkKind.OWN_CHANGE
    assert "changed in 00000001" in found.message
    others = history({"a.md": ((0, "2026-01-01", LATER, "Bea"), (1, "2026-04-01", TEXT, "Ann"))})
    assert remarks(good(), past=others) == []


def test_an_entry_that_somebody_else_committed() -> None:
    past = history({"a.md": ((0, "2026-01-01", TEXT),), ENTRY: ((1, "2026-05-02", "x", "Ann"),)})
    (found,) = remarks(good(), past=past)
    assert found.kind is RemarkKind.ENTERED_BY_OTHER
    assert found.message == "The entry was committed by Ann, not by Bea."
    own = history({"a.md": ((0, "2026-01-01", TEXT),), ENTRY: ((1, "2026-05-02", "x", "bea"),)})
    assert remarks(good(), past=own) == []


def test_many_reviews_on_one_day() -> None:
    files = {f"d{number}.md": f"---\ntitle: D{number}\n---\nText.\n" for number in range(BULK)}
    logs: dict[str, str] = {}
    for number in range(BULK):
        name = "Bea" if number else "bea"
        logs |= reviewed(f"d{number}", "2026-05-01", None, by=name, role="board", file=f"r{number}")
    case = Case(book({**PEOPLE, **files, **logs}), TODAY)
    found = [r for s in case.standings.values() for r in s.remarks if r.kind is RemarkKind.BULK]
    assert len(found) == BULK
    assert found[0].message.startswith(f"One of {BULK} reviews by ")
    fewer = {name: text for name, text in logs.items() if not name.endswith("r0.yml")}
    case = Case(book({**PEOPLE, **files, **fewer}), TODAY)
    assert not [r for s in case.standings.values() for r in s.remarks if r.kind is RemarkKind.BULK]


def test_a_text_that_is_nowhere_in_the_history() -> None:
    past = history({"a.md": ((0, "2026-01-01", LATER),)})
    assert kinds(remarks(good(), past=past, text=LATER)) == [RemarkKind.UNKNOWN_TEXT]
    # The text on disk is there to be seen, and a history in part cannot say what was never there.
    assert remarks(good(), past=past) == []
    part = history({"a.md": ((0, "2026-01-01", LATER),)}, keeping=Keeping.SHALLOW)
    assert remarks(good(), past=part, text=LATER) == []
    assert remarks(good(), text=LATER) == []


def test_an_entry_without_hashes() -> None:
    found = remarks(reviewed("a", "2026-05-01", None, by="Bea", role="board"))
    assert kinds(found) == [RemarkKind.NO_TEXT]


def test_confirming_what_is_not_what_was_approved() -> None:
    confirmed = reviewed("a", "2026-06-01", LATER, "confirmed unchanged", by="Bea", role="board")
    assert kinds(remarks(good(), confirmed, text=LATER)) == [RemarkKind.OTHER_TEXT]
    assert kinds(remarks(confirmed, text=LATER)) == [RemarkKind.NOTHING_TO_CONFIRM]


def test_a_rejection_that_stands() -> None:
    rejected = reviewed("a", "2026-06-01", TEXT, "rejected", by="Cem", role="board")
    assert kinds(remarks(good(), rejected)) == [RemarkKind.REJECTED]
    again = reviewed("a", "2026-07-01", TEXT, by="Cem", role="board")
    assert remarks(good(), rejected, again) == []


def test_an_entry_of_a_day_to_come() -> None:
    found = remarks(reviewed("a", "2027-01-01", TEXT, by="Bea", role="board"))
    assert kinds(found) == [RemarkKind.LATER]


# Dates that history does not bear out


@pytest.mark.parametrize(("late", "remarked"), [(0, False), (LATE, False), (LATE + 1, True), (200, True)])
def test_an_entry_that_came_long_after_its_date(late: int, remarked: bool) -> None:
    day = (dt.date(2026, 5, 1) + dt.timedelta(late)).isoformat()
    past = history({"a.md": ((0, "2026-01-01", TEXT),), ENTRY: ((1, day, "x", "Bea"),)})
    found = remarks(good(), past=past)
    assert [(r.kind, r.message) for r in found] == (
        [(RemarkKind.ENTERED_LATE, f"Entered {late} days after its date.")] if remarked else []
    )


def test_an_old_entry_that_is_in_no_commit() -> None:
    past = history({"a.md": ((0, "2026-01-01", TEXT),)}, uncommitted=(ENTRY,))
    (found,) = remarks(good(), past=past)
    assert found.kind is RemarkKind.ENTERED_LATE
    assert found.message == "Not committed yet, 206 days after its date."
    today = reviewed("a", TODAY.isoformat(), TEXT, by="Bea", role="board", file="one")
    assert remarks(today, past=past) == []


@pytest.mark.parametrize(("came", "days"), [("2026-05-08", 0), ("2026-05-09", 8)])
def test_a_text_that_came_long_after_the_review(came: str, days: int) -> None:
    past = history({"a.md": ((0, "2026-01-01", LATER, "Ann"), (1, came, TEXT, "Ann"))})
    found = remarks(good(), past=past)
    message = f"The text it names came onto the branch {days} days after the review's date."
    assert [(r.kind, r.message) for r in found] == ([(RemarkKind.TEXT_LATE, message)] if days else [])


def test_a_text_that_was_there_before_it_came_again() -> None:
    states = ((0, "2026-01-01", TEXT), (1, "2026-02-01", LATER), (2, "2026-10-01", TEXT))
    assert remarks(good(), past=history({"a.md": states})) == []


def test_a_review_dated_before_any_text() -> None:
    past = history({"a.md": ((0, "2026-06-01", TEXT), (1, "2026-07-01", LATER))})
    for text in (TEXT, LATER):
        log = reviewed("a", "2026-05-01", text, by="Bea", role="board", file="one")
        (found,) = remarks(log, past=past, text=LATER)
        assert found.kind is RemarkKind.NOTHING_THERE
        assert found.message == (
            "No text of a was on the branch before 2026-06-01, 31 days after the review's date."
        )


def test_a_history_in_part_says_nothing_of_dates() -> None:
    states = {"a.md": ((0, "2026-06-01", TEXT),), ENTRY: ((1, "2026-09-01", "x", "Bea"),)}
    assert remarks(good(), past=history(states, keeping=Keeping.SHALLOW)) == []
    assert len(remarks(good(), past=history(states))) == 2
