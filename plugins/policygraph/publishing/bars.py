"""Bar charts, drawn at build time as SVG that grows with the page while its words keep their size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.publishing.svg_text import shortened_to
from policygraph.publishing.templates import render

_ROW = 38
_WIDE = 500
_NARROW = 230
"""Pixels for a label beside its value: on a desk, and on a phone. The table has the whole of it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label and its value in words. `second` is stacked upon `first`, and hatched."""

    label: str
    value: str
    first: float
    second: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar as it is drawn: where, and how many hundredths of the width each part takes."""

    label: str
    wide: str
    narrow: str
    value: str
    y: int
    first: str
    second: str


def bar_chart(id: str, title: str, bars: Sequence[Bar]) -> Markup:
    """Draw horizontal bars; nothing where there are none. `id` is one of its own on the page."""
    if not bars:
        return Markup()
    most = max((bar.first + bar.second for bar in bars), default=0.0) or 1.0
    return render("bars.html.j2", id=id, title=title, rows=tuple(_rows(bars, most)), height=len(bars) * _ROW)


def _rows(bars: Iterable[Bar], most: float) -> Iterable[_Row]:
    for number, bar in enumerate(bars):
        yield _Row(
            bar.label,
            shortened_to(bar.label, _WIDE),
            shortened_to(bar.label, _NARROW),
            bar.value,
            number * _ROW,
            f"{100 * bar.first / most:.2f}%",
            f"{100 * bar.second / most:.2f}%",
        )
