"""How one document is connected with another: everything that answers "why does A reference B?"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.document import Document
from policygraph.model.reference import Decision, Mention, Reference
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.queries import paths_between, shared_clauses


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

    `reverse` holds references the other way round, which answer nothing; so do clauses that both answer and
    mentions, which are shown where there is nothing better.
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


def connection(handbook: Handbook, source: Document, target: Document) -> Connection:
    """Find what connects two documents."""
    one, other = source.path, target.path
    references = tuple(r for r in handbook.outgoing.get(one, ()) if r.target == other)
    return Connection(
        source,
        target,
        references,
        tuple(d for d in handbook.decisions if (d.source, d.target) == (one, other)),
        () if references else paths_between(handbook, one, other),
        tuple(r for r in handbook.outgoing.get(other, ()) if r.target == one),
        tuple(shared_clauses(handbook, one, other)),
        tuple(m for m in handbook.mentions if (m.source, m.target) == (one, other)),
    )
