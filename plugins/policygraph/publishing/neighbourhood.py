"""The picture of a document's neighbourhood: what references it, itself, what it references.

Neighbours stand together by how they are tied, so that there is one line for each kind of tie and not one for
each document: forty lines into one box cannot be followed, five can, and each has its name beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.publishing.escaping import html_text
from policygraph.publishing.names import name_of
from policygraph.publishing.svg_text import BOLD, shortened_to, width_of, wrapped
from policygraph.publishing.tongues import tongue
from policygraph.words import _

WIDTH = 686
"""As wide as the text of a page on a desk, so that letters keep their size."""

NARROW = 260
"""How wide the picture is where the two sides stand below one another, as on a phone."""

SIDE = 236
MIDDLE = 140
MOST = 40
"""Neighbours shown on one side."""

_AIRY = 12
"""Neighbours on one side up to which a long title may take two lines; any number where the other side is empty."""

_LINE = 16
_ROW = 10
_HEAD = 28
_FOOT = 5
_GAP = 12
_MORE = 28
_PADDING = 12
_WIDEST_ID = 84
_LINES = {
    "depends on": "strong",
    "implements": "double",
    "references": "plain",
    "supersedes": "dotted",
    "see also": "dashed",
}
_ORDER = (*list(_LINES)[:3], "", *list(_LINES)[3:])
"""The ties that say most come first; an organisation's own stand where the empty name does."""

_ARROW = (
    '<defs><marker id="pg-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" '
    'markerUnits="userSpaceOnUse" orient="auto"><path class="pg-arrow" d="M0 0.5L8 4L0 7.5z"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document beside this one.

    `word` names the relation as seen from here, `relation` is its own name; `also` names further ones to the
    same document, `because` says why. `lang` is the language of the title.
    """

    id: str
    title: str
    href: str
    word: str
    relation: str
    also: str = ""
    because: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The neighbours on one side; `total` counts those too that are not in it."""

    neighbours: Sequence[Neighbour]
    total: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A neighbour with its title in lines, and the height these need."""

    neighbour: Neighbour
    lines: tuple[str, ...]
    height: int


@dataclass(frozen=True, slots=True)
class _Group:
    """The neighbours on one side that are tied in the same way."""

    word: str
    relation: str
    rows: tuple[_Row, ...]
    ids: int
    height: int


@dataclass(frozen=True, slots=True)
class _Box:
    """Where something stands in one of the two arrangements."""

    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def picture(
    id: str, title: str, incoming: Column, outgoing: Column, more_href: str, lang: str = ""
) -> Markup:
    """Draw the neighbourhood as SVG whose parts are links; nothing where there are no neighbours.

    Drawn once, and arranged twice: the style sheet puts the sides below one another where there is little
    room. Written in one go and not by a template: it is on every page, and nine tenths of it are coordinates.
    Links are `xlink:href`, because Material's instant navigation stumbles over SVG links with a plain `href`.
    """
    if not incoming.total and not outgoing.total:
        return Markup()
    own = wrapped(title, round((MIDDLE - 2 * _PADDING) / BOLD), 5)
    own_height = (len(own) + 1) * _LINE + 2 * _PADDING
    both = incoming.total > 0 and outgoing.total > 0
    sides = [_groups(column, both) for column in (incoming, outgoing)]
    more = [
        column.total - sum(len(g.rows) for g in side)
        for column, side in zip((incoming, outgoing), sides, strict=True)
    ]
    heights = [_height(side, extra) for side, extra in zip(sides, more, strict=True)]
    wide = max(own_height, *heights)
    middle = _Box((WIDTH - MIDDLE) // 2, (wide - own_height) // 2, own_height)
    above = heights[0] + 2 * _GAP if heights[0] else 0
    below = _Box(0, above, own_height)
    tall = above + own_height + (heights[1] + 2 * _GAP if heights[1] else 0)
    parts = [
        f'<svg class="pg-picture" width="{WIDTH + 2}" height="{wide + 2}" style="--pg-tall:{tall + 2}px" '
        f'role="group" aria-labelledby="pg-picture-title"><title id="pg-picture-title">'
        f"{html_text(_('What references %(id)s, and what it references', id=id))}</title>{_ARROW}"
        f'<g transform="translate(1 1)">'
    ]
    for number, (side, extra, height) in enumerate(zip(sides, more, heights, strict=True)):
        x = number * (WIDTH - SIDE)
        start = _Box(x, (wide - height) // 2, height)
        narrow = _Box(NARROW - SIDE, above + own_height + 2 * _GAP if number else 0, height)
        parts += _edges(side, start, middle, number == 0)
        parts += _elbows(side, narrow, below, number == 0)
        for group, place, low in zip(side, _places(side, start), _places(side, narrow), strict=True):
            parts += [_moved(place, low), *_drawn(group), "</g>"]
        if extra:
            end = height - _MORE + 18
            words = html_text(_("and %(number)s more", number=extra))
            parts.append(
                f"{_moved(_Box(x, start.y + end, 0), _Box(narrow.x, narrow.y + end, 0))}"
                f'<a class="pg-more" xlink:href="{html_text(more_href)}"><text x="{_PADDING}">{words}</text></a></g>'
            )
    parts.append(f'{_moved(middle, below, "pg-self")}<rect width="{MIDDLE}" height="{own_height}" rx="4"/>')
    parts += [_text(line, _PADDING, _PADDING + 13 + n * _LINE, lang=lang) for n, line in enumerate(own)]
    parts.append(
        _text(shortened_to(id, MIDDLE - 2 * _PADDING), _PADDING, own_height - _PADDING - 2, "pg-meta")
    )
    parts.append("</g></g></svg>")
    return Markup("".join(parts))  # noqa: S704 - every text in it went through html_text


def _groups(column: Column, both: bool) -> tuple[_Group, ...]:
    shown = column.neighbours[:MOST]
    ids = min(_WIDEST_ID, max((math.ceil(width_of(n.id)) for n in shown), default=0)) + 10
    lines = 2 if len(shown) <= _AIRY or not both else 1
    found: dict[tuple[str, str], list[_Row]] = {}
    for neighbour in shown:
        title = wrapped(neighbour.title, SIDE - 2 * _PADDING - ids, lines)
        height = (len(title) + bool(neighbour.also)) * _LINE + _ROW
        found.setdefault((neighbour.relation, neighbour.word), []).append(_Row(neighbour, title, height))
    groups = [
        _Group(word, relation, tuple(rows), ids, _HEAD + sum(row.height for row in rows) + _FOOT)
        for (relation, word), rows in found.items()
    ]
    return tuple(sorted(groups, key=lambda g: _ORDER.index(g.relation if g.relation in _LINES else "")))


def _height(groups: Sequence[_Group], more: int) -> int:
    gaps = _GAP * max(0, len(groups) - 1)
    return sum(group.height for group in groups) + gaps + (_MORE if more else 0)


def _places(groups: Sequence[_Group], start: _Box) -> Iterator[_Box]:
    y = start.y
    for group in groups:
        yield _Box(start.x, y, group.height)
        y += group.height + _GAP


def _moved(wide: _Box, narrow: _Box, name: str = "") -> str:
    """The start of what stands in one place on a desk, and in another where there is little room."""
    return (
        f'<g class="{name or "pg-neighbour"}" transform="translate({wide.x} {wide.y})" '
        f'style="--pg-narrow:translate({narrow.x}px,{narrow.y}px)">'
    )


def _drawn(group: _Group) -> Iterator[str]:
    word = name_of(group.word)
    yield f'<rect class="pg-frame" width="{SIDE}" height="{group.height}" rx="4"/>'
    yield _text(shortened_to(word, round((SIDE - 2 * _PADDING) / BOLD)), _PADDING, 18, "pg-tie-name")
    y = _HEAD
    for row in group.rows:
        near = row.neighbour
        said = f"{near.id} {near.title} ({', '.join(filter(None, (word, near.also)))})"
        yield (
            f'<a xlink:href="{html_text(near.href)}"><title>{html_text(said)}'
            f"{html_text(': ' + near.because) if near.because else ''}</title>"
            f'<rect x="2" y="{y}" width="{SIDE - 4}" height="{row.height}" rx="3"/>'
            f"{_text(shortened_to(near.id, group.ids - 10), _PADDING, y + 17, 'pg-number')}"
        )
        for number, line in enumerate(row.lines):
            yield _text(line, _PADDING + group.ids, y + 17 + number * _LINE, lang=near.lang)
        if near.also:
            also = shortened_to(near.also, SIDE - 2 * _PADDING - group.ids)
            yield _text(also, _PADDING + group.ids, y + 17 + len(row.lines) * _LINE, "pg-meta")
        yield "</a>"
        y += row.height


def _edges(groups: Sequence[_Group], start: _Box, own: _Box, inward: bool) -> Iterator[str]:
    """Lines beside one another on a desk. They meet the document fanned out, so that each can be followed."""
    spread = min(own.height - 20, 16 * (len(groups) - 1))
    for number, (group, box) in enumerate(zip(groups, _places(groups, start), strict=True)):
        share = number / (len(groups) - 1) - 0.5 if len(groups) > 1 else 0.0
        meet = round(own.middle + share * spread)
        x1, y1, x2, y2 = (
            (SIDE, box.middle, own.x - 2, meet) if inward else (own.x + MIDDLE, meet, box.x - 2, box.middle)
        )
        bend = (x1 + x2) // 2
        yield _edge(group, "pg-wide", f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}")


def _elbows(groups: Sequence[_Group], start: _Box, own: _Box, inward: bool) -> Iterator[str]:
    """Lines along the left, where the sides stand above and below the document."""
    step = min(4, 16 // max(1, len(groups)))
    for number, (group, box) in enumerate(zip(groups, _places(groups, start), strict=True)):
        # The nearest group has the nearest line, so that no two cross.
        x = start.x - 6 - step * (len(groups) - 1 - number if inward else number)
        y = box.y + _HEAD // 2
        drawn = (
            f"M{start.x} {y}H{x}V{own.y - 2}" if inward else f"M{x} {own.y + own.height}V{y}H{start.x - 1}"
        )
        yield _edge(group, "pg-tall", drawn)


def _edge(group: _Group, name: str, drawn: str) -> str:
    look = _LINES.get(group.relation, "own")
    return f'<path class="pg-edge pg-edge--{look} {name}" d="{drawn}" marker-end="url(#pg-arrow)"/>'


def _text(text: str, x: int, y: int, name: str = "", lang: str = "") -> str:
    named = f' class="{name}"' if name else ""
    return f'<text{named} x="{x}" y="{y}"{tongue(lang)}>{html_text(text)}</text>'
