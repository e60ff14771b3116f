"""The lines of front matter that would answer a question, ready to copy."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.reading.yaml_text import quoted
from policygraph.resolving.documents import key_of
from policygraph.resolving.handbook import Handbook

BLANK = "…"
"""Stands where the author has to write something."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_NOT_TEXT = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a document would record something about another: what to write before the other's name and after it.

    `key` is the front matter key; where the document has it already, the lines belong under it. `inline` says that
    its entries stand on the key's own line, and have to be put on lines of their own first.
    """

    key: str
    present: bool
    before: str
    after: str
    inline: bool = False

    @property
    def under(self) -> str:
        """Where the lines belong in words, if not at the top of the file like any key."""
        if not self.present:
            return ""
        return f"{self.key}:, each entry on a line of its own" if self.inline else f"{self.key}:"

    def lines(self, name: str) -> str:
        """The lines for a document by its name."""
        return f"{self.before}{name}{self.after}"


def name_of(handbook: Handbook, document: Document) -> str:
    """What a reference calls a document: its id, or its path where the id means another one."""
    name = document.id if handbook.find(document.id) is document else document.path
    if _PLAIN.fullmatch(name) and name.lower() not in _NOT_TEXT:
        return name
    return quoted(name)


def reference_slot(handbook: Handbook, source: Document, because: str = BLANK) -> Slot:
    """Where a document would declare a reference."""
    return _slot(handbook, source, "references", f"\n    because: {quoted(because)}")


def decision_slot(handbook: Handbook, source: Document, today: dt.date) -> Slot:
    """Where a document would record that it needs no reference."""
    after = f"\n    because: {quoted(BLANK)}\n    decided: {today.isoformat()}\n    by: {quoted(BLANK)}"
    return _slot(handbook, source, "not_related", after)


def _slot(handbook: Handbook, source: Document, field: str, after: str) -> Slot:
    key = key_of(source, field, handbook.settings)
    present = key in source.front.places
    head = "" if present else f"{key}:\n"
    if not source.front.places and not source.text.startswith(("---", "+++")):
        # Without front matter, the lines need its fences too.
        return Slot(key, present, f"---\n{head}  - to: ", f"{after}\n---")
    return Slot(key, present, f"{head}  - to: ", after, present and _inline(source, key))


def _inline(document: Document, key: str) -> bool:
    """Whether a key of the front matter has its value on its own line: `references: [AI-02]`."""
    number = document.front.places[key].line
    # YAML knows more line breaks than a text file, so the line may not be there.
    line = "".join(document.text.split("\n", number)[number - 1 : number])
    return bool(line.partition(":")[2].partition("#")[0].strip())
