"""Plain data to bytes, the same bytes for the same data."""

from __future__ import annotations

import json
from collections.abc import Mapping

from policygraph.publishing.exports.records import Data


def json_bytes(data: object) -> bytes:
    """Return data as indented JSON in UTF-8."""
    return _encoded(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def json_lines(data: Data) -> bytes:
    """Return a table of lists as JSON with one item a line.

    Versions of such a file compare line by line, and it is written several times faster than indented JSON.
    """
    parts = []
    for key, value in data.items():
        name = _compact(key)
        if isinstance(value, list | tuple) and value:
            items = ",\n".join(f"    {_compact(item)}" for item in value)
            parts.append(f"  {name}: [\n{items}\n  ]")
        elif isinstance(value, Mapping) and value:
            items = ",\n".join(f"    {_compact(inner)}: {_compact(item)}" for inner, item in value.items())
            parts.append(f"  {name}: {{\n{items}\n  }}")
        else:
            parts.append(f"  {name}: {_compact(value)}")
    return _encoded("{\n" + ",\n".join(parts) + "\n}\n")


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _encoded(text: str) -> bytes:
    # A YAML escape can smuggle in half of a surrogate pair, which no UTF-8 can hold.
    return text.encode("utf-8", "replace")
