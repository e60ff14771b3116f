"""The words of all texts, and where each stands: what the finder reads when a name alone does not answer.

The words are split into files by the alphabet, each a script, so that a reader fetches a few kilobytes for a word and
needs no server that packs or searches.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.publishing.escaping import script_json
from policygraph.publishing.index import Index
from policygraph.publishing.publication import Asset

FOLDER = "assets/policygraph/text"
MOST_HEADINGS = 60
"""Sections of one document that can be told apart; what stands further below counts as the last."""
_DEEPEST = 3
_PIECE = 40_000
"""Characters of one file, about; a word is never split."""
_LONGEST = 40
_WORD = re.compile(r"[^\W_]+")

Found = tuple[int, int, int]
"""A document's number, the number of a section in it (0 above the first), and how often the word stands there."""


@dataclass(frozen=True, slots=True)
class FullText:
    """The files, and the first word of each."""

    begins: tuple[str, ...]
    assets: tuple[Asset, ...]


def sections(document: Document) -> Iterator[tuple[str, str]]:
    """The sections that a result can name: heading and anchor."""
    for heading in document.headings:
        if 1 < heading.level <= _DEEPEST and heading.text != document.title:
            yield heading.text, heading.anchor


def full_text(index: Index, documents: Sequence[Document]) -> FullText:
    """Every word of the documents, which are known by their number here."""
    words: defaultdict[str, list[Found]] = defaultdict(list)
    for number, document in enumerate(documents):
        for section, counts in sorted(_counted(index, document).items()):
            for word, count in counts.items():
                words[word].append((number, section, count))
    begins: list[str] = []
    pieces: list[dict[str, list[int]]] = []
    size = _PIECE
    for word in sorted(words):
        if size >= _PIECE:
            begins.append(word)
            pieces.append({})
            size = 0
        found = [part for entry in words[word] for part in entry]
        pieces[-1][word] = found
        size += len(word) + 4 + 3 * len(found)
    return FullText(
        tuple(begins),
        tuple(
            Asset(
                f"{FOLDER}/{number}.js",
                f"(window.policygraphText??={{}})[{number}]={script_json(piece)};\n".encode(),
            )
            for number, piece in enumerate(pieces)
        ),
    )


def _counted(index: Index, document: Document) -> Mapping[int, Counter[str]]:
    """How often each word stands in each section."""
    numbers = {"": 0}
    current = 0
    named = {anchor: number for number, (_, anchor) in enumerate(sections(document), start=1)}
    for heading in document.headings:
        current = min(named.get(heading.anchor, current), MOST_HEADINGS)
        numbers[heading.anchor] = current
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for block in index.handbook.blocks.get(document.path, ()):
        counted[numbers.get(block.section, 0)].update(plain_words(block.plain))
    return counted


def plain_words(text: str) -> list[str]:
    """Words as the finder in the browser takes them: in small letters, without accents."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(one for one in parts if not unicodedata.combining(one)).lower().replace("ß", "ss")
    else:
        text = text.lower()
    return [word for word in _WORD.findall(text) if len(word) <= _LONGEST]
