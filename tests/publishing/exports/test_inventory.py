from __future__ import annotations

import datetime as dt
import json
from typing import Any

import jsonschema
import pytest

from builders import book, indexed
from histories import history
from policygraph.judging.judge import judge
from policygraph.model.place import Place
from policygraph.publishing.exports.handbook_schema import handbook_schema
from policygraph.publishing.exports.inventory import SCHEMA_VERSION, inventory, inventory_bytes
from policygraph.publishing.exports.records import place_data, portable
from policygraph.publishing.exports.serialised import json_lines
from policygraph.publishing.exports.site_files import export_assets
from policygraph.publishing.exports.tables import TABLES

TODAY = dt.date(2026, 11, 23)
FILES = {
    "a.md": """\
---
id: A-1
title: Access
type: policy
owner: it
approver: boss
summary: Who may enter.
why: Doors.
aliases: [Door policy]
tags: [doors]
applies_to: [all]
visibility: internal
review_every: 6 months
effective: 2026-01-02
expires: 2027-01-02
basis: standard
former_ids: [A-0]
colour: blue
satisfies: ["iso-42001:6.1.2"]
records: [{what: Badges, where: cabinet, every: 1 month}]
references:
  - to: B-1
    relation: depends on
    because: "Doors need badges."
not_related:
  - {to: C-1, because: "No cats.", decided: 2026-01-01, by: boss}
allow:
  PG404: "It has one."
  PG213: "Nobody needs it."
---
# Access

You must show a badge every month, see [[B-1#badges]] and [[iso-42001:6.1.4]]. The Cat policy is elsewhere.
""",
    "a.de.md": "---\ntitle: Zutritt\n---\n# Zutritt\n\nZeigen Sie den Ausweis.\n",
    "b.md": '---\nid: B-1\ntitle: Badges\n---\n# Badges\n\nText { #text satisfies="iso-42001:6.2" }\n\n## Badges\n\nYou must wear it. { #wear satisfies="iso-42001:6.2" }\n',
    "c.md": "---\nid: C-1\ntitle: Cat policy\n---\n# Cat policy\n\nMeow.\n",
    "policies/registers/organisation.yml": "roles: {it: {title: IT, holders: [Ann]}, boss: {}}\naudiences: {all: {title: All}}\n",
    "policies/registers/exceptions.yml": 'exceptions:\n  - {id: X, departs_from: "B-1#wear", owner: it, because: "Lost.", expires: 2026-11-01}\n'
    '  - {id: S, departs_from: "B-33#gone", owner: it, because: "Lost.", expires: 2026-11-01}\n',
    "policies/registers/reviews/a.yml": f'document: A-1\nby: Ann\nas: boss\ndate: 2026-02-01\noutcome: approved\ntext: {"a" * 64}\nsubstance: {"b" * 64}\nnote: "Fine"\n',
    "policies/registers/applicability.yml": "iso-27001:\n  A.5.1: {applies: true, because: Doors, rests_on: [R-1], status: in place}\n",
    "policies/registers/records.yml": "records:\n  - {document: A-1, what: Badges, made: 2026-11-01, by: Ann, retention: 1 year}\n",
    "policies/registers/external.yml": "documents:\n  - {id: E-1, title: Door act, kind: law, version: '3', owner: it, used_by: [A-1], checked: 2026-01-01, check_every: 1 year}\n",
    "policies/registers/terms.yml": "terms:\n  - {term: Badge, definition: A card., abbreviation: B, aliases: [Card]}\n",
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    handbook = book(FILES, "name: Doors\norganisation: Acme\nframeworks: [iso-27001]\n")
    data = json.loads(inventory_bytes(judge(handbook, TODAY)))
    assert isinstance(data, dict)
    return data


def strict(schema: Any) -> Any:
    """The schema with every group closed, so that a key it does not describe is an error."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        closed["additionalProperties"] = False
    return closed


def test_the_schema_is_one_and_describes_every_key(found: dict[str, Any]) -> None:
    schema = handbook_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(
        strict(schema), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(found)
    assert all(found[key] for key in schema["required"] if key not in ("areas", "at", "suspect_references"))


def test_a_reader_of_a_later_version_may_pass_over_new_keys(found: dict[str, Any]) -> None:
    jsonschema.validate({**found, "new": 1, "schema": "1.9.0"}, handbook_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**found, "schema": "2.0.0"}, handbook_schema())


def test_the_head_says_what_it_is(found: dict[str, Any]) -> None:
    assert found["$schema"] == "handbook.schema.json"
    assert found["schema"] == SCHEMA_VERSION
    assert found["date"] == "2026-11-23"
    assert found["handbook"]["name"] == "Doors"
    assert found["generator"]["name"] == "policygraph"


def test_a_document_has_all_its_facts(found: dict[str, Any]) -> None:
    (document,) = (d for d in found["documents"] if d["id"] == "A-1")
    expected = {
        "file": "policies/a.md",
        "owner": "it",
        "applies_to": ["all"],
        "visibility": "internal",
        "review_every": "6 months",
        "effective": "2026-01-02",
        "former_ids": ["A-0"],
        "other_keys": {"colour": "blue"},
        "translations": [{"lang": "de", "file": "policies/a.de.md", "title": "Zutritt"}],
        "records": [{"what": "Badges", "where": "cabinet", "owner": None, "every": "1 month"}],
    }
    assert {key: document[key] for key in expected} == expected
    assert [s["modality"] for s in document["statements"]] == ["must"]


def test_a_reference_has_every_place(found: dict[str, Any]) -> None:
    (reference,) = found["references"]
    assert (reference["source"], reference["relation"], reference["target"]) == ("A-1", "depends on", "B-1")
    assert (reference["inverse"], reference["relies"]) == ("relied on by", True)
    assert reference["because"] == "Doors need badges."
    declared, linked = reference["occurrences"]
    assert (declared["origin"], declared["passage"]) == ("front matter", None)
    assert (linked["origin"], linked["section"]) == ("wiki link", "badges")
    assert linked["passage"]["headings"] == ["Access"]
    assert linked["passage"]["sentence"].startswith("You must show a badge")


def test_clauses_mentions_decisions_and_registers(found: dict[str, Any]) -> None:
    assert ("A-1", "iso-42001", "6.1.2", None) in [
        (m["document"], m["framework"], m["clause"], m["passage"]) for m in found["mappings"]
    ]
    assert any(m["clause"] == "6.2" and m["passage"] for m in found["mappings"])
    assert [m["clause"] for m in found["clause_mentions"]] == ["6.1.4"]
    assert [(m["source"], m["target"], m["strength"]) for m in found["mentions"]] == [
        ("A-1", "C-1", "strong")
    ]
    assert [(d["target"], d["decided"], d["by"]) for d in found["decisions"]] == [
        ("C-1", "2026-01-01", "boss")
    ]
    assert [f["id"] for f in found["frameworks"]] == ["iso-27001", "iso-42001"]
    assert all(f["edition"] for f in found["frameworks"])
    assert found["roles"][0]["holders"] == ["Ann"]
    assert found["terms"][0]["aliases"] == ["Card"]


def test_reviews_standings_and_exceptions(found: dict[str, Any]) -> None:
    (review,) = found["reviews"]
    assert (review["document"], review["by"], review["as"], review["version"]) == (
        "A-1",
        "Ann",
        "boss",
        "1.0",
    )
    assert review["text"] == "a" * 64
    assert [remark["kind"] for remark in review["remarks"]] == ["does not hold the role"]
    standings = {standing["document"]: standing for standing in found["standings"]}
    assert (standings["A-1"]["approved"], standings["A-1"]["next_review"]) == ("2026-02-01", "2026-08-01")
    assert (standings["A-1"]["overdue"], standings["A-1"]["changed_since_approval"]) == (True, "substance")
    assert (standings["B-1"]["version"], standings["B-1"]["in_force_without_approval"]) == (None, True)
    (exception,) = found["exceptions"]
    assert (exception["state"], exception["statement"]) == ("expired, not closed", "wear")
    assert exception["passage"]["sentence"] == "You must wear it."
    (stray,) = found["stray_exceptions"]
    assert (stray["id"], stray["document"], stray["statement"]) == ("S", "B-33", "gone")
    assert stray["state"] == "expired, not closed"


def test_a_suspect_reference_says_what_changed() -> None:
    old = "---\ntitle: Y\n---\n# Y\n\nYou must answer within 24 hours.\n"
    files = {
        "x.md": "---\nreferences: [{to: y, relation: depends on}]\n---\n# X\n",
        "y.md": old.replace("24", "72"),
    }
    past = history(
        {
            "x.md": [(0, "2026-01-01", files["x.md"])],
            "y.md": [(0, "2026-01-01", old), (1, "2026-02-01", files["y.md"])],
        }
    )
    (suspect,) = inventory(judge(book(files, history=past), TODAY))["suspect_references"]
    jsonschema.validate(suspect, handbook_schema()["properties"]["suspect_references"]["items"])
    assert (suspect["source"], suspect["target"], suspect["changed"]) == ("x", "y", "2026-02-01")
    assert suspect["changes"] == ["“24” became “72”"]


def test_an_allowed_finding_keeps_its_reason(found: dict[str, Any]) -> None:
    allowed = {f["code"]: f["allowed"] for f in found["findings"] if f["allowed"]}
    assert allowed == {"PG213": "Nobody needs it."}


def test_ids_that_clash_are_told_apart_by_file() -> None:
    handbook = book({"a.md": "---\nid: X\n---\n# A\n\n[b](b.md)\n", "b.md": "---\nid: x\n---\n# B\n"})
    (reference,) = inventory(judge(handbook, TODAY))["references"]
    assert (reference["source_file"], reference["target_file"]) == ("policies/a.md", "policies/b.md")


def test_no_path_of_this_machine_leaves_it() -> None:
    assert portable("/home/ann/policies/handbook.yml") == "handbook.yml"
    assert portable("C:\\ann\\handbook.yml") == "handbook.yml"
    assert portable("policies/a.md") == "policies/a.md"
    assert place_data(Place("/x/y.md", 2, 3)) == {"file": "y.md", "line": 2, "column": 3}


def test_export_assets_stand_at_the_top() -> None:
    handbook = book(FILES)
    assets = export_assets(indexed(handbook))
    assert [asset.uri for asset in assets] == [
        "handbook.json",
        "handbook.schema.json",
        *(f"{name}.csv" for name in TABLES),
        "handbook.xlsx",
        "applicability-iso-27001.xlsx",
        "applicability-iso-27001.csv",
        "handbook.graphml",
    ]
    assert assets == export_assets(indexed(book(FILES)))
    assert json.loads(assets[1].content) == handbook_schema()


def test_half_a_surrogate_pair_ends_nothing() -> None:
    assert json.loads(json_lines({"a": ["\ud800 half"]})) == {"a": ["? half"]}


def test_an_empty_handbook_has_an_inventory() -> None:
    handbook = book({})
    data = json.loads(inventory_bytes(judge(handbook, TODAY)))
    jsonschema.validate(data, handbook_schema())
