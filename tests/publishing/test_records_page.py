"""The records page, and the records on an audit sheet."""

from __future__ import annotations

import json

import pytest
from publications import published, seen

from policygraph.publishing import records, sheets

EVIL = '<script>alert(1)</script> {{ x }} | "q"'
FILES = {
    "policies/a/one.md": "---\nid: one\ntitle: One\nowner: boss\nsatisfies: ['iso-42001:8.2']\nrecords:\n"
    "  - {what: Risk register, where: 'https://x.example/risks', every: 3 months}\n"
    "  - {what: Drills, every: 1 year}\n  - {what: Tickets, where: 'the cabinet'}\n---\n"
    "# One\n\nThe risk register must be read every quarter.\n",
    "policies/b/draft.md": "---\nid: two\ntitle: Two\nstatus: draft\nrecords: [Plans]\n---\n# Two\n\nText.\n",
    "policies/registers/organisation.yml": "roles:\n  boss: {title: The big boss, holders: [Ann]}\n",
    "policies/registers/records.yml": "records:\n  - {document: one, what: Risk register, made: 2026-01-15, by: Bob, retention: 3 years}\n",
}


def test_the_page_says_what_is_known_and_no_more() -> None:
    page = seen(published(FILES, "frameworks: [iso-42001]\n")["audit/records/index.md"].text)
    assert "3 records that the documents in force name, as of 23 November 2026" in page.text
    assert "overdue 1 not recorded 2" in page.text
    assert "Risk register every 3 months : The risk register must be read every quarter." in page.text
    assert "15 January 2026 by Bob 15 April 2026" in page.text
    assert "Plans" not in page.text
    assert any(h.endswith("frameworks/iso-42001/#clause-8.2") for h in page.values("href"))
    assert "https://x.example/risks" in page.values("href")
    assert page.text.count("The big boss") == 4  # the overdue one is listed twice


def test_the_sheet_has_the_days_too() -> None:
    text = seen(published(FILES)["audit/documents/a/one.md"].text).text
    assert "every 3 months 15 January 2026 by Bob 15 April 2026 overdue" in text
    assert "Plans" in seen(published(FILES)["audit/documents/b/draft.md"].text).text


def test_no_record_is_said() -> None:
    page = published({"policies/a.md": "---\ntitle: A\n---\nText.\n"})["audit/records/index.md"]
    assert "No document in force names a record." in seen(page.text).text


def test_many_records_are_split_by_area() -> None:
    records = "".join(f"  - {{what: Record {n}, every: 1 month}}\n" for n in range(400))
    pages = published({**FILES, "policies/a/many.md": f"---\ntitle: Many\nrecords:\n{records}---\nText.\n"})
    assert [uri for uri in pages if uri.startswith("audit/records/")] == [
        "audit/records/index.md",
        "audit/records/a-1.md",
        "audit/records/a-2.md",
    ]
    assert (
        "Risk register" in seen(pages["audit/records/index.md"].text).text
    )  # what is overdue stays in front


def test_the_longest_overdue_stand_in_front_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 2)
    named = "".join(f"  - {{what: Record {n}, every: 1 month}}\n" for n in range(4))
    made = "".join(
        f"  - {{document: many, what: Record {n}, made: 2026-0{month}-01}}\n"
        for n, month in enumerate((4, 3, 2, 1))
    )
    pages = published(
        {
            "policies/many.md": f"---\nid: many\ntitle: Many\nrecords:\n{named}---\nText.\n",
            "policies/registers/records.yml": f"records:\n{made}",
        }
    )
    front = seen(pages["audit/records/index.md"].text).text
    assert front.index("Record 3") < front.index("Record 2")
    assert "Record 1" not in front
    assert "2 more that are overdue for less long" in front


def test_a_sheet_with_very_many_records_says_how_many_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    shown = seen(published(FILES)["audit/documents/a/one.md"].text).text
    assert "1 more is not shown here; records.csv has all of them." in shown


def test_hostile_records_stay_text() -> None:
    evil = json.dumps(EVIL)
    pages = published(
        {
            "policies/a.md": f"---\nid: a\ntitle: A\nrecords:\n  - {{what: {evil}, where: 'javascript:alert(1)', every: 1 day}}\n---\nText.\n",
            "policies/registers/records.yml": f"records:\n  - {{document: a, what: {evil}, made: 2026-01-01, by: {evil}, note: {evil}}}\n",
        }
    )
    page = pages["audit/records/index.md"].text
    assert "<script" not in page
    assert "{{" not in page
    assert not any("javascript" in href for href in seen(page).values("href"))
    assert seen(page.split("\n---\n", 1)[1]).wrong == []
