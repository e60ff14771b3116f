"""organisation.yml: roles with those who hold them, and audiences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from policygraph.model.organisation import Audience, Role
from policygraph.model.place import Place
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader
from policygraph.reading.yaml_tree import Node

KEYS = ("roles", "audiences")
ROLE_KEYS = ("title", "holders", "contact", "purpose", "handle")
AUDIENCE_KEYS = ("title", "description", "people")
_HANDLE = re.compile(
    r"@[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
MOST_PEOPLE = 100_000_000


def is_handle(text: str) -> bool:
    """Whether a text is what code hosts know people by: `@name`, `@organisation/team`, or a mail address."""
    return len(text) <= 200 and _HANDLE.fullmatch(text) is not None


def read_organisation(
    text: str, path: str
) -> tuple[tuple[Mapping[str, Role], Mapping[str, Audience]], tuple[Problem, ...]]:
    """Read roles and audiences, each by its id in lower case."""
    reader = _OrganisationReader()
    table = reader.open(text, path, "organisation.yml")
    entries = reader.values(table, KEYS, "organisation.yml") if table else {}
    roles = reader.roles(entries.get("roles"))
    audiences = reader.audiences(entries.get("audiences"))
    return (MappingProxyType(roles), MappingProxyType(audiences)), reader.finished()


class _OrganisationReader(RegisterReader):
    def roles(self, node: Node | None) -> dict[str, Role]:
        found: dict[str, Role] = {}
        table = self.table(node, "roles")
        for key, value in table.entries if table else ():
            details = self.table(value, key.text)
            values = self.values(details, ROLE_KEYS, "A role") if details else {}
            self._unique(key.text, key.place, found)
            found[key.text.lower()] = Role(
                key.text,
                self.line(values, "title") or _title_of(key.text),
                key.place,
                tuple(
                    name for item in self.items(values.get("holders")) if (name := self.text(item, "holders"))
                ),
                self.line(values, "contact"),
                self.line(values, "purpose"),
                tuple(self._handles(values.get("handle"))),
            )
        return found

    def _handles(self, node: Node | None) -> Iterator[str]:
        """What a code host knows people by."""
        for item in self.items(node):
            text = (self.text(item, "handle") or "").strip()
            if is_handle(text):
                yield text
            elif text:
                self.report(
                    item.place,
                    f"'{text[:60]}' is no handle of a code host.",
                    mend='Write "@name" or "@organisation/team" in quotation marks, or a mail address.',
                )

    def audiences(self, node: Node | None) -> dict[str, Audience]:
        found: dict[str, Audience] = {}
        table = self.table(node, "audiences")
        for key, value in table.entries if table else ():
            details = self.table(value, key.text)
            values = self.values(details, AUDIENCE_KEYS, "An audience") if details else {}
            self._unique(key.text, key.place, found)
            found[key.text.lower()] = Audience(
                key.text,
                self.line(values, "title") or _title_of(key.text),
                key.place,
                self.line(values, "description"),
                self._people(values.get("people")),
            )
        return found

    def _people(self, node: Node | None) -> int | None:
        """How many people an audience has."""
        text = self.text(node, "people")
        if node is None or not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 12 or not 0 < int(text) <= MOST_PEOPLE:
            self.report(node.place, f"'people' is a number, such as 12; '{text[:40]}' is none.")
            return None
        return int(text)

    def _unique(self, key: str, place: Place, found: Mapping[str, object]) -> None:
        if key.lower() in found:
            self.report(place, f"'{key}' stands in this register twice; the last one counts.")


def _title_of(id: str) -> str:
    return id.replace("-", " ").capitalize()
