"""The name at the cursor that an author may want to change."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.lsp.cursor import Cursor
from policygraph.model.document import Document
from policygraph.reading.text import folded


@dataclass(frozen=True, slots=True)
class Name:
    """A document's id or title, between two columns of the cursor's line."""

    document: Document
    is_id: bool
    start: int
    end: int

    @property
    def text(self) -> str:
        """The name as it is."""
        return self.document.id if self.is_id else self.document.title


def name_at(cursor: Cursor) -> Name | None:
    """The id or title that stands at the cursor: on its own line in the document, or where it is referenced."""
    document, line = cursor.document, cursor.line
    if document is not None and cursor.in_front_matter and cursor.line_key in ("id", "title"):
        return _within(document, line, cursor.line_key == "id", line.index(":"))
    heading = document.headings[:1] if document is not None else ()
    if document is not None and heading and heading[0].place.line == cursor.place.line:
        return _within(document, line, False, 0)
    thing = cursor.thing()
    if thing is None or thing.document is None or thing.line != cursor.place.line:
        return None
    return _within(thing.document, line, True, thing.start - 1) or _within(
        thing.document, line, False, thing.start - 1
    )


def _within(document: Document, line: str, is_id: bool, start: int) -> Name | None:
    name = document.id if is_id else document.title
    at = folded(line).find(folded(name), start)
    return Name(document, is_id, at + 1, at + 1 + len(name)) if at >= 0 else None
