"""Findings: what a rule has to say about a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.fix import Fix
from policygraph.model.place import Place


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Zero for the heaviest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, why it matters and how to mend it.

    `document` is the path of the document concerned, if any; `suggestion` the text that would be right,
    where one is known; `allowed` the author's reason for living with it, if the document gives one;
    `calendar` tells that the passing of time alone has made it; `fix` is what would put it right, where that is known;
    `others` are other ways to settle it, between which only an author can choose.
    """

    code: str
    rule: str
    severity: Severity
    place: Place
    message: str
    help: str
    document: str | None = None
    suggestion: str | None = None
    allowed: str | None = None
    calendar: bool = False
    fix: Fix | None = None
    others: tuple[Fix, ...] = ()

    @property
    def suggestion_word(self) -> str:
        """What to call the suggestion: a name is a guess at what was meant, a line or a link goes there as it is."""
        text = self.suggestion or ""
        ready = text.startswith(("[", "---")) or ": " in text or "\n" in text
        return "fix:" if ready else "did you mean:"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by place, then by code."""
        return (self.place.file, self.place.line, self.place.column, self.code, self.message)
