"""Text in pictures: lines that fit, by about how wide letters are, since no font is known at build time."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SIZE = 13.0
"""Pixels of the letters that widths are meant for."""

BOLD = 1.1
"""How much wider bold letters are."""


@lru_cache(maxsize=8192)
def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Text in at most `most` lines of about `width` pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = text.split() or ["–"]
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if width_of(line) > width and " " not in line and len(lines) < most - 1 and not line.isascii():
            fit = _fitting(line, width)
            line, rest = line[:fit], line[fit:]
            words.insert(0, rest)
        lines.append(line)
    if words:
        lines[-1] = f"{lines[-1]} {words[0]}"
    return tuple(shortened_to(line, width) for line in lines)


@lru_cache(maxsize=8192)
def shortened_to(text: str, width: int) -> str:
    """Text cut with an ellipsis so that it is about `width` pixels wide at most."""
    if width_of(text) <= width:
        return text
    return text[: _fitting(text, width - 10)].rstrip() + "…"


def _fitting(text: str, width: float) -> int:
    total = 0.0
    for number, character in enumerate(text):
        total += width_of(character)
        if total > width:
            return max(1, number)
    return len(text)


def width_of(text: str) -> float:
    """About how many pixels a text takes. Meant for wide letters, since text that sticks out looks worse than room left."""
    return sum(map(_character, text)) * SIZE


@lru_cache(maxsize=4096)
def _character(character: str) -> float:
    if character in "iljf.,:;'|!()[] ’‘":
        return 0.33
    if character in "rtI-–":
        return 0.41
    if character in "mwMW@%":
        return 0.93
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.69 if character.isupper() else 0.6
