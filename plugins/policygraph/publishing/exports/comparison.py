"""What changed between two states of a handbook, as Markdown to read and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policygraph.judging.case import Case
from policygraph.judging.comparison import Comparison, DocumentChange
from policygraph.model.change import ChangeKind
from policygraph.model.document import Document
from policygraph.model.question import Question
from policygraph.model.reference import Reference
from policygraph.publishing.escaping import readable_markdown as text
from policygraph.publishing.exports.records import Data, portable
from policygraph.publishing.ground_words import ground_words

MOST_LINES = 200
"""Lines of a section in Markdown; the data have all of them."""


def comparison_markdown(comparison: Comparison) -> str:
    """The comparison to be read, in a terminal or on a code host; short where little has changed."""
    before, after = comparison.before, comparison.after
    lines = [f"# What changed: {moment_words(before)} → {moment_words(after)}", ""]
    if comparison.nothing:
        return "\n".join([*lines, "Nothing: documents, references, coverage and questions are the same.", ""])
    lines += [f"{counts(comparison)}.", ""]
    for title, entries in _sections(comparison):
        if entries:
            lines += [f"## {title}", "", *entries[:MOST_LINES]]
            if (more := len(entries) - MOST_LINES) > 0:
                lines.append(f"- and {more} more lines (--format json has them)")
            lines.append("")
    return "\n".join(lines)


def moment_words(case: Case) -> str:
    """Which state of the handbook a case is about."""
    moment = case.handbook.history.moment
    if moment is None:
        return f"the files on disk, {case.today.isoformat()}"
    return f"{moment.day.isoformat()} ({moment.short})"


def counts(comparison: Comparison) -> str:
    """How much changed, in a line; empty where nothing did."""
    substance = len(comparison.of_kind(ChangeKind.SUBSTANCE))
    editorial = len(comparison.of_kind(ChangeKind.EDITORIAL))
    other = len(comparison.changed) - substance - editorial
    risen = sum(moved.risen for moved in comparison.moved)
    parts = (
        (len(comparison.added), "document added", "documents added"),
        (len(comparison.removed), "document removed", "documents removed"),
        (substance, "document changed in substance", "documents changed in substance"),
        (editorial, "document changed editorially", "documents changed editorially"),
        (other, "document otherwise changed", "documents otherwise changed"),
        (len(comparison.gained), "reference gained", "references gained"),
        (len(comparison.lost), "reference lost", "references lost"),
        (risen, "clause better covered", "clauses better covered"),
        (len(comparison.moved) - risen, "clause less covered", "clauses less covered"),
        (len(comparison.opened), "question opened", "questions opened"),
        (len(comparison.answered), "question answered", "questions answered"),
        (len(comparison.dropped), "question no longer asked", "questions no longer asked"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)


def _sections(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    old, new = comparison.before.handbook.by_path, comparison.after.handbook.by_path
    untouched = ChangeKind.NONE
    yield "Documents added", [f"- {named(d)} ({text(d.path)})" for d in comparison.added]
    yield "Documents removed", [f"- {named(d)} ({text(d.path)})" for d in comparison.removed]
    yield "Changed in substance", change_lines(comparison.of_kind(ChangeKind.SUBSTANCE))
    yield "Changed editorially", change_lines(comparison.of_kind(ChangeKind.EDITORIAL))
    yield "Otherwise changed", change_lines(comparison.of_kind(untouched))
    yield "References gained", [reference_line(r, new) for r in comparison.gained]
    yield "References lost", [reference_line(r, old) for r in comparison.lost]
    yield (
        "Coverage",
        [
            f"- {text(moved.clause)} {text(moved.title)}: {moved.before} → {moved.after}"
            for moved in comparison.moved
        ],
    )
    yield "Questions opened", [question_line(q, new) for q in comparison.opened]
    yield "Questions answered", [f"{question_line(q, new)}: {q.state.value}" for q in comparison.answered]
    yield "Questions no longer asked", [question_line(q, old) for q in comparison.dropped]


def named(document: Document) -> str:
    """A document's id and title."""
    if document.title.casefold() == document.id.casefold():
        return text(document.id)
    return f"{text(document.id)} {text(document.title)}"


def change_lines(changes: Iterable[DocumentChange]) -> list[str]:
    """What changed in documents, in plain words."""
    lines = []
    for change in changes:
        lines.append(f"- **{named(change.after)}**")
        if change.renamed:
            lines.append(f"  - file: {text(change.before.path)} → {text(change.after.path)}")
        for name, was, now in change.facts:
            lines.append(f"  - {name}: {text(was) or 'nobody'} → {text(now) or 'nobody'}")
        told = {name for name, _, _ in change.facts}
        lines += [
            f"  - {text(reason)}" for reason in change.change.reasons if reason.partition(":")[0] not in told
        ]
    return lines


def reference_line(reference: Reference, documents: Mapping[str, Document]) -> str:
    """X references Y, with the reason."""
    source, target = documents[reference.source], documents[reference.target]
    because = f": {text(reference.because)}" if reference.because else ""
    return f"- {named(source)} {text(reference.relation.name)} {named(target)}{because}"


def question_line(question: Question, documents: Mapping[str, Document]) -> str:
    """A question with the first of its grounds."""
    source, target = documents[question.source], documents[question.target]
    return (
        f"- Why does {named(source)} not reference {named(target)}? {text(ground_words(question.grounds[0]))}"
    )


def comparison_data(comparison: Comparison) -> Data:
    """The comparison as data. Documents are named by id, with their file beside it."""
    old, new = comparison.before.handbook.by_path, comparison.after.handbook.by_path

    def record(document: Document) -> Data:
        return {"id": document.id, "file": portable(document.path), "title": document.title}

    def reference(one: Reference, documents: Mapping[str, Document]) -> Data:
        return {
            "source": record(documents[one.source]),
            "target": record(documents[one.target]),
            "relation": one.relation.name,
            "because": one.because,
        }

    def question(one: Question, documents: Mapping[str, Document]) -> Data:
        return {
            "source": record(documents[one.source]),
            "target": record(documents[one.target]),
            "state": one.state.value,
            "grounds": [ground_words(ground) for ground in one.grounds],
        }

    return {
        "before": _case_data(comparison.before),
        "after": _case_data(comparison.after),
        "documents": {
            "added": [record(document) for document in comparison.added],
            "removed": [record(document) for document in comparison.removed],
            "changed": [
                {
                    **record(change.after),
                    "before": record(change.before),
                    "change": change.change.kind.value,
                    "reasons": list(change.change.reasons),
                    "facts": {name: {"before": was, "after": now} for name, was, now in change.facts},
                }
                for change in comparison.changed
            ],
        },
        "references": {
            "gained": [reference(one, new) for one in comparison.gained],
            "lost": [reference(one, old) for one in comparison.lost],
        },
        "coverage": [
            {"clause": moved.clause, "title": moved.title, "before": moved.before, "after": moved.after}
            for moved in comparison.moved
        ],
        "questions": {
            "opened": [question(one, new) for one in comparison.opened],
            "answered": [question(one, new) for one in comparison.answered],
            "dropped": [question(one, old) for one in comparison.dropped],
        },
    }


def _case_data(case: Case) -> Data:
    moment = case.handbook.history.moment
    return {"date": case.today.isoformat(), "commit": moment.commit if moment else None}
