"""The answer to "why does A (not) reference B?" as plain data, the same for the command line and the explorer.

`answer_data` gives the answer for two documents. `document_data` gives what one document brings to the answers it has
a part in: from the two ends' data, and that of the documents between them, every answer can be put together.
"""

from __future__ import annotations

from policygraph.judging.case import Case
from policygraph.judging.front_matter_lines import Slot, decision_slot, name_of, reference_slot
from policygraph.model.document import Document
from policygraph.model.question import Ground, Question, Rewording
from policygraph.model.reference import Decision, Mention
from policygraph.publishing.exports.records import Data, decision_data, mention_data, reference_data
from policygraph.publishing.ground_words import ground_words
from policygraph.publishing.reference_views import mention_anchor, note_on
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
        "decisions": [_decision(case, decision) for decision in found.decisions],
        "changed_since": [_change(change) for change in changes_of(case, found)],
        "paths": [[reference_data(handbook, step) for step in path] for path in found.paths],
        "reverse": [reference_data(handbook, reference) for reference in found.reverse],
        "shared_clauses": list(found.clauses),
        "mentions": [_mention(case, mention) for mention in found.mentions],
        "question": _question(case.asked.about(source.path, target.path)),
        "question_reverse": _question(case.asked.about(target.path, source.path)),
        "lines": _lines(case, source, target),
    }


def document_data(case: Case, document: Document) -> Data:
    """What a document brings to the answers that it is an end of, or stands between the ends of.

    `incoming` names the documents that reference it, by file. `clauses` are in the order in which it answers them.
    `changed_since` and `questions` go by the other document's file.
    """
    handbook, connections, path = case.handbook, case.connections, document.path
    reference, decision = slots(case, document)
    decisions = connections.decisions_of(path)
    changed = {
        target: [_change(change) for change in changes]
        for target in dict.fromkeys(d.target for d in decisions)
        if (changes := changes_of(case, connections.between(document, handbook.by_path[target])))
    }
    return {
        "id": document.id,
        "file": path,
        "title": document.title,
        "note": note_on(document, case.today),
        "outgoing": [reference_data(handbook, r) for r in handbook.outgoing.get(path, ())],
        "incoming": list(dict.fromkeys(r.source for r in handbook.incoming.get(path, ()))),
        "decisions": [_decision(case, d) for d in decisions],
        "changed_since": changed,
        "clauses": list(connections.clauses.get(path, ())),
        "mentions": [_mention(case, mention) for mention in connections.mentions_in(path)],
        "questions": {
            q.target: {**(_question(q) or {}), **_lines_of(case, document, q)} for q in case.asked.of(path)
        },
        "slots": {"reference": _slot(reference), "decision": _slot(decision)},
        "name": name_of(handbook, document),
    }


def changes_of(case: Case, found: Connection) -> tuple[Rewording, ...]:
    """What changed in either text after the decision about two documents."""
    return case.rewordings.after_decision(found)


def slots(case: Case, source: Document, question: Question | None = None) -> tuple[Slot, Slot]:
    """Where a document would declare a reference, and where it would decide against one.

    What an expectation says is a reason to start from.
    """
    because = _reason(question)
    handbook = case.handbook
    reference = reference_slot(handbook, source, because) if because else reference_slot(handbook, source)
    return reference, decision_slot(handbook, source, case.today)


def _reason(question: Question | None) -> str:
    grounds = question.grounds if question else ()
    return next((ground.because for ground in grounds if ground.strength and ground.because), "")


def _decision(case: Case, decision: Decision) -> Data:
    role = case.handbook.role(decision.by)
    return {**decision_data(case.handbook, decision), "who": role.title if role else decision.by}


def _mention(case: Case, mention: Mention) -> Data:
    anchor = mention_anchor(case.handbook.by_path[mention.source], mention.passage)
    return {**mention_data(case.handbook, mention), "anchor": anchor}


def _change(change: Rewording) -> Data:
    return {
        "file": change.document,
        "day": change.day.isoformat(),
        "commit": change.commit,
        "subject": change.subject,
    }


def _question(question: Question | None) -> Data | None:
    if question is None:
        return None
    return {"state": question.state.value, "grounds": [_ground(ground) for ground in question.grounds]}


def _ground(ground: Ground) -> Data:
    return {
        "kind": ground.kind.value,
        "because": ground_words(ground),
        "clauses": list(ground.clauses),
        "strength": ground.strength.value if ground.strength else None,
    }


def _lines(case: Case, source: Document, target: Document) -> Data:
    name = name_of(case.handbook, target)
    return {
        kind: {"under": slot.under, "text": slot.lines(name)}
        for kind, slot in zip(
            ("reference", "decision"),
            slots(case, source, case.asked.about(source.path, target.path)),
            strict=True,
        )
    }


def _lines_of(case: Case, document: Document, question: Question) -> Data:
    """What follows the other document's name in the lines of a reference, where an expectation gives a reason."""
    return {"after": slots(case, document, question)[0].after} if _reason(question) else {}


def _slot(slot: Slot) -> Data:
    return {"under": slot.under, "before": slot.before, "after": slot.after}
