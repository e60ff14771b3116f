"""Tables: the same rows for spreadsheets and as comma-separated values.

No cell begins a formula. A cell that a spreadsheet could take for one (it begins with =, +, -, @, their
full-width forms, a tab or a carriage return, or with white space, seen or unseen, before one of these) has an apostrophe put
before it, which spreadsheets take for "this is text".
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

_FORMULA = re.compile(r"[\t\r\n]|[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a web page (`href`) or to another sheet of the workbook (`sheet`, by its name).

    An address that is neither of the web nor of a mailbox is left out, and the text stands alone.
    """

    text: str
    href: str = ""
    sheet: str = ""


Value = str | int | float | dt.date | Link | None
"""What a cell may hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters (0: as wide as its content, within reason).

    `key` is its name in comma-separated values, where other programs look for it; the heading unless given.
    """

    title: str
    width: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: on a sheet of its own in a workbook, or as comma-separated values. The first `frozen` columns stay in
    sight."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    frozen: int = 1


def cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isalnum():
        return text
    text = _CONTROL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


def csv_bytes(table: Sheet) -> bytes:
    """A table as comma-separated values in UTF-8, quoted as RFC 4180 asks, lines ending in LF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.key or column.title for column in table.columns])
    writer.writerows([cell(_plain(value)) for value in row] for row in table.rows)
    return buffer.getvalue().encode("utf-8", "replace")


def _plain(value: Value) -> str | int | float | dt.date | None:
    return value.text if isinstance(value, Link) else value
