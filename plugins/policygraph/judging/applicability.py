"""Statements of applicability: for each control whether it applies and why, and what answers it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policygraph.judging.coverage import Coverage
from policygraph.model.applicability import Applicability
from policygraph.model.document import Document
from policygraph.model.framework import Clause, Framework
from policygraph.model.review import Review
from policygraph.reading.registers.applicability import OWN
from policygraph.reading.text import name_key
from policygraph.resolving.handbook import Handbook

_STATEMENT = "statement of applicability"
_CLAUSE = "6.1.3"
"""The clause of ISO management systems that demands a statement of applicability."""

_CONTROL = "control"


class Decision(StrEnum):
    """What the organisation has decided about a control."""

    APPLIES = "yes"
    EXCLUDED = "no"
    OPEN = "not decided"


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A control with what the organisation has decided about it, and what the handbook says on it."""

    control: Clause
    coverage: Coverage
    entry: Applicability | None

    @property
    def decision(self) -> Decision:
        """What has been decided."""
        if self.entry is None or self.entry.applies is None:
            return Decision.OPEN
        return Decision.APPLIES if self.entry.applies else Decision.EXCLUDED


@dataclass(frozen=True, slots=True)
class ApplicabilityStatement:
    """The statement of applicability to one framework.

    `own` are the controls that the organisation has added. `documents` are those that state it in words; `approval`
    is the latest review that approved one of them, None where none is recorded.
    """

    framework: Framework
    lines: tuple[ControlLine, ...]
    own: tuple[ControlLine, ...]
    documents: tuple[Document, ...]
    approval: Review | None

    @property
    def all(self) -> tuple[ControlLine, ...]:
        """The framework's controls and then the organisation's own."""
        return (*self.lines, *self.own)


def statements_of_applicability(
    handbook: Handbook, coverage: Mapping[str, Coverage], today: dt.date
) -> tuple[ApplicabilityStatement, ...]:
    """A statement for each framework that the register of applicability lists, in the order of the frameworks.

    Controls of the organisation's own stand in each of them; they make a statement where there is no other.
    """
    listed = {key.partition(":")[0].lower() for key in handbook.applicability}
    own = tuple(_lines(handbook.frameworks[OWN], handbook, coverage)) if OWN in handbook.frameworks else ()
    named = [n for n in _ordered(handbook) if n in listed and n != OWN] or [OWN] * bool(own)
    found = []
    for name in named:
        framework = handbook.frameworks[name]
        documents = _documents(handbook, framework, coverage)
        reviews = [r for d in documents for r in handbook.reviews.get(d.path, ()) if r.on <= today]
        approvals = (r for r in reviews if r.outcome.approves)
        approval = max(approvals, key=lambda r: (r.on, r.place), default=None)
        lines = tuple(_lines(framework, handbook, coverage))
        found.append(
            ApplicabilityStatement(framework, lines, own if name != OWN else (), documents, approval)
        )
    return tuple(found)


def same_sentences(lines: Iterable[ControlLine], at_least: int) -> Iterator[tuple[ControlLine, ...]]:
    """Groups of controls that are justified with the same sentence, in the order of the first of each."""
    groups: defaultdict[str, list[ControlLine]] = defaultdict(list)
    for line in lines:
        if line.entry and line.entry.because:
            groups[name_key(line.entry.because).rstrip(" .")].append(line)
    yield from (tuple(group) for group in groups.values() if len(group) >= at_least)


def _ordered(handbook: Handbook) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*handbook.settings.frameworks, *sorted(handbook.frameworks))))


def _lines(
    framework: Framework, handbook: Handbook, coverage: Mapping[str, Coverage]
) -> Iterator[ControlLine]:
    """Every control, and whatever else the register decides about."""
    for clause in framework.leaves:
        entry = handbook.applicability.get(clause.key)
        if clause.kind == _CONTROL or entry is not None:
            yield ControlLine(clause, coverage[clause.key], entry)


def _documents(
    handbook: Handbook, framework: Framework, coverage: Mapping[str, Coverage]
) -> tuple[Document, ...]:
    """The documents that state applicability in words: by their names, or else by the clause that demands it."""
    named = [d for d in handbook.documents if _is_statement(d)]
    demanded = coverage.get(f"{framework.id}:{_CLAUSE}")
    answering = [a.document for a in demanded.answers] if demanded else []
    both = [d for d in named if d in answering]
    return tuple(both or named or answering)


def _is_statement(document: Document) -> bool:
    names = (document.title, *document.front.aliases)
    return any(_STATEMENT in name_key(name) for name in names)
