"""Workbooks (XLSX): tables with a header that stays in sight, filters and links. The same tables give the same bytes.

As in comma-separated tables, no cell begins a formula: text that a spreadsheet could take for one has an apostrophe
put before it. Cells hold text, numbers, dates and links, never formulas.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from policygraph.publishing.escaping import safe_url
from policygraph.publishing.exports.table import Column, Link, Sheet, Value, cell

__all__ = ["Column", "Link", "Sheet", "Value", "workbook"]

_MOST_CHARACTERS = 32_000
_MOST_ROWS = 1_000_000
_MOST_LINKS = 60_000
_LONGEST_ADDRESS = 2_000
_WIDTHS = (8, 60)
_SAMPLE = 200
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_EARLIEST = dt.date(1900, 3, 1)
"""Spreadsheets disagree about the days before."""


def workbook(sheets: Sequence[Sheet], title: str, day: dt.date) -> bytes:
    """A workbook of tables. `day` stands in it as the day it was made, so that two runs give the same bytes."""
    buffer = io.BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": _text(title), "created": dt.datetime(day.year, day.month, day.day)})
    formats = _Formats(book)
    names = _Names()
    parts = [(names.give(part.name), part) for sheet in sheets for part in _parts(sheet)]
    first: dict[str, str] = {}
    for name, part in parts:
        first.setdefault(part.name, name)
    for name, part in parts:
        _Writer(book.add_worksheet(name), formats, first).write(part)
    book.close()
    return buffer.getvalue()


class _Formats:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        def style(**more: object) -> Format:
            return book.add_format({"valign": "top", "text_wrap": True, **more})

        self.header = style(bold=True, bg_color="#E7ECEF", bottom=1, bottom_color="#7A8A93")
        self.text = style()
        self.number = style(num_format="0")
        self.date = style(num_format="yyyy-mm-dd", align="left")
        self.link = style(font_color="#0B5C8C", underline=1)


class _Names:
    """Names of sheets that every spreadsheet program accepts, no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history", ""}

    def give(self, wanted: str) -> str:
        plain = _NOT_IN_A_NAME.sub(" ", _text(wanted)).strip("' ")[:31].strip("' ") or "Sheet"
        name, number = plain, 2
        while name.casefold() in self._taken:
            ending = f" {number}"
            name, number = plain[: 31 - len(ending)] + ending, number + 1
        self._taken.add(name.casefold())
        return name


class _Writer:
    """Writes one table."""

    def __init__(self, sheet: Worksheet, formats: _Formats, names: dict[str, str]) -> None:
        self._sheet: Any = sheet
        self._formats = formats
        self._names = names
        self._links = 0

    def write(self, table: Sheet) -> None:
        sheet = self._sheet
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, _text(column.title), self._formats.header)
            sheet.set_column(number, number, column.width or _width(table, number))
        for row, values in enumerate(table.rows, start=1):
            for number, value in enumerate(values):
                self._cell(row, number, value)
        last = max(len(table.columns) - 1, 0)
        sheet.freeze_panes(1, min(table.frozen, last))
        sheet.autofilter(0, 0, len(table.rows), last)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _cell(self, row: int, column: int, value: Value) -> None:
        sheet, formats = self._sheet, self._formats
        match value:
            case None | "":
                sheet.write_blank(row, column, None, formats.text)
            case Link():
                self._link(row, column, value)
            case dt.date() if value >= _EARLIEST:
                sheet.write_datetime(
                    row, column, dt.datetime(value.year, value.month, value.day), formats.date
                )
            case int() | float() if not isinstance(value, bool):
                sheet.write_number(row, column, value, formats.number)
            case _:
                sheet.write_string(row, column, _text(value), formats.text)

    def _link(self, row: int, column: int, link: Link) -> None:
        target = _address(link.href)
        if link.sheet in self._names:
            quoted = self._names[link.sheet].replace("'", "''")
            target = f"internal:'{quoted}'!A1"
        if not target or self._links >= _MOST_LINKS:
            self._cell(row, column, link.text)
            return
        self._links += 1
        self._sheet.write_url(row, column, target, self._formats.link, _text(link.text) or _text(link.href))


def _address(href: str) -> str:
    """An address that a spreadsheet may open: a web page or a mailbox."""
    found = safe_url(href) or ""
    known = found.lower().startswith(("http://", "https://", "mailto:"))
    return found if known and len(found) <= _LONGEST_ADDRESS else ""


def _text(value: object) -> str:
    text = _NOT_IN_XML.sub("\ufffd", cell(value))
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 2] + " …"


def _width(table: Sheet, column: int) -> int:
    """As wide as most of the content asks for."""
    texts = [table.columns[column].title + "   "]
    for values in table.rows[:_SAMPLE]:
        if column < len(values):
            value = values[column]
            texts += str(value.text if isinstance(value, Link) else value or "").split("\n")
    narrowest, widest = _WIDTHS
    return min(max(max(map(len, texts)) + 1, narrowest), widest)


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    """A table in as many sheets as it needs: a sheet holds no more than about a million rows."""
    for start in range(0, max(len(sheet.rows), 1), _MOST_ROWS):
        yield Sheet(sheet.name, sheet.columns, sheet.rows[start : start + _MOST_ROWS], sheet.frozen)
