from __future__ import annotations

import json

import jsonschema
import pytest
from command_line import CommandLine

from policygraph.judging.rules import all_rules


def test_rules_lists_every_rule(empty: CommandLine) -> None:
    out = empty("rules").out
    assert all(rule.code in out and rule.name in out for rule in all_rules())
    assert [one["code"] for one in json.loads(empty("rules", "--format", "json").out)] == [
        r.code for r in all_rules()
    ]


@pytest.mark.parametrize("name", ["PG201", "pg201", "unknown-document"])
def test_a_rule_is_explained(empty: CommandLine, name: str) -> None:
    result = empty("rules", name)
    assert result.code == 0
    assert result.out.startswith("PG201 unknown-document [error]\n")
    for part in ("Why it matters", "Example", "How to put it right", "To change it"):
        assert f"\n{part}\n" in result.out


def test_every_rule_has_a_page(empty: CommandLine) -> None:
    for rule in all_rules():
        assert rule.help.what in empty("rules", rule.code).out
        assert "```" not in empty("rules", rule.code).out


def test_the_pages_of_rules_can_be_written(empty: CommandLine) -> None:
    empty.write({"rules/PG999.md": "gone", "rules/mine.md": "stays"})
    assert empty("rules", "--write", "rules").code == 0
    names = {path.name for path in (empty.folder / "rules").iterdir()}
    assert names == {"index.md", "mine.md", *(f"{rule.code}.md" for rule in all_rules())}
    assert empty("rules", "PG201", "--write", "rules").code == 2


def test_an_unknown_rule_gets_a_suggestion(empty: CommandLine) -> None:
    result = empty("rules", "unknwon-document")
    assert result.code == 2
    assert "Did you mean PG201 (unknown-document)?" in result.err


@pytest.mark.parametrize("name", ["handbook", "front-matter", "settings", "organisation", "terms"])
def test_every_schema_is_a_schema(empty: CommandLine, name: str) -> None:
    result = empty("schema", name)
    assert result.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(result.out))


def test_front_matter_knows_the_handbook_s_own_relations(empty: CommandLine) -> None:
    assert "owns" not in empty("schema", "front-matter").out
    empty.write({"policies/handbook.yml": "relations:\n  owns: {inverse: owned by}\n"})
    assert '"owns"' in empty("schema", "front-matter").out


def test_a_named_handbook_must_be_there(empty: CommandLine) -> None:
    assert empty("schema", "front-matter", "-H", "nowhere").code == 2


def test_a_schema_can_be_written_to_a_file(empty: CommandLine) -> None:
    assert empty("schema", "settings", "-o", "settings.json").out == ""
    assert json.loads((empty.folder / "settings.json").read_text())["title"] == "policygraph settings"
