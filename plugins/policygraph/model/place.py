"""Where something stands: file, line and column, and the passage that is quoted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file.

    `file` is the path from the project's root (the folder that holds the handbook's folder), with forward
    slashes; `line` and `column` count from one, columns in characters.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's body in characters, from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in a document, where it stands and how it can be linked.

    `id` is the anchor of the sentence on the published page; it is derived from the words of the sentence,
    so it survives a change of place, of spacing and of typography. `headings` is the path of headings
    above the sentence and `section` the anchor of the nearest one (empty above the first heading).
    """

    id: str
    place: Place
    sentence: str
    headings: tuple[str, ...] = ()
    section: str = ""
    span: Span | None = None
    wrappable: bool = False


def sentence_id(sentence: str) -> str:
    """Return the anchor of a sentence: the same for the same words, whatever their typography."""
    words = _NOT_A_WORD.sub(" ", sentence.casefold()).strip()
    return "p-" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:10]
