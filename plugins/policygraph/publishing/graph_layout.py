"""Where each document stands in the picture of the whole graph: areas as districts, documents in rows.

A force layout would be prettier on some graphs and different on each; districts keep every document where a
reader expects it, need no library, and take time linear in the documents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

NODE_WIDTH = 168
NODE_HEIGHT = 56
_GAP_X = 44
_GAP_Y = 30
_PADDING = 26
_BETWEEN = 84
"""Room between districts, in which their names stand too."""
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
    lines = _lines([width for width, _, _ in shapes], [height for _, height, _ in shapes])
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
            positions.append(_places(sizes[number], columns, left + _PADDING, top + _PADDING))
            left += own_width + _BETWEEN
        top += tallest + _BETWEEN
    return Plan(tuple(districts), tuple(positions))


def _lines(widths: Sequence[int], heights: Sequence[int]) -> list[list[int]]:
    """Districts in lines, so many that the whole comes nearest to the shape of a screen."""
    best: tuple[float, list[list[int]]] = (math.inf, [])
    whole = sum(widths) + _BETWEEN * len(widths)
    for count in range(1, math.isqrt(len(widths)) * 2 + 2):
        room = max([whole / count, *widths])
        lines: list[list[int]] = []
        used = 0.0
        for number, width in enumerate(widths):
            # A district that sticks out by less than half stays in its line, which keeps lines even.
            if not lines or used + width / 2 > room:
                lines.append([])
                used = 0.0
            lines[-1].append(number)
            used += width + _BETWEEN
        across = max((sum(widths[n] + _BETWEEN for n in line) for line in lines), default=1)
        down = sum(max(heights[n] for n in line) + _BETWEEN for line in lines) or 1
        best = min(best, (abs(math.log(across / down / _ASPECT)), lines))
    return best[1]


def _shape(size: int) -> tuple[int, int, int]:
    """Width, height and number of columns of a district."""
    cell_width, cell_height = NODE_WIDTH + _GAP_X, NODE_HEIGHT + _GAP_Y
    # Two columns at least, so that the area's name finds room above them.
    columns = max(2 if size > 1 else 1, round(math.sqrt(size * cell_height / cell_width * 1.6)))
    rows = math.ceil(size / columns) if size else 0
    return (
        columns * cell_width - _GAP_X + 2 * _PADDING,
        max(1, rows) * cell_height - _GAP_Y + 2 * _PADDING,
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
