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


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Two hashes (SHA-256, hexadecimal) of one text: of the file as it stands, and of its substance.

    Equal `text`: the same file, whatever the line endings. Equal `substance`: at most an editorial change. Where
    `substance` differs, only a comparison of the two texts tells a slip of the pen from a change of substance.
    """

    text: str
    substance: str
