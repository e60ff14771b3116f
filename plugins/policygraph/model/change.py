"""Changes: what separates two texts of a document, and whether it touches what binds people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """How far a change goes."""

    NONE = "none"
    EDITORIAL = "editorial"
    SUBSTANCE = "substance"


@dataclass(frozen=True, slots=True)
class Change:
    """What separates an old text from a new one; `reasons` say it in plain words, the weightiest first."""

    kind: ChangeKind
    reasons: tuple[str, ...] = ()

    @property
    def of_substance(self) -> bool:
        """Whether it touches what binds people."""
        return self.kind is ChangeKind.SUBSTANCE
