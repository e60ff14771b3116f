"""Typing values into YAML so that each is read back as it was meant."""

from __future__ import annotations

import re

from policygraph.reading.text import on_one_line as on_one_line
from policygraph.reading.yaml_text import quoted as quoted

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9()/&’,._-]*(?: [A-Za-z0-9()/&’,._-]+)*")
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def typed(text: str) -> str:
    """A text as an author would type it: bare where nothing in it means anything to YAML."""
    bare = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if bare else quoted(text)
