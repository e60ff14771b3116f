"""Promises: what the documents in force say will be done, who keeps it, and which record shows it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from policygraph.judging.content_words import content_words
from policygraph.judging.role_names import RoleNames
from policygraph.model.document import Document
from policygraph.model.promise import Conflict, Force, Kind, Promise, TimedSentence
from policygraph.model.record_pointer import RecordPointer
from policygraph.resolving.handbook import Handbook

_COMMON = 12
"""Sentences beyond which a word is too common to lead from one promise to another."""

_SAME = 0.02
"""By how much two intervals may differ and still be the same: twelve months are a year."""


def promises_of(handbook: Handbook, day: dt.date) -> tuple[Promise, ...]:
    """Every promise of the documents in force on a day, in reading order."""
    names = RoleNames(handbook.organisation)
    return tuple(
        _promise(document, sentence, names)
        for document in handbook.documents
        if document.timed and document.in_force(day)
        for sentence in document.timed
    )


def _promise(document: Document, sentence: TimedSentence, names: RoleNames) -> Promise:
    role = _keeper(sentence, names)
    record, shared, as_often = _backing(sentence, document.front.records)
    return Promise(
        document.path,
        sentence.passage,
        sentence.timing,
        sentence.force,
        sentence.clause,
        role or document.owner or "",
        role is not None,
        document.front.applies_to,
        record,
        shared,
        as_often,
        sentence.column,
        sentence.address,
    )


def _keeper(sentence: TimedSentence, names: RoleNames) -> str | None:
    """The role that the sentence itself names as the one who keeps the promise."""
    if not sentence.subject:  # a table's row: one cell is a role, and no more than one
        cells = {found for cell in sentence.passage.sentence.split(" · ") if (found := names.whole(cell))}
        return cells.pop() if len(cells) == 1 else None
    if sentence.force is Force.MUST:
        return names.ending(sentence.subject) or names.agent(sentence.clause)
    return names.beginning(sentence.clause.lstrip(" ,")) or names.agent(sentence.clause)


def _backing(
    sentence: TimedSentence, records: Sequence[RecordPointer]
) -> tuple[RecordPointer | None, tuple[str, ...], bool]:
    """The record that shows a promise kept, the words they share, and whether it is made just as often.

    A record fits by the statement's address, or by its words, and never when it is made less often than
    promised. Where the record is made just as often as promised, one word in common is enough, be it in the
    heading.
    """
    timing = sentence.timing
    about = content_words(sentence.clause)
    near = about | content_words(" ".join(sentence.passage.headings[-1:]))
    best: tuple[bool, int] = (False, 0)
    found: RecordPointer | None = None
    spelt: tuple[str, ...] = ()
    for record in records:
        if sentence.address and f"#{sentence.address}" in f"{record.what} {record.where} ":
            return record, (), False
        often = timing.kind is Kind.FREQUENCY and record.every is not None
        ratio = record.every.days / timing.days if often and record.every and timing.days else 0.0
        if ratio > 1 + _SAME:
            continue
        named = content_words(record.what)
        equal = often and ratio >= 1 - _SAME
        shared = (near if equal else about) & named
        fits = len(shared) * 2 >= len(named) and (len(shared) > 1 or len(shared) == len(named) or equal)
        if shared and fits and (equal, len(shared)) > best:
            best = (equal, len(shared))
            found = record
            spelt = _spelt(record.what, shared)
    return found, spelt, best[0]


def _spelt(text: str, stems: frozenset[str]) -> tuple[str, ...]:
    """Words of a text as it spells them."""
    found = (word.strip(".,;:!?()[]\"“”'").lower() for word in text.split() if content_words(word) & stems)
    return tuple(dict.fromkeys(found))


def conflicts_of(promises: Iterable[Promise]) -> tuple[Conflict, ...]:
    """Pairs of documents that promise different frequencies for the same thing.

    Precise rather than complete: the two sentences must share most of their content words and all their
    numbers. Only words that stand in few promises lead from one to another, so that it stays linear.
    """
    passages: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.timing.kind is Kind.FREQUENCY:
            passages[promise.document, promise.passage.id].append(promise)
    groups = list(passages.values())
    words = [content_words(group[0].clause) for group in groups]
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(words):
        for word in bag:
            bearers[word].append(number)
    pairs = {
        (one, other)
        for numbers in bearers.values()
        if len(numbers) <= _COMMON
        for one, other in _pairs(numbers)
        if groups[one][0].document != groups[other][0].document
    }
    found = []
    for one, other in sorted(pairs):
        shared = words[one] & words[other]
        if _alike(words[one], words[other], shared) and _apart(groups[one], groups[other]):
            found.append(
                Conflict(groups[one][0], groups[other][0], tuple(_spelt(groups[one][0].clause, shared)))
            )
    return tuple(found)


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    for position, one in enumerate(numbers):
        for other in numbers[position + 1 :]:
            yield one, other


def _alike(one: frozenset[str], other: frozenset[str], shared: frozenset[str]) -> bool:
    least, most = sorted((len(one), len(other)))
    numbers = {word for word in one ^ other if word.isdecimal()}
    return len(shared) > 1 and len(shared) >= 0.75 * least and len(shared) >= 0.6 * most and not numbers


def _apart(one: Sequence[Promise], other: Sequence[Promise]) -> bool:
    """Whether no frequency of one passage is one of the other's."""
    return not any(
        abs(a.timing.days - b.timing.days) <= _SAME * max(a.timing.days, b.timing.days)
        for a in one
        for b in other
    )
