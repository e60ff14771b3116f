"""Texts that are nearly the same, among many, in time that grows with the texts and not with their pairs.

Candidates come from MinHash with locality-sensitive hashing (rensa), and each is then compared exactly; see
docs/policygraph/decisions/0010-similarity.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rensa import RMinHash, RMinHashLSH

LEAST = 0.6
"""The likeness from which on two texts are nearly the same: one word of twelve may differ, or two of twenty."""

# A candidate shares one of 32 stretches of 4 hashes with another text. Two texts that share six tenths of their
# pairs are met with a probability of 0.99, three quarters with 0.99999, all of them always.
_BANDS = 32
_ROWS = 4
_HASHES = _BANDS * _ROWS
_SEED = 42001
_MOST_LEADERS = 8
"""Texts of one stretch that others are compared with; few that are not alike share one."""

_SIGN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(r"\w+")
# Scripts without spaces between words: every character counts as a word.
_WORD_OR_SIGN = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}]+")


@dataclass(frozen=True, slots=True)
class Tie:
    """A text that is close to an earlier one: `other` to `first`, as numbers of the texts given.

    `likeness` is the share of pairs of neighbouring words that both texts have, among those that either has
    (Jaccard): 1.0 where the words are the same.
    """

    first: int
    other: int
    likeness: float


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; in scripts without spaces, its characters."""
    return (_WORD if text.isascii() else _WORD_OR_SIGN).findall(text.lower())


def likeness_of(one: str, other: str) -> float:
    """How much two texts have in common, from 0.0 to 1.0."""
    return _jaccard(_pairs(one), _pairs(other))


def ties(texts: Sequence[str]) -> tuple[Tie, ...]:
    """Return, for each text that is close to an earlier one, the closest that was met.

    Every group of n texts that are alike gives n - 1 ties, however many pairs there are in it. Nothing but the
    texts and their order decides on the result.
    """
    found: dict[int, Tie] = {}
    for tie in _met(texts):
        known = found.get(tie.other)
        if known is None or (tie.likeness, -tie.first) > (known.likeness, -known.first):
            found[tie.other] = tie
    return tuple(found[number] for number in sorted(found))


def _met(texts: Sequence[str]) -> Iterator[Tie]:
    if len(texts) < 2:
        return
    matrix = RMinHash.digest_matrix_from_token_sets(map(_tokens, texts), _HASHES, _SEED)
    flags = RMinHashLSH(LEAST, _HASHES, _BANDS).query_duplicate_flags_matrix_one_shot(matrix)
    # Few texts are like another one; only these are looked at in Python.
    chosen = [number for number, flag in enumerate(flags) if flag]
    digests = RMinHash.digests_from_token_sets([_tokens(texts[number]) for number in chosen], _HASHES, _SEED)
    pairs = {number: _pairs(texts[number]) for number in chosen}
    known: dict[tuple[int, int], float] = {}
    for bucket in _buckets(chosen, digests):
        leaders: list[int] = []
        for number in bucket:
            for leader in leaders:
                both = (leader, number)
                if both not in known:
                    known[both] = _jaccard(pairs[leader], pairs[number])
                if known[both] >= LEAST:
                    yield Tie(leader, number, known[both])
                    break
            else:
                if len(leaders) < _MOST_LEADERS:
                    leaders.append(number)


def _tokens(text: str) -> list[str]:
    """What is hashed: pairs of neighbouring words, roughly cut where that is enough, since all texts are read."""
    words = text.lower().split() if text.isascii() else words_of(text)
    return list(map(" ".join, pairwise(words)))


def _pairs(text: str) -> frozenset[str]:
    words = words_of(text)
    return frozenset(map(" ".join, pairwise(words)))


def _buckets(numbers: list[int], digests: list[list[int]]) -> Iterator[list[int]]:
    """Texts that share a stretch of hashes, in their order; the same texts are given once."""
    seen: set[tuple[int, ...]] = set()
    for start in range(0, _HASHES, _ROWS):
        buckets: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for number, digest in zip(numbers, digests, strict=True):
            buckets[tuple(digest[start : start + _ROWS])].append(number)
        for bucket in buckets.values():
            if len(bucket) > 1 and (key := tuple(bucket)) not in seen:
                seen.add(key)
                yield bucket


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
