"""The handbook's tables, each made once for spreadsheets and comma-separated values alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policygraph.publishing.exports.table import Sheet
from policygraph.publishing.exports.tables.documents import mentions, references, register
from policygraph.publishing.index import Index

TABLES: Mapping[str, Callable[[Index], Sheet]] = {
    "register": register,
    "references": references,
    "mentions": mentions,
}
"""Every table by the name of its file, in the order of the workbook."""
