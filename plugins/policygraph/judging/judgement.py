"""What judging makes of a handbook."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.judging.case import Case
from policygraph.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Judgement:
    """The findings of a case, in the order of their places; those an author lives with are kept apart."""

    case: Case
    findings: tuple[Finding, ...]
    allowed: tuple[Finding, ...]

    def of(self, path: str) -> tuple[Finding, ...]:
        """The findings that concern a document, by its path."""
        return tuple(f for f in self.findings if f.document == path)
