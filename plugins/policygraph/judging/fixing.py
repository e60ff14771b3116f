"""Fixes applied to texts: byte for byte the same, but for what a fix changes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policygraph.model.fix import Edit, Fix

_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of files: their new texts by file, and the fixes that were applied and those that were not."""

    texts: Mapping[str, str]
    applied: tuple[Fix, ...]
    left: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of a text that is replaced, in characters."""

    start: int
    end: int
    new: str

    def touches(self, other: _Change) -> bool:
        """Whether both would change the same characters, or go in at the same point."""
        if self.start == self.end or other.start == other.end:
            return self.start == other.start or (
                self.start < other.start < self.end or other.start < self.start < other.end
            )
        return self.start < other.end and other.start < self.end


class FileText:
    """A file's text as it is, and where the places of its levelled text stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [len(_BOM) if text.startswith(_BOM) else 0]
        self._starts += [match.end() for match in _BREAK.finditer(text)]
        found = _BREAK.search(text)
        self._break = found[0] if found else "\n"

    def change(self, edit: Edit) -> _Change | None:
        """What an edit changes; None where what it replaces does not stand at its place."""
        line = edit.place.line - 1
        if not 0 <= line < len(self._starts):
            return None
        start = self._starts[line] + edit.place.column - 1
        old, new = self._as_here(edit.old), self._as_here(edit.new)
        ends = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        if edit.place.column < 1 or start > ends or not self.text.startswith(old, start):
            return None
        return _Change(start, start + len(old), new)

    def _as_here(self, text: str) -> str:
        return text.replace("\n", self._break) if self._break != "\n" else text

    def with_changes(self, changes: Iterable[_Change]) -> str:
        """The text after changes that do not touch each other."""
        parts, position = [], 0
        for change in sorted(changes, key=lambda c: (c.start, c.end)):
            parts += [self.text[position : change.start], change.new]
            position = change.end
        return "".join([*parts, self.text[position:]])


def _added(changes: list[_Change], change: _Change) -> bool:
    """Add a change to others in the order of the text, unless it touches one of them: then it must be a neighbour."""
    index = bisect_left(changes, change.start, key=_start)
    if any(change.touches(other) for other in changes[max(0, index - 1) : index + 1]):
        return False
    changes.insert(index, change)
    return True


def _start(change: _Change) -> int:
    return change.start


def fixed(texts: Mapping[str, str], fixes: Iterable[Fix]) -> Fixed:
    """Apply fixes to files. `texts` holds the texts of the files as they are, by the path that places name.

    A fix whose edits do not all fit, or that touches what an earlier one has changed, is left out whole.
    """
    files = {name: FileText(text) for name, text in texts.items()}
    changes: dict[str, list[_Change]] = {name: [] for name in texts}
    applied: list[Fix] = []
    left: list[Fix] = []
    for fix in dict.fromkeys(fixes):
        made: list[tuple[str, _Change]] = []
        for edit in fix.edits:
            file = files.get(edit.place.file)
            change = file.change(edit) if file is not None else None
            if change is None or not _added(changes[edit.place.file], change):
                for name, one in made:
                    changes[name].remove(one)
                left.append(fix)
                break
            made.append((edit.place.file, change))
        else:
            (applied if made else left).append(fix)
    return Fixed(
        {name: files[name].with_changes(found) for name, found in changes.items() if found},
        tuple(applied),
        tuple(left),
    )
