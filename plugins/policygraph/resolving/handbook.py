"""The handbook: every document, reference and mapping, resolved and immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.model.applicability import Applicability
from policygraph.model.document import Document
from policygraph.model.edition import Edition
from policygraph.model.evidence import Record, RecordMade
from policygraph.model.exception import PolicyException
from policygraph.model.external import ExternalDocument
from policygraph.model.framework import Clause, ClauseMapping, ClauseMention, Expectation, Framework
from policygraph.model.history import History
from policygraph.model.organisation import Organisation, Role
from policygraph.model.problem import Problem, ProblemKind
from policygraph.model.reference import Decision, Mention, Reference
from policygraph.model.review import Review
from policygraph.reading.block import Block
from policygraph.reading.comparisons import Comparisons
from policygraph.settings import Area, Settings

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a link in a text turned out to point at: a document (by path), a clause, a file, or nothing.

    `file` is the path of the file linked, which for a translation differs from the document's; a file
    without a document is published as it is, one that is `outside` the handbook's folder is not.
    """

    document: str | None = None
    file: str | None = None
    section: str = ""
    clause: str | None = None
    outside: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the link leads nowhere."""
        return self.file is None and self.clause is None


@dataclass(frozen=True, slots=True)
class Handbook:
    """All there is to ask. Documents are identified by their path; `documents` is in reading order.

    Translations stand apart: they are published, and count once, as the document they translate.

    `reviews` go by document, the oldest first; `applicability` by the qualified id of a control. `unmatched_records`
    are entries of records.yml for records that no document names, `stray_exceptions` those of exceptions.yml whose
    document, as typed, is none of the handbook's or could be several.

    `comparisons` is what comparing texts of the history has shown before.

    `edition` is the readership that it is for; in a smaller one than the auditors', what is not for it does not exist.

    `blocks` holds the paragraphs, list items and table cells of each file, by its path.
    """

    settings: Settings
    folder: str
    documents: tuple[Document, ...]
    translations: tuple[Document, ...]
    organisation: Organisation
    frameworks: Mapping[str, Framework]
    references: tuple[Reference, ...]
    mentions: tuple[Mention, ...]
    decisions: tuple[Decision, ...]
    mappings: tuple[ClauseMapping, ...]
    clause_mentions: tuple[ClauseMention, ...]
    problems: tuple[Problem, ...]
    by_path: Mapping[str, Document]
    by_id: Mapping[str, Document]
    outgoing: Mapping[str, tuple[Reference, ...]]
    incoming: Mapping[str, tuple[Reference, ...]]
    link_targets: Mapping[tuple[str, int], LinkTarget]
    areas: tuple[Area, ...]
    reviews: Mapping[str, tuple[Review, ...]]
    records: tuple[Record, ...]
    applicability: Mapping[str, Applicability]
    exceptions: tuple[PolicyException, ...]
    stray_exceptions: tuple[PolicyException, ...]
    external: tuple[ExternalDocument, ...]
    expectations: tuple[Expectation, ...]
    unmatched_records: tuple[RecordMade, ...]
    history: History
    comparisons: Comparisons
    blocks: Mapping[str, tuple[Block, ...]]
    logo: bytes = b""
    edition: Edition = Edition.AUDITOR

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """All of it as one graph, made when it is asked for (see `policygraph.resolving.graph`)."""
        from policygraph.resolving.graph import graph_of

        return graph_of(self)

    def find(self, id: str) -> Document | None:
        """The document with an id, in any case; a path finds it too."""
        return self.by_id.get(id.casefold()) or self.by_path.get(id)

    def area_of(self, document: Document) -> Area:
        """The area a document belongs to."""
        return next((a for a in self.areas if a.id == document.area), Area(document.area, document.area))

    def in_area(self, area: str) -> tuple[Document, ...]:
        """The documents of an area, in reading order."""
        return tuple(d for d in self.documents if d.area == area)

    def role(self, id: str | None) -> Role | None:
        """A role of the organisation, by id in any case."""
        return self.organisation.roles.get(id.lower()) if id else None

    def clause(self, key: str) -> Clause | None:
        """A clause by its qualified id."""
        framework, _, id = key.partition(":")
        found = self.frameworks.get(framework.lower())
        return found.clauses.get(id) if found else None

    def problems_of(self, kind: ProblemKind) -> tuple[Problem, ...]:
        """What reading and resolving met of one kind."""
        return tuple(p for p in self.problems if p.kind is kind)

    def translations_of(self, document: Document) -> tuple[Document, ...]:
        """The translations of a document."""
        return tuple(t for t in self.translations if t.translation_of == document.path)
