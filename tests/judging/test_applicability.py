"""Statements of applicability: no control forgotten, and who approved the whole."""

from __future__ import annotations

from builders import TODAY, book
from policygraph.judging.applicability import Decision
from policygraph.judging.case import Case
from policygraph.model.applicability import ImplementationStatus

REGISTER = "policies/registers/applicability.yml"
REVIEWS = "policies/registers/reviews/"
SOA = '---\ntitle: Statement of Applicability\nsatisfies: ["iso-42001:6.1.3"]\n---\nText.\n'
RISK = '---\ntitle: Risk\nsatisfies: ["iso-42001:6.1.3"]\n---\nText.\n'


def review(document: str, day: str, outcome: str) -> str:
    return f"document: {document}\nby: Ann\nas: boss\ndate: {day}\noutcome: {outcome}\n"


def test_no_control_is_forgotten() -> None:
    text = 'iso-42001:\n  A.2.2: {applies: true, because: "R-1", rests_on: [R-1], status: in part}\n  A.2.3: {applies: false}\n'
    (found,) = Case(book({REGISTER: text}), TODAY).applicability
    assert (found.framework.id, len(found.lines), found.own) == ("iso-42001", 38, ())
    assert [line.decision for line in found.lines[:3]] == [Decision.APPLIES, Decision.EXCLUDED, Decision.OPEN]
    assert found.lines[0].entry is not None
    assert found.lines[0].entry.status is ImplementationStatus.IN_PART
    assert {line.decision for line in found.lines[3:]} == {Decision.OPEN}


def test_the_controls_of_iso_27001_are_93() -> None:
    (found,) = Case(book({REGISTER: "iso-27001:\n  A.5.1: {applies: true}\n"}), TODAY).applicability
    assert len(found.lines) == 93


def test_own_controls_stand_beside_those_of_each_framework() -> None:
    text = (
        "iso-42001: {A.2.2: {applies: true}}\niso-27001: {A.5.1: {applies: true}}\nown: {F-1: {title: Net}}\n"
    )
    settings = "frameworks: [iso-42001, iso-27001]"
    found = Case(book({REGISTER: text}, settings), TODAY).applicability
    assert [s.framework.id for s in found] == ["iso-42001", "iso-27001"]
    assert [[line.control.id for line in s.own] for s in found] == [["F-1"], ["F-1"]]


def test_own_controls_alone_are_a_statement() -> None:
    (found,) = Case(book({REGISTER: "own: {F-1: {title: Net}}\n"}), TODAY).applicability
    assert ([line.control.id for line in found.lines], found.own) == (["F-1"], ())


def test_no_register_no_statement() -> None:
    assert Case(book({"soa.md": SOA}), TODAY).applicability == ()


def test_a_clause_that_is_no_control_stands_in_it_where_the_register_decides_about_it() -> None:
    (found,) = Case(book({REGISTER: "eu-ai-act: {Article 5: {applies: true}}\n"}), TODAY).applicability
    assert [line.control.id for line in found.lines] == ["Article 5"]


def test_the_last_approval_is_that_of_the_document_that_states_it() -> None:
    files = {
        "soa.md": SOA,
        "risk.md": RISK,
        REGISTER: "iso-42001: {A.2.2: {applies: true}}\n",
        f"{REVIEWS}1.yml": review("soa", "2026-05-01", "approved"),
        f"{REVIEWS}2.yml": review("soa", "2026-06-01", "approved with changes"),
        f"{REVIEWS}3.yml": review("soa", "2026-07-01", "confirmed unchanged"),
        f"{REVIEWS}4.yml": review("soa", "2026-08-01", "rejected"),
        f"{REVIEWS}6.yml": review("soa", "2027-01-01", "approved"),
        f"{REVIEWS}5.yml": review("risk", "2026-09-01", "approved"),
    }
    (found,) = Case(book(files), TODAY).applicability
    assert [d.id for d in found.documents] == ["soa"]
    assert found.approval is not None
    assert f"{found.approval.on}" == "2026-06-01"


def test_without_a_document_of_that_name_the_clause_that_demands_it_decides() -> None:
    files = {"risk.md": RISK, REGISTER: "iso-42001: {A.2.2: {applies: true}}\n"}
    (found,) = Case(book(files), TODAY).applicability
    assert ([d.id for d in found.documents], found.approval) == (["risk"], None)
