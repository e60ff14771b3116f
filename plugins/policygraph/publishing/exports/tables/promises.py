"""The table of promises: what is done how often and by when, who keeps it, and which record shows it."""

from __future__ import annotations

from policygraph.publishing.exports.table import Sheet, Value
from policygraph.publishing.exports.tables.cells import (
    at,
    column,
    document_cell,
    joined,
    passage_cell,
    role_words,
)
from policygraph.publishing.index import Index


def promises(index: Index) -> Sheet:
    """One row for each promise of a document in force."""
    rows: list[tuple[Value, ...]] = []
    for promise in index.case.promises:
        passage = promise.passage
        rows.append(
            (
                document_cell(index, promise.document),
                passage_cell(index, promise.document, passage.sentence, passage.id),
                promise.timing.kind.value,
                str(promise.timing),
                promise.force.value,
                role_words(index, promise.owner),
                joined(promise.audiences),
                promise.record.what if promise.record else None,
                promise.record.where if promise.record else None,
                promise.ground,
                at(passage.place),
            )
        )
    return Sheet(
        "Promises",
        (
            column("document"),
            column("passage"),
            column("kind"),
            column("timing"),
            column("force"),
            column("owner"),
            column("applies_to"),
            column("record"),
            column("kept_at"),
            column("ground", "Why the record is taken to show it"),
            column("place"),
        ),
        rows,
    )
