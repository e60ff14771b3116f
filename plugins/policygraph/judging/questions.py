"""Questions: which references will an auditor miss, why, and what answers each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from policygraph.judging.rewordings import Rewordings
from policygraph.judging.similarity import SimilarDocuments
from policygraph.model.question import Ground, GroundKind, Question, SharedText, State
from policygraph.resolving.connection import Connection, Connections
from policygraph.resolving.handbook import Handbook

MOST_ANSWERING = 12
"""A clause that more documents answer is not asked about pair by pair: the pairs would grow with their square."""

Pair = tuple[str, str]


class Asked:
    """All questions in reading order, and the clauses that too many documents answer for asking pair by pair."""

    def __init__(self, questions: tuple[Question, ...], crowded: tuple[str, ...]) -> None:
        self.questions = questions
        self.crowded = crowded
        self._by_pair = {(question.source, question.target): question for question in questions}
        self._of: defaultdict[str, list[Question]] = defaultdict(list)
        self._to: defaultdict[str, list[Question]] = defaultdict(list)
        for question in questions:
            self._of[question.source].append(question)
            self._to[question.target].append(question)

    def about(self, source: str, target: str) -> Question | None:
        """The question about two documents, by path."""
        return self._by_pair.get((source, target))

    def of(self, path: str) -> tuple[Question, ...]:
        """What a document is asked: why it does not reference others."""
        return tuple(self._of.get(path, ()))

    def to(self, path: str) -> tuple[Question, ...]:
        """What others are asked: why they do not reference a document."""
        return tuple(self._to.get(path, ()))


def ask(
    handbook: Handbook,
    today: dt.date,
    connections: Connections,
    rewordings: Rewordings,
    close: Sequence[SimilarDocuments] = (),
) -> Asked:
    """Foresee the questions about the documents in force on a day; `close` are documents of nearly the same text."""
    return _Asking(handbook, today, connections, rewordings).asked(close)


class _Asking:
    def __init__(
        self, handbook: Handbook, today: dt.date, connections: Connections, rewordings: Rewordings
    ) -> None:
        self._handbook = handbook
        self._connections = connections
        self._rewordings = rewordings
        self._position = {d.path: n for n, d in enumerate(handbook.documents) if d.in_force(today)}
        answering: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for mapping in handbook.mappings:
            if mapping.document in self._position:
                answering[mapping.clause][mapping.document] = None
        self._answering = {clause: tuple(documents) for clause, documents in answering.items()}
        self._crowded = {c for c, documents in answering.items() if len(documents) > MOST_ANSWERING}
        self._grounds: defaultdict[Pair, list[Ground]] = defaultdict(list)

    def asked(self, close: Sequence[SimilarDocuments]) -> Asked:
        self._expected()
        self._mentioned()
        # What holds both ways comes last, since it prefers a question that is there already.
        self._same_clause()
        self._close(close)
        order = self._position
        pairs = sorted(self._grounds, key=lambda pair: (order[pair[0]], order[pair[1]]))
        return Asked(tuple(self._question(*pair) for pair in pairs), tuple(sorted(self._crowded)))

    def _expected(self) -> None:
        for expectation in self._handbook.expectations:
            ends = (expectation.source, expectation.target)
            if self._crowded.intersection(ends):
                continue
            ground = Ground(
                GroundKind.EXPECTATION,
                expectation.because,
                ends,
                expectation.strength,
                lang=expectation.lang,
            )
            for source in self._answering.get(ends[0], ()):
                for target in self._answering.get(ends[1], ()):
                    if source != target:
                        self._grounds[source, target].append(ground)

    def _mentioned(self) -> None:
        for pair, mentions in self._connections.mentions.items():
            mention = next((m for m in mentions if m.strong), None)
            if mention is None or pair in self._connections.references or not self._both_in_force(pair):
                continue
            self._grounds[pair].append(Ground(GroundKind.MENTION, mention=mention))

    def _same_clause(self) -> None:
        shared: defaultdict[Pair, list[str]] = defaultdict(list)
        for clause, documents in self._answering.items():
            if clause not in self._crowded:
                for one, other in combinations(documents, 2):
                    shared[self._in_order(one, other)].append(clause)
        for (earlier, later), clauses in shared.items():
            if self._ignore_each_other(earlier, later):
                ground = Ground(GroundKind.SAME_CLAUSE, clauses=tuple(clauses))
                self._grounds[self._direction(earlier, later)].append(ground)

    def _close(self, close: Iterable[SimilarDocuments]) -> None:
        seen: set[Pair] = set()
        for near in close:
            if not self._both_in_force((near.document, near.other)):
                continue
            pair = self._in_order(near.document, near.other)
            if pair in seen or not self._ignore_each_other(*pair):
                continue
            seen.add(pair)
            one, other = (self._handbook.by_path[path].id for path in (near.document, near.other))
            shared = SharedText(one, other, min(near.shared, near.words), near.words)
            self._grounds[self._direction(*pair)].append(Ground(GroundKind.CLOSE_TEXT, shared=shared))

    def _both_in_force(self, pair: Pair) -> bool:
        return pair[0] in self._position and pair[1] in self._position

    def _in_order(self, one: str, other: str) -> Pair:
        return (one, other) if self._position[one] <= self._position[other] else (other, one)

    def _ignore_each_other(self, one: str, other: str) -> bool:
        references = self._connections.references
        return (one, other) not in references and (other, one) not in references

    def _direction(self, earlier: str, later: str) -> Pair:
        """Which of two documents is asked about the other, where either could be.

        The one that has decided; else the one that is asked already; else the one from which the references lead to
        the other; else the one that is read later, which could have built on the earlier.
        """
        backward, forward = (later, earlier), (earlier, later)
        for pair in (backward, forward):
            if pair in self._connections.decisions:
                return pair
        for pair in (backward, forward):
            if pair in self._grounds:
                return pair
        return forward if not self._paths(backward) and self._paths(forward) else backward

    def _paths(self, pair: Pair) -> bool:
        return bool(self._connections.paths(*pair))

    def _question(self, source: str, target: str) -> Question:
        found = self._handbook.by_path
        connection = self._connections.between(found[source], found[target])
        question = Question(
            source,
            target,
            tuple(self._grounds[source, target]),
            state_of(connection),
            connection.references,
            connection.decisions,
            connection.paths,
            connection.reverse,
        )
        if question.state is not State.DECISION:
            return question
        return replace(question, changes=self._rewordings.after_decision(connection))


def state_of(connection: Connection) -> State:
    """What the question about two documents has come to."""
    if connection.references:
        return State.REFERENCE
    if connection.decisions:
        return State.DECISION
    return State.PATH if connection.paths else State.OPEN
