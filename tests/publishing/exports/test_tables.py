from __future__ import annotations

import csv as values
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import book, indexed
from policygraph.publishing.exports.table import cell, csv_bytes
from policygraph.publishing.exports.tables import TABLES
from policygraph.resolving.handbook import Handbook


def csv(name: str, handbook: Handbook) -> bytes:
    return csv_bytes(TABLES[name].make(indexed(handbook)))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(values.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_register_header_is_fixed() -> None:
    handbook = book({})
    assert csv("register", handbook).decode() == (
        "id,title,type,owner,status,in_force,file,area,summary,lang,words,applies_to,approver,review_every,effective,"
        "expires,basis,visibility,owner_held_by,satisfies,references,referenced_by,findings\n"
    )


def test_register_has_one_row_a_document() -> None:
    handbook = book(
        {
            "a.md": '---\nid: A-1\ntitle: "Doors, locks"\nowner: it\nsatisfies: ["iso-42001:6.1.2", "iso-42001:6.2"]\napplies_to: [x, y]\n---\n# Doors\n\nSee [[b]] and [[b]].\n',
            "b.md": "# Badges\n\nWear them.\n",
            "b.de.md": "# Ausweise\n",
            "policies/registers/organisation.yml": "roles: {it: {holders: [Ann, Bob]}}\naudiences: {x: {}, y: {}}\n",
        }
    )
    first, second = rows(csv("register", handbook))
    assert (first["id"], first["title"], first["owner_held_by"]) == ("A-1", "Doors, locks", "Ann; Bob")
    assert (first["satisfies"], first["applies_to"]) == ("iso-42001:6.1.2; iso-42001:6.2", "x; y")
    assert (first["references"], first["referenced_by"]) == ("1", "0")
    assert (second["id"], second["owner"], second["referenced_by"]) == ("b", "", "1")


def test_references_have_one_row_an_occurrence_with_its_origin() -> None:
    handbook = book(
        {
            "one.md": """\
---
id: EIP-1
references:
  - to: EIP-2
    relation: depends on
    because: "It is so."
---
# One

See [[EIP-2]]. Or [two](two.md). Or EIP-2 itself.
""",
            "two.md": "---\nid: EIP-2\n---\n# Two\n",
        },
        settings="id_pattern: EIP-(\\d+)\n",
    )
    found = rows(csv("references", handbook))
    assert [row["origin"] for row in found] == ["front matter", "wiki link", "Markdown link", "id pattern"]
    assert {(row["source"], row["relation"], row["target"]) for row in found} == {
        ("EIP-1", "depends on", "EIP-2")
    }
    assert [row["passage"] for row in found] == ["", "See EIP-2.", "Or two.", "Or EIP-2 itself."]
    assert {row["because"] for row in found} == {"It is so."}
    assert [(row["file"], row["line"]) for row in found] == [("policies/one.md", "4")] + [
        ("policies/one.md", "10")
    ] * 3


def test_mentions() -> None:
    handbook = book(
        {
            "a.md": "# A\n\nSee the access control policy and backups.\n",
            "b.md": "# Access control policy\n",
            "backups.md": "# Backups\n",
        }
    )
    found = {(row["source"], row["target"]): row for row in rows(csv("mentions", handbook))}
    assert found["a", "b"]["strength"] == "strong"
    assert found["a", "backups"]["strength"] == "weak"
    assert found["a", "b"]["text"] == "access control policy"
    assert (found["a", "b"]["file"], found["a", "b"]["line"]) == ("policies/a.md", "3")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "＝1",
        "－1",
        "\x00=1",
        "\ttext",
        "\u200b=1",
        "\ufeff=1",
        "'=1",
    ],
)
def test_no_cell_begins_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (5, "5"),
        ("a=b", "a=b"),
        ("AI-06", "AI-06"),
        ("", ""),
        ("ümlaut", "ümlaut"),
        ("a\x07b", "ab"),
    ],
)
def test_other_cells_stay_as_they_are(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.text())
def test_whatever_the_text_no_formula(text: str) -> None:
    assert cell(text).lstrip()[:1] not in tuple("=+-@＝＋－＠") or not cell(text).strip()


def test_quoting_survives_a_round_trip() -> None:
    title = 'Quotes "and, commas'
    handbook = book({"a.md": f"---\ntitle: '{title}'\n---\n# A\n"})
    assert rows(csv("register", handbook))[0]["title"] == title
    content = csv("register", handbook)
    assert b"\r" not in content
    assert content.endswith(b"\n")
