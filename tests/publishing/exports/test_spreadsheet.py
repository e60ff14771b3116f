from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from builders import TODAY
from policygraph.publishing.exports import spreadsheet
from policygraph.publishing.exports.spreadsheet import Column, Link, Sheet, workbook

COLUMNS = (Column("Control", 12), Column("Because"))


def read(content: bytes):  # type: ignore[no-untyped-def]
    return load_workbook(io.BytesIO(content))


def test_a_table_has_a_header_that_stays_in_sight_and_filters() -> None:
    made = read(
        workbook([Sheet("Controls", COLUMNS, [("A.2.2", "We need it."), ("A.2.3", None)])], "T", TODAY)
    )
    sheet = made["Controls"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["Control", "Because"],
        ["A.2.2", "We need it."],
        ["A.2.3", None],
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert (sheet.column_dimensions["A"].width, sheet.print_title_rows) == (pytest.approx(12, abs=1), "$1:$1")


def test_numbers_and_dates_stay_what_they_are() -> None:
    rows = [(3, dt.date(2026, 4, 1)), (0, dt.date(1066, 10, 14))]
    sheet = read(workbook([Sheet("S", COLUMNS, rows)], "T", TODAY))["S"]
    assert sheet["A2"].value == 3
    assert sheet["B2"].value == dt.datetime(2026, 4, 1)
    assert (sheet["A3"].value, sheet["B3"].value) == (0, "1066-10-14")


def test_links_lead_to_the_web_and_to_other_sheets() -> None:
    rows = [
        (Link("AI-06", "https://handbook.example/ai-06/#p-1"), Link("records", sheet="It's all: records")),
        (Link("a trap", "javascript:alert(1)"), Link("a drive", "file:///etc/passwd")),
        (Link("nowhere", sheet="Missing"), Link("", "https://handbook.example/")),
    ]
    made = read(workbook([Sheet("S", COLUMNS, rows), Sheet("It's all: records", COLUMNS, [])], "T", TODAY))
    sheet = made["S"]
    assert made.sheetnames == ["S", "It's all  records"]
    assert (sheet["A2"].value, sheet["A2"].hyperlink.target) == ("AI-06", "https://handbook.example/ai-06/")
    assert sheet["A2"].hyperlink.location == "p-1"
    assert sheet["B2"].hyperlink.location == "'It''s all  records'!A1"
    for place in ("A3", "B3", "A4"):
        assert sheet[place].hyperlink is None
        assert sheet[place].value
    assert sheet["B4"].value == "https://handbook.example/"


def test_two_runs_give_the_same_bytes() -> None:
    sheet = Sheet("S", COLUMNS, [("a", Link("b", "https://a.example/")), ("c", dt.date(2026, 1, 1))])
    assert workbook([sheet], "T", TODAY) == workbook([sheet], "T", TODAY)
    assert workbook([sheet], "T", TODAY) != workbook([sheet], "T", TODAY + dt.timedelta(days=1))


def test_sheets_get_names_that_programs_accept() -> None:
    names = ["History", "a/b", "A b", "", "'quoted'", "x" * 40, "x" * 41]
    made = read(workbook([Sheet(name, COLUMNS, []) for name in names], "T", TODAY))
    assert made.sheetnames == ["History 2", "a b", "A b 2", "Sheet", "quoted", "x" * 31, "x" * 29 + " 2"]


def test_a_long_table_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_MOST_ROWS", 2)
    made = read(workbook([Sheet("S", COLUMNS, [(str(n), "") for n in range(5)])], "T", TODAY))
    assert made.sheetnames == ["S", "S 2", "S 3"]
    assert made["S 3"]["A2"].value == "4"


def test_links_beyond_what_a_sheet_holds_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_MOST_LINKS", 1)
    link = Link("a", "https://a.example/")
    sheet = read(workbook([Sheet("S", COLUMNS, [(link, link)])], "T", TODAY))["S"]
    assert (sheet["A2"].hyperlink is not None, sheet["B2"].hyperlink, sheet["B2"].value) == (True, None, "a")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "{=1}"])
def test_no_cell_is_a_formula(text: str) -> None:
    rows = [(text, Link(text, "https://a.example/"))]
    sheet = read(workbook([Sheet("S", (Column(text), Column("b")), rows)], text, TODAY))["S"]
    for row in sheet.iter_rows():
        for one in row:
            assert one.data_type == "s"
            assert not str(one.value).lstrip().startswith(("=", "+", "-", "@", "＝"))


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_any_text_can_be_read_back(rows: list[tuple[str, str]]) -> None:
    made = read(workbook([Sheet("S", COLUMNS, rows)], "T", TODAY))
    assert made["S"].max_row == len(rows) + 1


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    sheet = read(workbook([Sheet("S", COLUMNS, [("x" * 40_000, "")])], "T", TODAY))["S"]
    assert sheet["A2"].value.endswith("x …")
    assert len(sheet["A2"].value) == 32_000
