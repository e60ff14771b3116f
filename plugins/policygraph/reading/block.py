"""Blocks of text, positions in a body, and the passages that are quoted from it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from policygraph.model.place import Passage, Place, Span, sentence_id
from policygraph.reading.language import Language
from policygraph.reading.sentences import ADDRESS, sentence_around, sentence_bounds

_WIDE = re.compile(r"[^\x00-\x7f]")
_SPACES = re.compile(r"\s+")

MASK = "\x00"
"""Stands in the prose for every character of code and of links, where no name may be found."""

MANY_LINKS = 200

LONGEST_QUOTE = 1_000
"""A sentence is quoted up to this many characters: a page of links without a full stop is one "sentence"."""


class Positions:
    """Turns offsets into lines and columns, and the parser's bytes into characters."""

    def __init__(self, file: str, body: str, first_line: int) -> None:
        self.file = file
        self._first = first_line
        self._starts = [0]
        position = body.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = body.find("\n", position + 1)
        self._wide: list[int] = []
        self._excess: list[int] = []
        if not body.isascii():
            excess = 0
            for match in _WIDE.finditer(body):
                code = ord(match[0])
                excess += 1 if code < 0x800 else 2 if code < 0x10000 else 3
                self._wide.append(match.end() + excess)
                self._excess.append(excess)

    def character(self, byte: int) -> int:
        """The character at which a byte of the body stands."""
        if not self._wide:
            return byte
        index = bisect_right(self._wide, byte)
        return byte - (self._excess[index - 1] if index else 0)

    def place(self, offset: int) -> Place:
        """The place of a character of the body."""
        line = bisect_right(self._starts, offset) - 1
        return Place(self.file, self._first + line, offset - self._starts[line] + 1)


@dataclass(slots=True)
class Block:
    """The text of one paragraph, list item or table cell.

    `plain` is the text as it reads; `prose` the same with code and links masked; both have equal length.
    `pieces` maps positions in them to positions in the body. `whole` is the table row that a cell belongs
    to, as it is quoted, with its id, `head` the head of the cell's column, and `names_column` tells that it is
    such a head. `nested` holds the stretches of emphasis, code and links: in the text, and with their markup
    in the body. `repeats` numbers the sentences that the document has said before, by where they start.
    """

    plain: str
    prose: str
    pieces: list[tuple[int, int]]
    headings: tuple[str, ...]
    section: str
    whole: tuple[str, str] | None = None
    head: str = ""
    nested: list[tuple[int, int, int, int]] = field(default_factory=list)
    html_inside: bool = False
    names_column: bool = False
    repeats: dict[int, int] = field(default_factory=dict)
    _bounds: list[tuple[int, int]] | None = field(default=None, compare=False, repr=False)
    _passages: dict[int, Passage] = field(default_factory=dict, compare=False, repr=False)

    def bounds(self, language: Language) -> list[tuple[int, int]]:
        """The sentences of the block, found once."""
        if self._bounds is None:
            self._bounds = sentence_bounds(self.plain, language) or [(0, len(self.plain))]
        return self._bounds

    def forget_passages(self) -> None:
        """Give up the passages made so far: few are asked for again, and they can be made anew."""
        self._passages.clear()

    def offset(self, position: int) -> int:
        """Where a position in the text stands in the body."""
        index = bisect_right(self.pieces, position, key=_first) - 1
        start, source = self.pieces[max(index, 0)]
        return source + position - start


def _first(piece: tuple[int, int]) -> int:
    return piece[0]


def passage_of(block: Block, position: int, positions: Positions, language: Language) -> Passage:
    """Return the sentence of a block that holds a position of its text; made once for each sentence."""
    start, end = sentence_around(block.bounds(language), position)
    found = block._passages.get(start)
    if found is None:
        found = _passage(block, start, end, positions)
        if number := block.repeats.get(start):
            found = _again(found, number)
        block._passages[start] = found
    return found


def _again(passage: Passage, number: int) -> Passage:
    return replace(passage, id=f"{passage.id}-{number}")


def _passage(block: Block, start: int, end: int, positions: Positions) -> Passage:
    if block.whole is not None:
        id, quote = block.whole
    else:
        sentence = _SPACES.sub(" ", ADDRESS.sub("", block.plain[start:end])).strip()
        id, quote = sentence_id(sentence), quoted(sentence)
    if address := ADDRESS.search(block.plain, start, end):
        end = start + len(block.plain[start : address.start()].rstrip())
    begin, finish = block.offset(start), block.offset(end - 1) + 1 if end > start else block.offset(start)
    # A block with hundreds of links is a list of links: its sentences get an anchor, not a frame.
    nested = block.nested if len(block.nested) <= MANY_LINKS else []
    wrappable = not block.html_inside and nested is block.nested
    for inner_start, inner_end, source_start, source_end in nested:
        # A sentence that begins with emphasis or a link begins where its markup does.
        if inner_start <= start < inner_end:
            begin = min(begin, source_start)
            wrappable = wrappable and inner_end <= end and inner_start == start
        if inner_start < end <= inner_end:
            finish = max(finish, source_end)
            wrappable = wrappable and inner_start >= start
    return Passage(
        id, positions.place(begin), quote, block.headings, block.section, Span(begin, finish), wrappable
    )


def numbered_repeats(blocks: Iterable[Block]) -> dict[Passage, Passage]:
    """Give passages that say the same as one before them ids of their own; what became of each that changed.

    The first keeps the id of its words, so nothing but the same words again can change an id. The cells of
    a row are quoted as one, and share theirs.
    """
    places: dict[str, dict[Place, int]] = {}
    changed: dict[Passage, Passage] = {}
    for block in blocks:
        for start, passage in sorted(block._passages.items()):
            place = replace(passage.place, column=1) if block.whole is not None else passage.place
            found = places.setdefault(passage.id, {})
            number = found.setdefault(place, len(found) + 1)
            if number > 1:
                block.repeats[start] = number
                changed[passage] = block._passages[start] = _again(passage, number)
    return changed


def quoted(sentence: str) -> str:
    """A sentence as it is quoted: whole, or cut at a word where it is far too long."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    return sentence[:LONGEST_QUOTE].rpartition(" ")[0].rstrip() + " …"
