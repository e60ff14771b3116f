"""Statements of applicability as pages and as files."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook
from publications import publication, published, seen

from builders import book

REGISTER = "policies/registers/applicability.yml"
FILES = {
    "risk.md": """\
---
id: R-1
title: Risk
owner: boss
satisfies: ["iso-42001:A.2.2"]
records:
  - {what: Minutes, where: "https://records.example/minutes", every: 3 months}
---
# Risk

We must ask first. { satisfies="iso-42001:A.2.3" }
""",
    "soa.md": '---\ntitle: Statement of Applicability\nsatisfies: ["iso-42001:6.1.3", "own:F-1"]\n---\n# SoA\n',
    "policies/registers/organisation.yml": "roles: {boss: {title: The boss, holders: [Ann]}}\n",
    "policies/registers/records.yml": "records:\n  - {document: R-1, what: Minutes, made: 2026-10-01}\n",
    "policies/registers/external.yml": "documents:\n  - {id: X-1, title: The lease, where: 'https://x.example/'}\n",
    REGISTER: """\
iso-42001:
  A.2.2: {applies: true, because: "It is wanted.", rests_on: [R-1, X-1, "iso-42001:5.2", Nothing], status: in part}
  A.2.3: {applies: false, because: "=HYPERLINK(1)"}
own:
  F-1: {title: Net, applies: true, because: "Ours.", status: in place}
""",
    "policies/registers/reviews/1.yml": (
        "document: soa\nby: Ann\nas: boss\ndate: 2026-06-01\noutcome: approved\n"
    ),
}


def test_a_control_shows_what_is_decided_and_what_answers_it() -> None:
    pages = published(FILES, "frameworks: [iso-42001]")
    text = pages["audit/applicability/iso-42001.md"].text
    words = seen(text).text
    assert "39 controls 2 apply 1 left out 36 not decided 1 in place 1 in part" in words
    assert "soa approved on 1 June 2026 by Ann, The boss." in words
    row = seen(text.partition('id="clause-a.2.2"')[2].partition("</tr>")[0])
    assert "yes in part It is wanted. rests on R-1 , X-1 , 5.2 , Nothing Risk R-1 The boss: Ann" in row.text
    assert "fresh 1 record Minutes last made on 1 October 2026, next by 1 January 2027" in row.text
    assert "https://x.example/" in row.values("href")
    assert "https://records.example/minutes" in row.values("href")
    excluded = seen(text.partition('id="clause-a.2.3"')[2].partition("</tr>")[0])
    assert " no =HYPERLINK(1) Risk R-1 “We must ask first.”" in excluded.text
    assert "Controls of Handbook" in words
    assert words.index("F-1 Net") > words.index("A.10.4")


def test_a_statement_says_that_a_record_beside_a_fresh_one_is_overdue() -> None:
    risk = FILES["risk.md"].replace(
        "records:\n", "records:\n  - {what: Log, where: cabinet, every: 1 month}\n"
    )
    log = FILES["policies/registers/records.yml"] + "  - {document: R-1, what: Log, made: 2026-01-01}\n"
    files = {**FILES, "risk.md": risk, "policies/registers/records.yml": log}
    text = published(files, "frameworks: [iso-42001]")["audit/applicability/iso-42001.md"].text
    row = seen(text.partition('id="clause-a.2.2"')[2].partition("</tr>")[0])
    assert "fresh 1 record overdue 2 records" in row.text


def test_the_list_of_statements_links_pages_and_files() -> None:
    page = seen(published(FILES)["audit/applicability/index.md"].text)
    assert {"iso-42001/", "../../applicability-iso-42001.xlsx"} <= set(page.values("href"))


def test_without_a_register_the_page_says_so() -> None:
    pages = published({"a.md": "# A\n"})
    assert "Nothing is decided yet" in seen(pages["audit/applicability/index.md"].text).text


def test_a_very_long_statement_is_split() -> None:
    own = "own:\n" + "".join(f"  F-{n}: {{title: Net, applies: true}}\n" for n in range(250))
    pages = published({"a.md": "# A\n", REGISTER: own})
    parts = [f"audit/applicability/own/{n}.md" for n in (1, 2, 3)]
    assert [pages[uri].text.count("<tr id=") for uri in parts] == [120, 120, 10]
    assert "F-0 to F-119" in seen(pages["audit/applicability/own.md"].text).text


def files_of(files: dict[str, str], settings: str = "") -> dict[str, bytes]:
    """The files at the top of the site, by name."""
    return {asset.uri: asset.content for asset in publication(book(files, settings)).assets}


def table_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_the_table_has_the_form_that_auditors_know() -> None:
    rows = list(
        csv.DictReader(io.StringIO(files_of(FILES)["applicability-iso-42001.csv"].decode(), newline=""))
    )
    assert len(rows) == 39
    assert rows[0] == {
        "control": "A.2.2",
        "title": "AI policy",
        "applicable": "yes",
        "justification": "It is wanted.",
        "rests_on": "R-1\nX-1\niso-42001:5.2\nNothing",
        "implementation_status": "in part",
        "stands_at": "fresh",
        "answered_by": "R-1 Risk",
        "statements": "",
        "owner": "The boss",
        "owner_held_by": "Ann",
        "records": "Minutes (last made 2026-10-01, https://records.example/minutes)",
        "last_approval": "soa: approved on 2026-06-01 by Ann",
    }
    assert (rows[1]["applicable"], rows[1]["justification"]) == ("no", "'=HYPERLINK(1)")
    assert (rows[1]["stands_at"], rows[1]["statements"]) == ("not applicable", "R-1: We must ask first.")
    assert (rows[2]["applicable"], rows[2]["stands_at"]) == ("not decided", "unanswered")
    assert (rows[-1]["control"], rows[-1]["answered_by"]) == ("F-1", "soa Statement of Applicability")


def test_the_workbook_says_the_same_and_filters() -> None:
    files = files_of(FILES, "url: https://h.example/")
    made = load_workbook(io.BytesIO(files["applicability-iso-42001.xlsx"]))
    sheet = made["Statement of applicability"]
    table = table_of(files["applicability-iso-42001.csv"])
    assert [[c.value or "" for c in row] for row in sheet.iter_rows(min_row=2)] == table[1:]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:M40")
    link = sheet["A2"].hyperlink
    assert (link.target, link.location) == (
        "https://h.example/audit/applicability/iso-42001/",
        "clause-a.2.2",
    )
    assert all(c.data_type in "sn" for row in sheet.iter_rows() for c in row)
    assert {row[0].value: row[1].value for row in made["About"].iter_rows()}["Last approval"] == (
        "soa: approved on 2026-06-01 by Ann"
    )


def test_the_handbooks_workbook_has_the_ladder_and_every_statement() -> None:
    files = files_of(FILES, "frameworks: [iso-42001]")
    made = load_workbook(io.BytesIO(files["handbook.xlsx"]))
    assert made["Applicability"].max_row == 40
    assert made["Coverage"].max_row == 1 + 70 + 1
    (first, *_) = csv.DictReader(io.StringIO(files["applicability.csv"].decode(), newline=""))
    assert (first["framework"], first["control"], first["stands_at"]) == ("iso-42001", "A.2.2", "fresh")


def test_files_are_the_same_bytes_each_time() -> None:
    first, second = files_of(FILES), files_of(FILES)
    assert first == second
    named = [name for name in sorted(first) if "applicability-" in name]
    assert named == ["applicability-iso-42001.csv", "applicability-iso-42001.xlsx"]


@pytest.mark.parametrize("text", ["=1+1", "<script>x</script>", "{{ x }}", "a\\nb", "javascript:alert(1)"])
def test_hostile_words_stay_words(text: str) -> None:
    register = (
        f'iso-42001:\n  A.2.2: {{applies: true, because: "{text}", rests_on: ["{text}"]}}\n'
        f'own:\n  "{text}": {{title: "{text}", applies: true}}\n'
    )
    pages = published({"a.md": "# A\n", REGISTER: register})
    for uri in ("audit/applicability/iso-42001.md", "audit/frameworks/own.md"):
        page = seen(pages[uri].text)
        assert "script" not in page.names()
        assert page.wrong == []
        assert not [href for href in page.values("href") if href.startswith("javascript")]
        assert "{{" not in pages[uri].text
    table = table_of(files_of({REGISTER: register})["applicability-iso-42001.csv"])
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_iso_27001_has_a_row_for_each_of_its_93_controls() -> None:
    files = files_of({"a.md": "# A\n", REGISTER: "iso-27001:\n  A.5.1: {applies: true}\n"})
    table = table_of(files["applicability-iso-27001.csv"])
    assert (len(table), table[1][0], table[-1][0]) == (94, "A.5.1", "A.8.34")
    assert {row[2] for row in table[2:]} == {"not decided"}
