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
from policygraph.model.applicability import Applicability
from policygraph.model.document import Document
from policygraph.model.framework import Clause, ClauseMapping, ClauseMention
from policygraph.model.organisation import Role
from policygraph.resolving.handbook import Handbook
from policygraph.words import _, ngettext


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

    `evidence` has the freshest first.
    """

    document: Document
    in_force: bool
    role: Role | None
    evidence: tuple[Evidence, ...]
    rung: Rung

    @property
    def lack(self) -> str:
        """What is missing for the next rung; nothing on the highest."""
        id = self.document.id
        if not self.in_force:
            return _("%(id)s says that it answers it, but is not in force.", id=id)
        match self.rung:
            case Rung.FRESH:
                return ""
            case Rung.EVIDENCED:
                return self.evidence[0].lack
            case Rung.OWNED:
                return _("%(id)s names no record.", id=id)
        if not self.document.owner:
            return _("%(id)s names no owner.", id=id)
        if self.role is None:
            return _(
                "The owner of %(id)s, “%(owner)s”, is in no register of roles.",
                id=id,
                owner=self.document.owner,
            )
        return _("Nobody holds “%(role)s”, the role that owns %(id)s.", role=self.role.title, id=id)

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
    document first, and those that are not in force last; `mentions` are of other documents.
    """

    clause: Clause
    rung: Rung | None
    answers: tuple[Answering, ...]
    mentions: tuple[ClauseMention, ...]
    entry: Applicability | None = None

    @property
    def lack(self) -> str:
        """What is missing for the next rung; nothing on the highest."""
        if self.rung is None:
            return ""
        if self.answers:
            return self.answers[0].footing.lack
        if self.mentions:
            return _("A document mentions it; none says that it answers it.")
        return _("No document answers it, and none mentions it.")

    @property
    def word(self) -> str:
        """Where it stands, in a word or two."""
        return "not applicable" if self.rung is None else self.rung.word

    @property
    def caution(self) -> str:
        """What a fresh record would hide: that others of the same document are overdue."""
        count = self.overdue
        return ngettext("%(num)s record overdue", "%(num)s records overdue", count) if count else ""

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
        return Coverage(clause, None, answers, mentions, entry)
    if answers:
        # A document that is not in force has the rung of one that only mentions the clause.
        return Coverage(clause, answers[0].footing.rung, answers, mentions, entry)
    return Coverage(clause, Rung.MENTIONED if mentions else Rung.UNANSWERED, (), mentions, entry)


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
        rung = Rung.MENTIONED
    elif not role or not role.holders:
        rung = Rung.ANSWERED
    elif not ordered:
        rung = Rung.OWNED
    elif ordered[0].freshness is not Freshness.FRESH:
        rung = Rung.EVIDENCED
    else:
        rung = Rung.FRESH
    return Footing(document, in_force, role, ordered, rung)
