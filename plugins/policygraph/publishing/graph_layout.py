"""Where each document stands in the picture of the whole graph: areas as districts, documents in rows.

A force layout would be prettier on some graphs and different on each; districts keep every document where a
reader expects it, need no library, and take time linear in the documents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

NODE_WIDTH = 168
NODE_HEIGHT = 52
_GAP_X = 44
_GAP_Y = 34
_PADDING = 34
_HEADING = 40
_BETWEEN = 76
_ASPECT = 1.7


@dataclass(frozen=True, slots=True)
class District:
    """An area's rectangle, by its centre."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Districts in the order of the areas, and the centre of each document in them."""

    districts: tuple[District, ...]
    positions: tuple[tuple[tuple[int, int], ...], ...]


def plan(sizes: Sequence[int]) -> Plan:
    """Lay out areas with so many documents each. Deterministic, and linear in the documents."""
    shapes = [_shape(size) for size in sizes]
    total = sum((width + _BETWEEN) * (height + _BETWEEN) for width, height, _ in shapes)
    room = max([math.sqrt(total * _ASPECT), *(width for width, _, _ in shapes)], default=0)
    lines: list[list[int]] = []
    used = 0.0
    for number, (width, _, _) in enumerate(shapes):
        if not lines or used + width > room:
            lines.append([])
            used = 0.0
        lines[-1].append(number)
        used += width + _BETWEEN
    districts: list[District] = []
    positions: list[tuple[tuple[int, int], ...]] = []
    top = 0
    for line in lines:
        tallest = max(shapes[number][1] for number in line)
        width = sum(shapes[number][0] for number in line) + _BETWEEN * (len(line) - 1)
        left = -width // 2
        for number in line:
            own_width, _, columns = shapes[number]
            districts.append(District(left + own_width // 2, top + tallest // 2, own_width, tallest))
            positions.append(_places(sizes[number], columns, left + _PADDING, top + _HEADING + _PADDING // 2))
            left += own_width + _BETWEEN
        top += tallest + _BETWEEN
    return Plan(tuple(districts), tuple(positions))


def _shape(size: int) -> tuple[int, int, int]:
    """Width, height and number of columns of a district."""
    cell_width, cell_height = NODE_WIDTH + _GAP_X, NODE_HEIGHT + _GAP_Y
    columns = max(1, round(math.sqrt(size * cell_height / cell_width * 0.9)))
    rows = math.ceil(size / columns) if size else 0
    return (
        columns * cell_width - _GAP_X + 2 * _PADDING,
        max(1, rows) * cell_height - _GAP_Y + 2 * _PADDING + _HEADING // 2,
        columns,
    )


def _places(size: int, columns: int, left: int, top: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        (
            left + (number % columns) * (NODE_WIDTH + _GAP_X) + NODE_WIDTH // 2,
            top + (number // columns) * (NODE_HEIGHT + _GAP_Y) + NODE_HEIGHT // 2,
        )
        for number in range(size)
    )
