"""Basis: why each document exists and how often it is reviewed, and who asks for that."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.framework import ClauseMapping
from policygraph.model.interval import Interval
from policygraph.model.place import Passage
from policygraph.model.promise import Kind, Timing
from policygraph.reading.front_matter import BASES
from policygraph.resolving.handbook import Handbook
from policygraph.words import _

STANDARD, PROMISED, HELPFUL = BASES
_THIS = re.compile(
    r"\b(?:this|the whole|diese[rsnm]?)\s+(?:page|document|policy|procedure|plan|standard|guideline|declaration|table|text|"
    r"handbook|Seite|Dokument|Richtlinie|Verfahren|Plan)\b",
    re.IGNORECASE,
)
_LOOKED_AT = re.compile(
    r"\b(?:review\w*|approv\w*|look(?:s|ed)?\s+(?:again\s+)?(?:at|through)|confirm\w*|check\w*|read\w*|updat\w*|prüf\w*|geprüft|überprüf\w*|"
    r"genehmig\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PromisedBy:
    """A statement of a document (by path) that leads to another document."""

    document: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReviewDemand:
    """A sentence in which a document says how often it is looked at."""

    passage: Passage
    timing: Timing


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a document exists.

    `clauses` are the answered ones that demand documented information, `promises` the statements of other
    documents that lead to it. `declared` is what its author says. `every` is how often it is reviewed, from its
    front matter (`own`) or from the settings; `demands` are its own sentences that ask for that.
    `answered` counts all clauses and controls that it answers.
    """

    document: Document
    clauses: tuple[ClauseMapping, ...]
    promises: tuple[PromisedBy, ...]
    declared: str
    every: Interval | None
    own: bool
    demands: tuple[ReviewDemand, ...]
    answered: int

    @property
    def derived(self) -> str:
        """The strongest basis that the clauses and the texts show."""
        if self.clauses:
            return STANDARD
        return PROMISED if self.promises else HELPFUL

    @property
    def contradiction(self) -> str:
        """What the declared basis says against what is found; nothing where both agree."""
        match self.declared:
            case "standard" if not self.clauses:
                return _("it answers no clause that demands documented information")
            case "promised" if not self.promises:
                return _("no statement of another document leads to it")
            case "helpful" if self.clauses:
                return _(
                    "it answers %(clause)s, which demands documented information",
                    clause=self.clauses[0].clause,
                )
            case "helpful" if self.promises:
                return _("a statement of another document leads to it")
        return ""


def bases(handbook: Handbook, today: dt.date) -> tuple[Basis, ...]:
    """The basis of every document in force on a day, in reading order."""
    # A clause is answered once, in however many places a document says so.
    answered: defaultdict[str, dict[str, ClauseMapping]] = defaultdict(dict)
    for mapping in handbook.mappings:
        answered[mapping.document].setdefault(mapping.clause, mapping)
    in_force = {d.path for d in handbook.documents if d.in_force(today)}
    promises = _promises(handbook, in_force)
    usual = handbook.settings.review_every
    return tuple(
        Basis(
            document,
            tuple(m for m in answered[document.path].values() if _documented(handbook, m)),
            tuple(promises.get(document.path, ())),
            document.front.basis or "",
            document.front.review_every or usual,
            document.front.review_every is not None,
            tuple(_demands(document)),
            len(answered[document.path]),
        )
        for document in handbook.documents
        if document.path in in_force
    )


def _documented(handbook: Handbook, mapping: ClauseMapping) -> bool:
    clause = handbook.clause(mapping.clause)
    return clause is not None and clause.documented


def _promises(handbook: Handbook, in_force: set[str]) -> Mapping[str, list[PromisedBy]]:
    """Per document, the statements of others that lead to it."""
    statements = {path: {s.passage.id for s in handbook.by_path[path].statements} for path in in_force}
    found: defaultdict[str, list[PromisedBy]] = defaultdict(list)
    for reference in handbook.references:
        source = reference.source
        if source in in_force and source != reference.target:
            for passage in dict.fromkeys(reference.passages):
                if passage.id in statements[source]:
                    found[reference.target].append(PromisedBy(source, passage))
    return found


def _demands(document: Document) -> Iterator[ReviewDemand]:
    """What a document says of its own review."""
    for timed in document.timed:
        sentence = timed.passage.sentence
        frequent = timed.timing.kind is Kind.FREQUENCY
        if frequent and _THIS.search(sentence) and _LOOKED_AT.search(sentence):
            yield ReviewDemand(timed.passage, timed.timing)
