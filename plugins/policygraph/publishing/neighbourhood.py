"""The picture of a document's neighbourhood: what references it, itself, what it references."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from policygraph.publishing.templates import render

WIDTH = 760
SIDE = 232
MIDDLE = 196
MOST = 12
"""Neighbours shown in one column."""

_LINE = 17
_META = 14
_PADDING = 9
_GAP = 10
_MORE = 30
_TEXT = 13.0
_LINES = {
    "references": "plain",
    "depends on": "strong",
    "implements": "double",
    "supersedes": "dotted",
    "see also": "dashed",
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document beside this one. `word` names the relation as seen from here, `line` is its own name."""

    id: str
    title: str
    href: str
    word: str
    relation: str
    tip: str


@dataclass(frozen=True, slots=True)
class Column:
    """The neighbours on one side; `total` counts those too that are not in it."""

    neighbours: Sequence[Neighbour]
    total: int


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the picture with its text in lines."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    meta: str
    meta_y: int
    href: str = ""
    tip: str = ""
    edge: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of boxes, and what stands below it where some are left out."""

    boxes: tuple[Box, ...]
    x: int
    more: str
    more_y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A laid out neighbourhood."""

    label: str
    width: int
    height: int
    incoming: PlacedColumn
    outgoing: PlacedColumn
    centre: Box
    more_href: str


def picture(
    id: str,
    title: str,
    incoming: Column,
    outgoing: Column,
    more_href: str,
) -> Markup:
    """Draw the neighbourhood as SVG whose parts are links; nothing where there are no neighbours."""
    if not incoming.total and not outgoing.total:
        return Markup()
    return render("neighbourhood.svg.j2", picture=laid_out(id, title, incoming, outgoing, more_href))


def laid_out(id: str, title: str, incoming: Column, outgoing: Column, more_href: str) -> Picture:
    """Place the boxes: three columns, each centred."""
    sides = []
    for column in (incoming, outgoing):
        shown = column.neighbours[:MOST]
        sizes = [_size(neighbour) for neighbour in shown]
        extra = column.total - len(shown)
        height = sum(size for _, size in sizes) + _GAP * max(0, len(sizes) - 1) + (_MORE if extra else 0)
        sides.append((shown, sizes, extra, height))
    own = _wrapped(title, MIDDLE - 28, 3)
    own_height = len(own) * _LINE + _META + 2 * _PADDING + 10
    height = max(own_height, *(side[3] for side in sides)) + 4
    y = (height - own_height) // 2
    x = (WIDTH - MIDDLE) // 2
    centre = Box(x, y, MIDDLE, own_height, _lines(own, y + _PADDING + 4), id, y + own_height - _PADDING - 4)
    columns = []
    for (shown, sizes, extra, own_side), left in zip(sides, (0, WIDTH - SIDE), strict=True):
        boxes, end = _column(shown, sizes, left, (height - own_side) // 2, centre)
        columns.append(PlacedColumn(boxes, left, f"and {extra} more" if extra else "", end + 20))
    return Picture(
        f"What references {id}, and what it references",
        WIDTH,
        height,
        columns[0],
        columns[1],
        centre,
        more_href,
    )


def _size(neighbour: Neighbour) -> tuple[tuple[str, ...], int]:
    lines = _wrapped(neighbour.title, SIDE - 26, 2)
    return lines, len(lines) * _LINE + _META + 2 * _PADDING + 2


def _lines(lines: Sequence[str], top: int) -> tuple[tuple[int, str], ...]:
    return tuple((top + 13 + number * _LINE, line) for number, line in enumerate(lines))


def _column(
    neighbours: Sequence[Neighbour],
    sizes: Sequence[tuple[tuple[str, ...], int]],
    x: int,
    top: int,
    centre: Box,
) -> tuple[tuple[Box, ...], int]:
    boxes = []
    y = top
    spread = min(centre.height - 24, 14 * max(0, len(sizes) - 1))
    for number, (neighbour, (lines, height)) in enumerate(zip(neighbours, sizes, strict=False)):
        share = number / (len(sizes) - 1) - 0.5 if len(sizes) > 1 else 0.0
        meet = round(centre.y + centre.height / 2 + share * spread)
        own = y + height // 2
        if x < centre.x:
            edge = _curve(x + SIDE, own, centre.x - 6, meet)
        else:
            edge = _curve(centre.x + centre.width, meet, x - 6, own)
        style = _LINES.get(neighbour.relation, "own")
        meta = f"{shortened_to(neighbour.id, 92)} · {neighbour.word}"
        boxes.append(
            Box(
                x,
                y,
                SIDE,
                height,
                _lines(lines, y + _PADDING),
                shortened_to(meta, SIDE - 14),
                y + height - _PADDING - 1,
                neighbour.href,
                neighbour.tip,
                edge,
                style,
            )
        )
        y += height + _GAP
    return tuple(boxes), y - _GAP


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"


@lru_cache(maxsize=8192)
def _wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Text in at most `most` lines of about `width` pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = text.split() or ["–"]
    while words and len(lines) < most:
        line = words.pop(0)
        while words and _width(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if _width(line) > width and " " not in line and len(lines) < most - 1 and not line.isascii():
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
    if _width(text) <= width:
        return text
    return text[: _fitting(text, width - 10)].rstrip() + "…"


def _fitting(text: str, width: float) -> int:
    total = 0.0
    for number, character in enumerate(text):
        total += _width(character)
        if total > width:
            return max(1, number)
    return len(text)


def _width(text: str) -> float:
    """About how wide a text is in the picture; no font is known at build time."""
    return sum(map(_character, text)) * _TEXT


@lru_cache(maxsize=4096)
def _character(character: str) -> float:
    if character in "iljtfr.,:;'|!()[] ’‘":
        return 0.33
    if character in "mwMW@%":
        return 0.88
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.68 if character.isupper() else 0.56
