"""A case: a handbook on a day, and all that follows from the two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from policygraph.judging.applicability import ApplicabilityStatement, statements_of_applicability
from policygraph.judging.basis import Basis, bases
from policygraph.judging.changes import changes_of
from policygraph.judging.coverage import Coverage, coverage
from policygraph.judging.evidence import Evidence, all_evidence
from policygraph.judging.expected import Expected, expected_of
from policygraph.judging.external import ExternalUse, external_uses
from policygraph.judging.news import Changes
from policygraph.judging.overhead import Overhead, overhead_of
from policygraph.judging.promises import conflicts_of, promises_of
from policygraph.judging.questions import Asked, ask
from policygraph.judging.related import Relatives
from policygraph.judging.rewordings import Rewordings
from policygraph.judging.similarity import Similarity, similarity
from policygraph.judging.standing import Standing, standings
from policygraph.judging.suspects import Suspect, suspects
from policygraph.judging.texts import Texts
from policygraph.judging.translations import LateTranslation, late_translations
from policygraph.model.promise import Conflict, Promise
from policygraph.model.question import Question
from policygraph.resolving.connection import Connections
from policygraph.resolving.handbook import Handbook


class Case:
    """What rules and pages judge: a handbook on a day.

    What follows from the two (questions, coverage, standings …) is derived when it is first asked for, once.
    A case is never changed.
    """

    def __init__(self, handbook: Handbook, today: dt.date) -> None:
        self.handbook = handbook
        self.today = today

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What the documents in force promise, in reading order."""
        return promises_of(self.handbook, self.today)

    @cached_property
    def promise_conflicts(self) -> tuple[Conflict, ...]:
        """Promises of two documents that do not agree."""
        return conflicts_of(self.promises)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every record with what is known of its age, in reading order."""
        return all_evidence(self.handbook, self.promises, self.today)

    @cached_property
    def evidence_by_document(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The records of each document that names any, by its path."""
        found: dict[str, list[Evidence]] = {}
        for evidence in self.evidence:
            found.setdefault(evidence.record.document, []).append(evidence)
        return {path: tuple(group) for path, group in found.items()}

    @cached_property
    def expected(self) -> Expected:
        """What is expected of each group of readers and each role."""
        return expected_of(self.handbook, self.today)

    @cached_property
    def external(self) -> tuple[ExternalUse, ...]:
        """Documents of external origin, with who uses them."""
        return external_uses(self.handbook, self.today)

    @cached_property
    def bases(self) -> tuple[Basis, ...]:
        """Why each document in force exists, in reading order."""
        return bases(self.handbook, self.today)

    @cached_property
    def coverage(self) -> Mapping[str, Coverage]:
        """How far each clause and control is covered, by its qualified id."""
        return coverage(self.handbook, self.today)

    @cached_property
    def applicability(self) -> tuple[ApplicabilityStatement, ...]:
        """The statements of applicability, one for each framework that the register lists."""
        return statements_of_applicability(self.handbook, self.coverage, self.today)

    @cached_property
    def similar(self) -> Similarity:
        """The passages and documents that are nearly the same."""
        return similarity(self.handbook)

    @cached_property
    def overhead(self) -> Overhead:
        """What the handbook costs those who read it, and what could go."""
        return overhead_of(self.handbook, self.today, self.similar, self.promises, self.bases)

    @cached_property
    def texts(self) -> Texts:
        """The texts in the history, found by their hash and compared at most once."""
        return Texts(self.handbook.history, self.handbook.comparisons)

    @cached_property
    def rewordings(self) -> Rewordings:
        """When the documents' texts changed."""
        return Rewordings(self.handbook, self.today)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How each document stands, by path: version, approval, reviews."""
        return standings(self.handbook, self.today, self.texts)

    @cached_property
    def changes(self) -> Changes:
        """What changed for those who read the handbook, the newest first."""
        return changes_of(self.handbook, self.today, self.texts)

    @cached_property
    def suspects(self) -> tuple[Suspect, ...]:
        """References whose source was last looked at before their target changed in substance."""
        return suspects(self.handbook, self.today, self.standings, self.texts)

    @cached_property
    def late_translations(self) -> tuple[LateTranslation, ...]:
        """Translations that were last touched before their original changed in substance."""
        return late_translations(self.handbook, self.today, self.texts)

    @cached_property
    def connections(self) -> Connections:
        """What connects any two documents."""
        return Connections(self.handbook, self.today)

    @cached_property
    def relatives(self) -> Relatives:
        """What is related to each document without being linked with it."""
        return Relatives(self.handbook, self.today)

    @cached_property
    def foreseen(self) -> Asked:
        """The questions that clauses and mentions give rise to; rules do without comparing all texts."""
        return ask(self.handbook, self.today, self.connections, self.rewordings)

    @cached_property
    def asked(self) -> Asked:
        """The questions that an auditor is likely to ask, and the clauses left out."""
        return ask(self.handbook, self.today, self.connections, self.rewordings, self.similar.documents)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Why does this document not reference that one? Every question, answered or open, in reading order."""
        return self.asked.questions
