"""The table of questions: which references will be missed, on which grounds, and what answers each."""

from __future__ import annotations

from policygraph.model.question import Question, State
from policygraph.publishing.exports.table import Sheet, Value
from policygraph.publishing.exports.tables.cells import (
    at,
    column,
    document_cell,
    joined,
    role_words,
    title_cell,
)
from policygraph.publishing.ground_words import ground_words
from policygraph.publishing.index import Index


def questions(index: Index) -> Sheet:
    """One row for each question, the open ones first."""
    asked = sorted(index.case.questions, key=lambda question: question.state is not State.OPEN)
    return Sheet(
        "Questions",
        (
            column("document"),
            column("title", "Why does it not"),
            column("target", "Reference"),
            column("target_title", "Its title"),
            column("state"),
            column("grounds", "Why it is asked"),
            column("answer"),
            column("decided"),
            column("by"),
            column("place"),
            column("changed_since", "Text changed since the decision"),
        ),
        [_row(index, question) for question in asked],
        frozen=3,
    )


def _row(index: Index, question: Question) -> tuple[Value, ...]:
    decision = question.decisions[0] if question.state is State.DECISION else None
    return (
        document_cell(index, question.source),
        title_cell(index, question.source),
        document_cell(index, question.target),
        title_cell(index, question.target),
        question.state.value,
        joined(_grounds(question)),
        _answer(index, question),
        decision.decided if decision else None,
        role_words(index, decision.by) if decision else None,
        _place(question),
        joined(f"{index.documents[c.document].id} on {c.day.isoformat()}" for c in question.changes),
    )


def _grounds(question: Question) -> list[str]:
    return [
        f"{ground.clauses[0]} leans on {ground.clauses[1]} ({ground.strength.value}): {ground.because}"
        if ground.strength
        else ground_words(ground)
        for ground in question.grounds
    ]


def _answer(index: Index, question: Question) -> str:
    match question.state:
        case State.REFERENCE:
            return joined(f"{r.relation.name}: {r.because}".rstrip(": ") for r in question.references)
        case State.DECISION:
            return joined(decision.because for decision in question.decisions)
        case State.PATH:
            return joined(f"over {index.documents[path[0].target].id}" for path in question.paths)
        case State.OPEN:
            return ""


def _place(question: Question) -> str | None:
    """Where what answers is written."""
    if question.state is State.DECISION:
        return at(question.decisions[0].place)
    references = question.references or (question.paths[0] if question.paths else ())
    return at(references[0].occurrences[0].place) if references else None
