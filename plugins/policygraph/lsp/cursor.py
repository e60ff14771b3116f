"""Where an author stands in a text, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.lsp.desk import Judged
from policygraph.lsp.text import EditorText
from policygraph.lsp.yaml_place import yaml_place
from policygraph.model.document import Document
from policygraph.model.framework import Clause
from policygraph.model.organisation import Role
from policygraph.model.place import Place
from policygraph.reading.block import Positions
from policygraph.reading.registers import NAMING_KEYS
from policygraph.resolving.handbook import Handbook, LinkTarget

_TOP_KEY = re.compile(r"([A-Za-z_][\w .-]*?)\s*:(?=\s|$)")
_LINE_KEY = re.compile(r"\s*(?:-\s+)*([A-Za-z_][\w.-]*)\s*:(?:\s+|$)")
_DASH = re.compile(r"\s*(?:-\s+)+")
_VALUE = re.compile(r"\"[^\"\n]*\"?|'[^'\n]*'?|[^\[\],{}\"'\n]+")

NAMES_DOCUMENTS = frozenset({"references", "not_related", "replaced_by"})
NAMES_ROLES = frozenset({"owner", "approver"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What a stretch of a line means: a document (with a heading), a clause, a role or a file."""

    start: int
    end: int
    line: int
    document: Document | None = None
    section: str = ""
    clause: Clause | None = None
    role: Role | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a document that is being written. `handbook` is what that document knows now."""

    judged: Judged
    handbook: Handbook
    text: EditorText
    place: Place
    kind: str = ""
    """What a YAML file of the handbook is; empty in a document."""

    @property
    def document(self) -> Document | None:
        """The document that the cursor is in."""
        return self.handbook.by_path.get(self.place.file)

    @property
    def line(self) -> str:
        """The line that the cursor is on."""
        return self.text.line(self.place.line)

    @property
    def before(self) -> str:
        """The line up to the cursor."""
        return self.line[: self.place.column - 1]

    @property
    def after(self) -> str:
        """The line from the cursor."""
        return self.line[self.place.column - 1 :]

    @property
    def in_front_matter(self) -> bool:
        """Whether the cursor stands between the fences."""
        if self.text.line(1).strip() != "---" or self.place.line == 1:
            return False
        for number in range(2, self.place.line + 1):
            if self.text.line(number).strip() in ("---", "..."):
                return False
        return True

    @property
    def top_key(self) -> str:
        """The field of the front matter that the cursor is in, by our own name for it."""
        for number in range(self.place.line, 1, -1):
            found = _TOP_KEY.match(self.text.line(number))
            if found:
                return self._field(found[1])
        return ""

    @property
    def line_key(self) -> str:
        """The key on the cursor's own line, by our own name for it at the top level."""
        found = _LINE_KEY.match(self.line)
        if found is None:
            return ""
        return self._field(found[1]) if not self.line[:1].isspace() and self.line[:1] != "-" else found[1]

    def _field(self, key: str) -> str:
        settings = self.handbook.settings
        for name, sources in settings.fields.items():
            if any(source.key == key for source in sources):
                return name
        return key

    def handbook_of(self, thing: Thing) -> Handbook:
        """Where to look a thing up: documents as they are now, all else in the whole handbook."""
        return self.handbook if thing.document is not None else self.judged.resolution.handbook

    def thing(self) -> Thing | None:
        """What stands at the cursor, if it means anything."""
        if self.kind:
            return self._in_yaml()
        return self._in_front() if self.in_front_matter else self._in_text()

    def _in_yaml(self) -> Thing | None:
        """A document, clause or role that a register names."""
        for start, text in self._values():
            span = (start + 1, start + len(text) + 1, self.place.line)
            key = yaml_place(self.text, self.place.line, start + 1).key
            if key in NAMING_KEYS:
                name, _, section = text.partition("#")
                document = self.named(name.strip())
                if document is not None:
                    return Thing(*span, document=document, section=section.strip())
            if key == "owner" or (self.kind == "reviews" and key == "as"):
                role = self.handbook.role(text)
                return Thing(*span, role=role) if role else None
            if key == "rests_on" or (self.kind == "expectations" and key in ("from", "to")):
                return self._clause(text, span)
        return None

    def _values(self) -> Iterator[tuple[int, str]]:
        """The value that the cursor stands on, if any, with the number of characters before it."""
        head = _LINE_KEY.match(self.line) or _DASH.match(self.line)
        for found in _VALUE.finditer(self.line, head.end() if head else 0):
            raw = found[0]
            text = raw.strip().strip("\"'").strip()
            start = found.start() + (raw.find(text) if text else 0)
            if text and start <= self.place.column - 1 <= start + len(text):
                yield start, text

    def _in_front(self) -> Thing | None:
        top, key = self.top_key, self.line_key
        nested = key and key != top
        for start, text in self._values():
            span = (start + 1, start + len(text) + 1, self.place.line)
            if top == "satisfies":
                return self._clause(text, span)
            if top in NAMES_DOCUMENTS and (not nested or key == "to"):
                name, _, section = text.partition("#")
                document = self.named(name.strip())
                return Thing(*span, document=document, section=section) if document else None
            if (top in NAMES_ROLES and not nested) or (top == "records" and key == "owner"):
                role = self.handbook.role(text)
                return Thing(*span, role=role) if role else None
        return None

    def _clause(self, text: str, span: tuple[int, int, int]) -> Thing | None:
        clause = self.judged.resolution.clauses.resolve(text, self.place, [], group_allowed=True)
        return Thing(*span, clause=clause) if clause else None

    def named(self, name: str) -> Document | None:
        """The document that a name or a path means."""
        names = self.judged.resolution.names
        found = names.named(name)
        if isinstance(found, Document):
            return self.handbook.by_path.get(found.path, found)
        inside = names.relative(self.place.file, name) if "/" in name or name.endswith(".md") else None
        there = names.file(inside) if inside is not None else None
        return self.handbook.by_path.get(there[0].path, there[0]) if there else None

    def _in_text(self) -> Thing | None:
        document = self.document
        if document is None:
            return None
        positions = Positions(document.path, document.body, document.body_line)
        for link in document.links:
            start, end = positions.place(link.span.start), positions.place(link.span.end)
            if not start <= self.place <= end:
                continue
            target = self.handbook.link_targets.get((document.path, link.span.start))
            if target is None or target.nothing:
                return None
            span = (start.column, end.column if end.line == start.line else start.column + 1, start.line)
            return self._target(target, span)
        return None

    def _target(self, target: LinkTarget, span: tuple[int, int, int]) -> Thing | None:
        if target.clause is not None:
            clause = self.handbook.clause(target.clause)
            return Thing(*span, clause=clause) if clause else None
        document = self.handbook.by_path.get(target.document or "")
        return Thing(*span, document=document, section=target.section, file=target.file)
