"""Crosswalks: which clauses of two frameworks our documents answer together.

Derived from the documents, so it says where one text serves both. It is no official mapping of one framework to
another, and two clauses that share a document may have nothing else in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.judging.coverage import Answering, Coverage
from policygraph.model.framework import Clause, ClauseMapping, Framework


@dataclass(frozen=True, slots=True)
class Tie:
    """A clause of the other framework, with the mappings that answer both: of one statement, or of one document."""

    clause: Clause
    statements: tuple[ClauseMapping, ...]
    documents: tuple[ClauseMapping, ...]

    @property
    def close(self) -> bool:
        """Whether the very same statement answers both."""
        return bool(self.statements)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A clause with its ties to the other framework, the closest first."""

    clause: Clause
    ties: tuple[Tie, ...]


Answers = Mapping[str, Mapping[str, tuple[ClauseMapping, ...]]]


def answers_by_document(framework: Framework, coverage: Mapping[str, Coverage]) -> Answers:
    """The mappings of documents in force by document and clause."""
    found: defaultdict[str, dict[str, tuple[ClauseMapping, ...]]] = defaultdict(dict)
    for clause in framework.leaves:
        for answering in _answers(coverage[clause.key]):
            found[answering.document.path][clause.key] = answering.mappings
    return found


def _answers(covered: Coverage) -> tuple[Answering, ...]:
    """What answers a clause; nothing where it does not apply."""
    return () if covered.rung is None else covered.in_force


def crosswalk(
    one: Framework, other: Framework, coverage: Mapping[str, Coverage], answers: Answers
) -> Iterator[Crossing]:
    """Every answered clause of one framework that shares a document with a clause of the other.

    `answers` are those of the other framework. The work grows with the ties there are.
    """
    order = {clause.key: number for number, clause in enumerate(other.leaves)}
    clauses = {clause.key: clause for clause in other.leaves}
    for clause in one.leaves:
        statements: defaultdict[str, list[ClauseMapping]] = defaultdict(list)
        documents: defaultdict[str, list[ClauseMapping]] = defaultdict(list)
        for answering in _answers(coverage[clause.key]):
            passages = {m.passage.id for m in answering.mappings if m.passage}
            for key, mappings in answers.get(answering.document.path, {}).items():
                same = [m for m in mappings if m.passage and m.passage.id in passages]
                (statements if same else documents)[key].append(same[0] if same else mappings[0])
        ties = [Tie(clauses[k], tuple(statements[k]), tuple(documents[k])) for k in {*statements, *documents}]
        if ties:
            ties.sort(key=lambda t: (-len(t.statements), -len(t.documents), order[t.clause.key]))
            yield Crossing(clause, tuple(ties))
