"""Sentences: where one ends and the next begins."""

from __future__ import annotations

import re
from bisect import bisect_right

from policygraph.reading.language import Language

_END = re.compile(r"""(?:[.!?…]+["'”’“‘»«›‹)\]]*(?=\s)|[。！？]["'”’»）」]*)""")
_SPACE = re.compile(r"\s*")
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")
# `{ #storage satisfies="iso-42001:6.1.3" }` after a sentence gives it an address and a mapping of its own.
ADDRESS = re.compile(
    r"\{\s*:?\s*(?=[#s])(?:#(?P<id>[A-Za-z][\w.-]*))?\s*(?:satisfies\s*=\s*[\"“”'‘’](?P<satisfies>[^\"“”'‘’}]*)[\"“”'‘’])?\s*\}"
)
_WORD_BEFORE = re.compile(r"\w+\s*$")
_LABELLED = frozenset(
    "annex appendix class exhibit gate group level option part phase plan schedule section stage step table team tier type".split()
)
_END_OR_ADDRESS = re.compile(f"{_END.pattern}|{ADDRESS.pattern}")


def sentence_bounds(text: str, language: Language) -> list[tuple[int, int]]:
    """Return the start and end of every sentence of a block, without surrounding white space.

    An address in braces belongs to the sentence before it, and ends it.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _END_OR_ADDRESS.finditer(text):
        end = match.end()
        if end <= start:
            continue
        if text[match.start()] in ".!?…" and not _ends(text, start, match.start(), end, language):
            continue
        while address := ADDRESS.match(text, _skip_space(text, end)):
            end = address.end()
        _add(bounds, text, start, end)
        start = end
    _add(bounds, text, start, len(text))
    return bounds


def _ends(text: str, start: int, stop: int, end: int, language: Language) -> bool:
    word = _LAST_WORD.search(text, max(start, stop - 30), stop + 1)
    if word and (word[1].lower() in language.abbreviations or _initial(text, word, language)):
        return False
    if word and word[1].isdigit() and language.code == "de":
        return False
    following = _skip_space(text, end)
    return not text[following : following + 1].islower()


def _initial(text: str, word: re.Match[str], language: Language) -> bool:
    """Whether a single letter shortens a name ("J. Smith") or a word ("z. B."), and is no label ("Annex B")."""
    if len(word[1]) > 1 or not word[1].isalpha():
        return False
    if language.code == "de":
        return True
    before = _WORD_BEFORE.search(text, max(0, word.start() - 20), word.start())
    return word[1].isupper() and not (before and before[0].strip().lower() in _LABELLED)


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _add(bounds: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        bounds.append((start, end))


def sentence_around(bounds: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """Return the sentence that holds a position; the nearest one where it falls between two."""
    index = bisect_right(bounds, position, key=lambda bound: bound[0]) - 1
    return bounds[max(index, 0)]
