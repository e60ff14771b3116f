"""The paragraphs of a text as it was typed: what a redline sets side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}(?!#)")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,9}[.)]))\s+(.*)$")
_WORD = re.compile(r"[^\W_]+(?:['’_-][^\W_]+)*|\S")


class ParagraphKind(StrEnum):
    """How a paragraph is shown."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, list item, table row or block of code, its line breaks and indents levelled."""

    kind: ParagraphKind
    text: str


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """Split the body of a document. No text is lost but white space and the signs of headings and bullets."""
    found: list[Paragraph] = []
    open_kind = ParagraphKind.TEXT
    lines: list[str] = []

    def close() -> None:
        if lines:
            joined = (
                "\n".join(lines) if open_kind is ParagraphKind.CODE else " ".join(" ".join(lines).split())
            )
            if joined:
                found.append(Paragraph(open_kind, joined))
            lines.clear()

    fence = ""
    for line in body.split("\n"):
        if fence:
            lines.append(line.rstrip())
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                close()
                fence = ""
            continue
        stripped = line.strip()
        if marker := _FENCE.match(line):
            close()
            open_kind, fence = ParagraphKind.CODE, marker[1]
            lines.append(line.rstrip())
        elif not stripped:
            close()
        elif heading := _HEADING.match(stripped):
            close()
            open_kind = ParagraphKind.HEADING
            lines.append(stripped[heading.end() :].rstrip("#"))
            close()
        elif stripped.startswith("|"):
            close()
            open_kind = ParagraphKind.ROW
            lines.append(stripped)
            close()
        elif item := _ITEM.match(line):
            close()
            open_kind = ParagraphKind.ITEM
            lines.append(f"{item[1]} {item[2]}" if item[1] else item[2])
        else:
            if not lines:
                open_kind = ParagraphKind.TEXT
            lines.append(stripped)
    close()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SplitText:
    """The words and signs of a paragraph, and the white space that stands before each."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]

    def text(self, start: int, end: int) -> str:
        """The text of a run of words, without the white space before it."""
        if start >= end:
            return ""
        parts = [self.words[start]]
        for at in range(start + 1, end):
            parts += (self.gaps[at], self.words[at])
        return "".join(parts)


def words_of(text: str) -> SplitText:
    """Split a paragraph into words and signs."""
    words: list[str] = []
    gaps: list[str] = []
    last = 0
    for match in _WORD.finditer(text):
        words.append(match[0])
        gaps.append(text[last : match.start()])
        last = match.end()
    return SplitText(tuple(words), tuple(gaps))
