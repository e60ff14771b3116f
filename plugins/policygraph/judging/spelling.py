"""Spelling: whether two words are one word, once with a slip of the pen. When in doubt they are not."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA, Postfix, Prefix

from policygraph.reading.fence import normalised, split
from policygraph.reading.weighty_words import is_weighty

SHORT = 6
"""Letters up to which a word may differ in one letter only; longer ones in two."""

_OPPOSITES = (
    ("inter", "intra"), ("hyper", "hypo"), ("ante", "anti"), ("over", "under"), ("macro", "micro"),
    ("pre", "pro"), ("pre", "per"), ("pro", "per"), ("inner", "outer"),
)  # fmt: skip


_ACRONYM = re.compile(r"(?<![^\W_])[A-ZÄÖÜ]{2,}(?![^\W_])")
_CAPITAL = re.compile(r"(?<=[a-zäöüß,;] )[A-ZÄÖÜ][^\W\d_]+")
_ADDRESSED = re.compile(r"\b(?:Mrs?|Ms|Dr|Prof|Herrn?|Frau)\.?((?: [A-ZÄÖÜ][^\W\d_]+){1,3})")
_GERMAN = re.compile(r"\b(?:der|die|das|und|nicht|ist|sind|mit|für)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|are|for|with|must|may)\b", re.IGNORECASE)


class Speller:
    """Tells spelling from another word, for two texts of one document."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self._names: frozenset[str] | None = None

    def is_spelling(self, old: str, new: str) -> bool:
        """Whether one word (in lower case) became another by a change of spelling alone, in either direction."""
        if old == new:
            return True
        if is_weighty(old) or is_weighty(new):
            return False
        return _variants(old, new) or (_slip(old, new) and not {old, new} & self.names)

    @property
    def names(self) -> frozenset[str]:
        """The words, in lower case, that stand in the texts as abbreviations or as names of people and things."""
        if self._names is None:
            self._names = frozenset(name for text in self._texts for name in _names(text))
        return self._names


def _names(text: str) -> Iterator[str]:
    yield from (match[0].lower() for match in _ACRONYM.finditer(text))
    yield from (name for match in _ADDRESSED.finditer(text) for name in match[1].lower().split())
    # German writes every noun with a capital, so there it tells nothing.
    body = split(normalised(text), frozenset()).body
    if len(_GERMAN.findall(body)) <= len(_ENGLISH.findall(body)):
        yield from (match[0].lower() for match in _CAPITAL.finditer(text))


def _variants(a: str, b: str) -> bool:
    """British and American spellings of one word."""
    british = _british()
    return british.get(a, a) == british.get(b, b) or _swiss(a) == _swiss(b)


def _swiss(word: str) -> str:
    return word.replace("ß", "ss") if _long_s(word) else word


def _long_s(word: str) -> bool:
    # In a short word ss and ß tell two words apart: Masse and Maße, Busse and Buße.
    return len(word) > SHORT


def _slip(a: str, b: str) -> bool:
    allowed = 1 if min(len(a), len(b)) <= SHORT else 2
    if min(len(a), len(b)) < 3 or OSA.distance(a, b, score_cutoff=allowed) > allowed:
        return False
    if not (_inside(a, b) or sorted(a) == sorted(b) or _singled(a) == _singled(b)):
        return False
    if any(
        {a.startswith(x), b.startswith(x)} == {True, False} == {a.startswith(y), b.startswith(y)}
        for x, y in _OPPOSITES
    ):
        return False
    # Where both are words, they are two words; where neither is, nobody can tell.
    return is_known(a) != is_known(b)


def _inside(a: str, b: str) -> bool:
    """Whether two words differ in their middle only: beginnings (lawful, unlawful) and endings (licensor,
    licensee; day, days) carry meaning."""
    return Prefix.similarity(a, b) >= 2 and Postfix.similarity(a, b) >= 1 and _middle(a, b)


def _middle(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    return Prefix.similarity(a, b) + 1 <= shorter


def _singled(word: str) -> str:
    """A word without doubled letters."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def is_known(word: str) -> bool:
    """Whether a word, in lower case, stands in an English or a German dictionary."""
    return word in _dictionary("en") or word in _dictionary("de") or word in _british()


@cache
def _british() -> dict[str, str]:
    # Loaded only when two words are so close that it matters.
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    return dict(BRITISH_ENGLISH_SPELLINGS)


@cache
def _dictionary(language: str) -> frozenset[str]:
    file = files("spellchecker") / "resources" / f"{language}.json.gz"
    return frozenset(json.loads(gzip.decompress(file.read_bytes())))
