"""Registers as authors write them, right and wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.model.applicability import ImplementationStatus
from policygraph.model.framework import Strength
from policygraph.model.interval import UNITS, Interval
from policygraph.model.problem import Problem, ProblemKind
from policygraph.model.review import Outcome
from policygraph.reading.registers import FILES, Registers, read_registers
from policygraph.reading.registers.expectations import shipped_expectations


def read(**texts: str) -> tuple[Registers, tuple[Problem, ...]]:
    names = {name.replace("__", "/") + ".yml": text for name, text in texts.items()}
    return read_registers({name: (f"policies/registers/{name}", text) for name, text in names.items()})


def test_applicability_keeps_controls_by_their_qualified_id_and_makes_own_controls() -> None:
    found, problems = read(
        applicability=(
            "iso-42001:\n"
            '  A.2.2: {applies: yes, because: "Law", rests_on: [R-1, AI-08], status: in part}\n'
            "  A.2.3:\n"
            "own:\n"
            "  F-1: {title: Keyword net, text: Words, applies: true, because: Harm, status: in place}\n"
        )
    )
    assert problems == ()
    first, second, own = found.applicability
    assert (first.clause, first.applies, first.because) == ("iso-42001:A.2.2", True, "Law")
    assert (first.rests_on, first.status) == (("R-1", "AI-08"), ImplementationStatus.IN_PART)
    assert (second.applies, second.status, second.because) == (None, None, "")
    assert own.clause == "own:F-1"
    assert [(c.key, c.title, c.text) for c in found.own_controls] == [("own:F-1", "Keyword net", "Words")]


def test_one_bad_entry_harms_no_other() -> None:
    found, problems = read(
        records=(
            "records:\n"
            "  - {document: A, what: Log, made: 2026-30-01}\n"
            "  - {document: A}\n"
            "  - nonsense\n"
            "  - {document: B, what: Minutes, made: 2026-05-01, retention: 5 years}\n"
        ),
        exceptions="exceptions: [\n",
        terms="terms:\n  - {term: T, definition: D}\n",
    )
    assert [(r.document, r.what, r.made) for r in found.records] == [
        ("A", "Log", None),
        ("B", "Minutes", dt.date(2026, 5, 1)),
    ]
    assert found.records[1].retention == Interval(5, "year")
    assert [t.term for t in found.organisation.terms] == ["T"]
    places = sorted((p.place.file.rpartition("/")[2], p.place.line) for p in problems)
    assert places == [("exceptions.yml", 2), ("records.yml", 2), ("records.yml", 3), ("records.yml", 4)]


def test_an_exception_says_what_it_departs_from() -> None:
    found, problems = read(
        exceptions=(
            "exceptions:\n"
            "  - id: EX-1\n    departs_from: AI-06#storage\n    owner: ciso\n    because: Old press\n"
            "    expires: 2026-12-31\n    closed: 2026-06-30\n"
            "  - {id: ex-1, departs_from: AI-07, owner: o, because: b, expires: 2026-01-01}\n"
        )
    )
    one, other = found.exceptions
    assert (one.document, one.statement, one.title) == ("AI-06", "storage", "EX-1")
    assert [p.message for p in problems] == ["Two exceptions have the id 'ex-1'."]
    assert not one.expired(dt.date(2027, 1, 1)), "it was closed"
    assert (other.expired(dt.date(2026, 1, 1)), other.expired(dt.date(2026, 1, 2))) == (False, True)
    assert (one.open(dt.date(2026, 6, 29)), one.open(dt.date(2026, 6, 30))) == (True, False)


def test_a_review_is_a_file_of_its_own() -> None:
    found, problems = read(
        reviews__one=(
            "document: AI-06\nby: Ada\nas: ciso\ndate: 2026-04-01\noutcome: Confirmed unchanged\n"
            f'text: SHA256:{"A" * 64}\nsubstance: {"b" * 64}\nnote: "Fine: no change."\npull_request: "#12"\n'
        ),
        reviews__two="document: AI-06\nby: Ada\nas: ciso\ndate: 2026-04-02\noutcome: approved\n",
        reviews__three="document: AI-06\n",
        reviews__four="",
    )
    one, two = sorted(found.reviews, key=lambda review: review.on)
    assert (one.outcome, one.note, one.pull_request) == (Outcome.CONFIRMED, "Fine: no change.", "#12")
    assert one.looked_at is not None
    assert one.looked_at.text == "a" * 64
    assert two.looked_at is None
    kinds = sorted((p.place.file.rpartition("/")[2], p.kind) for p in problems)
    assert kinds == [
        ("four.yml", ProblemKind.INVALID_REGISTER),
        ("three.yml", ProblemKind.INVALID_REGISTER),
        ("two.yml", ProblemKind.INCOMPLETE_REVIEW),
    ]


def test_what_an_outcome_does() -> None:
    assert [o for o in Outcome if o.approves] == [Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES]
    assert [o for o in Outcome if not o.clears] == [Outcome.REJECTED]


def test_expectations_ship_for_iso_42001_and_can_be_changed() -> None:
    shipped = shipped_expectations("iso-42001")
    assert len(shipped) == 52
    assert all(e.because and e.source.startswith("iso-42001:") for e in shipped)
    assert shipped_expectations("soc2") == ()
    found, problems = read(
        expectations=(
            "expectations:\n"
            '  - {from: "ISO-42001: 4.1", to: "own:F-1", why: W, strength: related}\n'
            '  - {from: "iso-42001:4.3", to: "iso-42001:4.1", drop: true}\n'
            '  - {from: 4.1, to: "own:F-1", why: W}\n'
        )
    )
    assert (found.expectations[0].source, found.expectations[0].strength) == (
        "iso-42001:4.1",
        Strength.RELATED,
    )
    assert found.dropped == {("iso-42001:4.3", "iso-42001:4.1")}
    assert [p.message for p in problems] == ["'4.1' needs its framework before it, such as iso-42001:4.1."]


@given(st.sampled_from(FILES), st.text(max_size=200))
def test_no_text_ends_in_a_traceback(name: str, text: str) -> None:
    found, problems = read_registers({name: (name, text), "reviews/x.yml": ("reviews/x.yml", text)})
    assert isinstance(found, Registers)
    assert all(problem.place.file for problem in problems)


days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
intervals = st.builds(Interval, st.integers(1, 400), st.sampled_from(UNITS))


@given(days, intervals)
def test_an_interval_ends_after_it_begins_and_a_longer_one_later(day: dt.date, every: Interval) -> None:
    assert every.after(day) >= day
    assert Interval(every.count + 1, every.unit).after(day) >= every.after(day)


@given(days, st.integers(1, 60))
def test_working_days_end_on_a_working_day(day: dt.date, count: int) -> None:
    end = Interval(count, "working day").after(day)
    between = [day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(d.weekday() < 5 for d in between) == count


@pytest.mark.parametrize(
    ("day", "every", "end"),
    [
        (dt.date(2026, 1, 31), Interval(1, "month"), dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), Interval(1, "year"), dt.date(2025, 2, 28)),
        (dt.date(2026, 11, 27), Interval(1, "working day"), dt.date(2026, 11, 30)),
        (dt.date(2026, 1, 1), Interval(36, "hour"), dt.date(2026, 1, 2)),
        (dt.date(9999, 1, 1), Interval(9000, "year"), dt.date.max),
    ],
)
def test_where_intervals_end(day: dt.date, every: Interval, end: dt.date) -> None:
    assert every.after(day) == end


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("12", 12),
        ("0", None),
        ("-3", None),
        ("many", None),
        ("1.5", None),
        ("9" * 50, None),
        ("[1]", None),
        ("", None),
    ],
)
def test_the_people_of_an_audience_are_counted(typed: str, people: int | None) -> None:
    found, problems = read(organisation=f"audiences:\n  all: {{title: All, people: {typed}}}\n")
    assert found.organisation.audiences["all"].people == people
    assert [problem.kind for problem in problems] == (
        [] if people or not typed else [ProblemKind.INVALID_REGISTER]
    )
