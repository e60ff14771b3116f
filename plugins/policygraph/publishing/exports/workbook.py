"""handbook.xlsx: every table of the handbook in one workbook."""

from __future__ import annotations

from policygraph.publishing.document_pages import as_it_stood
from policygraph.publishing.exports.spreadsheet import Column, Link, Sheet, Value, workbook
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.index import Index

WORKBOOK = "handbook.xlsx"

_NOTE = (
    "Made from the text, the registers and git. A mapping is its author's claim that a document answers a clause, and "
    "proves no fulfilment; a commit is no approval. What is not recorded stands as an empty cell."
)


def workbook_bytes(index: Index) -> bytes:
    """The workbook: frozen headers, filters, and links into the published site where its address is known."""
    name = index.handbook.settings.name
    tables = [table.make(index) for table in TABLES.values()]
    return workbook([_about(index, tables), *tables], name, index.today)


def _about(index: Index, tables: list[Sheet]) -> Sheet:
    """What the workbook holds, of which day and commit, and how to read it."""
    settings, history = index.handbook.settings, index.handbook.history
    rows: list[tuple[Value, ...]] = [
        ("Handbook", Link(settings.name, settings.url)),
        ("Organisation", settings.organisation or "not recorded"),
        ("As of", index.today),
        ("As it stood", as_it_stood(index) or "as it is on disk today"),
        ("Newest commit", history.tip or "not recorded"),
        ("How to read it", _NOTE),
    ]
    kinds = zip(tables, TABLES.values(), strict=True)
    rows += [(Link(table.name, sheet=table.name), kind.what) for table, kind in kinds]
    return Sheet("About", (Column("What", 24), Column("Value", 90)), rows, frozen=0)
