"""Tables of records, of documents from outside, and of why documents exist."""

from __future__ import annotations

from policygraph.publishing.exports.table import Link, Sheet, Value
from policygraph.publishing.exports.tables.cells import (
    at,
    column,
    document_cell,
    joined,
    role_words,
    title_cell,
)
from policygraph.publishing.index import Index


def records(index: Index) -> Sheet:
    """One row for each record."""
    rows: list[tuple[Value, ...]] = []
    for evidence in index.case.evidence:
        record, made = evidence.record, evidence.record.made
        every = record.pointer.every
        rows.append(
            (
                document_cell(index, record.document),
                record.what,
                Link(record.pointer.where, record.pointer.where),
                role_words(index, record.owner),
                str(every) if every else None,
                record.last,
                record.due,
                evidence.freshness.value,
                made.by if made else None,
                str(made.retention) if made and made.retention else None,
                made.note if made else None,
                len(evidence.promises),
                at(record.pointer.place),
            )
        )
    return Sheet(
        "Records",
        (
            column("document"),
            column("record"),
            column("kept_at"),
            column("owner"),
            column("every"),
            column("last_made"),
            column("due"),
            column("state"),
            column("made_by"),
            column("retention"),
            column("note"),
            column("promises", "Promises it backs"),
            column("place"),
        ),
        rows,
        frozen=2,
    )


def external(index: Index) -> Sheet:
    """One row for each document of external origin."""
    rows: list[tuple[Value, ...]] = []
    for use in index.case.external:
        entry = use.entry
        rows.append(
            (
                entry.id,
                Link(entry.title, entry.where),
                entry.kind,
                entry.version,
                role_words(index, entry.owner),
                entry.where,
                joined(index.documents[path].id for path in use.users),
                entry.checked,
                str(entry.check_every) if entry.check_every else None,
                entry.due,
                use.check.value,
                at(entry.place),
            )
        )
    return Sheet(
        "External",
        (
            column("id"),
            column("title"),
            column("kind"),
            column("version"),
            column("owner"),
            column("where"),
            column("used_by"),
            column("checked"),
            column("check_every"),
            column("due"),
            column("state"),
            column("place"),
        ),
        rows,
        frozen=2,
    )


def basis(index: Index) -> Sheet:
    """One row for each document in force: why it exists, and who asks for its review."""
    rows: list[tuple[Value, ...]] = []
    for one in index.case.bases:
        leading = dict.fromkeys(index.documents[p.document].id for p in one.promises)
        rows.append(
            (
                document_cell(index, one.document.path),
                title_cell(index, one.document.path),
                one.derived,
                joined(mapping.clause for mapping in one.clauses),
                joined(leading),
                one.declared,
                one.contradiction,
                one.answered,
                str(one.every) if one.every else None,
                "the document" if one.every and one.own else "the settings" if one.every else None,
                joined(demand.passage.sentence for demand in one.demands),
            )
        )
    return Sheet(
        "Basis",
        (
            column("document"),
            column("title"),
            column("basis"),
            column("clauses", "Clauses that ask for documents"),
            column("led_to_by", "Documents that lead to it"),
            column("declared"),
            column("contradiction"),
            column("answered", "Clauses answered"),
            column("review_every"),
            column("review_from", "Interval named by"),
            column("demanded_by", "Sentences that ask for the review"),
        ),
        rows,
        frozen=2,
    )
