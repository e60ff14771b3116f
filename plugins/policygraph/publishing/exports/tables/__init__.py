"""The handbook's tables, each made once for spreadsheets and comma-separated values alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from policygraph.publishing.exports.table import Sheet
from policygraph.publishing.exports.tables.applicability import applicability
from policygraph.publishing.exports.tables.coverage import coverage
from policygraph.publishing.exports.tables.documents import mentions, references, register
from policygraph.publishing.exports.tables.evidence import basis, external, records
from policygraph.publishing.exports.tables.findings import findings
from policygraph.publishing.exports.tables.promises import promises
from policygraph.publishing.exports.tables.questions import questions
from policygraph.publishing.exports.tables.reviews import exceptions, reviews, standings
from policygraph.publishing.index import Index


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table: how it is made, and what it holds in a line."""

    make: Callable[[Index], Sheet]
    what: str


TABLES: Mapping[str, TableKind] = {
    "register": TableKind(register, "one row a document"),
    "references": TableKind(references, "one row for each place where a reference is written"),
    "questions": TableKind(questions, "which references will be missed, and what answers each question"),
    "coverage": TableKind(coverage, "how far each clause and control is covered"),
    "applicability": TableKind(applicability, "the statements of applicability: one row a control"),
    "promises": TableKind(promises, "what is done how often and by when, and which record shows it"),
    "records": TableKind(records, "what is kept where, last made and next due"),
    "standing": TableKind(standings, "version, approval and reviews of each document"),
    "reviews": TableKind(reviews, "the review log"),
    "exceptions": TableKind(exceptions, "permitted departures"),
    "external": TableKind(external, "documents of external origin, and who uses them"),
    "basis": TableKind(basis, "why each document exists"),
    "mentions": TableKind(mentions, "documents named in the text without a link"),
    "findings": TableKind(findings, "what is wrong or missing, and how it is mended"),
}
"""Every table by the name of its file, in the order of the workbook."""
