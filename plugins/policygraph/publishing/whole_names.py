"""Where lines may end within a name: not in AI-06 or `#ai-ideas`, and in an address before its words are torn."""

from __future__ import annotations

import re

from markupsafe import Markup

from policygraph.publishing.escaping import html_text

NUMBERED = re.compile(r"(?<![\w-])[A-Z][A-Za-z]{0,5}-\d{1,5}(?![\w-])")
"""A name with a number, which browsers break after the hyphen."""

LONGEST_WHOLE = 16
"""A longer name may be wider than a cell of a table on a phone."""

_NAME = re.compile(rf"{NUMBERED.pattern}|(?<![\w#&/])#[^\W\d_]\w*(?:-\w+)+(?![\w-])")
_LONG = re.compile(r"\S{17,}")
_JOINT = re.compile(r"(?<=[/.?&=_-])(?<!//)(?=\w)")


def whole(text: str) -> str:
    """Text whose numbered names and names of channels stay on one line: as it is where it has none."""
    if "-" not in text or isinstance(text, Markup):
        return text
    parts: list[Markup] = []
    last = 0
    for name in _NAME.finditer(text):
        if len(name[0]) <= LONGEST_WHOLE:
            kept = Markup('<span class="pg-whole">{}</span>').format(name[0])
            parts += (html_text(text[last : name.start()]), kept)
            last = name.end()
    return Markup().join((*parts, html_text(text[last:]))) if parts else text


def breakable(text: str) -> str:
    """An address that may break behind its signs; a short one, and one between spaces, stays as it is."""
    if not _LONG.search(text):
        return text
    words = (_JOINT.split(word) if len(word) > LONGEST_WHOLE else [word] for word in text.split(" "))
    return Markup(" ").join(Markup("<wbr>").join(map(html_text, pieces)) for pieces in words)
