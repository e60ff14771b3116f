"""Who may see a text, as the text itself says."""

from __future__ import annotations

import re

from policygraph.model.document import FrontMatter, Visibility
from policygraph.reading.fence import Fence, normalised, split
from policygraph.reading.handbook_files import front_matter_of, known_keys
from policygraph.settings import Settings

DEFAULT = Visibility.INTERNAL
"""Who may see a document that says nothing of it."""

_HEAD = 2_000
"""Characters in which a key is looked for where no front matter is recognised."""


class VisibilityReader:
    """Tells who may see texts of documents under one handbook's settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known = known_keys(settings)
        self._keys = {"visibility", *(source.key.lower() for source in settings.sources_of("visibility"))}
        keys = "|".join(map(re.escape, sorted(self._keys)))
        self._named = re.compile(rf"(?:{keys})[\"']?[ \t]*[:=]", re.IGNORECASE)
        self._line = re.compile(rf"^[ \t]*(?:{keys})[ \t]*[:=][ \t]*[^\s#]", re.IGNORECASE | re.MULTILINE)

    def of(self, text: str, front: FrontMatter | None = None) -> Visibility:
        """Who may see a text; `front` is its front matter where that has been read.

        A text that says something of it which cannot be read is for auditors alone: a slip must not publish it.
        """
        return self.said(text, front) or DEFAULT

    def said(self, text: str, front: FrontMatter | None = None) -> Visibility | None:
        """The same; None where the text says nothing of it."""
        parts = split(normalised(text), self._known)
        head = text[:_HEAD] if parts.fence is Fence.NONE else parts.front
        if self._named.search(head) is None:
            return None
        front = front or front_matter_of(text, "", self._settings, self._known)
        if front.visibility is not None:
            return front.visibility
        typed = any(key.lower() in self._keys for key in front.places) or not front.places
        return Visibility.AUDITOR if typed or self._line.search(head) else None
