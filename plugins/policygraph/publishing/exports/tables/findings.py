"""The table of findings."""

from __future__ import annotations

from policygraph.publishing.exports.records import portable
from policygraph.publishing.exports.table import Sheet, Value
from policygraph.publishing.exports.tables.cells import column, document_cell
from policygraph.publishing.index import Index


def findings(index: Index) -> Sheet:
    """One row for each finding; those that an author lives with have the reason."""
    rows: list[tuple[Value, ...]] = [
        (
            finding.code,
            finding.rule,
            finding.severity.value,
            "yes" if finding.calendar else "no",
            document_cell(index, finding.document) if finding.document else None,
            finding.message,
            finding.help,
            finding.suggestion,
            finding.allowed,
            portable(finding.place.file),
            finding.place.line,
            finding.place.column,
        )
        for finding in (*index.judgement.findings, *index.judgement.allowed)
    ]
    return Sheet(
        "Findings",
        (
            column("code"),
            column("rule"),
            column("severity"),
            column("calendar", "Made by time alone"),
            column("document"),
            column("message"),
            column("help"),
            column("suggestion"),
            column("allowed", "Accepted, because"),
            column("file"),
            column("line"),
            column("column"),
        ),
        rows,
    )
