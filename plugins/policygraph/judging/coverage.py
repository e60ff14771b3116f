"""Coverage: how far each clause and control is answered, as a ladder of five steps and never as a share.

A clause stands on the highest rung whose lower rungs are all met along one document; the best document counts. A
mapping is its author's claim, so even the highest rung says where to look and not that a clause is fulfilled.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from policygraph.judging.evidence import Evidence, Freshness, evidence_of
from policygraph.model import in_words
from policygraph.model.applicability import Applicability
from policygraph.model.document import Document
from policygraph.model.framework import Clause, ClauseMapping, ClauseMention
from policygraph.model.organisation import Role
from policygraph.resolving.handbook import Handbook


class Rung(IntEnum):
    """The steps of the ladder, lowest first."""

    UNANSWERED = 0
    MENTIONED = 1
    ANSWERED = 2
    OWNED = 3
    EVIDENCED = 4
    FRESH = 5

    @property
    def word(self) -> str:
        """The rung in a word."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Footing:
    """How far a document can carry a clause that it answers.

    `evidence` has the freshest first. `lack` says what is missing for the next rung, nothing on the highest.
    """

    document: Document
    in_force: bool
    role: Role | None
    evidence: tuple[Evidence, ...]
    rung: Rung
    lack: str

    @property
    def holders(self) -> tuple[str, ...]:
        """Who holds the owning role."""
        return self.role.holders if self.role else ()

    @property
    def overdue(self) -> tuple[Evidence, ...]:
        """The records that are due, which the freshest one would hide."""
        return tuple(evidence for evidence in self.evidence if evidence.freshness is Freshness.DUE)


@dataclass(frozen=True, slots=True)
class Answering:
    """A document that says it answers a clause, with every place where it says so."""

    footing: Footing
    mappings: tuple[ClauseMapping, ...]

    @property
    def document(self) -> Document:
        """The document."""
        return self.footing.document


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one clause is covered, and what that rests on.

    `rung` is None where the organisation has declared that the control does not apply. `answers` has the best
    document first, and those that are not in force last; `mentions` are of other documents. `lack` says what is
    missing for the next rung.
    """

    clause: Clause
    rung: Rung | None
    answers: tuple[Answering, ...]
    mentions: tuple[ClauseMention, ...]
    lack: str
    entry: Applicability | None = None

    @property
    def word(self) -> str:
        """Where it stands, in a word or two."""
        return "not applicable" if self.rung is None else self.rung.word

    @property
    def caution(self) -> str:
        """What a fresh record would hide: that others of the same document are overdue."""
        count = self.overdue
        return f"{in_words.counted(count, 'record')} overdue" if count else ""

    @property
    def overdue(self) -> int:
        """How many records of the document that carries it to a fresh one are overdue."""
        return len(self.best.footing.overdue) if self.best and self.rung is Rung.FRESH else 0

    @property
    def words(self) -> str:
        """Where it stands, with what that would hide."""
        return f"{self.word}, {self.caution}" if self.caution else self.word

    @property
    def in_force(self) -> tuple[Answering, ...]:
        """The documents that answer it today."""
        return tuple(a for a in self.answers if a.footing.in_force)

    @property
    def best(self) -> Answering | None:
        """The document that carries it furthest."""
        return self.answers[0] if self.answers and self.answers[0].footing.in_force else None


def coverage(handbook: Handbook, today: dt.date) -> Mapping[str, Coverage]:
    """The coverage of every clause that can be answered, by its qualified id."""
    position = {document.path: number for number, document in enumerate(handbook.documents)}
    answers: defaultdict[str, defaultdict[str, list[ClauseMapping]]] = defaultdict(lambda: defaultdict(list))
    for mapping in handbook.mappings:
        answers[mapping.clause][mapping.document].append(mapping)
    mentions: defaultdict[str, list[ClauseMention]] = defaultdict(list)
    for mention in handbook.clause_mentions:
        mentions[mention.clause].append(mention)
    footings = _footings(handbook, today)
    found: dict[str, Coverage] = {}
    for framework in handbook.frameworks.values():
        for clause in framework.leaves:
            answering = [
                Answering(footings[path], tuple(mappings))
                for path, mappings in answers[clause.key].items()
                if path in footings
            ]
            answering.sort(key=lambda a: (not a.footing.in_force, -a.footing.rung, position[a.document.path]))
            mapped = {a.document.path for a in answering}
            others = tuple(m for m in mentions[clause.key] if m.document not in mapped)
            found[clause.key] = _covered(
                clause, tuple(answering), others, handbook.applicability.get(clause.key)
            )
    return MappingProxyType(found)


def counted(coverages: Iterable[Coverage]) -> Mapping[Rung | None, int]:
    """How many clauses stand on each rung; None counts those that do not apply."""
    numbers: dict[Rung | None, int] = {**dict.fromkeys(Rung, 0), None: 0}
    for one in coverages:
        numbers[one.rung] += 1
    return numbers


def _covered(
    clause: Clause,
    answers: tuple[Answering, ...],
    mentions: tuple[ClauseMention, ...],
    entry: Applicability | None,
) -> Coverage:
    if entry is not None and entry.applies is False:
        return Coverage(clause, None, answers, mentions, "", entry)
    if answers and answers[0].footing.in_force:
        best = answers[0].footing
        return Coverage(clause, best.rung, answers, mentions, best.lack, entry)
    if answers:
        return Coverage(clause, Rung.MENTIONED, answers, mentions, answers[0].footing.lack, entry)
    if mentions:
        lack = "A document mentions it; none says that it answers it."
        return Coverage(clause, Rung.MENTIONED, (), mentions, lack, entry)
    return Coverage(clause, Rung.UNANSWERED, (), (), "No document answers it, and none mentions it.", entry)


def _footings(handbook: Handbook, today: dt.date) -> dict[str, Footing]:
    records: defaultdict[str, list[Evidence]] = defaultdict(list)
    for record in handbook.records:
        records[record.document].append(evidence_of(record, today))
    mapped = {mapping.document for mapping in handbook.mappings}
    return {
        document.path: _footing(handbook, document, records[document.path], today)
        for document in handbook.documents
        if document.path in mapped
    }


def _footing(handbook: Handbook, document: Document, evidence: list[Evidence], today: dt.date) -> Footing:
    order = list(Freshness)
    ordered = tuple(sorted(evidence, key=lambda e: order.index(e.freshness)))
    in_force = document.in_force(today)
    role = handbook.role(document.owner)
    if not in_force:
        rung, lack = Rung.MENTIONED, f"{document.id} says that it answers it, but is not in force."
    elif not role or not role.holders:
        rung, lack = Rung.ANSWERED, _nobody(document, role)
    elif not ordered:
        rung, lack = Rung.OWNED, f"{document.id} names no record."
    elif ordered[0].freshness is not Freshness.FRESH:
        rung, lack = Rung.EVIDENCED, ordered[0].lack
    else:
        rung, lack = Rung.FRESH, ""
    return Footing(document, in_force, role, ordered, rung, lack)


def _nobody(document: Document, role: Role | None) -> str:
    if not document.owner:
        return f"{document.id} names no owner."
    if role is None:
        return f"The owner of {document.id}, “{document.owner}”, is in no register of roles."
    return f"Nobody holds “{role.title}”, the role that owns {document.id}."
