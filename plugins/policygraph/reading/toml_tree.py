"""TOML front matter as the same tree that YAML gives."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

from policygraph.model.place import Place
from policygraph.reading.yaml_tree import MAX_DEPTH, Listing, Node, Scalar, Table, TreeError

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


def parse_toml(text: str, file: str, first_line: int = 1) -> Table:
    """Read TOML whose first line is line `first_line` of `file`.

    The standard library gives no positions, so a value has the line on which its key stands.

    Raises:
        TreeError: where the text is not TOML.
    """
    try:
        data = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _POSITION.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        reason = _POSITION.sub("", str(error)).strip() or "nested too deep"
        raise TreeError(
            f"This is not valid TOML: {reason}.", Place(file, first_line + line - 1, column)
        ) from None
    lines = text.split("\n")
    return _table(data, lines, file, first_line, Place(file, first_line), 0)


def _table(data: dict[str, Any], lines: list[str], file: str, first: int, above: Place, depth: int) -> Table:
    entries = []
    for key, value in data.items():
        place = _find(key, lines, file, first) or above
        entries.append((Scalar(key, place), _node(value, lines, file, first, place, depth + 1)))
    return Table(tuple(entries), above)


def _node(value: Any, lines: list[str], file: str, first: int, place: Place, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise TreeError(f"This is nested more than {MAX_DEPTH} levels deep; no setting needs that.", place)
    if isinstance(value, dict):
        return _table(value, lines, file, first, place, depth)
    if isinstance(value, list):
        return Listing(tuple(_node(item, lines, file, first, place, depth + 1) for item in value), place)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", place)
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return Scalar(value.isoformat(), place)
    return Scalar(str(value), place, plain=not isinstance(value, str))


def _find(key: str, lines: list[str], file: str, first: int) -> Place | None:
    pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
    for number, line in enumerate(lines):
        if pattern.match(line):
            return Place(file, first + number, len(line) - len(line.lstrip()) + 1)
    return None
