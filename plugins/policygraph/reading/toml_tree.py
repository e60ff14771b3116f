"""TOML front matter as the same tree that YAML gives."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import defaultdict, deque
from typing import Any

from policygraph.model.place import Place
from policygraph.reading.yaml_tree import MAX_DEPTH, Listing, Node, Scalar, Table, TreeError

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_KEY = re.compile(
    r"""(?:^[ \t]*\[*|[{,.])[ \t]*["']?([^\s"'=.,{}\[\]#]+)["']?[ \t]*(?=[=.\]])""", re.MULTILINE
)


def parse_toml(text: str, file: str, first_line: int = 1) -> Table:
    """Read TOML whose first line is line `first_line` of `file`.

    The standard library gives no positions, so a value stands where its key does.

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
            f"These lines cannot be read as TOML: {reason}.", Place(file, first_line + line - 1, column)
        ) from None
    return _Builder(text, file, first_line).table(data, Place(file, first_line), 0)


class _Builder:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        # Values come in the order of the text, so the nth key of a name stands at its nth place.
        self._places: dict[str, deque[Place]] = defaultdict(deque)
        line, start = 0, 0
        for match in _KEY.finditer(text):
            line += text.count("\n", start, match.start(1))
            start = match.start(1)
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            self._places[match[1]].append(Place(file, first_line + line, column))

    def table(self, data: dict[str, Any], above: Place, depth: int) -> Table:
        entries = []
        for key, value in data.items():
            place = self._take(key) or above
            entries.append((Scalar(key, place), self._node(value, place, depth + 1)))
        return Table(tuple(entries), above)

    def _node(self, value: Any, place: Place, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise TreeError(
                f"This is nested more than {MAX_DEPTH} levels deep, which nothing here needs.", place
            )
        if isinstance(value, dict):
            return self.table(value, place, depth)
        if isinstance(value, list):
            return Listing(tuple(self._node(item, place, depth + 1) for item in value), place)
        if isinstance(value, bool):
            return Scalar("true" if value else "false", place)
        if isinstance(value, dt.date | dt.datetime | dt.time):
            return Scalar(value.isoformat(), place)
        return Scalar(str(value), place, plain=not isinstance(value, str))

    def _take(self, key: str) -> Place | None:
        places = self._places.get(key)
        if not places:
            return None
        return places.popleft() if len(places) > 1 else places[0]
