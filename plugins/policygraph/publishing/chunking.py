"""Long tables in pieces, so that no page grows with the whole handbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from policygraph.publishing.index import Shelf
from policygraph.publishing.publication import MOST_ROWS
from policygraph.words import _

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """A part of a long table: what stands on one page below `audit/`."""

    uri: str
    title: str
    rows: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """What a page shows of a list that may be long, and how many entries it leaves out."""

    shown: tuple[T, ...]
    left_out: int


def listed(rows: Sequence[S], view: Callable[[S], T], most: int) -> Listed[T]:
    """The views of the first `most` rows."""
    return Listed(tuple(map(view, rows[:most])), max(0, len(rows) - most))


def pieces(rows: Sequence[T], size: int = MOST_ROWS) -> tuple[tuple[T, ...], ...]:
    """Rows in runs of at most `size`."""
    return tuple(tuple(rows[start : start + size]) for start in range(0, len(rows), size))


def packed(
    groups: Iterable[T], weight: Callable[[T], int], size: int = MOST_ROWS
) -> tuple[tuple[T, ...], ...]:
    """Groups in runs whose weights add up to at most `size`; a heavier group stands alone."""
    runs: list[list[T]] = []
    load = 0
    for group in groups:
        if not runs or load + weight(group) > size:
            runs.append([])
            load = 0
        runs[-1].append(group)
        load += weight(group)
    return tuple(tuple(run) for run in runs)


def area_pieces(
    kind: str,
    shelves: Sequence[Shelf],
    split: Callable[[Shelf], tuple[tuple[T, ...], ...]],
    id_of: Callable[[T], str],
) -> tuple[Piece[T], ...]:
    """Each area's rows in pieces: `audit/<kind>/<area>-1.md` and so on, named after what they begin and end with."""
    found = []
    for shelf in shelves:
        runs = split(shelf)
        for number, rows in enumerate(runs, start=1):
            title = shelf.title if len(runs) == 1 else f"{shelf.title}, {span(rows, id_of)}"
            found.append(Piece(f"audit/{kind}/{shelf.name}-{number}.md", title, rows))
    return tuple(found)


def span(rows: Sequence[T], id_of: Callable[[T], str]) -> str:
    """What a run of rows begins and ends with."""
    first, last = id_of(rows[0]), id_of(rows[-1])
    return first if first == last else _("%(first)s to %(last)s", first=first, last=last)
