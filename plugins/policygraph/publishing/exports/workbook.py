"""handbook.xlsx: every table of the handbook in one workbook."""

from __future__ import annotations

from policygraph.publishing.exports.spreadsheet import workbook
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.index import Index

WORKBOOK = "handbook.xlsx"


def workbook_bytes(index: Index) -> bytes:
    """The workbook: frozen headers, filters, and links into the published site where its address is known."""
    name = index.handbook.settings.name
    return workbook([table.make(index) for table in TABLES.values()], name, index.today)
