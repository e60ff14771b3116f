"""Registers: names in them turned into documents, statements and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from policygraph.model.applicability import Applicability
from policygraph.model.document import Document, Statement
from policygraph.model.evidence import Record, RecordMade
from policygraph.model.exception import PolicyException
from policygraph.model.external import ExternalDocument
from policygraph.model.framework import Expectation
from policygraph.model.organisation import Organisation
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.model.review import Review
from policygraph.reading.corrections import surely_meant
from policygraph.reading.registers import Registers
from policygraph.reading.registers.expectations import shipped_expectations
from policygraph.reading.sources import Sources
from policygraph.reading.text import name_key
from policygraph.reading.values import nearest
from policygraph.resolving.clauses import Clauses
from policygraph.resolving.names import Ambiguous, Names
from policygraph.resolving.reporting import Reporting


class RegisterResolver(Reporting):
    """Resolves what the registers name, and notes what does not resolve."""

    def __init__(
        self, sources: Sources, names: Names, clauses: Clauses, documents: Iterable[Document]
    ) -> None:
        super().__init__()
        self._registers: Registers = sources.registers
        self._frameworks = sources.frameworks
        self._names = names
        self._clauses = clauses
        self._documents = tuple(documents)
        self._sentences: dict[str, tuple[tuple[str, Statement], ...]] = {}
        self.unmatched: list[RecordMade] = []
        self.stray_exceptions: list[PolicyException] = []

    def reviews(self) -> Mapping[str, tuple[Review, ...]]:
        """Reviews by document, the oldest first."""
        found: dict[str, list[Review]] = {}
        for review in self._registers.reviews:
            document = self._document(review.document, review.place)
            self._role(review.role, review.place)
            if document is not None:
                found.setdefault(document.path, []).append(replace(review, document=document.path))
        return MappingProxyType(
            {path: tuple(sorted(group, key=lambda r: (r.on, r.place))) for path, group in found.items()}
        )

    def records(self) -> tuple[Record, ...]:
        """Every record that a document names, with when it was last made; the latest entry counts."""
        made: dict[tuple[str, str], RecordMade] = {}
        for entry in self._registers.records:
            document = self._document(entry.document, entry.place)
            if document is None:
                continue
            key = (document.path, name_key(entry.what))
            before = made.get(key)
            if before is None or (
                entry.made is not None and (before.made is None or entry.made > before.made)
            ):
                made[key] = entry
        records = []
        for document in self._documents:
            for pointer in document.front.records:
                last = made.get((document.path, name_key(pointer.what)))
                owner = pointer.owner or document.owner or ""
                records.append(Record(document.path, pointer, owner, last))
        known = {(record.document, name_key(record.what)) for record in records}
        self.unmatched = [entry for key, entry in made.items() if key not in known]
        return tuple(records)

    def exceptions(self) -> tuple[PolicyException, ...]:
        """Exceptions with the document and the statement that they depart from; the others are kept as strays."""
        found = []
        self.stray_exceptions = []
        for entry in self._registers.exceptions:
            document = self._document(entry.document, entry.place)
            self._role(entry.owner, entry.place)
            if document is None:
                self.stray_exceptions.append(entry)
                continue
            statement = self._statement(entry, document)
            found.append(
                replace(entry, document=document.path, passage=statement.passage if statement else None)
            )
        return tuple(found)

    def _statement(self, entry: PolicyException, document: Document) -> Statement | None:
        quote = name_key(entry.quote)
        quoted = next((s for words, s in self._by_words(document) if quote in words), None) if quote else None
        if entry.quote and quoted is None:
            self._report(
                ProblemKind.STATEMENT_NOT_FOUND,
                entry.place,
                f"The sentence that '{entry.id}' departs from stands no longer in {document.id}: “{entry.quote}”",
            )
        if not entry.statement:
            return quoted
        addressed = (s for s in document.statements if entry.statement in (s.address, s.passage.id))
        found = next(addressed, None)
        if found is None and entry.statement not in document.anchors():
            addresses = [s.address for s in document.statements if s.address]
            self._report(
                ProblemKind.STATEMENT_NOT_FOUND,
                entry.place,
                f"{document.id} has no statement '#{entry.statement}', which '{entry.id}' departs from.",
                nearest(entry.statement, addresses),
                typed=entry.statement,
            )
        return found or quoted

    def _by_words(self, document: Document) -> tuple[tuple[str, Statement], ...]:
        """The statements of a document with their words; many exceptions may depart from one document."""
        if document.path not in self._sentences:
            found = tuple((name_key(s.passage.sentence), s) for s in document.statements)
            self._sentences[document.path] = found
        return self._sentences[document.path]

    def external(self) -> tuple[ExternalDocument, ...]:
        """Documents of external origin, with the documents that are said to use them."""
        found = []
        for entry in self._registers.external:
            self._role(entry.owner, entry.place)
            users = [self._document(name, entry.place) for name in entry.used_by]
            paths = dict.fromkeys(document.path for document in users if document is not None)
            if entry.framework and entry.framework not in self._frameworks:
                self._report(
                    ProblemKind.UNKNOWN_FRAMEWORK,
                    entry.place,
                    f"'{entry.title}' names a framework '{entry.framework}' that is not in use here.",
                    nearest(entry.framework, self._frameworks),
                    typed=entry.framework,
                )
            found.append(replace(entry, used_by=tuple(paths)))
        return tuple(found)

    def applicability(self) -> Mapping[str, Applicability]:
        """Entries by the qualified id of their control."""
        found: dict[str, Applicability] = {}
        for entry in self._registers.applicability:
            clause = self._clauses.resolve(entry.clause, entry.place, self.problems)
            if clause is not None:
                found.setdefault(clause.key, replace(entry, clause=clause.key))
        return MappingProxyType(found)

    def expectations(self) -> tuple[Expectation, ...]:
        """The expectations of the frameworks in use, changed as the handbook says."""
        found: dict[tuple[str, str], Expectation] = {}
        for name in sorted(self._frameworks):
            for shipped in shipped_expectations(name):
                found[shipped.source, shipped.target] = shipped
        for own in self._registers.expectations:
            source = self._clauses.resolve(own.source, own.place, self.problems)
            target = self._clauses.resolve(own.target, own.place, self.problems)
            if source is not None and target is not None:
                pair = (source.key, target.key)
                found[pair] = replace(own, source=source.key, target=target.key)
        return tuple(e for pair, e in found.items() if pair not in self._registers.dropped)

    def _document(self, text: str, place: Place) -> Document | None:
        found = self._names.named(text)
        if isinstance(found, Document):
            return found
        if isinstance(found, Ambiguous):
            ids = ", ".join(document.id for document in found.documents)
            self._report(
                ProblemKind.AMBIGUOUS_NAME, place, f"'{text}' could be any of {ids}.", mend="Use the id."
            )
            return None
        by_path = self._names.file(text)
        if by_path is not None:
            return by_path[0]
        near, sure = self._names.nearest_name(text)
        message = f"There is no document '{text}'."
        self._report(ProblemKind.UNKNOWN_IN_REGISTER, place, message, near, typed=text, sure=sure)
        return None

    def _role(self, role: str, place: Place) -> None:
        organisation: Organisation = self._registers.organisation
        if role and organisation.roles and role.lower() not in organisation.roles:
            self._report(
                ProblemKind.UNKNOWN_ROLE,
                place,
                f"'{role}' is no role in the register of the organisation.",
                (near := nearest(role, organisation.roles)),
                typed=role,
                sure=surely_meant(role, near, organisation.roles),
            )
