"""The ladder: what each rung rests on, and what never moves it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book
from policygraph.judging.case import Case
from policygraph.judging.coverage import Coverage, Rung, counted

ROLES = "policies/registers/organisation.yml"
RECORDS = "policies/registers/records.yml"
APPLICABILITY = "policies/registers/applicability.yml"
OWN = "own:\n  F-1: {title: Keyword net, applies: true}\n"
KEY = "own:F-1"


@dataclass(frozen=True)
class Kept:
    """A record in a plan."""

    every: str = ""
    made: dt.date | None = None


@dataclass(frozen=True)
class Plan:
    """A document in a plan."""

    answers: bool = True
    mentions: bool = False
    status: str = "active"
    effective: dt.date | None = None
    expires: dt.date | None = None
    owner: str = ""
    records: tuple[Kept, ...] = ()

    def text(self) -> str:
        keys = [f"status: {self.status}"]
        if self.answers:
            keys.append(f'satisfies: ["{KEY}"]')
        keys += [f"owner: {self.owner}"] * bool(self.owner)
        keys += [f"effective: {self.effective}"] * bool(self.effective)
        keys += [f"expires: {self.expires}"] * bool(self.expires)
        if self.records:
            keys.append("records:")
        for number, record in enumerate(self.records):
            keys.append(f"  - what: Log {number}")
            keys += [f"    every: {record.every}"] * bool(record.every)
        mention = f"See [[{KEY}]]." if self.mentions else ""
        return "---\n" + "\n".join(keys) + f"\n---\n# Title\n\n{mention}\n"


def covered(plans: tuple[Plan, ...], today: dt.date = TODAY, excluded: bool = False) -> Coverage:
    files = {f"d{number}.md": plan.text() for number, plan in enumerate(plans)}
    files[ROLES] = (
        "roles:\n  held: {title: Guard, holders: [Ann, Bob]}\n  empty: {title: Ghost, holders: []}\n"
    )
    files[APPLICABILITY] = OWN.replace("true", "false") if excluded else OWN
    entries = [
        f"  - {{document: d{number}, what: Log {index}, made: {record.made}}}"
        for number, plan in enumerate(plans)
        for index, record in enumerate(plan.records)
        if record.made
    ]
    if entries:
        files[RECORDS] = "records:\n" + "\n".join(entries) + "\n"
    handbook = book(files)
    assert not handbook.problems
    return Case(handbook, today).coverage[KEY]


LAST_MONTH = TODAY - dt.timedelta(days=30)
FRESH = Plan(owner="held", records=(Kept("3 months", LAST_MONTH),))


@pytest.mark.parametrize(
    ("plan", "rung", "lack"),
    [
        (Plan(answers=False), Rung.UNANSWERED, "No document answers it, and none mentions it."),
        (Plan(answers=False, mentions=True), Rung.MENTIONED, "none says that it answers it"),
        (Plan(status="draft"), Rung.MENTIONED, "d0 says that it answers it, but is not in force."),
        (Plan(expires=TODAY - dt.timedelta(days=1)), Rung.MENTIONED, "not in force"),
        (Plan(), Rung.ANSWERED, "d0 names no owner."),
        (Plan(owner="empty"), Rung.ANSWERED, "Nobody holds “Ghost”, the role that owns d0."),
        (Plan(owner="held"), Rung.OWNED, "d0 names no record."),
        (replace(FRESH, records=(Kept(),)), Rung.EVIDENCED, "“Log 0”: no interval is known, so nobody can say"),
        (replace(FRESH, records=(Kept("1 month"),)), Rung.EVIDENCED, "Nobody has recorded when “Log 0”"),
        (
            replace(FRESH, records=(Kept("1 month", dt.date(2026, 9, 1)),)),
            Rung.EVIDENCED,
            "“Log 0” was last made on 1 September 2026 and is due since 1 October 2026.",
        ),
        (
            replace(FRESH, records=(Kept("1 month", dt.date(2027, 1, 1)),)),
            Rung.EVIDENCED,
            "“Log 0” is dated 1 January 2027, which is still to come.",
        ),
        (replace(FRESH, records=(Kept(), Kept("1 month", dt.date(2026, 10, 23)))), Rung.FRESH, ""),
    ],
)  # fmt: skip
def test_a_clause_climbs_one_rung_at_a_time(plan: Plan, rung: Rung, lack: str) -> None:
    found = covered((plan,))
    assert found.rung is rung
    assert lack in found.lack
    assert bool(found.lack) == bool(lack)


def test_the_last_day_of_the_interval_is_still_fresh() -> None:
    plan = replace(FRESH, records=(Kept("1 month", dt.date(2026, 10, 23)),))
    assert covered((plan,), dt.date(2026, 11, 23)).rung is Rung.FRESH
    assert covered((plan,), dt.date(2026, 11, 24)).rung is Rung.EVIDENCED


def test_rungs_are_met_along_one_document_and_the_best_counts() -> None:
    recorded_by_nobody = Plan(records=(Kept("3 months", LAST_MONTH),))
    found = covered((recorded_by_nobody, Plan(owner="held"), Plan(status="draft", owner="held")))
    assert found.rung is Rung.OWNED
    assert [a.document.id for a in found.answers] == ["d1", "d0", "d2"]
    assert found.best is not None
    assert found.best.footing.holders == ("Ann", "Bob")
    assert [a.document.id for a in found.in_force] == ["d1", "d0"]


def test_a_control_that_does_not_apply_stands_on_no_rung_but_keeps_what_answers_it() -> None:
    found = covered((FRESH,), excluded=True)
    assert (found.rung, found.word, len(found.answers)) == (None, "not applicable", 1)
    numbers = counted([found, covered((FRESH,)), covered(())])
    assert (numbers[None], numbers[Rung.FRESH], numbers[Rung.UNANSWERED], numbers[Rung.OWNED]) == (1, 1, 1, 0)


def test_a_statements_mapping_keeps_its_passage() -> None:
    files = {"a.md": f'A net must catch gas leaks. {{ satisfies="{KEY}" }}\n', APPLICABILITY: OWN}
    (answering,) = Case(book(files), TODAY).coverage[KEY].answers
    (mapping,) = answering.mappings
    assert mapping.passage is not None
    assert mapping.passage.sentence.startswith("A net must catch gas leaks.")


days = st.dates(TODAY - dt.timedelta(days=800), TODAY)
later = st.dates(TODAY, TODAY + dt.timedelta(days=800))
kept = st.builds(Kept, st.sampled_from(["", "1 day", "1 month", "2 weeks", "1 year"]), st.none() | days)
plans = st.builds(
    Plan,
    answers=st.booleans(),
    mentions=st.booleans(),
    status=st.sampled_from(["active", "active", "draft", "retired"]),
    effective=st.none() | days,
    expires=st.none() | later,
    owner=st.sampled_from(["", "held", "empty"]),
    records=st.lists(kept, max_size=2).map(tuple),
)
many = st.lists(plans, max_size=3).map(tuple)


def rung(*given: Plan, today: dt.date = TODAY) -> Rung:
    found = covered(given, today).rung
    assert found is not None
    return found


@given(many, plans)
def test_another_document_never_lowers_a_rung(some: tuple[Plan, ...], more: Plan) -> None:
    assert rung(*some) <= rung(*some, more)


@given(many, plans)
def test_a_holder_never_lowers_a_rung(some: tuple[Plan, ...], one: Plan) -> None:
    assert rung(*some, replace(one, owner="")) <= rung(*some, replace(one, owner="held"))
    assert rung(*some, replace(one, owner="empty")) <= rung(*some, replace(one, owner="held"))


@given(many, plans, kept)
def test_a_record_never_lowers_a_rung(some: tuple[Plan, ...], one: Plan, record: Kept) -> None:
    assert rung(*some, one) <= rung(*some, replace(one, records=(*one.records, record)))


@given(many, plans, kept, days)
def test_making_a_record_again_never_lowers_a_rung(
    some: tuple[Plan, ...], one: Plan, record: Kept, day: dt.date
) -> None:
    again = replace(record, made=max(day, record.made) if record.made else day)
    before = replace(one, records=(*one.records, record))
    assert rung(*some, before) <= rung(*some, replace(one, records=(*one.records, again)))


@given(many, later, later)
def test_time_alone_never_raises_a_rung(some: tuple[Plan, ...], one: dt.date, other: dt.date) -> None:
    # Everything in the plans has begun by today: only what has yet to begin can be raised by waiting for it.
    first, second = sorted((one, other))
    assert rung(*some, today=first) >= rung(*some, today=second)


@given(many)
def test_every_rung_has_its_lower_rungs_met_by_one_document(some: tuple[Plan, ...]) -> None:
    found = covered(some)
    best = found.best
    assert found.rung is not None
    assert (best is not None) == (found.rung >= Rung.ANSWERED)
    assert (found.rung is Rung.UNANSWERED) == (not found.answers and not found.mentions)
    if best is not None:
        fresh = [e for e in best.footing.evidence if e.record.due and e.record.due >= TODAY]
        assert best.footing.in_force
        assert found.rung < Rung.OWNED or best.footing.holders
        assert found.rung < Rung.EVIDENCED or best.footing.evidence
        assert found.rung < Rung.FRESH or fresh
        assert bool(found.lack) == (found.rung is not Rung.FRESH)
