"""Where front matter ends and the text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_KEY = re.compile(r"([A-Za-z_][\w .-]{0,40}?)\s*:(?:\s|$)")
_YAML_LINE = re.compile(r"(?:[A-Za-z_][\w .-]{0,40}?\s*:(?:\s|$)|\s+\S|-\s|#|\s*$)")
_PROSE = re.compile(r"\w+[,;]? \w+")
_LOOK_AHEAD = 80


class Fence(StrEnum):
    """How the front matter is marked."""

    NONE = "none"
    YAML = "---"
    TOML = "+++"
    MISSING_OPENING = "missing opening"
    MISSING_CLOSING = "missing closing"


@dataclass(frozen=True, slots=True)
class Split:
    """Front matter and body; the lines count from one."""

    fence: Fence
    front: str
    front_line: int
    body: str
    body_line: int


def normalised(text: str) -> str:
    """Return the text without byte order mark and with line feeds only."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split(text: str, known_keys: frozenset[str]) -> Split:
    """Split a file's text. `known_keys` help to recognise front matter whose opening fence is missing."""
    start = _first_line(text)
    first = text[start : _end_of_line(text, start)]
    line = text.count("\n", 0, start) + 1
    opening = first.rstrip()
    if opening in ("---", "+++"):
        closing = ("---", "...") if opening == "---" else ("+++",)
        fence = Fence.YAML if opening == "---" else Fence.TOML
        inside = start + len(first) + 1
        end = _closing(text, inside, closing)
        if end is None or (fence is Fence.YAML and _runs_into_text(text[inside : end[0]])):
            if _KEY.match(text, inside):
                return _without_closing(text, inside, line + 1)
        elif not _below_a_rule(text[inside : end[0]], start, known_keys):
            return _split(fence, text, inside, line + 1, *end)
        return Split(Fence.NONE, "", 1, text, 1)
    end = _closing(text, start, ("---",), _LOOK_AHEAD)
    if end is not None and _looks_like_keys(text[start : end[0]], known_keys):
        return _split(Fence.MISSING_OPENING, text, start, line, *end)
    return Split(Fence.NONE, "", 1, text, 1)


def _split(fence: Fence, text: str, start: int, line: int, stop: int, after: int) -> Split:
    body_line = text.count("\n", 0, after) + 1
    return Split(fence, text[start:stop], line, text[after:], body_line)


def _first_line(text: str) -> int:
    """Where the first line stands that is not empty."""
    filled = len(text) - len(text.lstrip())
    return text.rfind("\n", 0, filled) + 1 if filled < len(text) else 0


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _runs_into_text(inside: str) -> bool:
    """Whether the fence that was found is a rule further down, and prose stands in between."""
    _, _, rest = inside.partition("\n\n")
    return any(_PROSE.match(line) and not _YAML_LINE.match(line) for line in rest.split("\n"))


def _below_a_rule(inside: str, start: int, known_keys: frozenset[str]) -> bool:
    """Whether the opening fence is a rule: it stands apart from what follows or precedes, and that is no front matter."""
    apart = start > 0 or inside.startswith("\n")
    return apart and not _looks_like_keys(inside.lstrip("\n"), known_keys)


def _without_closing(text: str, start: int, line: int) -> Split:
    # The keys end where the first empty line is: what follows is the text, and none of it is lost.
    blank = text.find("\n\n", start)
    stop = blank + 1 if blank >= 0 else len(text)
    return _split(Fence.MISSING_CLOSING, text, start, line, stop, stop)


def _closing(
    text: str, start: int, fences: tuple[str, ...], limit: int | None = None
) -> tuple[int, int] | None:
    position, lines = start, 0
    while position < len(text) and (limit is None or lines < limit):
        end = _end_of_line(text, position)
        if text[position:end].rstrip() in fences:
            return position, min(end + 1, len(text))
        position, lines = end + 1, lines + 1
    return None


def _looks_like_keys(text: str, known_keys: frozenset[str]) -> bool:
    lines = text.split("\n")[:-1]
    if not lines or not all(_YAML_LINE.match(line) for line in lines):
        return False
    keys = [match[1] for line in lines if (match := _KEY.match(line))]
    if not keys or not _KEY.match(lines[0]):
        return False
    # "Term: explanation" over a rule is ordinary text; two keys, or one that we know, are front matter.
    return any(key in known_keys for key in keys)
