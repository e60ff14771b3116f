"""Text as YAML writes it."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Text in double quotes on one line, which YAML reads as it was; what cannot be seen becomes an escape."""
    return "".join(
        sign if sign.isprintable() else _escaped(ord(sign)) for sign in json.dumps(text, ensure_ascii=False)
    )


def _escaped(number: int) -> str:
    # YAML, unlike JSON, does not put a character together from two halves.
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
