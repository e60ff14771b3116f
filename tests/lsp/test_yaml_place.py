"""Where in a YAML file an author types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.lsp.text import EditorText
from policygraph.lsp.yaml_place import YamlPlace, yaml_place

CASES = [
    ("|", (), "", False, {}),
    ("ro|", (), "ro", False, {}),
    ("roles:\n  ciso:\n    tit|", ("roles", "ciso"), "tit", False, {}),
    (
        "roles:\n  ciso:\n    title: CISO\n    |\n    contact: x",
        ("roles", "ciso"),
        "",
        False,
        {"title", "contact"},
    ),
    ("records:\n  - document: AI|", ("records", "[]", "document"), "AI", True, set()),
    ("records:\n- document: AI-01\n  wh|", ("records", "[]"), "wh", False, {"document"}),
    ("records:\n  - document: AI-01\n  - |", ("records", "[]"), "", False, set()),
    ('x:\n  - used_by:\n    - "AI|', ("x", "[]", "used_by", "[]"), "AI", False, set()),
    ("x:\n  - used_by: [AI-01, b|", ("x", "[]", "used_by", "[]"), "b", True, {}),
    (
        "iso-42001:\n  A.2.2:\n    # why\n\n    applies: t|",
        ("iso-42001", "A.2.2", "applies"),
        "t",
        True,
        set(),
    ),
    ("iso-42001:\n  A.2.2: {applies: true, sta|", ("iso-42001", "A.2.2"), "sta", False, {"applies"}),
    (
        'iso-42001:\n  A.2.2: {rests_on: ["iso-42001:6.|',
        ("iso-42001", "A.2.2", "rests_on", "[]"),
        "iso-42001:6.",
        True,
        set(),
    ),
    ("a: {b: c}|", ("a",), "{b: c}", True, set()),
    ("name: x\nrul|\nurl: y", (), "rul", False, {"name", "url"}),
    ("rules:\n  PG101: of|", ("rules", "PG101"), "of", True, set()),
    ("a:\n  b:\n    c: 1\nd:\n  e|", ("d",), "e", False, set()),
]


@pytest.mark.parametrize(("text", "path", "typed", "value", "beside"), CASES)
def test_knows_the_keys_around(
    text: str, path: tuple[str, ...], typed: str, value: bool, beside: set[str]
) -> None:
    before = text.partition("|")[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = yaml_place(EditorText(text.replace("|", "", 1)), line, column)
    assert (found.path, found.typed, found.value) == (path, typed, value)
    assert set(found.beside) == set(beside)


def test_knows_the_values_beside() -> None:
    text = "records:\n  - document: 'AI-01'\n    what: \n"
    assert yaml_place(EditorText(text), 3, 11).beside == {"document": "AI-01"}


@given(st.text(alphabet="ab:-[]{}'\", #\n\t", max_size=60), st.integers(1, 8), st.integers(1, 20))
def test_takes_whatever_is_typed(text: str, line: int, column: int) -> None:
    assert isinstance(yaml_place(EditorText(text), line, column), YamlPlace)
