"""The pages of frameworks: ladder, matrix and crosswalk."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from publications import publication, published, seen

from builders import book, on_disk
from policygraph.publishing import clause_matrix, crosswalks, links
from policygraph.publishing.publication import Page

APPLICABILITY = "policies/registers/applicability.yml"
FILES = {
    "risk.md": """\
---
id: R-1
title: Risk
owner: boss
satisfies: ["iso-42001:6.1.2", "iso-42001:A.2.2", "eu-ai-act:Article 9"]
records:
  - {what: Register, where: "https://records.example/risk", every: 3 months}
  - {what: Minutes, where: "cabinet 4", every: 1 month}
---
# Risk

Logs must be kept. { satisfies="iso-42001:A.6.2.8" }
""",
    "draft.md": '---\ntitle: Later\nstatus: draft\nsatisfies: ["iso-42001:5.2"]\n---\n# Later\n\nSee [[iso-42001:4.1]].\n',
    "policies/registers/organisation.yml": "roles: {boss: {title: The boss, holders: [Ann]}}\n",
    "policies/registers/records.yml": (
        "records:\n  - {document: R-1, what: Register, made: 2026-10-01}\n"
        "  - {document: R-1, what: Minutes, made: 2026-01-01}\n"
    ),
    APPLICABILITY: 'iso-42001:\n  A.2.2: {applies: false, because: "None."}\n',
}
SETTINGS = "frameworks: [iso-42001, eu-ai-act]\n"


def rows(text: str) -> dict[str, str]:
    found = re.findall(r'<tr id="clause-([\w.-]+)">(.*?)</tr>', text, re.S)
    return {anchor: " ".join(seen(row).text.split()) for anchor, row in found}


def test_each_step_shows_what_it_rests_on() -> None:
    page = published(FILES, SETTINGS)["audit/frameworks/iso-42001.md"]
    row = rows(page.text)["6.1.2"]
    assert row.startswith(
        "6.1.2 AI risk assessment asks for documents fresh 1 record overdue Risk R-1 What this rests on"
    )
    assert row.partition("What this rests on ")[2] == (
        "answered R-1 Risk policies/risk.md:5 "
        "owned The boss Ann "
        "evidenced Register https://records.example/risk Minutes cabinet 4 "
        "fresh Register last made on 1 October 2026, next by 1 January 2027 "
        "Minutes last made on 1 January 2026, due since 1 February 2026"
    )
    assert {"https://records.example/risk", "../../documents/risk/"} <= set(seen(page.text).values("href"))


def test_a_step_that_is_not_met_says_what_is_missing() -> None:
    found = rows(published(FILES, SETTINGS)["audit/frameworks/iso-42001.md"].text)
    assert "draft says that it answers it, but is not in force." in found["5.2"]
    assert "A document mentions it; none says that it answers it." in found["4.1"]
    assert found["4.2"].endswith("unanswered")
    assert "not applicable" in found["a.2.2"]
    assert "“Logs must be kept.”" in found["a.6.2.8"]


def test_a_sheet_leads_to_the_part_of_a_large_framework_that_holds_the_clause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "MOST_ROWS", 5)
    sheet = seen(published(FILES, SETTINGS)["audit/documents/risk.md"].text)
    (href,) = {href for href in sheet.values("href") if href.endswith("#clause-6.1.2")}
    assert href.endswith("frameworks/iso-42001/6/#clause-6.1.2")


def test_a_heading_that_is_taken_up_again_says_so() -> None:
    text = published(FILES, SETTINGS)["audit/frameworks/iso-42001.md"].text
    heads = [" ".join(seen(h).text.split()) for h in re.findall(r'<th scope="rowgroup".*?</th>', text, re.S)]
    planning = heads.index("6 Planning")
    assert heads[planning : planning + 3] == [
        "6 Planning",
        "6.1 Actions to address risks and opportunities",
        "6 Planning, continued",
    ]
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize(
    ("uri", "heading", "under"),
    [
        (
            "audit/frameworks/iso-42001.md",
            "ISO/IEC 42001:2023",
            "Information technology - Artificial intelligence - Management system",
        ),
        (
            "audit/applicability/iso-42001.md",
            "Statement of applicability: ISO/IEC 42001:2023",
            "Information technology - Artificial intelligence - Management system",
        ),
        ("audit/frameworks/eu-ai-act.md", "Regulation (EU) 2024/1689", "(Artificial Intelligence Act)"),
    ],
)
def test_a_long_title_is_a_short_name_with_the_rest_below(uri: str, heading: str, under: str) -> None:
    text = published(FILES, SETTINGS)[uri].text
    assert f'\ntitle: "{heading}"\n' in text
    assert f'<p class="pg-quiet">{under}</p>' in text


def test_counts_are_words_and_never_a_share() -> None:
    for uri in ("audit/frameworks/iso-42001.md", "audit/frameworks/index.md", "audit/index.md"):
        text = seen(published(FILES, SETTINGS)[uri].text).text
        assert (
            "2 with a fresh record, 2 of them with another overdue 2 mentioned only 65 unanswered 1 not applicable 70 in all"
            in text
        )
        assert "%" not in text


def test_an_overdue_record_beside_a_fresh_one_is_said_in_words_and_files() -> None:
    made = publication(book(FILES, SETTINGS))
    page = next(page for page in made.pages if page.uri == "audit/frameworks/iso-42001.md")
    marks = [
        a for tag, a in seen(page.text).tags if tag == "span" and a.get("class") == "pg-mark pg-mark--warn"
    ]
    assert len(marks) == 2
    files = {asset.uri.rpartition("/")[2]: asset.content for asset in made.assets}
    for name, key in (("coverage.csv", "rung"), ("applicability.csv", "stands_at")):
        table = list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))
        stands = {row.get("control") or row.get("id"): row[key] for row in table}
        assert stands["A.6.2.8"] == "fresh, 1 record overdue"
        assert stands["A.2.2"] == "not applicable"
    all_fresh = {
        **FILES,
        "policies/registers/records.yml": FILES["policies/registers/records.yml"].replace(
            "2026-01-01", "2026-11-20"
        ),
    }
    assert "overdue" not in published(all_fresh, SETTINGS)["audit/frameworks/iso-42001.md"].text


def test_each_clause_has_a_bar_that_says_where_it_stands() -> None:
    page = published(FILES, SETTINGS)["audit/frameworks/iso-42001.md"].text
    picture = page[page.index('<ul class="pg-skyline"') : page.index('<ul class="pg-inline pg-see"')]
    said = {a["href"]: a["aria-label"] or "" for tag, a in seen(picture).tags if tag == "a"}
    assert list(said) == [f"#clause-{anchor}" for anchor in rows(page)]
    assert said["#clause-6.1.2"] == "6.1.2 AI risk assessment: fresh, 1 record overdue"
    assert said["#clause-a.2.2"].endswith(": not applicable")
    # As many steps as the word says, so that no colour is needed; and none at all where nothing applies.
    assert 'pg-bar--5"' in picture.partition('href="#clause-6.1.2"')[2].partition("</a>")[0]
    assert 'pg-bar--0"' in picture.partition('href="#clause-4.2"')[2].partition("</a>")[0]
    assert "pg-bar--" not in picture.partition('href="#clause-a.2.2"')[2].partition("</a>")[0]


def test_the_matrix_leads_to_the_sentence_or_the_sheet() -> None:
    pages = published(FILES, SETTINGS)
    whole = seen(pages["audit/coverage/iso-42001.md"].text)
    assert {"1/", "2/"} <= set(whole.values("href"))
    marks = [
        (attributes["aria-label"], attributes["href"])
        for part in (1, 2)
        for tag, attributes in seen(pages[f"audit/coverage/iso-42001/{part}.md"].text).tags
        if tag == "a" and "aria-label" in attributes
    ]
    assert [label for label, _ in marks] == [
        "draft mentions it, or is not in force: 4.1",
        "draft mentions it, or is not in force: 5.2",
        "R-1 answers it, with a fresh record: 6.1.2",
        "R-1 answers it, with a fresh record: A.2.2",
        "R-1 answers it, with a fresh record: A.6.2.8",
    ]
    assert marks[2][1] == "../../../documents/risk/"
    assert re.fullmatch(r"\.\./\.\./\.\./\.\./policies/risk/#p-\w+", marks[4][1] or "")


def test_a_large_matrix_is_split_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clause_matrix, "MOST_COLUMNS", 35)
    monkeypatch.setattr(clause_matrix, "_LEAST", clause_matrix.MOST_MARKS // 2)
    files = {f"d{n}.md": f'---\nid: D-{n}\nsatisfies: ["iso-42001:4.{n}"]\n---\nText.\n' for n in (1, 2, 3)}
    pages = published(files, "frameworks: [iso-42001]")
    parts = [page for uri, page in pages.items() if uri.startswith("audit/coverage/iso-42001/")]
    assert [page.text.count('<th scope="row">') for page in parts] == [2, 1, 0]
    assert {page.text.count('<th scope="col">') for page in parts} == {35}
    assert "4.1 to A.2.4, D-1 to D-2" in parts[0].title


def test_documents_that_answer_much_share_a_page_with_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clause_matrix, "MOST_MARKS", 4)
    monkeypatch.setattr(clause_matrix, "_LEAST", 1)
    files = {
        f"d{n}.md": f'---\nid: D-{n}\nsatisfies: ["iso-42001:4.1", "iso-42001:4.2", "iso-42001:4.3"]\n---\nText.\n'
        for n in (1, 2, 3)
    }
    pages = published(files, "frameworks: [iso-42001]")
    parts = [page for uri, page in pages.items() if uri.startswith("audit/coverage/iso-42001/")]
    assert sum(page.text.count('<th scope="row">') for page in parts) == 3
    assert max(page.text.count('<th scope="row">') for page in parts) == 1


def test_a_crosswalk_says_that_it_is_derived() -> None:
    pages = published(FILES, SETTINGS)
    text = pages["audit/crosswalks/iso-42001/eu-ai-act.md"].text
    assert "derived from our documents and is no official mapping" in seen(text).text
    assert rows(text) == {
        "6.1.2": "6.1.2 AI risk assessment Article 9 Risk management system in R-1",
        "a.6.2.8": "A.6.2.8 AI system recording of event logs Article 9 Risk management system in R-1",
    }
    assert "audit/crosswalks/eu-ai-act/iso-42001.md" in pages


def test_a_part_of_a_crosswalk_counts_what_the_whole_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def left_out(page: Page) -> str:
        return page.text.partition(" clauses share no document")[0].rpartition(">")[2]

    uri = "audit/crosswalks/iso-42001/eu-ai-act.md"
    whole = left_out(published(FILES, SETTINGS)[uri])
    monkeypatch.setattr(crosswalks, "_ON_A_PAGE", 1)
    pages = published(FILES, SETTINGS)
    parts = [pages[f"audit/crosswalks/iso-42001/eu-ai-act/{number}.md"] for number in (1, 2)]
    assert int(whole) > 0
    assert [left_out(part) for part in parts] == [whole, whole]


def test_frameworks_that_share_nothing_say_so() -> None:
    pages = published({"a.md": "# A\n"}, SETTINGS)
    assert (
        "No document in force answers clauses of both."
        in pages["audit/crosswalks/iso-42001/eu-ai-act.md"].text
    )


def test_only_so_many_frameworks_are_compared() -> None:
    catalogs = "".join(
        f"  - {name}\n" for name in ("iso-42001", "iso-27001", "nist-ai-rmf", "nist-csf", "eu-ai-act", "soc2")
    )
    files = {"a.md": "# A\n", APPLICABILITY: "own: {F-1: {title: Net, applies: true}}\n"}
    pages = published(files, f"frameworks:\n{catalogs}")
    crosswalks = {uri for uri in pages if uri.startswith("audit/crosswalks/")}
    assert len(crosswalks) == 30
    assert not [uri for uri in crosswalks if "own" in uri]


def test_documents_that_are_not_listed_are_counted() -> None:
    files = {f"d{n}.md": '---\nsatisfies: ["iso-42001:6.1.2"]\n---\nText.\n' for n in range(9)}
    row = rows(published(files, SETTINGS)["audit/frameworks/iso-42001.md"].text)["6.1.2"]
    assert "and 4 more, in the matrix and the downloads" in row
    assert row.endswith("d3 names no owner. and 5 more, in the matrix")


def test_a_framework_called_index_takes_no_other_pages_place(tmp_path: Path) -> None:
    handbook = on_disk(
        tmp_path,
        {
            "policies/a.md": '---\nsatisfies: ["index:1"]\n---\n# A\n',
            "policies/index.yaml": "catalog: {id: index, title: Odd}\nitems: [{id: '1', kind: control}]\n",
            APPLICABILITY: "index: {'1': {applies: true}}\n",
        },
        "catalogs: [index.yaml]\nframeworks: [index]\n",
    )
    uris = [page.uri for page in publication(handbook).pages]
    assert len(uris) == len(set(uris))
    assert {"audit/frameworks/index-framework.md", "audit/applicability/index-framework.md"} <= set(uris)
