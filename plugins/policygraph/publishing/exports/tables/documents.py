"""Tables of documents, of references between them, and of names without a link."""

from __future__ import annotations

from collections import Counter

from policygraph.publishing.exports.records import portable, strength
from policygraph.publishing.exports.table import Sheet, Value
from policygraph.publishing.exports.tables.cells import (
    column,
    document_cell,
    joined,
    passage_cell,
    title_cell,
)
from policygraph.publishing.index import Index


def register(index: Index) -> Sheet:
    """One row for each document."""
    handbook = index.handbook
    findings = Counter(finding.document for finding in index.judgement.findings)
    rows: list[tuple[Value, ...]] = []
    for document in handbook.documents:
        front = document.front
        role = handbook.role(document.owner)
        rows.append(
            (
                document_cell(index, document.path),
                title_cell(index, document.path),
                document.type,
                document.owner,
                document.status.value,
                "yes" if document.in_force(index.today) else "no",
                document.path,
                document.area,
                document.summary,
                document.lang,
                document.words,
                joined(front.applies_to),
                front.approver,
                str(front.review_every) if front.review_every else None,
                front.effective,
                front.expires,
                front.basis,
                front.visibility.value if front.visibility else None,
                joined(role.holders if role else ()),
                joined(dict.fromkeys(m.clause for m in index.mappings.get(document.path, ()))),
                len({reference.target for reference in handbook.outgoing.get(document.path, ())}),
                len({reference.source for reference in handbook.incoming.get(document.path, ())}),
                findings[document.path],
            )
        )
    return Sheet(
        "Register",
        (
            column("id"),
            column("title"),
            column("type"),
            column("owner"),
            column("status"),
            column("in_force"),
            column("file"),
            column("area"),
            column("summary"),
            column("lang", "Language"),
            column("words"),
            column("applies_to"),
            column("approver"),
            column("review_every"),
            column("effective"),
            column("expires"),
            column("basis"),
            column("visibility"),
            column("owner_held_by"),
            column("satisfies", "Answers"),
            column("references"),
            column("referenced_by"),
            column("findings"),
        ),
        rows,
        frozen=2,
    )


def references(index: Index) -> Sheet:
    """One row for each place where a reference is written.

    `because` is the reason declared for the reference; where none is, the passage has to serve.
    """
    handbook = index.handbook
    rows: list[tuple[Value, ...]] = []
    for reference in handbook.references:
        source, target = reference.source, reference.target
        declared = next((o.because for o in reference.occurrences if o.because), None)
        for occurrence in reference.occurrences:
            passage = occurrence.passage
            rows.append(
                (
                    document_cell(index, source),
                    reference.relation.name,
                    document_cell(index, target),
                    occurrence.origin.value,
                    occurrence.because or declared,
                    passage_cell(index, source, passage.sentence, passage.id) if passage else None,
                    portable(occurrence.place.file),
                    occurrence.place.line,
                    occurrence.place.column,
                    occurrence.section,
                    " > ".join(passage.headings) if passage else None,
                    passage.id if passage else None,
                    title_cell(index, source),
                    title_cell(index, target, occurrence.section),
                    target,
                )
            )
    return Sheet(
        "References",
        (
            column("source"),
            column("relation"),
            column("target"),
            column("origin"),
            column("because"),
            column("passage"),
            column("file"),
            column("line"),
            column("column"),
            column("section"),
            column("headings"),
            column("passage_id", "Anchor of the passage"),
            column("source_title"),
            column("target_title"),
            column("target_file"),
        ),
        rows,
        frozen=3,
    )


def mentions(index: Index) -> Sheet:
    """One row for each document's name in another's text without a link."""
    rows: list[tuple[Value, ...]] = [
        (
            document_cell(index, mention.source),
            document_cell(index, mention.target),
            mention.text,
            strength(mention),
            portable(mention.place.file),
            mention.place.line,
            mention.place.column,
            passage_cell(index, mention.source, mention.passage.sentence, mention.passage.section),
            mention.passage.id,
            mention.target,
        )
        for mention in index.handbook.mentions
    ]
    return Sheet(
        "Mentions",
        (
            column("source"),
            column("target"),
            column("text"),
            column("strength"),
            column("file"),
            column("line"),
            column("column"),
            column("passage"),
            column("passage_id", "Anchor of the passage"),
            column("target_file"),
        ),
        rows,
        frozen=2,
    )
