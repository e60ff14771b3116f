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
from policygraph.words import N_


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table: how it is made, and what it holds in a line."""

    make: Callable[[Index], Sheet]
    what: str


TABLES: Mapping[str, TableKind] = {
    "register": TableKind(register, N_("one row a document")),
    "references": TableKind(references, N_("one row for each place where a reference is written")),
    "questions": TableKind(questions, N_("which references will be missed, and what answers each question")),
    "coverage": TableKind(coverage, N_("how far each clause and control is covered")),
    "applicability": TableKind(applicability, N_("the statements of applicability: one row a control")),
    "promises": TableKind(promises, N_("what is done how often and by when, and which record shows it")),
    "records": TableKind(records, N_("what is kept where, last made and next due")),
    "standing": TableKind(standings, N_("version, approval and reviews of each document")),
    "reviews": TableKind(reviews, N_("the review log")),
    "exceptions": TableKind(exceptions, N_("permitted departures")),
    "external": TableKind(external, N_("documents of external origin, and who uses them")),
    "basis": TableKind(basis, N_("why each document exists")),
    "mentions": TableKind(mentions, N_("documents named in the text without a link")),
    "findings": TableKind(findings, N_("what is wrong or missing, and how it is mended")),
}
"""Every table by the name of its file, in the order of the workbook."""
