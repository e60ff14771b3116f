"""The picture of a document's neighbourhood: what references it, itself, what it references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.publishing.escaping import html_text
from policygraph.publishing.svg_text import shortened_to, wrapped

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
_LINES = {
    "references": "plain",
    "depends on": "strong",
    "implements": "double",
    "supersedes": "dotted",
    "see also": "dashed",
}
_ARROW = (
    '<defs><marker id="pg-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" '
    'markerUnits="userSpaceOnUse" orient="auto"><path class="pg-arrow" d="M0 0.5L8 4L0 7.5z"/></marker></defs>'
)


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
class _Box:
    """A neighbour with its text in lines, and the height these need."""

    neighbour: Neighbour
    lines: tuple[str, ...]
    height: int


def picture(id: str, title: str, incoming: Column, outgoing: Column, more_href: str) -> Markup:
    """Draw the neighbourhood as SVG whose parts are links; nothing where there are no neighbours.

    Written in one go and not by a template: it is on every page, and nine tenths of it are coordinates. Links
    are `xlink:href`, because Material's instant navigation stumbles over SVG links that have a plain `href`.
    """
    if not incoming.total and not outgoing.total:
        return Markup()
    sides = [(_boxes(column), column.total) for column in (incoming, outgoing)]
    heights = [_height(boxes, total) for boxes, total in sides]
    own = wrapped(title, MIDDLE - 28, 3)
    own_height = len(own) * _LINE + _META + 2 * _PADDING + 10
    height = max(own_height, *heights) + 4
    x, y = (WIDTH - MIDDLE) // 2, (height - own_height) // 2
    parts = [
        f'<svg class="pg-picture" viewBox="-2 -2 {WIDTH + 4} {height + 4}" role="group" '
        f'aria-labelledby="pg-picture-title"><title id="pg-picture-title">'
        f"What references {html_text(id)}, and what it references</title>{_ARROW}"
    ]
    for (boxes, total), side_height, left in zip(sides, heights, (0, WIDTH - SIDE), strict=True):
        top = (height - side_height) // 2
        parts += _column(boxes, left, top, (x, y, own_height))
        if extra := total - len(boxes):
            line = f'<text x="{left + 12}" y="{top + side_height - 8}">and {extra} more</text>'
            parts.append(f'<a class="pg-more" xlink:href="{html_text(more_href)}">{line}</a>')
    parts.append(
        f'<g class="pg-self">{_frame(x, y, MIDDLE, own_height)}{_texts(own, x + 14, y + _PADDING + 4)}'
    )
    parts.append(_meta(id, x + 14, y + own_height - _PADDING - 4) + "</g></svg>")
    return Markup("".join(parts))  # noqa: S704 - every text in it went through html_text


def _boxes(column: Column) -> list[_Box]:
    found = []
    for neighbour in column.neighbours[:MOST]:
        lines = wrapped(neighbour.title, SIDE - 26, 2)
        found.append(_Box(neighbour, lines, len(lines) * _LINE + _META + 2 * _PADDING + 2))
    return found


def _height(boxes: Sequence[_Box], total: int) -> int:
    gaps = _GAP * max(0, len(boxes) - 1)
    return sum(box.height for box in boxes) + gaps + (_MORE if total > len(boxes) else 0)


def _column(boxes: Sequence[_Box], x: int, y: int, centre: tuple[int, int, int]) -> Iterator[str]:
    middle, top, height = centre
    # The lines meet the document fanned out, so that each can be followed.
    spread = min(height - 24, 14 * max(0, len(boxes) - 1))
    for number, box in enumerate(boxes):
        neighbour = box.neighbour
        share = number / (len(boxes) - 1) - 0.5 if len(boxes) > 1 else 0.0
        meet, own = round(top + height / 2 + share * spread), y + box.height // 2
        ends = (x + SIDE, own, middle - 6, meet) if x < middle else (middle + MIDDLE, meet, x - 6, own)
        meta = shortened_to(f"{shortened_to(neighbour.id, 92)} · {neighbour.word}", SIDE)
        yield (
            f'<g class="pg-neighbour"><path class="pg-edge pg-edge--{_LINES.get(neighbour.relation, "own")}" '
            f'd="{_curve(*ends)}" marker-end="url(#pg-arrow)"/><a xlink:href="{html_text(neighbour.href)}">'
            f"<title>{html_text(neighbour.tip)}</title>{_frame(x, y, SIDE, box.height)}"
            f"{_texts(box.lines, x + 12, y + _PADDING)}{_meta(meta, x + 12, y + box.height - _PADDING - 1)}</a></g>"
        )
        y += box.height + _GAP


def _frame(x: int, y: int, width: int, height: int) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4"/>'


def _texts(lines: Sequence[str], x: int, top: int) -> str:
    return "".join(
        f'<text x="{x}" y="{top + 13 + number * _LINE}">{html_text(line)}</text>'
        for number, line in enumerate(lines)
    )


def _meta(text: str, x: int, y: int) -> str:
    return f'<text class="pg-meta" x="{x}" y="{y}">{html_text(text)}</text>'


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
