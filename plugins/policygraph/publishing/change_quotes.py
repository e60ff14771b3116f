"""What a reworded paragraph says now and said before, as it is quoted: whole sentences where they are short.

A sentence says what it says only as a whole. So of one that changed all is quoted, unless it is too long for that; then
the clauses that changed are, with an ellipsis on each side where words are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from policygraph.publishing.escaping import shortened
from policygraph.publishing.paragraphs import Paragraph, ParagraphKind
from policygraph.publishing.redline import Block, paired
from policygraph.reading.language import ENGLISH, Language
from policygraph.reading.sentences import sentence_bounds
from policygraph.reading.weighty_words import is_weighty

MOST_WORDS = 30
"""Words of a sentence up to which it is quoted whole."""

_LETTERS = 10
"""Characters that a word may have on average, with its space: some scripts put none between words."""

_MOST_FROM_START = 45
"""Words of a longer one that are quoted from its beginning: there stands who must do what."""

_MOST_TWICE = 15
"""Words up to which the old text is quoted as far as the new one; of more, the clauses at both ends that stayed are
not read twice."""

_FEW = 5
"""Words of a clause below which what stands beside it is quoted as well."""

_AROUND = 4
"""Unchanged words that are quoted on each side where a clause is too long as well."""

MOST_CHARACTERS = 220
"""Characters that are quoted of what is new or gone."""

_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\\?\|([^\[\]]*))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_TARGET = re.compile(r"\]\(\s*<?([^()\s<>]*)|\]\[([^\[\]]*)\]|\[\[([^\[\]|\\]+)|\b([a-z]{3,8}://[^\s<>()]+)")
_MARKS = re.compile(r"[*`~]{1,3}|(?<!\w)_|_(?!\w)|<[^<>]{0,200}>|\{[^{}]{0,200}\}")
_BARS = re.compile(r"\s*\|\s*")
_CELL = re.compile(r" · ")
_MARKER = re.compile(r"(?:\d{1,9}[.)] +)?(?:\[[ xX]?\] +)?")
_TOKEN = re.compile(r"\d[\d.,:/-]*\d|\w+|[%€$£§<>≤≥=+]")
_WORD = re.compile(r"[\w'’]+")
# A clause ends at a sign with white space behind it, around a dash, and at brackets; and where words are not spaced.
_CLAUSE = re.compile(r"(?<=[,;:)])\s+|\s+(?=[–—(])|(?<=[–—])\s+|(?<=[、，；：])(?=\S)")
_LOOSE_START = " ,;:·)–—-"
_LOOSE_END = " .,;:·(–—-"


class LinkChange(Enum):
    """What happened to the links of a text whose words stayed."""

    NEW = "new"
    GONE = "gone"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a text says `now` and what it `was`; one of them is empty where something is new or gone.

    `weighty` says whether it decides what is demanded; `links` that only a link differs.
    """

    now: str
    was: str
    weighty: bool
    links: LinkChange | None = None


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Sentences or clauses that follow one another in a text: where each begins and ends."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def all(self) -> tuple[str, ...]:
        """Each by itself."""
        return tuple(self.text[start:end] for start, end in self.spans)

    def joined(self, start: int = 0, end: int | None = None) -> str:
        """Several as they stand in the text."""
        spans = self.spans[start:end]
        return self.text[spans[0][0] : spans[-1][1]] if spans else ""

    def part(self, start: int, end: int) -> _Pieces:
        """Some of them."""
        return _Pieces(self.text, self.spans[start:end])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Pieces of two texts that follow one another and are not the same."""

    old: tuple[int, int]
    new: tuple[int, int]


def differences_of(block: Block, language: Language = ENGLISH) -> Iterator[Difference | None]:
    """The differences of one paragraph; None for one that is too much to be quoted."""
    old, new = _read(block.old, block.kind), _read(block.new, block.kind)
    if not old or not new:
        if old or new:
            yield _fresh(old, new, language)
        return
    if old == new:
        was, now = _targets(block.old), _targets(block.new)
        if was != now:
            links = (
                LinkChange.NEW
                if len(now) > len(was)
                else LinkChange.GONE
                if len(now) < len(was)
                else LinkChange.ELSEWHERE
            )
            yield Difference("", "", weighty=False, links=links)
        return
    if block.kind is ParagraphKind.ROW and _short(old, new):
        yield from _reworded(old, new)
        return
    before, after = _sentences(old, language), _sentences(new, language)
    for stretch in _stretches(before, after):
        yield from _of_sentences(before.part(*stretch.old), after.part(*stretch.new), language)


def _of_sentences(old: _Pieces, new: _Pieces, language: Language) -> Iterator[Difference | None]:
    """The differences of sentences that follow one another, none of which stayed as it was."""
    was, now = old.joined(), new.joined()
    if not was or not now:
        yield _fresh(was, now, language)
    elif _short(was, now):
        yield from _reworded(was, now)
    elif len(old) == len(new) == 1:
        yield from _of_clauses(was, now)
    else:
        a = b = a0 = b0 = 0
        for is_old, is_new in [*_pairs(old, new), (True, True)]:
            if is_old and is_new:
                if a > a0:
                    yield _fresh(old.joined(a0, a), "", language)
                if b > b0:
                    yield _fresh("", new.joined(b0, b), language)
                a0, b0 = a + 1, b + 1
                if a < len(old) and b < len(new):
                    yield from _of_sentences(old.part(a, a0), new.part(b, b0), language)
            a, b = a + is_old, b + is_new


def _of_clauses(was: str, now: str) -> Iterator[Difference | None]:
    """The differences of one sentence that is too long to be quoted whole."""
    old, new = _clauses(was), _clauses(now)
    for stretch in _stretches(old, new):
        wider = _widened(stretch, old, new)
        a, b = old.joined(*wider.old), new.joined(*wider.new)
        starts = wider.old[0] == wider.new[0] == 0
        ends = wider.old[1] == len(old) and wider.new[1] == len(new)
        if _short(a, b, most=_MOST_FROM_START if starts else MOST_WORDS):
            yield from _reworded(a, b, before=not starts, after=not ends)
        else:
            yield from _of_words(a, b, starts=starts, ends=ends)


def _widened(stretch: _Stretch, old: _Pieces, new: _Pieces) -> _Stretch:
    """A stretch of clauses with those beside it that it needs to be understood, and back to where the sentence begins
    where that is not far."""
    (a0, a1), (b0, b1) = stretch.old, stretch.new

    def same(a: int, b: int) -> bool:
        return 0 <= a < len(old) and 0 <= b < len(new) and old.joined(a, a + 1) == new.joined(b, b + 1)

    def fits(a0: int, a1: int, b0: int, b1: int, most: int = MOST_WORDS) -> bool:
        return _short(old.joined(a0, a1), new.joined(b0, b1), most=most)

    def few() -> bool:
        return any(map(_few, (old.joined(a0, a1), new.joined(b0, b1))))

    near = a0 == b0 <= _MOST_FROM_START and all(same(at, at) for at in range(a0))
    if near and fits(0, a1, 0, b1, _MOST_FROM_START):
        a0 = b0 = 0
    while few() and same(a0 - 1, b0 - 1) and fits(a0 - 1, a1, b0 - 1, b1):
        a0, b0 = a0 - 1, b0 - 1
    while few() and same(a1, b1) and fits(a0, a1 + 1, b0, b1 + 1):
        a1, b1 = a1 + 1, b1 + 1
    return _Stretch((a0, a1), (b0, b1))


def _of_words(was: str, now: str, *, starts: bool, ends: bool) -> Iterator[Difference | None]:
    """The difference of clauses that are too long as well: the words that changed, and a few around them."""
    old, new = was.split(" "), now.split(" ")
    head = tail = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, last = max(0, head - _AROUND), max(0, tail - _AROUND)
    a, b = " ".join(old[first : len(old) - last]), " ".join(new[first : len(new) - last])
    if _short(a, b):
        yield from _reworded(a, b, before=first > 0 or not starts, after=last > 0 or not ends)
    else:
        yield None


def _reworded(was: str, now: str, *, before: bool = False, after: bool = False) -> Iterator[Difference]:
    """Words that took the place of others; `before` and `after` say where words of the sentence are left out."""
    weighty = _weighs(was, now)
    b = _cut(now, before=before, after=after)
    old, new = _clauses(was), _clauses(now)
    stretches = list(_stretches(old, new))
    # Of a clause that is gone, what it was said beside is needed.
    replaced = all(one.new[0] < one.new[1] for one in stretches)
    if stretches and replaced and not _short(was, most=_MOST_TWICE):
        first, last = stretches[0].old[0], stretches[-1].old[1]
        if not _few(old.joined(first, last)):
            was, before, after = old.joined(first, last), before or first > 0, after or last < len(old)
    a = _cut(was, before=before, after=after)
    if a != b:
        yield Difference(b, a, weighty)


def _cut(text: str, *, before: bool, after: bool) -> str:
    shown = (text.lstrip(_LOOSE_START) if before else text).rstrip(_LOOSE_END)
    return f"{'… ' if before else ''}{shown}{' …' if after else ''}" if shown else ""


def _fresh(was: str, now: str, language: Language) -> Difference:
    """What is new, or what is gone: one of the two is empty."""
    weighty = any(map(is_weighty, _words(now or was)))
    return Difference(brief(now, MOST_CHARACTERS, language), brief(was, MOST_CHARACTERS, language), weighty)


def brief(text: str, most: int, language: Language = ENGLISH) -> str:
    """The beginning of a text: the sentences that there is room for, else the clauses, else the words."""
    if len(text) <= most:
        return text
    for ends in (
        [end for _, end in sentence_bounds(text, language)],
        [m.start() for m in _CLAUSE.finditer(text)],
    ):
        if fitting := [end for end in ends if most // 3 <= end <= most]:
            return f"{text[: fitting[-1]].rstrip(' ,;:(–—')} …"
    return shortened(text, most)


def _stretches(old: _Pieces, new: _Pieces) -> Iterator[_Stretch]:
    """Where two texts differ, given their pieces in order."""
    olds, news = [_key(one) for one in old.all], [_key(one) for one in new.all]
    a = b = a0 = b0 = 0
    for is_old, is_new in _pairs(old, new):
        if is_old and is_new and olds[a] == news[b]:
            if a > a0 or b > b0:
                yield _Stretch((a0, a), (b0, b))
            a0, b0 = a + 1, b + 1
        a, b = a + is_old, b + is_new
    if a > a0 or b > b0:
        yield _Stretch((a0, a), (b0, b))


def _pairs(old: _Pieces, new: _Pieces) -> Iterator[tuple[bool, bool]]:
    """Which pieces belong together, in the order of the texts: whether the next is one of the old, and of the new."""
    kind = ParagraphKind.TEXT
    before, after = ([Paragraph(kind, one) for one in side.all] for side in (old, new))
    for a, b in paired(before, after):
        yield a is not None, b is not None


def _sentences(text: str, language: Language) -> _Pieces:
    spans: list[tuple[int, int]] = []
    for first, last in _between(_CELL, text):
        spans += [(first + start, first + end) for start, end in sentence_bounds(text[first:last], language)]
    return _Pieces(text, tuple(spans))


def _clauses(sentence: str) -> _Pieces:
    return _Pieces(sentence, tuple(_between(_CLAUSE, sentence)))


def _between(separator: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """What stands between separators."""
    start = 0
    for found in separator.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _short(*texts: str, most: int = MOST_WORDS) -> bool:
    return all(len(text) <= most * _LETTERS and len(text.split()) <= most for text in texts)


def _few(text: str) -> bool:
    return len(text.split()) < _FEW and len(text) < _FEW * _LETTERS


def _key(text: str) -> tuple[str, ...]:
    """What a piece says, whatever its signs and capitals."""
    return tuple(_TOKEN.findall(text.casefold())) or (text,)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _weighs(was: str, now: str) -> bool:
    """Whether words that decide what is demanded are on one side alone, or more often there."""
    a, b = (sorted(filter(is_weighty, _words(text))) for text in (was, now))
    return a != b


def _targets(raw: str) -> list[str]:
    return ["".join(found) for found in _TARGET.findall(raw)]


def _read(raw: str, kind: ParagraphKind) -> str:
    text = plain(raw)
    return _MARKER.sub("", text, count=1) if kind is ParagraphKind.ITEM else text


def plain(text: str) -> str:
    """A piece of Markdown as it reads: labels in place of links, no marks."""
    text = _WIKI.sub(lambda m: m[2] or m[1], text)
    text = _LINK.sub(r"\1", text)
    text = _BARS.sub(" · ", _MARKS.sub("", text)).strip(" ·")
    return " ".join(text.split())
