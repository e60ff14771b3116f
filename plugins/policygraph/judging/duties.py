"""Duties: what a document asks of its readers, sentence by sentence, and how often life brings it about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial

from policygraph.judging.strangers import Stranger
from policygraph.judging.subjects import FURTHEST_BACK, Bound, Subjects
from policygraph.model.document import Document, Modality, Statement
from policygraph.model.place import Passage
from policygraph.model.promise import Kind, TimedSentence, Timing
from policygraph.reading.block import Block
from policygraph.reading.language import Language, language_of
from policygraph.reading.sentences import ADDRESS


class Pace(IntEnum):
    """How often life brings a duty about, the most frequent first."""

    ALWAYS = 0
    REGULARLY = 1
    EVENT = 2
    RARELY = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's row with the head of its column."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What a sentence demands, forbids or permits.

    `words` is the sentence as plain text, of a table's row its first cell, whose column `head` names; `items` are those of the list that a
    sentence opens, `cells` the other cells of a row. `timings` say how often or by when, each with the head of its
    column where there is one. `span_days` puts duties of one pace in order.
    """

    document: Document
    passage: Passage
    modality: Modality
    words: str
    items: tuple[str, ...]
    cells: tuple[Cell, ...]
    timings: tuple[tuple[str, Timing], ...]
    pace: Pace
    span_days: float
    bound: Bound
    head: str = ""

    @property
    def says(self) -> tuple[Modality, str, str, tuple[str, ...], tuple[Cell, ...], Stranger | None]:
        """What it says, in which two documents may agree word for word, each with the same stranger in mind."""
        return self.modality, self.head, self.words, self.items, self.cells, self.bound.stranger


_SPACES = re.compile(r"\s+")
_MARKER = re.compile(r"\s*(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?[*_`\[<]*$")
_MOST_ITEMS = 12
_LONGEST_ITEM = 300
_ASKED = re.compile(r"\b(?:what|which|who|whom|how|was|welche\w*|wie|wer)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_DAY = 1.0
_YEAR = 360.0
_INCIDENTS = 10_000.0
"""Before what a year brings, in days, stand incidents and emergencies, which may never come."""


@dataclass(frozen=True, slots=True)
class _Words:
    """`trigger` begins a clause that says upon what; `leading` is one at the start of the sentence; `rare` names mishaps."""

    trigger: re.Pattern[str]
    leading: re.Pattern[str]
    rare: re.Pattern[str]


_ONCE = r"once(?!\s+(?:an?|per|every|each|in)\b)"
_ENGLISH = _Words(
    re.compile(
        rf"(?<!\beven )(?<!\bas )(?<!\bonly )\b(?:if|when|whenever|before|after|{_ONCE}|as\s+soon\s+as|in\s+case\s+of)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:[^:;.!?]{{2,60}}:\s*)?\W*(?:if|when|whenever|before|after|{_ONCE}|as\s+soon\s+as|in\s+case|whoever|should)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![#\w-])(?:incidents?|emergency|emergencies|accidents?|breach(?:es)?|cris[ie]s|disasters?|outages?|recalls?|evacuat\w+|"
        r"fires?|fraud|injur\w+|in danger|catastroph\w+)(?![\w-])",
        re.IGNORECASE,
    ),
)
_GERMAN = _Words(
    re.compile(r"\b(?:wenn|falls|sobald|bevor|ehe|nachdem|sofern|vor|nach|bei)\b", re.IGNORECASE),
    re.compile(
        r"^(?:[^:;.!?]{2,60}:\s*)?\W*(?:wenn|falls|sobald|bevor|ehe|nachdem|sofern|vor|nach|bei|wer)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![#\w-])\w*(?:vorfall|vorfälle|notfall|notfälle|störfall|störfälle|unfall|unfälle|krise|havarie|katastroph|"
        r"datenpanne|evakuier)\w*",
        re.IGNORECASE,
    ),
)


def duties_of(document: Document, blocks: Sequence[Block], subjects: Subjects) -> Iterator[Duty]:
    """Every duty, ban and permission of a document, in reading order, each sentence once.

    A sentence that only states when something is done ("The board approves it every year") is a duty of whomever
    it names, and of nobody where it names nobody.
    """
    language = language_of(document.lang)
    rows, starts = _rows(blocks), [block.offset(0) for block in blocks]
    timed: defaultdict[str, list[TimedSentence]] = defaultdict(list)
    for one in document.timed:
        if one.timing.kind is not Kind.RETENTION:
            timed[one.passage.id].append(one)
    seen: set[str] = set()
    opened: list[tuple[int, int]] = []
    found: list[tuple[int, Duty]] = []
    for statement in document.statements:
        passage = statement.passage
        if passage.id in seen:
            continue
        previous = partial(_previous, statement.passage, blocks, starts, language)
        made = _stated(document, statement, language, subjects, rows, timed.get(passage.id, ()), previous)
        if made is None:
            continue
        position = passage.span.start if passage.span else 0
        # What stands in a list that a duty opens is told there, unless it is for somebody in particular.
        if not made.bound.parties and any(start <= position < end for start, end in opened):
            continue
        if not made.cells and passage.span:
            items, end = _items(document.body, passage.span.end, blocks, starts)
            if items:
                opened.append((passage.span.end, end))
                made = replace(made, items=items)
        seen.add(passage.id)
        found.append((position, made))
    for id, sentences in timed.items():
        passage = sentences[0].passage
        if id in seen or not (bound := _keeper(passage, subjects, rows)).parties:
            continue
        seen.add(id)
        position = passage.span.start if passage.span else 0
        modality = _permitted(rows.get(id, ()), language)
        found.append((position, _duty(document, passage, modality, bound, language, rows, sentences)))
    found.sort(key=lambda entry: entry[0])
    yield from (duty for _, duty in found)


def _stated(
    document: Document,
    statement: Statement,
    language: Language,
    subjects: Subjects,
    rows: Mapping[str, tuple[Cell, ...]],
    timed: Sequence[TimedSentence],
    previous: Callable[[], Sequence[str]],
) -> Duty | None:
    passage = statement.passage
    if passage.id in rows:
        sentence = passage.sentence
        verb = language.normative.search(sentence)
        if verb is not None and _ASKED.search(sentence[: verb.start()]):
            return None
        bound = subjects.of_cells((cell.text for cell in rows[passage.id]), passage.headings)
        return _duty(document, passage, statement.modality, bound, language, rows, timed)
    if not statement.words:  # a sentence with an address and without a verb that demands
        parties = subjects.beginning(passage.sentence)
        return _duty(
            document, passage, statement.modality, Bound(parties, not parties), language, rows, timed
        )
    verb, modality = _binding(passage.sentence, language)
    if verb is None:
        return None
    bound = subjects.of_sentence(
        passage.sentence, verb.start(), verb.end(), passage.headings, language, previous
    )
    return _duty(document, passage, modality, bound, language, rows, timed)


def _previous(
    passage: Passage, blocks: Sequence[Block], starts: Sequence[int], language: Language
) -> tuple[str, ...]:
    """The sentences that stand right before one in its paragraph, the nearest last."""
    if passage.span is None:
        return ()
    number = bisect_right(starts, passage.span.start) - 1
    if number < 0:
        return ()
    block = blocks[number]
    bounds = block.bounds(language)
    # A passage may begin with markup that stands before its first letter.
    place = bisect_left(bounds, passage.span.start, key=lambda bound: block.offset(bound[0]))
    return tuple(
        _line(block.plain[start:end]) for start, end in bounds[max(0, place - FURTHEST_BACK) : place]
    )


def _binding(sentence: str, language: Language) -> tuple[re.Match[str] | None, Modality]:
    """The verb that counts in a sentence: the first that demands or forbids, or else the first that permits.

    "If somebody may be hurt, you must phone" permits nothing. What stands in quotation marks, or is only asked
    about, is passed over.
    """
    permitted: re.Match[str] | None = None
    for match in language.normative.finditer(sentence):
        before = sentence[: match.start()]
        if before.count('"') % 2 or before.count("“") > before.count("”") or _ASKED.search(before):
            continue
        modality = language.modality_of(match[0], before)
        if modality is not Modality.PERMISSION:
            return match, modality
        permitted = permitted or match
    return permitted, Modality.PERMISSION


def _permitted(cells: Iterable[Cell], language: Language) -> Modality:
    """A row is a duty, unless the head of a column says "may stop"."""
    for cell in cells:
        verb = language.normative.search(cell.head)
        if verb is not None and language.modality_of(verb[0]) is Modality.PERMISSION:
            return Modality.PERMISSION
    return Modality.DUTY


def _keeper(passage: Passage, subjects: Subjects, rows: Mapping[str, tuple[Cell, ...]]) -> Bound:
    if passage.id in rows:
        return subjects.of_cells(cell.text for cell in rows[passage.id])
    parties = subjects.beginning(passage.sentence)
    return Bound(parties, False)


def _duty(
    document: Document,
    passage: Passage,
    modality: Modality,
    bound: Bound,
    language: Language,
    rows: Mapping[str, tuple[Cell, ...]],
    timed: Iterable[TimedSentence],
) -> Duty:
    cells = rows.get(passage.id, ())
    timings = tuple(dict.fromkeys((one.column, one.timing) for one in timed))
    pace, days = _pace(document, passage, modality, [timing for _, timing in timings], language)
    words = cells[0].text if cells else passage.sentence
    head = cells[0].head if cells else ""
    return Duty(document, passage, modality, words, (), cells[1:], timings, pace, days, bound, head)


def _pace(
    document: Document, passage: Passage, modality: Modality, timings: Sequence[Timing], language: Language
) -> tuple[Pace, float]:
    """How often, and the days by which duties of one pace are put in order."""
    words = _GERMAN if language.code == "de" else _ENGLISH
    often = min((t.days for t in timings if t.kind is Kind.FREQUENCY), default=None)
    by = min((t.days for t in timings if t.kind is Kind.DEADLINE), default=None)
    if often is not None and often <= _DAY:
        return Pace.ALWAYS, 0.0
    if often is not None and often < _YEAR:
        return Pace.REGULARLY, often
    sentence = passage.sentence
    told = (document.title, *passage.headings, *((sentence,) if modality is Modality.DUTY else ()))
    if often is None and any(words.rare.search(text) for text in told):
        return Pace.RARELY, _INCIDENTS + (_YEAR if by is None else by)
    upon = words.leading if modality is not Modality.DUTY else words.trigger
    if by is not None or upon.search(sentence) or words.leading.search(sentence):
        return Pace.EVENT, _YEAR if by is None else by
    return (Pace.ALWAYS, 0.0) if often is None else (Pace.RARELY, often)


def _rows(blocks: Iterable[Block]) -> dict[str, tuple[Cell, ...]]:
    """The rows of tables by the id of their passage."""
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    before: tuple[str, tuple[str, ...]] | None = None
    for block in blocks:
        if block.whole is None:
            before = None
            continue
        id = block.whole[0]
        if id in found and before != (id, block.headings):
            continue  # the same row once more
        before = (id, block.headings)
        if text := _line(block.plain):
            found[id].append(Cell(_line(block.head), text))
    return {id: tuple(cells) for id, cells in found.items()}


def _items(
    body: str, end: int, blocks: Sequence[Block], starts: Sequence[int]
) -> tuple[tuple[str, ...], int]:
    """The items of the list that a sentence ending at `end` opens, if it does, and where they end."""
    tail = body[end : end + 4].lstrip("*_ ")
    before = body[max(0, end - 1) : end]
    if not (before == ":" or tail[:1] == ":" or (before not in ".!?…。" and tail[:1] in ("", "\n", "\r"))):
        return (), end
    number = bisect_right(starts, end - 1)
    found: list[str] = []
    last = end
    while number < len(blocks):
        block, start = blocks[number], starts[number]
        line = body.rfind("\n", 0, start) + 1
        if line < end or block.whole is not None or not _MARKER.fullmatch(body[line:start]):
            break
        if body[last:line].count("\n\n") > 1:
            break
        text = _line(block.plain)
        found.append(text if len(text) <= _LONGEST_ITEM else f"{text[:_LONGEST_ITEM].rpartition(' ')[0]} …")
        last = block.offset(len(block.plain) - 1) + 1 if block.plain else start
        number += 1
    if len(found) > _MOST_ITEMS:
        found = [*found[: _MOST_ITEMS - 1], "…"]
    return tuple(found), last


def _line(text: str) -> str:
    return _SPACES.sub(" ", ADDRESS.sub("", text)).strip()
