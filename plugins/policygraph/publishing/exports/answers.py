"""The answer to "why does A (not) reference B?" as plain data: the same for the command line and the explorer."""

from __future__ import annotations

from policygraph.judging.case import Case
from policygraph.judging.front_matter_lines import Slot, decision_slot, name_of, reference_slot
from policygraph.judging.questions import decision_changes
from policygraph.model.document import Document
from policygraph.model.question import Ground, Question, TextChange
from policygraph.publishing.exports.records import (
    Data,
    decision_data,
    mention_data,
    reference_data,
)
from policygraph.resolving.connection import Connection


def answer_data(case: Case, source: Document, target: Document) -> Data:
    """All that is known about why one document references another, or why not.

    `question` holds the grounds on which an auditor would ask, `question_reverse` those for asking the other way
    round; `lines` what would answer the question where nothing does.
    """
    found = case.connections.between(source, target)
    handbook = case.handbook
    return {
        "source": source.id,
        "source_file": source.path,
        "target": target.id,
        "target_file": target.path,
        "answer": found.answer.value,
        "references": [reference_data(handbook, reference) for reference in found.references],
        "decisions": [decision_data(handbook, decision) for decision in found.decisions],
        "changed_since": [change_data(change) for change in changes_of(case, found)],
        "paths": [[reference_data(handbook, step) for step in path] for path in found.paths],
        "reverse": [reference_data(handbook, reference) for reference in found.reverse],
        "shared_clauses": list(found.clauses),
        "mentions": [mention_data(handbook, mention) for mention in found.mentions],
        "question": question_data(case, source.path, target.path),
        "question_reverse": question_data(case, target.path, source.path),
        "lines": lines_data(case, source, target),
    }


def changes_of(case: Case, found: Connection) -> tuple[TextChange, ...]:
    """What changed in either text after the decision about two documents."""
    return decision_changes(case.handbook, found, case.today)


def change_data(change: TextChange) -> Data:
    """A change of a document's text."""
    return {
        "file": change.document,
        "day": change.day.isoformat(),
        "commit": change.commit,
        "subject": change.subject,
    }


def question_data(case: Case, source: str, target: str) -> Data | None:
    """The question about two documents, if an auditor is likely to ask it."""
    question = case.asked.about(source, target)
    if question is None:
        return None
    return {"state": question.state.value, "grounds": [ground_data(ground) for ground in question.grounds]}


def ground_data(ground: Ground) -> Data:
    """A reason to ask."""
    return {
        "kind": ground.kind.value,
        "because": ground.because,
        "clauses": list(ground.clauses),
        "strength": ground.strength.value if ground.strength else None,
    }


def lines_data(case: Case, source: Document, target: Document) -> Data:
    """The lines of front matter that would answer the question about two documents."""
    name = name_of(case.handbook, target)
    reference, decision = slots(case, source, case.asked.about(source.path, target.path))
    return {"reference": slot_data(reference, name), "decision": slot_data(decision, name)}


def slots(case: Case, source: Document, question: Question | None = None) -> tuple[Slot, Slot]:
    """Where a document would declare a reference, and where it would decide against one.

    What an expectation says is a reason to start from.
    """
    because = (
        next((g.because for g in question.grounds if g.strength and g.because), None) if question else None
    )
    handbook = case.handbook
    reference = reference_slot(handbook, source, because) if because else reference_slot(handbook, source)
    return reference, decision_slot(handbook, source, case.today)


def slot_data(slot: Slot, name: str) -> Data:
    """Lines to copy, and the key under which they belong where the document has it already."""
    return {"under": slot.key if slot.present else "", "text": slot.lines(name)}
