"""How hard a text is to read: LIX, which needs no dictionary and means the same in several languages."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from policygraph.judging.likeness import words_of
from policygraph.reading.block import MASK, Block
from policygraph.reading.language import LANGUAGES

LEAST_WORDS = 50
"""Words below which a figure would say more about chance than about the text."""

_LONG = 7


class Ease(StrEnum):
    """How hard a text is to read, by Björnsson's scale."""

    VERY_EASY = "very easy"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very hard"


_SCALE = ((30.0, Ease.VERY_EASY), (40.0, Ease.EASY), (50.0, Ease.MEDIUM), (60.0, Ease.HARD))


def ease_of(lix: float) -> Ease:
    """What a figure means: newspapers are medium, most laws very hard."""
    return next((ease for limit, ease in _SCALE if lix < limit), Ease.VERY_HARD)


def lix_of(blocks: Iterable[Block], lang: str) -> float | None:
    """Words a sentence, plus the percentage of words with seven letters or more.

    None where it cannot be told: in a language whose sentences we do not know how to tell apart, and where
    there are too few words. Tables, code and lists of links are left out.
    """
    language = LANGUAGES.get(lang.lower().split("-")[0].split("_")[0])
    if language is None:
        return None
    words = long = sentences = 0
    for block in blocks:
        if block.whole is not None or 2 * block.prose.count(MASK) > len(block.prose):
            continue
        found = [word for word in words_of(block.plain) if not word.isdigit()]
        if not found:
            continue
        words += len(found)
        long += sum(len(word) >= _LONG for word in found)
        sentences += len(block.bounds(language))
    return words / sentences + 100 * long / words if words >= LEAST_WORDS else None
