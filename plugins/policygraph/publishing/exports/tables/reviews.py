"""Tables of reviews, of how each document stands, and of exceptions."""

from __future__ import annotations

from policygraph.publishing.exports.table import Sheet, Value
from policygraph.publishing.exports.tables.cells import (
    at,
    column,
    document_cell,
    joined,
    passage_cell,
    role_words,
    title_cell,
)
from policygraph.publishing.index import Index


def standings(index: Index) -> Sheet:
    """One row for each document: its version, its approval and its reviews."""
    rows: list[tuple[Value, ...]] = []
    for document in index.handbook.documents:
        standing = index.case.standings[document.path]
        approved = standing.approval.review if standing.approval else None
        changed = standing.changed.kind.value if standing.changed else None
        rows.append(
            (
                document_cell(index, document.path),
                title_cell(index, document.path),
                document.status.value,
                "yes" if document.in_force(index.today) else "no",
                str(standing.version) if standing.version else None,
                approved.by if approved else None,
                approved.role if approved else None,
                approved.on if approved else None,
                changed,
                standing.last_review.on if standing.last_review else None,
                str(standing.every) if standing.every else None,
                standing.next_review,
                "yes" if standing.overdue else "no",
                joined(remark.message for remark in standing.remarks),
            )
        )
    return Sheet(
        "Standing",
        (
            column("document"),
            column("title"),
            column("status"),
            column("in_force"),
            column("version"),
            column("approved_by"),
            column("approved_as"),
            column("approved_on"),
            column("changed_since", "Changed since approval"),
            column("last_review"),
            column("review_every"),
            column("next_review"),
            column("overdue"),
            column("remarks"),
        ),
        rows,
        frozen=2,
    )


def reviews(index: Index) -> Sheet:
    """One row for each entry of the review log, the newest first."""
    log = [(path, review) for path, entries in index.handbook.reviews.items() for review in entries]
    log.sort(key=lambda entry: (entry[1].on, entry[1].place), reverse=True)
    rows: list[tuple[Value, ...]] = [
        (
            document_cell(index, path),
            review.on,
            review.outcome.value,
            review.by,
            role_words(index, review.role),
            review.note,
            review.pull_request,
            review.looked_at.text if review.looked_at else None,
            at(review.place),
        )
        for path, review in log
        if path in index.documents
    ]
    return Sheet(
        "Reviews",
        (
            column("document"),
            column("date"),
            column("outcome"),
            column("by"),
            column("as", "In the role of"),
            column("note"),
            column("pull_request"),
            column("text", "Hash of the text"),
            column("place"),
        ),
        rows,
    )


def exceptions(index: Index) -> Sheet:
    """One row for each permitted departure; where its document is not to be found, with that as typed."""
    rows: list[tuple[Value, ...]] = []
    for one in (*index.handbook.exceptions, *index.handbook.stray_exceptions):
        known = one.document in index.documents
        passage = one.passage
        sentence = passage_cell(index, one.document, passage.sentence, passage.id) if passage else one.quote
        rows.append(
            (
                one.id,
                one.title,
                document_cell(index, one.document) if known else f"{one.document} (no single document)",
                sentence,
                one.state(index.today).value,
                role_words(index, one.owner),
                one.because,
                one.granted,
                one.by,
                one.expires,
                one.closed,
                at(one.place),
            )
        )
    return Sheet(
        "Exceptions",
        (
            column("id"),
            column("title"),
            column("document"),
            column("statement"),
            column("state"),
            column("owner"),
            column("because"),
            column("granted"),
            column("by"),
            column("expires"),
            column("closed"),
            column("place"),
        ),
        rows,
        frozen=2,
    )
