"""Redlines: two texts of a document as one, with what was removed and what was added marked word by word.

Paragraphs are matched first, then the words of those that belong together. Runs are tidied so that people can
read them: a word that happens to stand in both texts amid a rewritten sentence is not picked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from policygraph.publishing.escaping import shortened
from policygraph.publishing.paragraphs import Paragraph, ParagraphKind, SplitText, paragraphs, words_of
from policygraph.reading.fence import normalised, split
from policygraph.reading.substance import fields_of
from policygraph.settings import FIELD_NAMES
from policygraph.words import _, ngettext

MOST_CHARACTERS = 40_000
"""Characters of changed text that one redline shows; what is left out is counted."""

_LONGEST_VALUE = 2_000
"""Characters that are shown of one value of the front matter."""

_MOST_VALUES = 100
"""Values of one key that are shown on one side."""

CONTEXT = 12
"""Words of an unchanged stretch that are shown before and after a change."""

_ALIKE = 0.45
"""How much of two paragraphs must agree for one to count as the other, reworded."""

_MOST_PAIRS = 2_500
"""Pairs of paragraphs that are compared between two that agree; beyond, they are taken in order."""

_NEARBY = 6

_LONG = 4_000
"""Characters beyond which a paragraph is no longer compared with every candidate."""

_MOST_WORDS = 20_000

_KNOWN = frozenset(FIELD_NAMES)

_TOLD = ("title", "summary", "why")
"""Keys of the front matter whose values are in the document's language, where others are names and dates."""


class RunKind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words with the same fate; `before` is the white space in front of them."""

    kind: RunKind
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its runs; or, with `folded` above zero, so many unchanged ones, the last beginning with the
    words of its run. `old` and `new` are the whole texts, empty where there was none or is none."""

    kind: ParagraphKind
    runs: tuple[Run, ...]
    folded: int = 0
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A key of the front matter: its values before and after."""

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether its values are text in the document's language."""
        return self.name in _TOLD


@dataclass(frozen=True, slots=True)
class Redline:
    """What separates two texts. `left_out` counts changed paragraphs and keys that are not shown, since there are too many."""

    fields: tuple[FieldChange, ...]
    blocks: tuple[Block, ...]
    left_out: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing that can be shown differs: white space and line breaks alone."""
        return not self.fields and not self.blocks

    def within(self, most_characters: int) -> Redline:
        """The same with less room: its beginning, and a count of what is left out."""
        fields, fields_left_out = _bounded_fields(iter(self.fields), most_characters)
        blocks, left_out = _bounded(iter(self.blocks), most_characters)
        return Redline(fields, blocks, self.left_out + fields_left_out + left_out)


def redline(old: str, new: str, most_characters: int = MOST_CHARACTERS) -> Redline:
    """Compare two texts of a document's file."""
    before, after = body_of(old), body_of(new)
    fields, fields_left_out = _bounded_fields(_fields(old, new), most_characters)
    blocks, left_out = _bounded(_blocks(before, after), most_characters)
    return Redline(fields, blocks, fields_left_out + left_out)


@lru_cache(maxsize=8)
def body_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a document's file without its front matter. Kept for a while, as `substance` is."""
    parts = split(normalised(text), _KNOWN)
    body = paragraphs(parts.body)
    if parts.front.strip() and not fields_of(text):
        # Front matter that cannot be read is shown as it was typed.
        return (Paragraph(ParagraphKind.CODE, parts.front.strip("\n")), *body)
    return body


def _fields(old: str, new: str) -> Iterator[FieldChange]:
    before, after = values_of(old), values_of(new)
    for name in sorted(before.keys() | after.keys()):
        a, b = before.get(name, ()), after.get(name, ())
        if sorted(a) != sorted(b):
            yield FieldChange(
                name,
                tuple(v for v in a if v not in b) if b else a,
                tuple(v for v in b if v not in a) if a else b,
            )


def _bounded_fields(fields: Iterator[FieldChange], most: int) -> tuple[tuple[FieldChange, ...], int]:
    kept: list[FieldChange] = []
    left_out = 0
    for field in fields:
        shown = FieldChange(shortened(field.name), _few(field.old), _few(field.new))
        most -= len(shown.name) + sum(map(len, (*shown.old, *shown.new)))
        if most >= 0 or not kept:
            kept.append(shown)
        else:
            left_out += 1
    return tuple(kept), left_out


def _few(values: tuple[str, ...]) -> tuple[str, ...]:
    shown = tuple(shortened(value, _LONGEST_VALUE) for value in values[:_MOST_VALUES])
    left_out = len(values) - _MOST_VALUES
    return (*shown, _("%(number)s more", number=left_out)) if left_out > 0 else shown


def values_of(text: str) -> dict[str, tuple[str, ...]]:
    """The values of each key of the front matter as they were typed, by the key's name."""
    return {
        field.name: tuple(" ".join(shown.split()) for _, shown in field.values) for field in fields_of(text)
    }


def _bounded(blocks: Iterator[Block], most: int) -> tuple[tuple[Block, ...], int]:
    kept: list[Block] = []
    left_out = 0
    room = most
    for block in blocks:
        size = sum(len(run.text) for run in block.runs)
        if left_out == 0 and (room - size >= 0 or not kept):
            room -= size
            kept.append(block if size <= most else _shortened(block, most))
        elif not block.folded:
            left_out += 1
    return tuple(kept), left_out


def _shortened(block: Block, most: int) -> Block:
    """A single paragraph that is too long: its beginning."""
    runs: list[Run] = []
    for run in block.runs:
        runs.append(Run(run.kind, shortened(run.text, max(most, 1)), run.before))
        most -= len(run.text)
        if most <= 0:
            break
    return replace(block, runs=(*runs, Run(RunKind.FOLDED, _("the paragraph goes on"), " ")))


# Paragraphs ----------------------------------------------------------------------------------------------------


def _blocks(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> Iterator[Block]:
    waiting: list[Paragraph] = []
    for a, b in paired(old, new):
        if a is not None and b is not None and a.text == b.text:
            waiting.append(b)
            continue
        if waiting:
            yield _folded(waiting)
            waiting = []
        yield _block(a, b)
    if waiting and len(waiting) < len(new):
        yield _folded(waiting)


def _folded(run: Sequence[Paragraph]) -> Block:
    return Block(run[-1].kind, (Run(RunKind.SAME, shortened(run[-1].text, 90)),), len(run))


def _block(a: Paragraph | None, b: Paragraph | None) -> Block:
    if a is None:
        assert b is not None  # noqa: S101 - a pair has at least one side
        return Block(b.kind, (Run(RunKind.ADDED, b.text),), new=b.text)
    if b is None:
        return Block(a.kind, (Run(RunKind.REMOVED, a.text),), old=a.text)
    return Block(b.kind, tuple(runs(a.text, b.text)), old=a.text, new=b.text)


def paired(
    old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Paragraphs that belong together, in the order of the texts."""
    for same, a0, a1, b0, b1 in _stretches([p.text for p in old], [p.text for p in new]):
        a, b = old[a0:a1], new[b0:b1]
        yield from zip(a, b, strict=True) if same else _matched(a, b)


def _matched(
    old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Pair reworded paragraphs so that, in order, as much as possible agrees."""
    if len(old) * len(new) > _MOST_PAIRS:
        yield from _matched_nearby(old, new)
        return
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_alike(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((p, None) for p in old[i:])
    yield from ((None, p) for p in new[j:])


def _matched_nearby(
    old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Pair each paragraph with the next few that are like it: for texts rewritten throughout."""
    start = 0
    for paragraph in old:
        near = range(start, min(start + _NEARBY, len(new)))
        found = next((j for j in near if _alike(paragraph, new[j])), None)
        if found is None:
            yield paragraph, None
            continue
        yield from ((None, p) for p in new[start:found])
        yield paragraph, new[found]
        start = found + 1
    yield from ((None, p) for p in new[start:])


def _alike(a: Paragraph, b: Paragraph) -> float:
    """How much two paragraphs agree, from 0 to 1; 0 where they are two things."""
    if (a.kind is ParagraphKind.CODE) != (b.kind is ParagraphKind.CODE):
        return 0.0
    if max(len(a.text), len(b.text)) > _LONG:
        one, other = set(a.text.split()), set(b.text.split())
        shared = 2 * len(one & other) / max(1, len(one) + len(other))
        return shared if shared >= _ALIKE else 0.0
    return Indel.normalized_similarity(a.text, b.text, score_cutoff=_ALIKE)


# Words ---------------------------------------------------------------------------------------------------------


def runs(old: str, new: str) -> Iterator[Run]:
    """Compare two paragraphs word by word; long unchanged stretches are folded."""
    a, b = words_of(old), words_of(new)
    if max(len(a.words), len(b.words)) > _MOST_WORDS:
        yield Run(RunKind.REMOVED, old)
        yield Run(RunKind.ADDED, new, " ")
        return
    stretches = _tidied(a, b)
    for at, (same, a0, a1, b0, b1) in enumerate(stretches):
        if same:
            yield from _unchanged(b, b0, b1, first=at == 0, last=at == len(stretches) - 1)
            continue
        gap = (a.gaps[a0] if a0 < a1 else "") or (b.gaps[b0] if b0 < b1 else "")
        if a0 < a1:
            yield Run(RunKind.REMOVED, a.text(a0, a1), gap)
        if b0 < b1:
            yield Run(RunKind.ADDED, b.text(b0, b1), gap if a0 == a1 else b.gaps[b0] if b0 else " ")


Stretch = tuple[bool, int, int, int, int]
"""Whether the words are the same; where they begin and end in the old and in the new paragraph."""


def _tidied(a: SplitText, b: SplitText) -> list[Stretch]:
    stretches = _stretches(a.words, b.words)
    # An unchanged stretch shorter than the changes on both of its sides tears a sentence apart. Once it is gone its
    # neighbours are one change, and longer; so the look goes back.
    tidy: list[Stretch] = []
    for stretch in stretches:
        tidy.append(stretch)
        while (
            len(tidy) >= 3
            and tidy[-2][0]
            and not tidy[-1][0]
            and not tidy[-3][0]
            and _is_scrap(a, b, tidy[-3], tidy[-2], tidy[-1])
        ):
            first, _, last = tidy[-3:]
            tidy[-3:] = [(False, first[1], last[2], first[3], last[4])]
    return tidy


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    found: list[Stretch] = []
    for step in Levenshtein.opcodes(old, new):
        same = step.tag == "equal"
        if found and found[-1][0] == same:
            _, a0, _, b0, _ = found[-1]
            found[-1] = (same, a0, step.src_end, b0, step.dest_end)
        else:
            found.append((same, step.src_start, step.src_end, step.dest_start, step.dest_end))
    return found


def _is_scrap(a: SplitText, b: SplitText, before: Stretch, same: Stretch, after: Stretch) -> bool:
    length = len(b.text(same[3], same[4]))

    def size(stretch: Stretch) -> int:
        return max(len(a.text(stretch[1], stretch[2])), len(b.text(stretch[3], stretch[4])))

    lettered = any(word[0].isalnum() for word in b.words[same[3] : same[4]])
    return length <= min(size(before), size(after)) if lettered else True


def _unchanged(words: SplitText, start: int, end: int, *, first: bool, last: bool) -> Iterator[Run]:
    head = 0 if first else CONTEXT
    tail = 0 if last else CONTEXT
    length = end - start
    if length <= head + tail + CONTEXT:
        yield Run(RunKind.SAME, words.text(start, end), words.gaps[start])
        return
    if head:
        yield Run(RunKind.SAME, words.text(start, start + head), words.gaps[start])
    said = ngettext("%(num)s word unchanged", "%(num)s words unchanged", length - head - tail)
    yield Run(RunKind.FOLDED, said, " " if head else "")
    if tail:
        yield Run(RunKind.SAME, words.text(end - tail, end), " ")
