"""The schemas for editors agree with what the readers accept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policygraph.publishing.exports.author_schemas import (
    front_matter_schema,
    organisation_schema,
    settings_schema,
    terms_schema,
)
from policygraph.reading.registers import ORGANISATION, TERMS, read_registers
from policygraph.reading.settings_file import KEYS, read_settings
from policygraph.settings import FIELD_NAMES

SAMPLE = Path(__file__).parents[3] / "policies"


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
    "schema", [front_matter_schema(), settings_schema(), organisation_schema(), terms_schema()]
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
    jsonschema.validate(typed((SAMPLE / "registers/organisation.yml").read_text()), organisation_schema())
    jsonschema.validate(typed((SAMPLE / "registers/terms.yml").read_text()), terms_schema())


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
rules: {PG404: off, PG403: error}
branch: main
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
    ],
)
def test_registers_are_right_for_both_or_for_neither(name: str, text: str, right: bool) -> None:
    _, problems = read_registers({name: (name, text)})
    schema = organisation_schema() if name == ORGANISATION else terms_schema()
    assert valid(schema, typed(text)) is right
    assert (not problems) is right
