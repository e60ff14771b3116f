"""The workbook and every table in it: what they hold, and that they are the same every time."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from builders import book, indexed
from policygraph.publishing.exports.table import csv_bytes
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.exports.workbook import workbook_bytes
from policygraph.resolving.handbook import Handbook

FILES = {
    "a.md": """\
---
id: A-1
title: "Keys: who has them"
owner: it
review_every: 12 months
satisfies: ["iso-42001:5.2"]
references:
  - to: B-1
    relation: depends on
    because: "=HYPERLINK(1)"
records:
  - {what: Key book, where: https://keys.example, every: 3 months}
---
# Keys

The IT lead must count the keys every month, as [[B-1]] says.
""",
    "b.md": "---\nid: B-1\ntitle: Badges\n---\n# Badges\n\nWear them. See Keys: who has them.\n",
    "policies/registers/organisation.yml": "roles: {it: {title: IT lead, holders: [Ann]}}\n",
    "policies/registers/reviews/one.yml": "document: A-1\nby: Ann\nas: it\ndate: 2026-05-01\noutcome: approved\n",
    "policies/registers/exceptions.yml": (
        "exceptions:\n  - {id: X-1, departs_from: A-1, owner: it, because: '+1', expires: 2026-01-01}\n"
    ),
}
SETTINGS = "name: Small\nframeworks: [iso-42001]\nurl: https://handbook.example/\n"


@pytest.fixture(scope="module")
def small() -> Handbook:
    return book(FILES, SETTINGS)


def test_the_workbook_holds_every_table_with_headers_that_stay_and_filters(small: Handbook) -> None:
    found = load_workbook(io.BytesIO(workbook_bytes(indexed(small))))
    assert [sheet.title.lower() for sheet in found] == ["about", *TABLES]
    about = {row[0].value: row[1].value for row in found["About"].iter_rows(min_row=2)}
    assert (about["As it stood"], about["Newest commit"]) == ("as it is on disk today", "not recorded")
    assert found["About"]["A8"].hyperlink.location.startswith("'Register'")
    for sheet in list(found)[1:]:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref
    register = found["Register"]
    assert register["A2"].hyperlink.target == "https://handbook.example/audit/documents/a/"
    assert register["B2"].hyperlink.target == "https://handbook.example/policies/a/"
    passages = [row[5] for row in found["References"].iter_rows(min_row=2) if row[5].value]
    assert [cell.value for cell in passages] == ["The IT lead must count the keys every month, as B-1 says."]
    assert (passages[0].hyperlink.location or "").startswith("p-")


def test_without_an_address_there_are_no_links() -> None:
    found = load_workbook(io.BytesIO(workbook_bytes(indexed(book(FILES, "frameworks: [iso-42001]\n")))))
    assert all(cell.hyperlink is None for row in found["Register"] for cell in row)


def test_no_cell_is_a_formula(small: Handbook) -> None:
    found = load_workbook(io.BytesIO(workbook_bytes(indexed(small))))
    cells = [cell for sheet in found for row in sheet for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}


def test_the_same_handbook_gives_the_same_bytes(small: Handbook) -> None:
    assert workbook_bytes(indexed(small)) == workbook_bytes(indexed(book(FILES, SETTINGS)))


def test_what_the_tables_say(small: Handbook) -> None:
    def first(name: str) -> dict[str, str]:
        lines = csv_bytes(TABLES[name].make(indexed(small))).decode().splitlines()
        assert len(lines) > 1, name
        keys = lines[0].split(",")
        return dict(zip(keys, next(iter(rows(lines))), strict=True))

    assert first("coverage")["rung"] in ("unanswered", "mentioned")
    assert first("promises")["timing"] == "every month"
    assert first("standing")["approved_by"] == "Ann"
    assert first("reviews")["outcome"] == "approved"
    assert first("exceptions")["state"] == "expired, not closed"
    assert first("exceptions")["because"] == "'+1"


def test_an_exception_stands_in_the_table_as_on_its_page() -> None:
    entry = "  - {{id: {id}, departs_from: A-1, owner: it, because: B, {dates}}}\n"
    register = "exceptions:\n" + "".join(
        entry.format(id=id, dates=dates)
        for id, dates in (
            ("X-1", "expires: 2999-01-01, closed: 2026-01-01"),
            ("X-2", "expires: 2999-01-01, closed: 2998-01-01"),
            ("X-3", "granted: 2998-01-01, expires: 2999-01-01"),
        )
    )
    index = indexed(book({**FILES, "policies/registers/exceptions.yml": register}, SETTINGS))
    lines = csv_bytes(TABLES["exceptions"].make(index)).decode().splitlines()
    assert [row[4] for row in rows(lines)] == ["closed", "open", "not yet granted"]


def test_an_exception_from_what_no_document_is_stands_in_the_table() -> None:
    register = "exceptions:\n  - {id: X-1, departs_from: B-33, owner: it, because: B, expires: 2999-01-01}\n"
    index = indexed(book({**FILES, "policies/registers/exceptions.yml": register}, SETTINGS))
    (row,) = rows(csv_bytes(TABLES["exceptions"].make(index)).decode().splitlines())
    assert row[0] == "X-1"
    assert row[2] == "B-33 (no single document)"


def rows(lines: list[str]) -> list[list[str]]:
    import csv

    return list(csv.reader(lines[1:]))


@given(st.text(max_size=60))
def test_every_table_bears_any_words(words: str) -> None:
    quoted = "'" + words.replace("'", "''").replace("\n", " ").replace("\r", " ") + "'"
    files = {
        **FILES,
        "policies/registers/reviews/one.yml": f"document: A-1\nby: {quoted}\nas: it\ndate: 2026-05-01\noutcome: approved\n",
    }
    index = indexed(book(files, SETTINGS))
    for kind in TABLES.values():
        csv_bytes(kind.make(index)).decode("utf-8")
    load_workbook(io.BytesIO(workbook_bytes(index)))
