"""The questions page and the questions on audit sheets."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import markdown
from publications import Seen, publication, published, seen

from builders import TODAY, book
from policygraph.judging.judge import judge
from policygraph.model.history import Commit, History, Keeping, Revision
from policygraph.publishing.publication import Page, SiteStyle
from policygraph.publishing.site import publish

ISO = "frameworks: [iso-42001]"
FILES = {
    "policies/risk.md": """\
---
id: R-1
title: Risk assessment
satisfies: ["iso-42001:6.1.2"]
not_related:
  - to: R-4
    because: "The board is told by other means."
    decided: 2026-03-01
    by: risk-manager
---
Begin with [[R-2]].
""",
    "policies/impact.md": """\
---
id: R-2
title: Impact assessment
satisfies: ["iso-42001:6.1.4"]
references:
  - to: R-3
    relation: depends on
    because: "Goals: they decide, what counts."
---
See the access control policy.
""",
    "policies/goals.md": '---\nid: R-3\ntitle: Goals\nsatisfies: ["iso-42001:6.2"]\n---\nText.\n',
    "policies/policy.md": '---\nid: R-4\ntitle: Our course\nsatisfies: ["iso-42001:5.2"]\n---\nText.\n',
    "policies/access.md": "---\nid: R-5\ntitle: Access control policy\n---\nText.\n",
    "policies/registers/organisation.yml": "roles:\n  risk-manager: {title: Risk manager, holders: [Ada]}\n",
}


def rendered(page: Page) -> Seen:
    return seen(
        markdown.markdown(page.text.split("\n---\n", 1)[1], extensions=["attr_list", "tables", "toc"])
    )


def test_the_questions_page_says_everything() -> None:
    page = published(FILES, ISO)["audit/questions.md"]
    words = [line for word in rendered(page).words if (line := " ".join(word.split()))]
    expected = (Path(__file__).parent / "questions.golden.txt").read_text(encoding="utf-8").splitlines()
    # The strip of links to other audit pages comes first, and is not the page's own.
    assert words[words.index(expected[0]) :] == expected


def test_open_questions_come_first_and_in_reading_order() -> None:
    html = published(FILES, ISO)["audit/questions.md"].text
    assert html.index("\n## Open\n") < html.index("\n## Answered\n")
    assert html.index("pg-question--open") < html.index("pg-question--reference")
    assert html.rindex("pg-question--open") < html.index("\n## Answered\n")


def test_a_sheet_lists_what_its_document_is_asked_and_what_is_asked_about_it() -> None:
    text = rendered(published(FILES, ISO)["audit/documents/impact.md"]).text
    assert "Questions Why does it not reference …? Pick any other document." in text
    asked, about = text.split("Why is it not referenced by …")
    assert "open Access control policy R-5 The text names it" in asked
    assert (
        "answered by a reference Risk assessment R-1 iso-42001:6.1.2 leans on iso-42001:6.1.4 direct" in about
    )


def test_a_decision_older_than_the_text_is_shown_as_such() -> None:
    def revision(number: int, text: str) -> Revision:
        when = dt.datetime(2026, 1 + 3 * number, 1, tzinfo=dt.UTC)
        commit = Commit(f"c{number}", number, when, "Ada", "a@x.example", "Ada", "Change")
        return Revision("policies/policy.md", commit, text)

    kept = {"policies/policy.md": (revision(0, "Old."), revision(1, "New."))}
    found = book(FILES, ISO, history=History(Keeping.WHOLE, revisions=kept))
    pages = {page.uri: page for page in publish(judge(found, TODAY), SiteStyle("policies")).pages}
    text = rendered(pages["audit/questions.md"]).text
    assert "Decided before the text changed: R-4 on 1 April 2026." in text
    assert "The history of the texts is not fully known" not in text


def test_many_questions_are_split_by_area_and_crowded_clauses_said() -> None:
    files = {
        f"policies/{'xy'[n % 2]}/d{n:02}.md": f"---\ntitle: D{n}\nsatisfies: [iso-42001:{c}]\n---\nx\n"
        for n, c in enumerate(["6.1.2"] * 12 + ["6.1.4"] * 12 + ["9.1"] * 21)
    }
    pages = published(files, ISO)
    front = rendered(pages["audit/questions.md"]).text
    assert "Clauses that more than 12 documents answer are not asked pair by pair: iso-42001:9.1 ." in front
    parts = [uri for uri in pages if uri.startswith("audit/questions/")]
    assert len(parts) >= 4
    assert sum(pages[uri].text.count("pg-question pg-question--open") for uri in parts) == int(
        front.partition(" questions: ")[0].rpartition(" ")[2]
    )
    assert all(len(pages[uri].text) < 1_000_000 for uri in parts)


def test_hostile_reasons_stay_text_and_lines_stay_whole() -> None:
    evil = '</code><script>alert(1)</script> {{ x }} "'
    files = {
        "policies/a.md": '---\ntitle: A\nsatisfies: ["iso-42001:A.9.2"]\n---\nx\n',
        "policies/b.md": f'---\ntitle: {json.dumps(evil)}\nsatisfies: ["iso-42001:6.1.4"]\n---\nx\n',
        "policies/registers/expectations.yml": "expectations:\n"
        f'  - {{from: "iso-42001:A.9.2", to: "iso-42001:6.1.4", why: {json.dumps(evil)}}}\n',
    }
    html = rendered(published(files, ISO)["audit/questions.md"])
    assert "script" not in html.names()
    assert html.wrong == []
    assert 'because: "</code><script>alert(1)</script> {{ x }} \\""' in html.text


def test_the_table_holds_what_the_page_shows() -> None:
    files = {asset.uri: asset.content for asset in publication(book(FILES, ISO)).assets}
    rows = list(csv.DictReader(io.StringIO(files["questions.csv"].decode())))
    assert [(row["document"], row["target"], row["state"]) for row in rows] == [
        ("R-2", "R-1", "open"),
        ("R-2", "R-5", "open"),
        ("R-3", "R-4", "open"),
        ("R-4", "R-3", "open"),
        ("R-1", "R-2", "answered by a reference"),
        ("R-1", "R-3", "answered indirectly"),
        ("R-1", "R-4", "answered by a decision"),
    ]
    reference, path, decision = rows[4:]
    assert reference["answer"] == "references: Begin with R-2."
    assert (path["answer"], path["place"]) == ("over R-2", "policies/risk.md:11")
    assert decision["answer"] == "The board is told by other means."
    assert (decision["decided"], decision["by"]) == ("2026-03-01", "Risk manager (Ada)")
    assert decision["grounds"].startswith("iso-42001:6.1.2 leans on iso-42001:5.2 (direct): The risk")
