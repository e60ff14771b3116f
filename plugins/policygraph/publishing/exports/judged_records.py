"""What follows from a handbook on a day, as plain data: questions, coverage, promises, records and what is outside."""

from __future__ import annotations

from policygraph.judging.applicability import ApplicabilityStatement, ControlLine
from policygraph.judging.case import Case
from policygraph.judging.coverage import Coverage
from policygraph.judging.evidence import Evidence
from policygraph.judging.external import ExternalUse
from policygraph.model.promise import Promise
from policygraph.model.question import Question
from policygraph.publishing.exports.records import Data, date_data, pair_data, passage_data, place_data
from policygraph.publishing.ground_words import ground_words


def question_data(case: Case, question: Question) -> Data:
    """Why does one document not reference another: the grounds for asking, and what answers it."""
    handbook = case.handbook
    return {
        **pair_data(handbook, question.source, question.target),
        "state": question.state.value,
        "grounds": [
            {
                "kind": ground.kind.value,
                "because": ground_words(ground),
                "clauses": list(ground.clauses),
                "strength": ground.strength.value if ground.strength else None,
            }
            for ground in question.grounds
        ],
        "paths": [
            [handbook.by_path[path].id for path in (question.source, *(step.target for step in steps))]
            for steps in question.paths
        ],
    }


def coverage_data(coverage: Coverage) -> Data:
    """How far one clause is covered, the documents that answer it, and what is missing for the next step."""
    return {
        "clause": coverage.clause.key,
        "title": coverage.clause.title,
        "rung": coverage.word,
        "overdue_records": coverage.overdue,
        "answered_by": [answering.document.id for answering in coverage.in_force],
        "not_in_force": [a.document.id for a in coverage.answers if not a.footing.in_force],
        "mentioned_by": sorted({mention.document for mention in coverage.mentions}),
        "missing": coverage.lack or None,
    }


def statement_data(statement: ApplicabilityStatement) -> Data:
    """A statement of applicability: one entry a control."""
    approval = statement.approval
    return {
        "framework": statement.framework.id,
        "stated_in": [document.id for document in statement.documents],
        "approved_on": date_data(approval.on) if approval else None,
        "approved_by": approval.by if approval else None,
        "controls": [_control(line) for line in statement.all],
    }


def _control(line: ControlLine) -> Data:
    entry = line.entry
    return {
        "control": line.control.key,
        "title": line.control.title,
        "applies": line.decision.value,
        "because": entry.because or None if entry else None,
        "rests_on": list(entry.rests_on) if entry else [],
        "status": entry.status.value if entry and entry.status else None,
        "rung": line.coverage.word,
        "overdue_records": line.coverage.overdue,
        "answered_by": [answering.document.id for answering in line.coverage.in_force],
    }


def promise_data(case: Case, promise: Promise) -> Data:
    """A promise with who keeps it and what shows that it is kept."""
    return {
        "document": case.handbook.by_path[promise.document].id,
        "document_file": promise.document,
        "kind": promise.timing.kind.value,
        "timing": str(promise.timing),
        "force": promise.force.value,
        "owner": promise.owner or None,
        "applies_to": list(promise.audiences),
        "record": promise.record.what if promise.record else None,
        "line": promise.passage.place.line,
        "passage": passage_data(promise.passage),
    }


def evidence_data(case: Case, evidence: Evidence) -> Data:
    """A record with what is known of its age."""
    record, made = evidence.record, evidence.record.made
    every = record.pointer.every
    return {
        "document": case.handbook.by_path[record.document].id,
        "document_file": record.document,
        "what": record.what,
        "where": record.pointer.where,
        "owner": record.owner or None,
        "every": str(every) if every else None,
        "last": date_data(record.last),
        "due": date_data(record.due),
        "state": evidence.freshness.value,
        "retention": str(made.retention) if made and made.retention else None,
        "promises": len(evidence.promises),
        **place_data(record.pointer.place),
    }


def external_data(case: Case, use: ExternalUse) -> Data:
    """A document of external origin, with who uses it."""
    entry = use.entry
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind or None,
        "version": entry.version or None,
        "owner": entry.owner or None,
        "where": entry.where or None,
        "framework": entry.framework or None,
        "used_by": [case.handbook.by_path[path].id for path in use.users],
        "checked": date_data(entry.checked),
        "due": date_data(entry.due),
        "state": use.check.value,
    }
