"""Related documents: not linked with each other, and yet tied to the same others."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from policygraph.resolving.handbook import Handbook

_MOST = 3
_ENOUGH = 8
"""Whoever has so many documents to go on to needs no more."""
_MOST_TIES = 24
"""A document tied to more others than this says nothing of what any two of them have in common."""
_LEAST_PARTS = {2: 2 / 3, 3: 0.5}
"""How much of the ties of the one that has fewer two documents must share, by how many they share."""
_LEAST_SHARED = min(_LEAST_PARTS)


@dataclass(frozen=True, slots=True)
class Relative:
    """A related document, and the documents that both are tied to, the most telling first (by path)."""

    document: str
    shared: tuple[str, ...]


class Relatives:
    """What is related to each document of a handbook on a day, by the references between all of them."""

    def __init__(self, handbook: Handbook, day: dt.date) -> None:
        self._in_force = {d.path for d in handbook.documents if d.in_force(day)}
        ties: defaultdict[str, set[str]] = defaultdict(set)
        for reference in handbook.references:
            if reference.source != reference.target:
                ties[reference.source].add(reference.target)
                ties[reference.target].add(reference.source)
        self._ties: Mapping[str, set[str]] = ties
        self._decided = {(d.source, d.target) for d in handbook.decisions}

    def of(self, path: str) -> tuple[Relative, ...]:
        """At most three, the closest first; often none."""
        own = self._ties.get(path, set())
        if not _LEAST_SHARED <= len(own) < _ENOUGH:
            return ()
        shared: defaultdict[str, list[str]] = defaultdict(list)
        for middle in sorted(own):
            if len(self._ties[middle]) <= _MOST_TIES:
                for other in self._ties[middle]:
                    shared[other].append(middle)
        best = sorted(self._close(path, own, shared), key=lambda one: (-one[0], one[1]))
        return tuple(Relative(other, self._telling(shared[other])) for _, other in best[:_MOST])

    def _close(
        self, path: str, own: set[str], shared: Mapping[str, list[str]]
    ) -> Iterator[tuple[float, str]]:
        for other, middles in shared.items():
            if other == path or other in own or len(middles) < _LEAST_SHARED or other not in self._in_force:
                continue
            if {(path, other), (other, path)} & self._decided:
                continue
            part = len(middles) / min(len(own), len(self._ties[other]))
            if part >= _LEAST_PARTS[min(len(middles), max(_LEAST_PARTS))]:
                yield sum(1 / log(1 + len(self._ties[middle])) for middle in middles) * part, other

    def _telling(self, middles: list[str]) -> tuple[str, ...]:
        return tuple(sorted(middles, key=lambda middle: (len(self._ties[middle]), middle)))
