"""Promises: who keeps them, what shows them, and where documents disagree."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import book, judged
from policygraph.judging.case import Case
from policygraph.judging.judge import judge
from policygraph.model.promise import Promise

TODAY = dt.date(2026, 11, 25)
ROLES = """\
roles:
  ai-risk-manager: {title: AI risk manager, holders: [Ann]}
  board: {title: Board, holders: [Bob]}
"""


def case(*texts: str, front: str = "") -> Case:
    files = {
        f"d{number}.md": f"---\nid: D-{number}\ntitle: Document {number}\nowner: board\n{front}---\n{text}\n"
        for number, text in enumerate(texts, start=1)
    }
    return Case(book({**files, "policies/registers/organisation.yml": ROLES}), TODAY)


def only(text: str, front: str = "") -> Promise:
    (found,) = case(text, front=front).promises
    return found


def codes(*texts: str, front: str = "") -> list[str]:
    files = {
        f"d{number}.md": f"---\nid: D-{number}\ntitle: Document {number}\n{front}---\n{text}\n"
        for number, text in enumerate(texts, start=1)
    }
    return [f.code for f in judged(files).findings if f.code.startswith("PG42")]


@pytest.mark.parametrize(
    ("text", "owner", "named"),
    [
        ("The AI risk manager must look at it every month.", "ai-risk-manager", True),
        ("Every month the risk manager must look at it.", "ai-risk-manager", True),
        ("Every month, the risk manager looks at it.", "ai-risk-manager", True),
        ("It must be approved by the AI risk manager every month.", "ai-risk-manager", True),
        ("Somebody must look at it every month.", "board", False),
        (
            "| Who | What | When |\n|---|---|---|\n| AI risk manager | Looks | every month |",
            "ai-risk-manager",
            True,
        ),
        ("| Who | What | When |\n|---|---|---|\n| Board | Risk manager | every month |", "board", False),
    ],
)
def test_who_keeps_a_promise(text: str, owner: str, named: bool) -> None:
    found = only(text)
    assert (found.owner, found.named) == (owner, named)


@pytest.mark.parametrize(
    ("text", "record", "fits"),
    [
        ("The risk register must be read every quarter.", "{what: Risk register, every: 3 months}", True),
        ("The risk register must be read every quarter.", "{what: Risk register, every: 1 month}", True),
        ("The risk register must be read every quarter.", "{what: Risk register, every: 1 year}", False),
        ("The risk register must be read every quarter.", "{what: Risk register}", True),
        ("The plan must be drawn up every year.", "{what: Audit plan, every: 12 months}", True),
        ("The plan must be drawn up every year.", "{what: Audit plan, every: 1 month}", False),
        ("The drill must be held every year.", "{what: Minutes, every: 1 year}", False),
        ("Logs must be read every week. { #logs }", "{what: 'Tickets (#logs)', every: 1 week}", True),
        ("Findings must be answered within 15 days.", "{what: Findings, every: 1 year}", True),
        ("Letters must be answered within 15 days.", "{what: Findings}", False),
    ],
)
def test_what_shows_a_promise(text: str, record: str, fits: bool) -> None:
    found = only(text, f"records:\n  - {record}\n")
    assert (found.record is not None) == fits
    assert bool(found.ground) == fits


def test_why_a_record_backs_a_promise() -> None:
    quarterly = "The risk register must be read every quarter."
    often = only(quarterly, "records:\n  - {what: Risk register, every: 3 months}\n")
    assert often.ground == "both speak of risk and register, and both are every 3 months"
    assert (
        only(quarterly, "records:\n  - {what: Risk register}\n").ground == "both speak of risk and register"
    )
    named = only("Logs must be read every week. { #logs }", "records:\n  - {what: 'Tickets (#logs)'}\n")
    assert named.ground == "it names the statement #logs"


def test_the_better_record_wins() -> None:
    front = "records:\n  - {what: Risk notes, every: 1 month}\n  - {what: Risk register readings, every: 3 months}\n"
    found = only("The risk register must be read every quarter.", front)
    assert found.record is not None
    assert found.record.what == "Risk register readings"


@pytest.mark.parametrize(
    "front", ["status: draft\n", "status: retired\n", "effective: 2027-01-01\n", "expires: 2026-01-01\n"]
)
def test_only_documents_in_force_promise(front: str) -> None:
    assert case("It must be read every week.", front=front).promises == ()


def test_documents_that_disagree() -> None:
    text = "Access rights must be reviewed every quarter.", "We review access rights once a year."
    (found,) = case(*text).promise_conflicts
    assert (str(found.one.timing), str(found.other.timing)) == ("every 3 months", "every year")
    assert found.shared == ("access", "rights", "reviewed")
    assert codes(*text) == ["PG420", "PG421", "PG421"]


@pytest.mark.parametrize(
    "texts",
    [
        ("Access rights must be reviewed every year.", "We review access rights every 12 months."),
        ("Access rights must be reviewed every quarter.", "Backups must be restored once a year."),
        ("A level 1 incident must be practised every month.", "A level 2 incident must be practised every year."),
        ("Access rights must be reviewed every quarter. Access rights must be reviewed every year.", "None."),
        ("Access rights must be reviewed every quarter.", "Access rights must be revoked within a day."),
        (
            "Access rights must be reviewed every month for heads and every year for others.",
            "Access rights must be reviewed every year.",
        ),
    ],
)  # fmt: skip
def test_documents_that_do_not_disagree(texts: tuple[str, ...]) -> None:
    assert case(*texts).promise_conflicts == ()


def test_conflicts_are_found_among_many_promises() -> None:
    texts = [f"Thing{n} number{n} must be checked every week." for n in range(200)]
    found = case(*texts, "Thing7 number7 must be checked every year.").promise_conflicts
    assert [(c.one.document, c.other.document) for c in found] == [("policies/d8.md", "policies/d201.md")]


def test_a_promise_without_a_record_is_a_finding_and_a_deadline_is_not() -> None:
    assert codes("The drill must be held every year.") == ["PG421"]
    assert codes("The drill must be held within a year.") == []
    assert codes("The drill must be held every year.", front="records: [Drill]\n") == []


def test_a_document_has_one_finding_for_all_its_promises_without_a_record() -> None:
    text = "The drill must be held every year.\n\nLogs must be read every week.\n\nKeys must be counted every month.\n"
    (found,) = [f for f in judge(case(text).handbook, TODAY).findings if f.code == "PG421"]
    assert found.message.startswith("This is promised every year")
    assert found.message.endswith("The same goes for the promises in lines 8 and 10.")


def test_vague_wording_is_a_finding() -> None:
    assert codes("Access must be reviewed regularly.") == ["PG422"]
    assert codes("Access must be reviewed regularly.", front="status: retired\n") == []
    assert codes("Access is reviewed regularly.") == []
