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

LONGER = 6
LONG = 8
"""Letters from which a letter may be missing, and from which one may stand for another."""

_PREFIXES = ("un", "re", "de", "pre", "sub", "non", "co", "over", "under", "inter", "multi", "mis", "out")
_STEM = 5

_VOWELS = frozenset("aeiouyäöü")

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
    return len(word) > LONGER


def _slip(a: str, b: str) -> bool:
    if not _near(a, b) or any(
        {a.startswith(x), b.startswith(x)} == {True, False} == {a.startswith(y), b.startswith(y)}
        for x, y in _OPPOSITES
    ):
        return False
    # Where both are words, they are two words; where neither is, nobody can tell.
    return is_known(a) != is_known(b)


def _near(a: str, b: str) -> bool:
    """Whether two words are as close as a slip of the pen leaves them.

    Words of a trade stand in no dictionary and are often close to others that do (dedupe, deduce; allocs, allows): so
    two letters that change places, or one that is doubled, are let pass in every word, a letter that is missing in
    longer ones, and one for another in long ones only.
    """
    if min(len(a), len(b)) < 3 or a[0] != b[0]:
        return False
    if _singled(a) == _singled(b):
        return True
    if OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    if sorted(a) == sorted(b):
        return True
    before, after = Prefix.similarity(a, b), Postfix.similarity(a, b)
    if before < 2 or after < 1 or before + 1 > min(len(a), len(b)):
        # Beginnings (lawful, unlawful) and endings (licensor, licensee; day, days) carry meaning.
        return False
    if len(a) != len(b):
        return max(len(a), len(b)) >= LONGER
    return len(a) >= LONG or (len(a) >= LONGER and {a[before], b[before]} <= _VOWELS)


def _singled(word: str) -> str:
    """A word without doubled letters."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def is_known(word: str) -> bool:
    """Whether a word, in lower case, stands in an English or a German dictionary, or is made of one that does."""
    if _listed(word) or (word.endswith("s") and _listed(word[:-1])):
        return True
    # unpatched, refactor, subprocessor: dictionaries leave out what everybody can make.
    stems = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
    return any(len(stem) >= _STEM and _listed(stem) for stem in stems)


def _listed(word: str) -> bool:
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
