"""The two hashes of a text: of all of it, and of its substance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes in hexadecimal (SHA-256).

    `text` is of the whole file, its line endings levelled. `substance` is of what binds: it stays the same where only
    spacing, typography or capitals differ. Where `substance` differs, only a comparison of the two texts tells a slip
    of the pen from a change of substance (see `policygraph.judging.change`).
    """

    text: str
    substance: str
