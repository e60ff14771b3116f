"""Records: fresh, due, never made, or simply not known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import book
from policygraph.judging.case import Case
from policygraph.judging.evidence import Evidence, Freshness
from policygraph.judging.judge import judge
from policygraph.model.interval import Interval

TODAY = dt.date(2026, 11, 25)
RECORDS = "policies/registers/records.yml"


def files(every: str, entry: str, front: str = "") -> dict[str, str]:
    found = {
        "a.md": f"---\nid: A\ntitle: A\n{front}records:\n  - what: Risk register\n{every}---\nThe register must be read.\n"
    }
    if entry:
        found[RECORDS] = f"records:\n  - document: A\n    what: Risk register\n{entry}"
    return found


def evidence(every: str, entry: str, today: dt.date = TODAY) -> Evidence:
    (found,) = Case(book(files(every, entry)), today).evidence
    return found


def codes(*parts: str, today: dt.date = TODAY, front: str = "") -> list[str]:
    found = judge(book(files(*parts, front=front)), today).findings
    return [f.code for f in found if f.code in ("PG510", "PG511", "PG512")]


QUARTERLY = "    every: 3 months\n"


@pytest.mark.parametrize(
    ("every", "entry", "freshness", "soon"),
    [
        (QUARTERLY, "    made: 2026-10-20\n", Freshness.FRESH, False),
        (QUARTERLY, "    made: 2026-09-01\n", Freshness.FRESH, True),
        (QUARTERLY, "    made: 2026-08-25\n", Freshness.FRESH, True),
        (QUARTERLY, "    made: 2026-08-24\n", Freshness.DUE, False),
        (QUARTERLY, "    made: 2026-11-26\n", Freshness.AHEAD, False),
        (QUARTERLY, "    note: nothing yet\n", Freshness.NEVER, False),
        (QUARTERLY, "", Freshness.NO_DATE, False),
        ("", "    made: 2020-01-01\n", Freshness.NO_INTERVAL, False),
        ("", "", Freshness.NO_INTERVAL, False),
        ("    every: 1 week\n", "    made: 2026-11-20\n", Freshness.FRESH, False),
        ("    every: 1 week\n", "    made: 2026-11-18\n", Freshness.FRESH, True),
    ],
)
def test_what_is_known_of_a_record(every: str, entry: str, freshness: Freshness, soon: bool) -> None:
    found = evidence(every, entry)
    assert (found.freshness, found.soon) == (freshness, soon)
    assert bool(found.lack) == (freshness is not Freshness.FRESH)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.integers(1, 40),
    st.sampled_from(["day", "week", "month", "year"]),
    st.integers(-400, 400),
)
def test_a_record_is_due_the_day_after_its_interval_has_ended(
    made: dt.date, count: int, unit: str, shift: int
) -> None:
    every = f"    every: {count} {unit}s\n"
    due = Interval(count, unit).after(made)
    today = max(made, due + dt.timedelta(days=shift))
    found = evidence(every, f"    made: {made}\n", today)
    assert (found.freshness is Freshness.DUE) == (today > due)
    assert not (found.soon and found.freshness is not Freshness.FRESH)


def test_the_findings_of_records() -> None:
    assert codes(QUARTERLY, "    made: 2026-01-20\n") == ["PG510"]
    assert codes(QUARTERLY, "    made: 2026-11-20\n") == []
    assert codes(QUARTERLY, "    note: not yet\n") == ["PG512"]
    assert codes("", "    note: not yet\n") == []
    assert codes(QUARTERLY, "    made: 2026-01-20\n", front="status: draft\n") == []
    assert (
        codes(QUARTERLY, "    made: 2026-01-20\n", front='allow: {PG510: "The tool is being replaced."}\n')
        == []
    )


def test_a_handbook_without_the_register_says_nothing_about_dates() -> None:
    assert codes(QUARTERLY, "") == []


def test_an_overdue_record_is_named_where_its_day_stands() -> None:
    (found,) = (
        f
        for f in judge(book(files(QUARTERLY, "    made: 2026-08-24\n")), TODAY).findings
        if f.code == "PG510"
    )
    assert (found.place.file, found.document, found.calendar) == (RECORDS, "policies/a.md", True)
    assert "due on 2026-11-24, one day ago" in found.message


@pytest.mark.parametrize(
    ("what", "suggestion"),
    [("Risk registr", "Risk register"), ("Risk register of the year", "Risk register"), ("Minutes", None)],
)
def test_an_entry_for_a_record_that_no_document_names(what: str, suggestion: str | None) -> None:
    handbook = book(
        {
            "a.md": "---\nid: A\ntitle: A\nrecords: [Risk register]\n---\nText.\n",
            RECORDS: f"records:\n  - document: A\n    what: {what}\n    made: 2026-01-01\n",
        }
    )
    found = judge(handbook, TODAY).findings
    assert [f.suggestion for f in found if f.code == "PG511"] == [suggestion]


def test_a_record_knows_the_promises_it_backs() -> None:
    text = "---\nid: A\ntitle: A\nrecords:\n  - {what: Risk register, every: 3 months}\n---\nThe risk register must be read every quarter.\n"
    (found,) = Case(book({"a.md": text}), TODAY).evidence
    assert [str(p.timing) for p in found.promises] == ["every 3 months"]
