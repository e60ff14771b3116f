"""A file's text as an editor counts it: from zero, in units of an encoding, with its own line endings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from lsprotocol.types import Position, Range, TextEdit

from policygraph.model.fix import Edit
from policygraph.model.place import Place

_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"
_WIDE = re.compile("[^\x00-\x7f]")


class EditorText:
    """A text with the places of the core and the positions of the protocol.

    `units` is the encoding that the editor counts in: `utf-8`, `utf-16` or `utf-32`.
    """

    def __init__(self, text: str, units: str = "utf-16") -> None:
        self.text = text
        self.units = units
        self._starts = [0]
        self._ends = []
        for found in _BREAK.finditer(text):
            self._ends.append(found.start())
            self._starts.append(found.end())
        self._ends.append(len(text))
        first = _BREAK.search(text)
        self.line_break = first[0] if first else "\n"
        self._bom = len(_BOM) if text.startswith(_BOM) else 0

    def line(self, number: int) -> str:
        """A line without its ending and without the byte order mark, counted from one; empty where there is none."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1] + (self._bom if number == 1 else 0)
        return self.text[start : self._ends[number - 1]]

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._starts)

    def offset(self, position: Position) -> int:
        """The character at a position; what lies outside the text is taken for its nearest end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[position.line], self._ends[position.line]
        return min(start + self._characters(self.text[start:end], position.character), end)

    def position(self, offset: int) -> Position:
        """The position of a character."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return Position(line, self._length(self.text[start : min(offset, self._ends[line])]))

    def place(self, file: str, position: Position) -> Place:
        """The place of a position, as the core counts it."""
        offset = self.offset(position)
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line] + (self._bom if line == 0 else 0)
        return Place(file, line + 1, max(offset - start, 0) + 1)

    def offset_of(self, line: int, column: int) -> int:
        """The character at a line and column of the core."""
        number = min(max(line, 1), len(self._starts)) - 1
        start = self._starts[number] + (self._bom if number == 0 else 0)
        return min(start + max(column, 1) - 1, self._ends[number])

    def range_at(self, line: int, start: int, end: int) -> Range:
        """The range between two columns of one line."""
        return Range(self.position(self.offset_of(line, start)), self.position(self.offset_of(line, end)))

    def word_at(self, place: Place) -> Range:
        """What to underline for a place: the link, word or value that begins there, or the whole line."""
        text = self.line(place.line)
        found = _WORTH_MARKING.match(text, place.column - 1)
        if found is None or not found[0].strip():
            stripped = text.rstrip()
            first = len(text) - len(text.lstrip()) + 1
            start = min(place.column, first) if place.column > len(stripped) else place.column
            return self.range_at(place.line, start, len(stripped) + 1)
        return self.range_at(place.line, place.column, place.column + len(found[0].rstrip()))

    def edit(self, edit: Edit) -> TextEdit | None:
        """An edit of the core as the protocol has it; None where what it replaces does not stand there."""
        if not 1 <= edit.place.line <= len(self._starts) + 1:
            return None
        start = self.offset_of(edit.place.line, edit.place.column)
        if edit.place.line > len(self._starts):
            start = len(self.text)
        old, new = (text.replace("\n", self.line_break) for text in (edit.old, edit.new))
        if not self.text.startswith(old, start):
            return None
        return TextEdit(Range(self.position(start), self.position(start + len(old))), new)

    def changed(self, where: Range | None, new: str) -> EditorText:
        """The text after a change; without a range, all of it is new."""
        if where is None:
            return EditorText(new, self.units)
        start, end = self.offset(where.start), self.offset(where.end)
        return EditorText(self.text[:start] + new + self.text[max(start, end) :], self.units)

    def _length(self, text: str) -> int:
        if self.units == "utf-32" or text.isascii():
            return len(text)
        if self.units == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(ord(match[0]) > 0xFFFF for match in _WIDE.finditer(text))

    def _characters(self, text: str, units: int) -> int:
        """How many characters the first `units` units of a line are; half a character counts as none."""
        if self.units == "utf-32" or text.isascii():
            return min(units, len(text))
        taken = 0
        for number, character in enumerate(text):
            taken += self._length(character)
            if taken > units:
                return number
        return len(text)


_WORTH_MARKING = re.compile(
    r"\[\[[^\]\n]*\]\]|!?\[[^\]\n]*\]\([^)\n]*\)|\"[^\"\n]*\"|'[^'\n]*'|[^\s,\]\[{}()\"']+"
)


def moved(before: str, after: str) -> Mapping[int, int]:
    """Where the lines of a text are after a change in one place, by their old numbers from one.

    Lines that the change has touched are left out.
    """
    old, new = before.split("\n"), after.split("\n")
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    shift = len(new) - len(old)
    lines = {number: number for number in range(1, same + 1)}
    lines.update({number: number + shift for number in range(len(old) - tail + 1, len(old) + 1)})
    return lines
