"""SARIF: what readers of it rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import jsonschema

from builders import judged
from policygraph.judging.rules import all_rules
from policygraph.model.fix import Edit, Fix
from policygraph.model.place import Place
from policygraph.publishing.exports.sarif import sarif_bytes
from policygraph.reading.settings_file import read_settings

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
ESSENTIALS: Mapping[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "originalUriBaseIds": {"type": "object"},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "name": {"pattern": "^[A-Z][A-Za-z0-9]*$"},
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                                "helpUri": {"type": "string", "format": "uri"},
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {
                                                        "level": _LEVEL,
                                                        "enabled": {"type": "boolean"},
                                                    },
                                                    "additionalProperties": False,
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _TEXT,
                                "locations": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "properties": {
                                                            "uri": {"pattern": r"^[A-Za-z0-9._~/%-]+$"},
                                                            "uriBaseId": {"type": "string"},
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "fixes": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["artifactChanges"],
                                        "properties": {
                                            "description": _TEXT,
                                            "artifactChanges": {
                                                "type": "array",
                                                "minItems": 1,
                                                "items": {
                                                    "type": "object",
                                                    "required": ["artifactLocation", "replacements"],
                                                },
                                            },
                                        },
                                    },
                                },
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["kind"],
                                        "properties": {"kind": {"enum": ["inSource", "external"]}},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The parts of the standard's schema (section 3 of SARIF 2.1.0) that we write, and no others allowed."""

BAD = {
    "a b.md": "---\nid: A-1\ntitle: One\nallow:\n  PG403: 'One person keeps it.'\n---\n"
    "See [[Nothing]]. And [[Nothing]].\n\n[x](gone.md)\n",
}


def exported(files: Mapping[str, str]) -> dict[str, Any]:
    judgement = judged(files)
    data: dict[str, Any] = json.loads(sarif_bytes((*judgement.findings, *judgement.allowed)))
    jsonschema.validate(data, ESSENTIALS)
    return data


def results(files: Mapping[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = exported(files)["runs"][0]["results"]
    return found


def test_every_finding_has_its_rule_and_its_place() -> None:
    run = exported(BAD)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]
    judgement = judged(BAD)
    assert len(run["results"]) == len(judgement.findings) + len(judgement.allowed)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "policies/a%20b.md"


def test_a_finding_stays_the_same_when_lines_move() -> None:
    moved = {"a b.md": BAD["a b.md"].replace("See", "One line more.\n\nSee", 1)}
    before, after = results(BAD), results(moved)
    prints = [r["partialFingerprints"]["policygraph/v1"] for r in before]
    assert len(prints) == len(set(prints))
    assert sorted(prints) == sorted(r["partialFingerprints"]["policygraph/v1"] for r in after)
    lines = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in after]
    assert lines != [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in before]


def test_what_an_author_lives_with_is_suppressed_with_the_reason() -> None:
    allowed = [r for r in results(BAD) if "suppressions" in r]
    assert len(allowed) == len(judged(BAD).allowed) == 1
    assert allowed[0]["suppressions"] == [{"kind": "inSource", "justification": "One person keeps it."}]


def test_a_clean_handbook_has_rules_and_no_results() -> None:
    run = exported({})["runs"][0]
    assert run["tool"]["driver"]["rules"]
    assert {r["level"] for r in run["results"]} <= {"note", "warning", "error"}


def test_a_fix_replaces_what_stands_there() -> None:
    text = "---\nid: A-1\ntitle: One\n---\nAsk the Board.\n"
    edits = (
        Edit(Place("policies/a.md", 5, 5), "the Board", "[[A-2]]"),
        Edit(Place("policies/a.md", 3, 1), "title: One\n---", "title: Two\n---"),
        Edit(Place("policies/b.md", 2, 1), "", "why: x\n"),
    )
    one = replace(judged({"a.md": text}).findings[0], fix=Fix("Link A-2", edits))
    data = json.loads(sarif_bytes([one]))
    jsonschema.validate(data, ESSENTIALS)
    (fix,) = data["runs"][0]["results"][0]["fixes"]
    first, second = (change["replacements"] for change in fix["artifactChanges"])
    assert first[0] == {
        "deletedRegion": {"startLine": 5, "startColumn": 5, "endLine": 5, "endColumn": 14},
        "insertedContent": {"text": "[[A-2]]"},
    }
    assert first[1]["deletedRegion"] == {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 4}
    assert second[0]["deletedRegion"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1}


def test_rules_that_are_off_by_default_say_so() -> None:
    rules = exported({})["runs"][0]["tool"]["driver"]["rules"]
    off = {r["id"] for r in rules if r["defaultConfiguration"].get("enabled") is False}
    assert off == {rule.code for rule in all_rules() if rule.optional}
    assert "PG443" in off
    assert all("helpUri" not in rule for rule in rules)


def test_rules_lead_to_their_published_page() -> None:
    settings = read_settings("url: https://book.example.org", "handbook.yml")
    data = json.loads(sarif_bytes((), settings=settings))
    jsonschema.validate(data, ESSENTIALS)
    first = data["runs"][0]["tool"]["driver"]["rules"][0]
    assert first["helpUri"] == "https://book.example.org/audit/rules/#pg101"
