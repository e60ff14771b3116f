"""Each statement of applicability as files of its own, as auditors ask for it."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.publishing.applicability_places import statement_file
from policygraph.publishing.exports.spreadsheet import workbook
from policygraph.publishing.exports.table import csv_bytes
from policygraph.publishing.exports.tables.applicability import about, applicability_to
from policygraph.publishing.index import Index
from policygraph.publishing.publication import Asset


def statement_assets(index: Index) -> Iterator[Asset]:
    """A workbook and a file of comma-separated values for every statement."""
    for statement in index.case.applicability:
        name = statement.framework.id
        sheet = applicability_to(index, statement)
        title = f"Statement of applicability: {statement.framework.title}"
        content = workbook([sheet, about(index, statement)], title, index.today)
        yield Asset(statement_file(name, "xlsx"), content)
        yield Asset(statement_file(name, "csv"), csv_bytes(sheet))
