from __future__ import annotations

import pytest

from policygraph.model.document import Status
from policygraph.model.finding import Severity
from policygraph.model.interval import Interval
from policygraph.model.place import Place
from policygraph.reading.settings_file import KEYS, read_settings
from policygraph.settings import FIELD_NAMES, FieldSource, Settings, SettingsError


def read(text: str) -> Settings:
    return read_settings(text, "policies/handbook.yml")


def test_without_a_word_the_defaults_hold() -> None:
    found = read("")
    assert found == Settings(file="policies/handbook.yml", relations=found.relations)
    assert list(found.relations) == ["references", "depends on", "implements", "supersedes", "see also"]


def test_everything_that_can_be_set() -> None:
    found = read(
        "name: N\norganisation: O\ndescription: D\nlanguage: DE\ndocuments: docs\nregisters: lists\n"
        "exclude: [drafts/]\nframeworks: [ISO-42001]\ncatalogs: c.yml\ntypes: [Charter]\n"
        "relations:\n  Audits: {inverse: audited by, relies: yes}\n"
        "areas:\n  people: {title: People, description: All.}\n  tools: Tools\n"
        "fields:\n  id: {from: eip, prefix: EIP-}\n  references: [requires, {from: see, relation: see also}]\n"
        "id_pattern: EIP-(\\d+)\ntitle_from: [heading]\nstatuses: {Moved: Retired}\nignore_keys: author\n"
        "declare_relations: true\nreview_every: P1Y\nrules: {pg212: off, PG213: Error}\nbranch: release/v2\n"
        "word_budget: {Charter: 300, policy: 800}\n"
    )
    assert (found.name, found.organisation, found.description, found.language) == ("N", "O", "D", "de")
    assert (found.documents, found.registers, found.exclude) == ("docs", "lists", ("drafts/",))
    assert (found.frameworks, found.catalogs) == (("iso-42001",), ("c.yml",))
    assert "charter" in found.types
    assert "policy" in found.types
    assert (found.relations["audits"].inverse, found.relations["audits"].relies) == ("audited by", True)
    assert (found.areas["people"].title, found.areas["tools"].title) == ("People", "Tools")
    assert found.sources_of("id") == (FieldSource("eip", "EIP-"),)
    assert found.sources_of("references") == (FieldSource("requires"), FieldSource("see", "", "see also"))
    assert found.sources_of("title") == (FieldSource("title"),)
    assert found.id_patterns[0].findall("EIP-20 and XEIP-1, EIP-7a") == ["20"]
    assert (found.title_from, found.statuses) == (("heading",), {"moved": Status.RETIRED})
    assert (found.ignore_keys, found.declare_relations) == (frozenset({"author"}), True)
    assert found.review_every == Interval(1, "year")
    assert found.rules == {"PG212": None, "PG213": Severity.ERROR}
    assert found.branch == "release/v2"
    assert found.word_budget == {"charter": 300, "policy": 800}


@pytest.mark.parametrize(
    "name", ["--upload-pack=x", "a..b", "a b", "refs//x", "@{-1}", "x.lock", "*", "main:x"]
)
def test_a_branch_has_a_name_that_git_allows(name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be the name of a branch"):
        read(f'branch: "{name}"\n')


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("nmae: x", 1, 1, "name"),
        ("name: [a, b]", 1, 7, "one value"),
        ("name: a\nname: b", 2, 1, "twice"),
        ("- a", 1, 1, "key"),
        ("name: {a", 1, 7, ""),
        ("a: &x 1\nb: *x", 2, 4, "begins with '*'"),
        ("fields: {titel: x}", 1, 10, "title"),
        ("fields:\n  id: {prefix: x}", 2, 7, "from"),
        ("relations:\n  owns: {}", 2, 3, "inverse"),
        ("relations:\n  owns: {invers: x}", 2, 3, "inverse"),
        ("id_pattern: EIP-(\\d+", 1, 13, "expression"),
        ("id_pattern: (a+)+", 1, 13, "plain"),
        ("id_pattern: (a)(b)", 1, 13, "plain"),
        ("id_pattern: a*b*c", 1, 13, "plain"),
        ("id_pattern: .*", 1, 13, "plain"),
        ("title_from: [titel]", 1, 14, "title"),
        ("statuses: {Moved: gone}", 1, 19, "retired"),
        ("rules: {PG212: loud}", 1, 16, "error"),
        ("declare_relations: maybe", 1, 20, "true"),
        ("review_every: often", 1, 15, "interval"),
        ("exclude: [drafts/, '!']", 1, 20, "pattern"),
        ("exclude: '[z-a]'", 1, 10, "pattern"),
        ("id_pattern: A\\S+B", 1, 13, "plain"),
        ("id_pattern: A?", 1, 13, "plain"),
        ("word_budget: many", 1, 14, "number of words"),
        ("word_budget: 0", 1, 14, "number of words"),
        ("word_budget: {policy: -1}", 1, 23, "number of words"),
        ("word_budget: {polcy: 100}", 1, 15, "policy"),
    ],
)
def test_the_first_thing_that_is_wrong_is_told_in_one_sentence(
    text: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        read(text)
    assert raised.value.place == Place("policies/handbook.yml", line, column)
    assert says in raised.value.message
    assert "\n" not in raised.value.message


def test_the_foremost_problem_is_the_one_that_is_told() -> None:
    with pytest.raises(SettingsError) as raised:
        read("rules: {PG212: loud}\nnmae: x")
    assert raised.value.place is not None
    assert raised.value.place.line == 1


def test_every_key_is_a_setting_and_every_field_a_front_matter_key() -> None:
    names = set(Settings.__dataclass_fields__)
    assert {key for key in KEYS if key != "id_pattern"} <= names
    assert len(set(FIELD_NAMES)) == len(FIELD_NAMES)


def test_the_published_address_ends_in_a_slash() -> None:
    assert read("url: https://handbook.example.org").url == "https://handbook.example.org/"
    assert read("url: http://localhost:8000/book/").url == "http://localhost:8000/book/"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "handbook.example.org", "https://x.org/?a=b", "https://"]
)
def test_an_address_is_a_whole_one(url: str) -> None:
    with pytest.raises(SettingsError, match="must be the address of the published handbook"):
        read(f"url: '{url}'")
