"""The schemas for editors agree with what the readers accept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policygraph.publishing.exports.author_schemas import (
    front_matter_schema,
    settings_schema,
)
from policygraph.publishing.exports.register_schemas import REGISTER_SCHEMAS, register_schema
from policygraph.reading.registers import ORGANISATION, TERMS, read_registers
from policygraph.reading.settings_file import KEYS, read_settings
from policygraph.settings import FIELD_NAMES

SAMPLE = Path(__file__).parents[3] / "policies"


EXCEPTION = (
    "exceptions:\n  - {id: E, title: T, departs_from: A#x, quote: Q, owner: o, because: B, granted: 2026-01-01, "
    "by: P, expires: 2027-01-01, closed: 2026-06-01}\n"
)
REVIEW = (
    f"document: A\nby: P\nas: r\ndate: 2026-01-01\noutcome: approved\ntext: sha256:{'a' * 64}\n"
    f"substance: {'b' * 64}\nnote: N\npull_request: '#1'\n"
)


class _Editor(yaml.SafeLoader):
    """Reads YAML as editors do: a date is text to a schema."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def typed(text: str) -> Any:
    return yaml.load(text, Loader=_Editor)


def valid(schema: dict[str, Any], data: Any) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(data)


@pytest.mark.parametrize(
    "schema",
    [front_matter_schema(), settings_schema(), *(register_schema(name) for name in REGISTER_SCHEMAS)],
)
def test_each_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_key_has_its_place_and_its_description() -> None:
    for schema, names in ((front_matter_schema(), FIELD_NAMES), (settings_schema(), KEYS)):
        assert tuple(schema["properties"]) == tuple(names)
        assert all(form.get("description") for form in schema["properties"].values())


def test_the_sample_handbook_fits() -> None:
    settings = read_settings((SAMPLE / "handbook.yml").read_text(), "handbook.yml")
    for file in sorted(SAMPLE.rglob("*.md")):
        front = typed(file.read_text().split("---\n")[1])
        jsonschema.validate(front, front_matter_schema(settings))
    jsonschema.validate(typed((SAMPLE / "handbook.yml").read_text()), settings_schema())
    for file in sorted((SAMPLE / "registers").rglob("*.yml")):
        name = file.parent.name if file.parent.name == "reviews" else file.stem
        jsonschema.validate(typed(file.read_text()), register_schema(name))


@pytest.mark.parametrize(
    "text",
    [
        "title: T\nid: 0161\n",
        "title: T\nreferences: AI-02\n",
        "title: T\nreferences:\n  - AI-02\n  - to: AI-03\n    relation: depends on\n    because: x\n  - depends on: AI-04\n",
        "title: T\nnot_related: [{to: A, because: B, decided: 2026-01-02}]\n",
        "title: T\nrecords: [{what: W, every: 3 months}, minutes]\n",
        "title: T\nallow:\n  PG404: because\n",
        "title: T\nour_own_key: fine\n",
    ],
)
def test_front_matter_that_is_right(text: str) -> None:
    assert valid(front_matter_schema(), typed(text))


@pytest.mark.parametrize(
    "text",
    [
        "owner: nobody gave a title\n",
        "title: T\nstatus: alive\n",
        "title: T\nid: 'two words'\n",
        "title: T\neffective: soon\n",
        "title: T\nreferences:\n  - {relation: depends on}\n  - {to: A, why: B}\n",
        "title: T\nreferences:\n  - {to: A, relation: dependson}\n",
        "title: T\nvisibility: secret\n",
        "title: T\nnot_related: [{to: A}]\n",
    ],
)
def test_front_matter_that_is_wrong(text: str) -> None:
    assert not valid(front_matter_schema(), typed(text))


def test_mapped_keys_take_the_place_of_ours() -> None:
    settings = read_settings("fields: {id: eip, title: heading}\nstatuses: {Final: active}\n", "handbook.yml")
    schema = front_matter_schema(settings)
    assert "eip" in schema["properties"]
    assert "id" not in schema["properties"]
    assert schema["required"] == []
    assert "final" in schema["properties"]["status"]["enum"]


SETTINGS = """\
name: N
organisation: O
description: D
url: https://handbook.example.org/
language: de
documents: .
registers: registers
exclude: ["x/*"]
frameworks: [iso-42001]
catalogs: [own.yml]
relations: {owns: {inverse: owned by, relies: true}, near: {symmetric: true}}
types: [charter]
areas: {a: Area, b: {title: B, description: C}}
fields: {id: eip, references: [{from: requires, prefix: EIP-, relation: depends on}]}
id_pattern: 'EIP-(\\d+)'
title_from: [heading, file name]
statuses: {Final: active}
ignore_keys: [author]
declare_relations: true
review_every: 12 months
word_budget: {policy: 800}
rules: {PG404: off, PG403: error}
branch: main
feedback: {issue: "https://code.example.org/new?title={title}&body={body}"}
appearance: {colour: "#234567", colour_dark: "#9bd", logo: logo.svg, text: serif}
"""


def test_settings_that_use_every_key_are_right_for_reader_and_schema() -> None:
    read_settings(SETTINGS, "handbook.yml")
    data = typed(SETTINGS)
    assert set(data) == set(KEYS)
    jsonschema.validate(data, settings_schema())


@pytest.mark.parametrize(
    "text",
    [
        "nme: x\n",
        "rules: {PG1: sometimes}\n",
        "title_from: dreams\n",
        "fields: {di: eip}\n",
        "statuses: {Final: done}\n",
    ],
)
def test_settings_that_are_wrong(text: str) -> None:
    assert not valid(settings_schema(), typed(text))


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        (
            ORGANISATION,
            "roles: {a: {title: A, holders: [x], contact: c, purpose: p}, b: }\naudiences: {x: {title: X, description: D}}\n",
            True,
        ),
        (ORGANISATION, "roles: {a: {holder: x}}\n", False),
        (ORGANISATION, "people: {}\n", False),
        (TERMS, "terms:\n  - {term: T, definition: D, abbreviation: A, aliases: [B]}\n", True),
        (TERMS, "terms:\n  - {term: T}\n", False),
        (TERMS, "terms:\n  - {term: T, definition: D, plural: Ts}\n", False),
        (
            "applicability.yml",
            "iso-42001:\n  A.2.2: {applies: true, because: B, rests_on: [R], status: in place}\n",
            True,
        ),
        (
            "applicability.yml",
            "own:\n  F-1: {title: T, text: X, applies: true, because: B, status: planned}\n",
            True,
        ),
        ("applicability.yml", "own:\n  F-1: {applies: true, because: B}\n", False),
        ("applicability.yml", "iso-42001:\n  A.2.2: {applies: true, status: done}\n", False),
        ("applicability.yml", "iso-42001:\n  A.2.2: {title: T}\n", False),
        (
            "records.yml",
            "records:\n  - {document: A, what: W, made: 2026-01-01, by: B, retention: 5 years, note: N}\n",
            True,
        ),
        ("records.yml", "records:\n  - {document: A}\n", False),
        ("records.yml", "records:\n  - {document: A, what: W, when: 2026-01-01}\n", False),
        ("exceptions.yml", EXCEPTION, True),
        ("exceptions.yml", EXCEPTION.replace("owner: o, ", ""), False),
        ("exceptions.yml", EXCEPTION.replace("id: E", "name: E"), False),
        (
            "external.yml",
            "documents:\n  - {id: X, title: T, kind: law, version: V, owner: o, where: w, used_by: [A], checked: 2026-01-01, check_every: 6 months}\n",
            True,
        ),
        ("external.yml", "documents:\n  - {id: X}\n", False),
        (
            "expectations.yml",
            "expectations:\n  - {from: 'a:1', to: 'a:2', why: W, strength: related}\n  - {from: 'a:1', to: 'a:3', drop: true}\n",
            True,
        ),
        ("expectations.yml", "expectations:\n  - {from: 'a:1', why: W}\n", False),
        (
            "expectations.yml",
            "expectations:\n  - {from: 'a:1', to: 'a:2', why: W, strength: strong}\n",
            False,
        ),
        ("reviews/a.yml", REVIEW, True),
        ("reviews/a.yml", REVIEW.replace("outcome: approved", "outcome: fine"), False),
        ("reviews/a.yml", REVIEW.replace("as: r\n", ""), False),
        ("reviews/a.yml", REVIEW.replace("a" * 64, "a" * 63), False),
    ],
)
def test_registers_are_right_for_both_or_for_neither(name: str, text: str, right: bool) -> None:
    _, problems = read_registers({name: (name, text)})
    schema = register_schema(name.partition("/")[0].removesuffix(".yml"))
    assert valid(schema, typed(text)) is right
    assert (not problems) is right
