"""Roles by the names that sentences give them: "the risk manager must …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from policygraph.model.organisation import Organisation
from policygraph.reading.text import name_key

_WORD = re.compile(r"[^\W_][\w'’-]*")
_ARTICLES = frozenset("the a an our each every der die das ein eine".split())
_LONGEST = 6
"""Words of a role's name that are looked at."""


class RoleNames:
    """Finds the role that a stretch of text ends with, begins with, or is."""

    def __init__(self, organisation: Organisation) -> None:
        self._roles: dict[tuple[str, ...], str] = {}
        names: list[tuple[tuple[str, ...], str]] = []
        for role in organisation.roles.values():
            for name in (_words(role.title), _words(role.id.replace("-", " "))):
                if name and name not in self._roles:
                    self._roles[name] = role.id
                    names.append((name, role.id))
        # "The governance lead" is the AI governance lead where there is no other.
        holders: dict[tuple[str, ...], set[str]] = {}
        for name, role_id in names:
            holders.setdefault(name[1:], set()).add(role_id)
        for name, ids in holders.items():
            if len(name) > 1 and len(ids) == 1:
                self._roles.setdefault(name, next(iter(ids)))

    @property
    def names(self) -> Mapping[tuple[str, ...], str]:
        """The id of each role by the words of its names."""
        return self._roles

    def ending(self, text: str) -> str | None:
        """The role whose name a text ends with, as a subject stands before its verb."""
        words = _words(text)[-_LONGEST:]
        return self._first(words[start:] for start in range(len(words)))

    def beginning(self, text: str) -> str | None:
        """The role whose name a text begins with, after an article."""
        words = _words(text)[: _LONGEST + 1]
        if words and words[0] in _ARTICLES:
            words = words[1:]
        return self._first(words[:end] for end in range(len(words), 0, -1))

    def agent(self, text: str) -> str | None:
        """The role that a passive sentence names: "… by the risk manager"."""
        for match in re.finditer(r"\b(?:by|von|durch)\s+", text, re.IGNORECASE):
            if (found := self.beginning(text[match.end() : match.end() + 80])) is not None:
                return found
        return None

    def whole(self, text: str) -> str | None:
        """The role whose name a text is."""
        words = _words(text)
        return self._roles.get(words[1:] if words and words[0] in _ARTICLES else words)

    def _first(self, names: Iterable[tuple[str, ...]]) -> str | None:
        for name in names:
            if (found := self._roles.get(name)) is not None:
                return found
        return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name_key(text)))
