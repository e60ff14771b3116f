"""Typing values into YAML so that each is read back as it was meant."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9()/&’,._-]*(?: [A-Za-z0-9()/&’,._-]+)*")
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def quoted(text: str) -> str:
    """A text in YAML's double quotes; what cannot be printed becomes an escape."""
    return "".join(
        character if character.isprintable() else json.dumps(character)[1:-1]
        for character in json.dumps(text, ensure_ascii=False)
    )


def typed(text: str) -> str:
    """A text as an author would type it: bare where nothing in it means anything to YAML."""
    bare = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if bare else quoted(text)


def on_one_line(text: str) -> str:
    """A text without line breaks and without what no file should carry."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
