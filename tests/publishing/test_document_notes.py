"""What a document says of itself where something is due, departed from or over: plainly, and without alarm."""

from __future__ import annotations

import re

import markdown
from publications import published, seen

from builders import REGISTERS
from policygraph.publishing.asset_files import asset_files

DOC = "---\nid: A-1\ntitle: Incidents\nowner: me\nsummary: What to do.\n{more}---\nYou must report it.\n"


def text(files: dict[str, str], page: str = "policies/a.md", settings: str = "") -> str:
    body = published(files, settings)[page].text.split("\n---\n", 1)[1]
    return seen(markdown.markdown(body, extensions=["attr_list", "tables"])).text


def test_a_review_that_is_overdue_is_said_and_the_text_holds() -> None:
    due = DOC.format(more="effective: 2024-06-01\nreview_every: 12 months\n")
    assert "This text holds. A review of it was due on 1 June 2025 and is not recorded yet." in text(
        {"a.md": due}
    )
    later = DOC.format(more="effective: 2026-06-01\nreview_every: 12 months\n")
    assert "was due" not in text({"a.md": later})
    retired = DOC.format(more="status: retired\neffective: 2024-06-01\nreview_every: 12 months\n")
    assert "was due" not in text({"a.md": retired})


def test_exceptions_are_named_with_their_end() -> None:
    register = (
        "exceptions:\n"
        '  - {id: E-1, title: Till 2, departs_from: A-1, owner: me, because: "Old.", granted: 2026-01-01, expires: 2026-12-31}\n'
        '  - {id: E-2, title: Shop, departs_from: A-1, owner: me, because: "Old.", granted: 2025-01-01, expires: 2025-12-31}\n'
    )
    shown = text({"a.md": DOC.format(more=""), f"{REGISTERS}exceptions.yml": register})
    assert "An exception, Till 2 , is permitted until 31 December 2026." in shown
    assert "An exception, Shop , expired on 31 December 2025 and was not closed." in shown


def test_a_retired_document_keeps_its_address_and_names_what_replaces_it_however_that_was_said() -> None:
    old = DOC.format(more="status: retired\n")
    new = DOC.replace("A-1", "B-1").replace("Incidents", "Mishaps")
    by_new = new.format(more="references:\n  - {to: A-1, relation: supersedes}\n")
    shown = text({"a.md": old, "b.md": by_new})
    assert (
        "This document is retired. It is kept for the record and no longer applies. Use Mishaps instead."
        in shown
    )
    by_old = DOC.format(more="status: retired\nreplaced_by: B-1\n")
    assert "Use Mishaps instead." in text({"a.md": by_old, "b.md": new.format(more="")})
    assert "instead" not in text({"a.md": old})


def test_documents_that_replace_each_other_lead_nowhere_for_ever() -> None:
    files = {
        "a.md": DOC.format(more="status: retired\nreplaced_by: B-1\n"),
        "b.md": DOC.replace("A-1", "B-1")
        .replace("Incidents", "Mishaps")
        .format(more="status: retired\nreplaced_by: A-1\n"),
    }
    assert "Use Mishaps instead." in text(files)


def test_no_note_of_this_kind_has_a_colour_of_alarm() -> None:
    css = next(a for a in asset_files() if a.uri.endswith("/policygraph.css")).content.decode()
    for note in ("active", "changed", "retired"):
        rule = re.search(rf"p\.pg-note--{note} {{([^}}]*)}}", css)
        assert rule is not None
        assert "error" not in rule[1]
        assert "warning" not in rule[1]
