"""Mentions: other documents' names in the prose, found by one automaton over all names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policygraph.model.document import Document
from policygraph.model.reference import Mention
from policygraph.reading.block import Block, passage_of
from policygraph.reading.language import Language, language_of
from policygraph.reading.sources import DocumentSource
from policygraph.reading.text import folded, name_key

LONGEST_NAME = 200
"""Nobody writes a longer name in a sentence, and the automaton grows with every character."""

LONG_NAME = 4
"""A name of this many words is no ordinary prose."""

_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "der",
        "die",
        "das",
        "des",
        "und",
        "für",
        "von",
        "im",
    ]
)
_POINTING_WORDS = frozenset(
    [
        "any",
        "each",
        "every",
        "its",
        "my",
        "our",
        "that",
        "their",
        "these",
        "this",
        "those",
        "your",
        "diese",
        "dieser",
        "dieses",
        "jede",
        "jeder",
        "jedes",
        "unser",
        "unsere",
    ]
)
_WORD = re.compile(r"\w+")
_DIGIT_AND_LETTER = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    documents: tuple[str, ...]
    strong: bool


class MentionFinder:
    """Looks for the names of all documents in a document's prose."""

    def __init__(
        self, documents: tuple[Document, ...], stems: Mapping[str, str], types: tuple[str, ...]
    ) -> None:
        self._types = frozenset(types)
        names: dict[str, tuple[set[str], bool]] = {}
        for document in documents:
            for text, strong in self._names(document, stems.get(document.path, "")):
                for variant in _variants(name_key(text)):
                    if not 2 <= len(variant) <= LONGEST_NAME or not any(c.isalpha() for c in variant):
                        continue
                    bearers, before = names.setdefault(variant, (set(), False))
                    bearers.add(document.path)
                    names[variant] = (bearers, before or strong)
        self._entries = [
            _Name(text, tuple(sorted(bearers)), strong) for text, (bearers, strong) in sorted(names.items())
        ]
        self._automaton = (
            AhoCorasick(
                [entry.text for entry in self._entries],
                matchkind=MatchKind.Standard,
                implementation=Implementation.ContiguousNFA,
            )
            if self._entries
            else None
        )

    def _names(self, document: Document, stem: str) -> Iterator[tuple[str, bool]]:
        type_words = language_of(document.lang).type_words | self._types
        yield document.title, speaks_for_itself(document.title, type_words)
        yield (
            document.id,
            bool(_DIGIT_AND_LETTER.search(document.id))
            or (" " in (words := _spaced(document.id)) and speaks_for_itself(words, type_words)),
        )
        for former in document.front.former_ids:
            yield former, bool(_DIGIT_AND_LETTER.search(former))
        for alias in document.front.aliases:
            yield alias, True
        words = _spaced(stem)
        if words and words.casefold() not in ("readme", "index"):
            yield words, speaks_for_itself(words, type_words)

    def mentions(self, source: DocumentSource, document: Document) -> Iterator[Mention]:
        """The mentions in one document, in the order of the text; never of itself."""
        if self._automaton is None:
            return
        positions = None
        language = language_of(source.lang)
        prose, starts = joined(source.scan.blocks)
        found = self._automaton.find_matches_as_indexes(folded(prose), overlapping=True)
        index = 0
        for number, start, end in longest([m for m in found if whole_words(prose, m[1], m[2])]):
            entry = self._entries[number]
            if document.path in entry.documents or len(entry.documents) > 1:
                # The longest name wins even where it is the document's own, or could mean two.
                continue
            while index + 1 < len(starts) and starts[index + 1] <= start:
                index += 1
            block = source.scan.blocks[index]
            position = start - starts[index]
            positions = positions or source.positions()
            passage = passage_of(block, position, positions, language)
            text = block.plain[position : position + end - start]
            strong = entry.strong or _capitalised(block, position, text, language)
            place = positions.place(block.offset(position))
            yield Mention(document.path, entry.documents[0], text, strong, passage, place)


def joined(blocks: tuple[Block, ...]) -> tuple[str, list[int]]:
    """The prose of all blocks as one text in which no name spans two, and where each begins."""
    starts, position = [], 0
    for block in blocks:
        starts.append(position)
        position += len(block.prose) + 1
    return "\x00".join(block.prose for block in blocks), starts


def _spaced(stem: str) -> str:
    return " ".join(re.split(r"[-_.\s]+", stem)).strip()


def _variants(key: str) -> set[str]:
    variants = {key}
    if " and " in key:
        variants.add(key.replace(" and ", " & "))
    return variants


def speaks_for_itself(name: str, type_words: frozenset[str]) -> bool:
    """Whether a name cannot be ordinary prose: it is long, or says what type of document it names."""
    words = _WORD.findall(name.casefold())
    if len(words) >= LONG_NAME:
        return True
    # "Our policy" is ordinary prose, whatever a document is called.
    telling = [word for word in words[:-1] if word not in _SMALL_WORDS and word not in _POINTING_WORDS]
    return bool(telling) and words[-1] in type_words


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins and ends where words do."""
    return _edge(text, start - 1, text[start], -1) and _edge(text, end, text[end - 1], 1)


def _edge(text: str, outside: int, inside: str, step: int) -> bool:
    if not 0 <= outside < len(text) or _has_no_spaces(inside):
        return True
    character = text[outside]
    if character.isalnum() or character == "_":
        return _has_no_spaces(character)
    if character in "-\u2010\u2011./@":
        # AI-08 is not named in AI-08-B, 1.10 not in 1.10.3, and an address is no name.
        beyond = outside + step
        joined = 0 <= beyond < len(text) and text[beyond].isalnum()
        return not joined
    return True


def _has_no_spaces(character: str) -> bool:
    """Whether a script writes words without spaces between them (Chinese, Japanese, Thai …)."""
    code = ord(character)
    return (
        0x0E00 <= code <= 0x0EFF
        or 0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
    )


def longest(matches: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Of matches (number, start, end) that overlap, the one that begins first, and of those the longest."""
    end = 0
    for match in sorted(matches, key=lambda m: (m[1], -m[2])):
        if match[1] >= end:
            end = match[2]
            yield match


def _capitalised(block: Block, position: int, text: str, language: Language) -> bool:
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL_WORDS]
    # One capitalised word may be a product, a button or a habit: "stored in the Cloud".
    if len(words) < 2 or not all(word[0].isupper() for word in words) or text.isupper():
        return False
    if language.code == "de":
        return False  # every German noun is capitalised
    before = block.plain[:position].rstrip(" \"'“‘(")
    return bool(before) and before[-1] not in ".!?:;·–—…。|"
