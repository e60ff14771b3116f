"""Statements of applicability as tables in the form auditors know: one row a control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policygraph.judging.applicability import ApplicabilityStatement, ControlLine, Decision
from policygraph.judging.case import Case
from policygraph.judging.coverage import Coverage
from policygraph.judging.evidence import Evidence
from policygraph.publishing.applicability_places import control_anchor, statement_parts
from policygraph.publishing.exports.table import Column, Link, Sheet, Value
from policygraph.publishing.index import Index

_ANSWERED = (
    Column("Answered by", 32, "answered_by"),
    Column("Statements", 44, "statements"),
    Column("Owner", 22, "owner"),
    Column("Held by", 22, "owner_held_by"),
    Column("Records", 48, "records"),
)
_COLUMNS = (
    Column("Control", 14, "control"),
    Column("Title", 34, "title"),
    Column("Applies", 12, "applicable"),
    Column("Because", 54, "justification"),
    Column("Rests on", 20, "rests_on"),
    Column("Status", 16, "implementation_status"),
    Column("Stands at", 14, "stands_at"),
    *_ANSWERED,
    Column("Last approval", 26, "last_approval"),
)
_FRAMEWORK = Column("Framework", 16, "framework")
_NOTE = (
    "Whether a control applies, why, and how far it is in place is what the organisation says. What answers it is "
    "found in its documents. Neither proves that it works."
)


def applicability(index: Index) -> Sheet:
    """Every statement: one row for each control of each framework."""
    rows = [
        (statement.framework.id, *row)
        for statement in index.case.applicability
        for row in _rows(index, statement)
    ]
    return Sheet("Applicability", (_FRAMEWORK, *_COLUMNS), rows, frozen=2)


def applicability_to(index: Index, statement: ApplicabilityStatement) -> Sheet:
    """The statement on one framework."""
    return Sheet("Statement of applicability", _COLUMNS, tuple(_rows(index, statement)), frozen=2)


def about(index: Index, statement: ApplicabilityStatement) -> Sheet:
    """What a statement is about, as of when, and how to read it."""
    case = index.case
    framework, settings = statement.framework, case.handbook.settings
    rows: list[tuple[Value, ...]] = [
        ("Organisation", settings.organisation or settings.name),
        ("Framework", framework.title),
        ("Edition", framework.edition or "not recorded"),
        ("As of", case.today),
        ("Stated in", ", ".join(f"{d.id} {d.title}" for d in statement.documents) or "not recorded"),
        ("Last approval", _approval(case, statement)),
        ("Controls", len(statement.all)),
        ("How to read it", _NOTE),
    ]
    return Sheet("About", (Column("What", 24), Column("Value", 90)), rows, frozen=0)


def _rows(index: Index, statement: ApplicabilityStatement) -> Iterator[tuple[Value, ...]]:
    approval = _approval(index.case, statement)
    for uri, _, lines in statement_parts(statement):
        for line in lines:
            link = Link(line.control.id, index.web_address(uri, control_anchor(line)))
            yield (link, *_row(line), approval)


def _row(line: ControlLine) -> tuple[str, ...]:
    entry = line.entry
    status = entry.status.value if entry and entry.status and line.decision is not Decision.EXCLUDED else ""
    return (
        line.control.title,
        line.decision.value,
        entry.because if entry else "",
        _lines(entry.rests_on if entry else ()),
        status,
        line.coverage.words,
        *_answered(line.coverage),
    )


def _answered(covered: Coverage) -> tuple[str, ...]:
    answers = covered.in_force
    roles = {
        a.document.owner: (a.footing.role.title if a.footing.role else a.document.owner, a.footing.holders)
        for a in answers
        if a.document.owner
    }
    return (
        _lines(f"{a.document.id} {a.document.title}" for a in answers),
        _lines(f"{a.document.id}: {m.passage.sentence}" for a in answers for m in a.mappings if m.passage),
        _lines(title for title, _ in roles.values()),
        _lines(", ".join(holders) or "held by nobody" for _, holders in roles.values()),
        _lines(_record(e) for a in answers for e in a.footing.evidence),
    )


def _record(evidence: Evidence) -> str:
    record = evidence.record
    last = f"last made {record.last}" if record.last else "last made: not recorded"
    where = f", {record.pointer.where}" if record.pointer.where else ""
    return f"{record.what} ({last}{where})"


def _approval(case: Case, statement: ApplicabilityStatement) -> str:
    review = statement.approval
    if review is None:
        return "not recorded"
    document = case.handbook.by_path[review.document]
    return f"{document.id}: {review.outcome.value} on {review.on} by {review.by}"


def _lines(values: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(value for value in values if value))
