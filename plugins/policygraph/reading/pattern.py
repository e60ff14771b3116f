"""Regular expressions that are compiled when they are first used.

The long ones that find timings and promises take longer to compile than everything else that a start needs, and a run
whose documents are all known asks for none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


class Pattern:
    """A regular expression for letters of either case; searched as one of `re` is."""

    __slots__ = ("_compiled", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        if self._compiled is None:
            self._compiled = re.compile(self._text, re.IGNORECASE)
        return self._compiled

    def search(self, text: str, *between: int) -> re.Match[str] | None:
        """Its first match in a text, or between two positions of it."""
        return self.compiled.search(text, *between)

    def finditer(self, text: str, *between: int) -> Iterator[re.Match[str]]:
        """All its matches in a text, or between two positions of it."""
        return self.compiled.finditer(text, *between)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Its match of a whole text."""
        return self.compiled.fullmatch(text)
