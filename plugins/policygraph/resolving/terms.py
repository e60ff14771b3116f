"""Terms: the words of the glossary in the prose, found by one automaton over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policygraph.model.document import Document
from policygraph.model.organisation import Role, Term
from policygraph.model.place import Span
from policygraph.reading.block import Block
from policygraph.reading.text import folded, name_key
from policygraph.resolving.mentions import LONGEST_NAME, joined, longest, whole_words

_BRACES = re.compile(r"\{[^{}]*\}")
_SPACES = re.compile(r"\s+")
_SHORT = 6
"""An abbreviation of this many capitals is none in lower case: "IT" is not "it"."""
_CHAPTER = 2
"""Headings that make a section of its own: the title, and one below it."""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term, and where it stands in a document's body."""

    term: Term
    span: Span


@dataclass(frozen=True, slots=True)
class _Word:
    """A name to look for; without a term it only hides the terms inside it, as a role's title does."""

    text: str
    term: Term | None
    as_typed: str = ""


class TermFinder:
    """Looks for the terms of a glossary in documents' prose."""

    def __init__(
        self, terms: Iterable[Term], documents: Iterable[Document], roles: Iterable[Role], language: str
    ) -> None:
        english = language.partition("-")[0] == "en"
        words: dict[str, _Word] = {}
        hiding = [role.title for role in roles]
        for document in documents:
            hiding += (document.title, *document.front.aliases)
        for name in hiding:
            if key := _key(name):
                words[key] = _Word(key, None)
        meant: dict[str, Term] = {}
        for term in terms:
            for name in (term.term, term.abbreviation, *term.aliases):
                if not (key := _key(name)) or key in meant:
                    continue
                meant[key] = term
                exact = name.strip() if name.isupper() and len(name.strip()) <= _SHORT else ""
                words[key] = _Word(key, term, exact)
        for key, term in list(meant.items()):
            for more in _plurals(key) if english and not words[key].as_typed else ():
                words.setdefault(more, _Word(more, term))
        self._words = [words[key] for key in sorted(words)]
        self._automaton = (
            AhoCorasick(
                [word.text for word in self._words],
                matchkind=MatchKind.Standard,
                implementation=Implementation.ContiguousNFA,
            )
            if meant
            else None
        )

    def uses(self, body: str, blocks: tuple[Block, ...]) -> Iterator[TermUse]:
        """Where a body uses each term first in each of its sections, in the order of the text.

        What its Markdown breaks up, or what HTML surrounds, is left alone, as are heads of columns.
        """
        if self._automaton is None or not blocks:
            return
        prose, starts = joined(blocks)
        found = self._automaton.find_matches_as_indexes(folded(prose), overlapping=True)
        index = 0
        explained: set[tuple[tuple[str, ...], str]] = set()
        for number, start, end in longest([m for m in found if whole_words(prose, m[1], m[2])]):
            word = self._words[number]
            if word.term is None or (word.as_typed and prose[start:end] != word.as_typed):
                continue
            while index + 1 < len(starts) and starts[index + 1] <= start:
                index += 1
            block = blocks[index]
            key = block.headings[:_CHAPTER], word.term.term
            if key in explained:
                continue
            span = _span(body, block, start - starts[index], end - starts[index])
            if span is not None:
                explained.add(key)
                yield TermUse(word.term, span)


def _key(name: str) -> str:
    key = name_key(name)
    return key if 2 <= len(key) <= LONGEST_NAME and any(c.isalpha() for c in key) else ""


def _plurals(key: str) -> tuple[str, ...]:
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return (f"{key[:-1]}ies",)
    return (f"{key}es",) if key.endswith(("s", "x", "ch", "sh")) else (f"{key}s",)


def _span(body: str, block: Block, start: int, end: int) -> Span | None:
    """Where a word of a block stands in the body, if it stands there as it reads."""
    if block.html_inside or block.names_column:
        return None
    if any(match.start() < end and start < match.end() for match in _BRACES.finditer(block.prose)):
        return None
    begin, finish = block.offset(start), block.offset(end - 1) + 1
    typed = _SPACES.sub(" ", body[begin:finish])
    return Span(begin, finish) if typed == _SPACES.sub(" ", block.plain[start:end]) else None
