"""Versions, approvals and due reviews, out of the review log and the texts in history."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import REGISTERS, TODAY, book
from histories import State, history, reviewed
from policygraph.judging.case import Case
from policygraph.judging.standing import Standing, Version
from policygraph.judging.texts import BY_HASH_ONLY
from policygraph.model.change import ChangeKind
from policygraph.model.history import History, Keeping
from policygraph.model.interval import Interval

PEOPLE = {
    f"{REGISTERS}organisation.yml": "roles:\n  ciso: {title: Security, holders: [Ada]}\n"
    "  board: {title: Board, holders: [Bea]}\n"
}
KEYS = "title: A\nowner: ciso\napprover: ciso\neffective: 2026-01-01\nreview_every: 12 months"
DAYS_24 = f"---\n{KEYS}\n---\n# A\n\nYou must answer within 24 hours of the call.\n"
DAYS_72 = DAYS_24.replace("24", "72")
SPACED = DAYS_24.replace("answer within", "answer  within")


def standing(
    text: str, *logs: Mapping[str, str], day: dt.date = TODAY, past: History | None = None, settings: str = ""
) -> Standing:
    files = {**PEOPLE, "a.md": text}
    for log in logs:
        files.update(log)
    return Case(book(files, settings, history=past), day).standings["policies/a.md"]


def of_a(*states: State) -> History:
    return history({"a.md": states})


# Versions


def test_the_first_approved_text_is_version_one() -> None:
    found = standing(DAYS_24, reviewed("a", "2026-02-01", DAYS_24))
    assert str(found.version) == "1.0"
    assert found.approval is not None
    assert found.approval.review.by == "Ada"
    assert found.changed is not None
    assert found.changed.kind is ChangeKind.NONE
    assert not found.unapproved


def test_a_change_of_substance_makes_a_major_and_an_editorial_one_a_minor() -> None:
    past = of_a((0, "2026-01-01", DAYS_24), (1, "2026-03-01", SPACED), (2, "2026-05-01", DAYS_72))
    found = standing(
        DAYS_72,
        reviewed("a", "2026-02-01", DAYS_24),
        reviewed("a", "2026-04-01", SPACED),
        reviewed("a", "2026-06-01", DAYS_72),
        past=past,
    )
    assert [str(approval.version) for approval in found.approvals] == ["1.0", "1.1", "2.0"]
    change = found.approvals[-1].change
    assert change is not None
    assert change.reasons == ("“24” became “72”",)
    assert [a.revision.commit.order for a in found.approvals if a.revision] == [0, 1, 2]


def test_approving_the_same_text_again_is_no_new_version() -> None:
    found = standing(
        DAYS_24, reviewed("a", "2026-02-01", DAYS_24), reviewed("a", "2026-05-01", DAYS_24, by="Bea")
    )
    assert str(found.version) == "1.0"
    assert found.approval is not None
    assert found.approval.review.by == "Bea"


def test_without_the_texts_the_hashes_of_the_substance_decide() -> None:
    editorial = standing(SPACED, reviewed("a", "2026-02-01", DAYS_24), reviewed("a", "2026-03-01", SPACED))
    assert str(editorial.version) == "1.1"
    weighty = standing(DAYS_72, reviewed("a", "2026-02-01", DAYS_24), reviewed("a", "2026-03-01", DAYS_72))
    assert str(weighty.version) == "2.0"
    change = weighty.approvals[-1].change
    assert change is not None
    assert change.reasons == (BY_HASH_ONLY,)


def test_what_nobody_can_compare_counts_as_substance() -> None:
    found = standing(DAYS_24, reviewed("a", "2026-02-01", None), reviewed("a", "2026-03-01", DAYS_24))
    assert str(found.version) == "2.0"
    assert found.approvals[-1].change is None


def test_texts_in_history_overrule_a_substance_hash_that_somebody_typed() -> None:
    log = {
        name: text.replace("substance: ", "substance: sha256:")
        for name, text in reviewed("a", "2026-02-01", DAYS_24).items()
    }
    forged = {
        name: text[: text.index("substance")] + f'substance: "{"0" * 64}"\n' for name, text in log.items()
    }
    found = standing(SPACED, forged, past=of_a((0, "2026-01-01", DAYS_24), (1, "2026-03-01", SPACED)))
    assert found.changed is not None
    assert found.changed.kind is ChangeKind.EDITORIAL


# What the outcomes do


def test_confirming_moves_the_next_review_and_nothing_else() -> None:
    approved = reviewed("a", "2026-02-01", DAYS_24)
    before = standing(DAYS_24, approved)
    after = standing(
        DAYS_24, approved, reviewed("a", "2026-09-01", DAYS_24, "confirmed unchanged", by="Bea", role="board")
    )
    assert (after.version, after.approval, after.changed) == (before.version, before.approval, before.changed)
    assert before.next_review == dt.date(2027, 2, 1)
    assert after.next_review == dt.date(2027, 9, 1)


def test_a_rejection_clears_nothing() -> None:
    approved = reviewed("a", "2026-02-01", DAYS_24)
    after = standing(DAYS_24, approved, reviewed("a", "2026-09-01", DAYS_24, "rejected"))
    before = standing(DAYS_24, approved)
    assert after.next_review == before.next_review
    assert (after.version, after.approval) == (before.version, before.approval)
    assert len(after.reviews) == 2


def test_approved_with_changes_approves() -> None:
    assert (
        str(standing(DAYS_24, reviewed("a", "2026-02-01", DAYS_24, "approved with changes")).version) == "1.0"
    )


# The text since


@pytest.mark.parametrize(
    ("text", "kind", "unapproved"),
    [
        (DAYS_24, ChangeKind.NONE, False),
        (SPACED, ChangeKind.EDITORIAL, False),
        (DAYS_72, ChangeKind.SUBSTANCE, True),
    ],
)
def test_the_text_of_today_is_compared_with_the_approved_one(
    text: str, kind: ChangeKind, unapproved: bool
) -> None:
    past = of_a((0, "2026-01-01", DAYS_24), (1, "2026-03-01", text))
    found = standing(text, reviewed("a", "2026-02-01", DAYS_24), past=past)
    assert found.changed is not None
    assert found.changed.kind is kind
    assert found.unapproved is unapproved
    assert found.approval is not None
    assert found.approval.revision == past.of("policies/a.md")[0]


def test_an_approval_without_hashes_leaves_the_rest_unknown() -> None:
    found = standing(DAYS_72, reviewed("a", "2026-02-01", None), past=of_a((0, "2026-01-01", DAYS_72)))
    assert found.changed is None
    assert not found.unapproved


def test_a_handbook_without_reviews_is_not_accused() -> None:
    found = standing(DAYS_24)
    assert not found.unapproved
    assert found.version is None
    assert found.changed is None


def test_in_force_without_approval_where_others_are_reviewed() -> None:
    files = {
        **PEOPLE,
        "a.md": DAYS_24,
        "b.md": "---\ntitle: B\n---\nText.\n",
        **reviewed("b", "2026-02-01", "x"),
    }
    case = Case(book(files), TODAY)
    assert case.standings["policies/a.md"].unapproved
    draft = {**files, "a.md": DAYS_24.replace("owner", "status: draft\nowner")}
    assert not Case(book(draft), TODAY).standings["policies/a.md"].unapproved


def test_a_rename_keeps_the_approval() -> None:
    past = history({"a.md": ((0, "2026-01-01", DAYS_24), (1, "2026-03-01", DAYS_24))})
    found = standing(DAYS_24, reviewed("a", "2026-02-01", DAYS_24), past=past)
    assert found.approval is not None
    assert found.approval.revision is not None
    assert found.approval.revision.commit.order == 0


# Dates


def test_the_next_review_counts_from_the_effective_date_where_nobody_has_reviewed() -> None:
    assert standing(DAYS_24).next_review == dt.date(2027, 1, 1)
    assert standing(DAYS_24.replace("effective: 2026-01-01\n", "")).next_review is None
    assert standing(DAYS_24.replace("\nreview_every: 12 months", "")).next_review is None


def test_the_interval_of_the_settings_serves_documents_without_one() -> None:
    text = DAYS_24.replace("\nreview_every: 12 months", "")
    found = standing(text, settings="review_every: 6 months\n")
    assert found.next_review == dt.date(2026, 7, 1)
    assert found.overdue


def test_overdue_begins_the_day_after() -> None:
    log = reviewed("a", "2025-11-23", DAYS_24)
    assert not standing(DAYS_24, log, day=dt.date(2026, 11, 23)).overdue
    assert standing(DAYS_24, log, day=dt.date(2026, 11, 24)).overdue


def test_retired_documents_and_drafts_are_never_due() -> None:
    for status in ("retired", "draft"):
        found = standing(DAYS_24.replace("owner", f"status: {status}\nowner"), day=dt.date(2030, 1, 1))
        assert found.next_review is None
        assert not found.overdue


def test_a_review_of_a_later_day_does_not_count_yet() -> None:
    log = reviewed("a", "2026-05-01", DAYS_24)
    assert standing(DAYS_24, log, day=dt.date(2026, 4, 30)).version is None
    assert standing(DAYS_24, log, day=dt.date(2026, 5, 1)).version is not None


def test_reviews_of_one_day_count_as_they_came_onto_the_branch() -> None:
    first = reviewed("a", "2026-05-01", DAYS_24, file="z")
    second = reviewed("a", "2026-05-01", DAYS_72, file="b")
    past = history(
        {
            "a.md": ((0, "2026-05-01", DAYS_24), (2, "2026-05-01", DAYS_72)),
            f"{REGISTERS}reviews/z.yml": ((1, "2026-05-01", "x"),),
            f"{REGISTERS}reviews/b.yml": ((3, "2026-05-01", "x"),),
        }
    )
    found = standing(DAYS_72, first, second, past=past)
    assert str(found.version) == "2.0"
    assert found.changed is not None
    assert found.changed.kind is ChangeKind.NONE


def test_a_shallow_history_makes_nothing_up() -> None:
    past = history({"a.md": ((0, "2026-10-01", DAYS_72),)}, keeping=Keeping.SHALLOW)
    found = standing(DAYS_72, reviewed("a", "2026-02-01", DAYS_24), past=past)
    assert found.approval is not None
    assert found.approval.revision is None
    assert found.changed is not None
    assert found.changed.reasons == (BY_HASH_ONLY,)


# Properties

TEXTS = (DAYS_24, SPACED, DAYS_72)
DAYS = st.dates(dt.date(2026, 1, 1), TODAY)
OUTCOMES = st.sampled_from(("approved", "approved with changes", "confirmed unchanged", "rejected"))
LOGS = st.lists(
    st.tuples(DAYS, st.sampled_from((*TEXTS, None)), OUTCOMES), max_size=6, unique_by=lambda e: e[0]
)


def logged(entries: list[tuple[dt.date, str | None, str]]) -> list[dict[str, str]]:
    return [reviewed("a", str(day), text, outcome) for day, text, outcome in entries]


@given(LOGS)
def test_versions_never_fall_and_begin_with_one(entries: list[tuple[dt.date, str | None, str]]) -> None:
    past = of_a(*((number, "2026-01-01", text) for number, text in enumerate(TEXTS)))
    versions = [approval.version for approval in standing(DAYS_72, *logged(entries), past=past).approvals]
    assert versions == sorted(versions)
    assert versions[:1] in ([], [Version(1, 0)])
    for old, new in itertools.pairwise(versions):
        assert new in (old, Version(old.major, old.minor + 1), Version(old.major + 1, 0))


@given(LOGS, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(
    entries: list[tuple[dt.date, str | None, str]], random: object
) -> None:
    names = [f"n{number}" for number in range(len(entries))]
    random.shuffle(names)  # type: ignore[attr-defined]
    shuffled = [
        reviewed("a", str(day), text, outcome, file=name)
        for (day, text, outcome), name in zip(entries, names, strict=True)
    ]
    one, other = standing(DAYS_72, *logged(entries)), standing(DAYS_72, *shuffled)
    assert (one.version, one.next_review, one.changed) == (other.version, other.next_review, other.changed)


@given(LOGS, DAYS)
def test_confirming_changes_nothing_but_dates(
    entries: list[tuple[dt.date, str | None, str]], day: dt.date
) -> None:
    before = standing(DAYS_72, *logged(entries))
    after = standing(
        DAYS_72, *logged(entries), reviewed("a", str(day), DAYS_72, "confirmed unchanged", file="confirmed")
    )
    assert after.version == before.version
    assert after.changed == before.changed
    assert [a.version for a in after.approvals] == [a.version for a in before.approvals]
    assert after.next_review is not None
    assert before.next_review is not None
    # Without any review the effective date stands in, which no review here can precede.
    assert after.next_review >= before.next_review


@given(DAYS, st.builds(Interval, st.integers(1, 48), st.sampled_from(("day", "week", "month", "year"))))
def test_the_next_review_is_the_last_one_plus_the_interval(day: dt.date, every: Interval) -> None:
    text = DAYS_24.replace("12 months", str(every))
    found = standing(text, reviewed("a", str(day), text))
    assert found.next_review == every.after(day)
    assert found.overdue is (every.after(day) < TODAY)
