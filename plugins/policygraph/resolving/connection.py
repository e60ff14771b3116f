"""How one document is connected with another: everything that answers "why does A reference B?"."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from policygraph.model.document import Document
from policygraph.model.reference import Decision, Mention, Reference
from policygraph.resolving.handbook import Handbook

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

MOST_PATHS = 5
"""Paths of two references that are listed; there may be as many as there are documents."""


class Answer(StrEnum):
    """What answers the question, the best first."""

    REFERENCE = "reference"
    DECISION = "decision"
    PATH = "path"
    SHARED_CLAUSES = "shared clauses"
    MENTION = "mention"
    NOTHING = "nothing recorded"


@dataclass(frozen=True, slots=True)
class Connection:
    """Everything that connects `source` with `target`.

    `paths` lead over one other document. `reverse` holds references the other way round, which answer nothing; so
    do clauses that both answer and mentions, which are shown where there is nothing better.
    """

    source: Document
    target: Document
    references: tuple[Reference, ...]
    decisions: tuple[Decision, ...]
    paths: tuple[tuple[Reference, ...], ...]
    reverse: tuple[Reference, ...]
    clauses: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @property
    def answer(self) -> Answer:
        """What answers best."""
        if self.references:
            return Answer.REFERENCE
        if self.decisions:
            return Answer.DECISION
        if self.paths:
            return Answer.PATH
        if self.clauses:
            return Answer.SHARED_CLAUSES
        return Answer.MENTION if self.mentions else Answer.NOTHING


class Connections:
    """Finds what connects two documents of a handbook on a day, for any number of pairs.

    A path only counts over a document that is in force on that day, and a decision once its own day has come.
    """

    def __init__(self, handbook: Handbook, day: dt.date) -> None:
        self._handbook = handbook
        self._day = day
        self.references = _grouped(handbook.references, lambda r: (r.source, r.target))
        decisions = tuple(decision for decision in handbook.decisions if decision.counts(day))
        self.decisions = _grouped(decisions, lambda d: (d.source, d.target))
        self.mentions = _grouped(handbook.mentions, lambda m: (m.source, m.target))
        self._decisions_of = _grouped(decisions, lambda d: d.source)
        self._mentions_in = _grouped(handbook.mentions, lambda m: m.source)
        self.clauses: dict[str, dict[str, None]] = {}
        for mapping in handbook.mappings:
            self.clauses.setdefault(mapping.document, {})[mapping.clause] = None

    def between(self, source: Document, target: Document) -> Connection:
        """Find what connects two documents."""
        pair, back = (source.path, target.path), (target.path, source.path)
        references = self.references.get(pair, ())
        return Connection(
            source,
            target,
            references,
            self.decisions.get(pair, ()),
            () if references else self.paths(*pair),
            self.references.get(back, ()),
            tuple(self.shared_clauses(*pair)),
            self.mentions.get(pair, ()),
        )

    def decisions_of(self, source: str) -> tuple[Decision, ...]:
        """The decisions that a document has recorded and that count."""
        return self._decisions_of.get(source, ())

    def mentions_in(self, source: str) -> tuple[Mention, ...]:
        """What a document names without a link, in the order of its text."""
        return self._mentions_in.get(source, ())

    def paths(self, source: str, target: str) -> tuple[tuple[Reference, ...], ...]:
        """The chains of two references from one document to another, the first few, in a fixed order."""
        found: list[tuple[Reference, ...]] = []
        if source == target:
            return ()
        for first in self._handbook.outgoing.get(source, ()):
            middle = first.target
            if middle in (source, target) or not self._handbook.by_path[middle].in_force(self._day):
                continue
            for second in self.references.get((middle, target), ()):
                found.append((first, second))
                if len(found) == MOST_PATHS:
                    return tuple(found)
        return tuple(found)

    def shared_clauses(self, one: str, other: str) -> Iterable[str]:
        """The clauses that two documents both answer, by qualified id."""
        mine = self.clauses.get(one, {})
        return (clause for clause in self.clauses.get(other, {}) if clause in mine)


def connection(handbook: Handbook, source: Document, target: Document, day: dt.date) -> Connection:
    """Find what connects two documents on a day."""
    return Connections(handbook, day).between(source, target)


def _grouped(values: Iterable[T], key: Callable[[T], K]) -> Mapping[K, tuple[T, ...]]:
    found: defaultdict[K, list[T]] = defaultdict(list)
    for value in values:
        found[key(value)].append(value)
    return {name: tuple(group) for name, group in found.items()}
