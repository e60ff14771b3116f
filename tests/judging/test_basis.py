"""Why documents exist, and who uses what comes from outside."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import book
from policygraph.judging.basis import Basis
from policygraph.judging.case import Case
from policygraph.judging.external import Check, ExternalUse, How
from policygraph.judging.judge import judge
from policygraph.model.interval import Interval

TODAY = dt.date(2026, 11, 25)
EXTERNAL = "policies/registers/external.yml"
LEADS = "---\nid: L\ntitle: Leads\n---\nYou must follow [[A]].\n"
MENTIONS = "---\nid: L\ntitle: Leads\n---\nMore on this in [[A]].\n"


def basis(front: str = "", other: str = MENTIONS, settings: str = "", text: str = "Text.") -> Basis:
    handbook = book({"a.md": f"---\nid: A\ntitle: A page\n{front}---\n{text}\n", "l.md": other}, settings)
    return next(b for b in Case(handbook, TODAY).bases if b.document.id == "A")


@pytest.mark.parametrize(
    ("front", "other", "derived"),
    [
        ("satisfies: ['iso-42001:6.1.2']\n", MENTIONS, "standard"),
        ("satisfies: ['iso-42001:6.1.2']\n", LEADS, "standard"),
        ("satisfies: ['iso-42001:A.8.4']\n", MENTIONS, "helpful"),
        ("satisfies: ['iso-42001:A.8.4']\n", LEADS, "promised"),
        ("", LEADS, "promised"),
        ("", MENTIONS, "helpful"),
        ("", LEADS.replace("title: Leads", "title: Leads\nstatus: draft"), "helpful"),
        ("", "---\nid: L\ntitle: L\nreferences: [A]\n---\nYou must do it.\n", "helpful"),
    ],
)
def test_the_basis_is_derived(front: str, other: str, derived: str) -> None:
    assert basis(front, other).derived == derived


@pytest.mark.parametrize(
    ("declared", "front", "other", "contradicted"),
    [
        ("standard", "", LEADS, True),
        ("standard", "satisfies: ['iso-42001:6.1.2']\n", MENTIONS, False),
        ("promised", "", MENTIONS, True),
        ("promised", "satisfies: ['iso-42001:6.1.2']\n", LEADS, False),
        ("helpful", "", MENTIONS, False),
        ("helpful", "", LEADS, True),
        ("helpful", "satisfies: ['iso-42001:6.1.2']\n", MENTIONS, True),
    ],
)
def test_a_declared_basis_is_held_against_what_is_found(
    declared: str, front: str, other: str, contradicted: bool
) -> None:
    front = f"basis: {declared}\n{front}"
    assert bool(basis(front, other).contradiction) == contradicted
    found = judge(
        book({"a.md": f"---\nid: A\ntitle: A page\n{front}---\nText.\n", "l.md": other}), TODAY
    ).findings
    assert [f.place.line for f in found if f.code == "PG423"] == ([4] if contradicted else [])


def test_where_the_review_interval_comes_from_and_who_asks_for_it() -> None:
    own = basis("review_every: 6 months\n", text="The board must approve this policy every year.")
    assert (own.every, own.own) == (Interval(6, "month"), True)
    assert [str(d.timing) for d in own.demands] == ["every year"]
    usual = basis(settings="review_every: 1 year\n", text="The board must approve invoices every year.")
    assert (usual.every, usual.own, usual.demands) == (Interval(1, "year"), False, ())
    assert basis().every is None


def test_a_document_out_of_force_has_no_basis() -> None:
    handbook = book({"a.md": "---\nid: A\ntitle: A\nstatus: retired\n---\nText.\n"})
    assert Case(handbook, TODAY).bases == ()


def external(entry: str, files: dict[str, str], today: dt.date = TODAY) -> ExternalUse:
    everything = {**files, EXTERNAL: f"documents:\n  - {entry}\n"}
    (found,) = Case(book(everything, "frameworks: [iso-42001]\n"), today).external
    return found


ISO = "{id: X, title: 'ISO/IEC 42001:2023, Management system', framework: iso-42001}"


def test_who_uses_what_comes_from_outside() -> None:
    found = external(
        ISO.replace("}", ", used_by: [B]}"),
        {
            "a.md": "---\nid: A\ntitle: A\nsatisfies: ['iso-42001:6.1.2']\n---\nText.\n",
            "b.md": "---\nid: B\ntitle: B\n---\nSee [[iso-42001:6.1.2]].\n",
            "c.md": "---\nid: C\ntitle: C\n---\nWe work to ISO/IEC 42001.\n",
            "d.md": "---\nid: D\ntitle: D\n---\nISO/IEC 420012 is none.\n",
            "e.md": "---\nid: E\ntitle: E\nstatus: retired\nsatisfies: ['iso-42001:6.1.2']\n---\nText.\n",
        },
    )
    assert found.users == {
        "policies/a.md": (How.ANSWERS,),
        "policies/b.md": (How.REGISTER, How.MENTIONS),
        "policies/c.md": (How.NAMES,),
    }


def test_a_short_title_is_no_name() -> None:
    assert external("{title: Act}", {"a.md": "---\ntitle: A\n---\nWe act at once. Act!\n"}).users == {}


@pytest.mark.parametrize(
    ("entry", "check", "code"),
    [
        ("checked: 2026-06-01, check_every: 6 months", Check.CHECKED, []),
        ("checked: 2026-05-24, check_every: 6 months", Check.DUE, ["PG513"]),
        ("checked: 2026-05-25, check_every: 6 months", Check.CHECKED, []),
        ("checked: 2026-12-01, check_every: 6 months", Check.AHEAD, []),
        ("checked: 2020-01-01", Check.NO_INTERVAL, []),
        ("check_every: 6 months", Check.NO_DATE, ["PG513"]),
        ("version: 1", Check.NO_DATE, []),
    ],
)
def test_when_the_version_was_checked(entry: str, check: Check, code: list[str]) -> None:
    files = {"a.md": "---\ntitle: A\n---\nText.\n"}
    assert external(f"{{title: The law of the land, {entry}}}", files).check is check
    handbook = book({**files, EXTERNAL: f"documents:\n  - {{title: The law of the land, {entry}}}\n"})
    assert [f.code for f in judge(handbook, TODAY).findings if f.code == "PG513"] == code


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 60), st.integers(0, 3000))
def test_a_check_is_overdue_once_its_interval_has_ended(checked: dt.date, months: int, days: int) -> None:
    today = checked + dt.timedelta(days=days)
    use = external(
        f"{{title: The law of the land, checked: {checked}, check_every: {months} months}}", {}, today
    )
    assert (use.check is Check.DUE) == (today > Interval(months, "month").after(checked))
