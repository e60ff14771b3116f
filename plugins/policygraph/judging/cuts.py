"""The most worthwhile cuts: what a handbook could do without, by the reading it would save."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from policygraph.judging.likeness import words_of
from policygraph.judging.similarity import Similarity
from policygraph.model.place import Passage, Place, Span
from policygraph.model.promise import Force, Kind, Promise

MOST = 10


class CutKind(StrEnum):
    """Why something could go."""

    IDLE = "nobody references it and no clause needs it"
    COPY = "it largely stands in another document too"
    REPEATED = "the same passage stands in several documents"
    UNBACKED = "work promised again and again, and no record shows it"


@dataclass(frozen=True, slots=True)
class Cut:
    """Something that could go from `document`, a path, or from several documents.

    `kept` is the path of the document that keeps the words, where one does. `words` would go, and `saving`
    adds up words times readers, over all documents they would go from. `passages` are what would go; none
    where it is a whole document.
    """

    kind: CutKind
    documents: tuple[str, ...]
    kept: str | None
    words: int
    saving: int
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible cut: passages with their words, or a `whole` document. A copy is `kept` by a document."""

    kind: CutKind
    pieces: tuple[tuple[Passage, int], ...] = ()
    whole: str | None = None
    kept: str | None = None


@dataclass(slots=True)
class _Taken:
    """What the cuts chosen so far take away, and what they lean on.

    `gone` are documents whose words are no longer to be counted on, `keepers` those that must stay.
    `stretches` are the parts of each document that go, or that stay because their copies go.
    """

    gone: set[str] = field(default_factory=set)
    keepers: set[str] = field(default_factory=set)
    stretches: defaultdict[str, list[tuple[Span, int]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, passage: Passage, words: int) -> None:
        """Count a passage as decided upon; `words` of it go."""
        if passage.span is not None:
            self.stretches[passage.place.file].append((passage.span, words))

    def leaves(self, passage: Passage) -> bool:
        """Whether a passage is still free to go."""
        path, span = passage.place.file, passage.span
        return (
            span is not None
            and path not in self.gone
            and not any(span.start < s.end and s.start < span.end for s, _ in self.stretches[path])
        )

    def words_of(self, path: str) -> int:
        """The words already taken from a document."""
        return sum(words for _, words in self.stretches[path])


Loads = Mapping[str, tuple[int, int]]
"""Words and readers of each document in force, by its path."""


def cuts_of(
    loads: Loads, similar: Similarity, idle: Iterable[str], unbacked: Sequence[Promise]
) -> tuple[Cut, ...]:
    """Choose at most ten cuts, the greatest saving first; no word is counted in two of them.

    One after the other is chosen; what it takes away counts no more for the rest, and a document that keeps
    the words of a cut is not itself given up.
    """
    candidates = list(_candidates(loads, similar, idle, unbacked))
    taken = _Taken()
    chosen: list[Cut] = []
    while len(chosen) < MOST:
        found = [(cut, number) for number, c in enumerate(candidates) if (cut := _cut(c, loads, taken))]
        if not found:
            break
        cut, number = min(found, key=lambda pair: (-pair[0].saving, -pair[0].words, pair[1]))
        _note(cut, candidates.pop(number), taken)
        chosen.append(cut)
    return tuple(chosen)


def _note(cut: Cut, candidate: _Candidate, taken: _Taken) -> None:
    going = set(cut.passages)
    for passage, words in candidate.pieces:
        if passage in going:
            taken.take(passage, words)
        elif candidate.kind is CutKind.REPEATED and passage.place.file == cut.kept:
            taken.take(passage, 0)
    if cut.kind in (CutKind.IDLE, CutKind.COPY):
        taken.gone.update(cut.documents)
    if cut.kept is not None:
        taken.keepers.add(cut.kept)


def _candidates(
    loads: Loads, similar: Similarity, idle: Iterable[str], unbacked: Sequence[Promise]
) -> Iterator[_Candidate]:
    for path in idle:
        yield _Candidate(CutKind.IDLE, whole=path)
    for close in similar.documents:
        if close.document in loads and close.other in loads:
            pieces = tuple((passage, len(words_of(passage.sentence))) for passage in close.passages)
            yield _Candidate(CutKind.COPY, pieces, kept=close.other)
    for group in similar.passages:
        pairs = zip(group.passages, group.words, strict=True)
        pieces = tuple((passage, words) for passage, words in pairs if passage.place.file in loads)
        if len({passage.place.file for passage, _ in pieces}) > 1:
            yield _Candidate(CutKind.REPEATED, pieces)
    promised: defaultdict[str, dict[Place, Passage]] = defaultdict(dict)
    for promise in unbacked:
        # Deadlines rarely have records of their own, and what is only stated may be no promise at all.
        again = promise.timing.kind is Kind.FREQUENCY and promise.force is Force.MUST
        if promise.document in loads and again:
            promised[promise.document].setdefault(promise.passage.place, promise.passage)
    for passages in promised.values():
        pieces = tuple((passage, len(words_of(passage.sentence))) for passage in passages.values())
        yield _Candidate(CutKind.UNBACKED, pieces)


def _cut(candidate: _Candidate, loads: Loads, taken: _Taken) -> Cut | None:
    """What a candidate still saves; None where others have taken it, or lean on it."""
    if candidate.whole is not None:
        words, readers = loads[candidate.whole]
        left = words - taken.words_of(candidate.whole)
        if candidate.whole in taken.keepers | taken.gone or left <= 0:
            return None
        return Cut(candidate.kind, (candidate.whole,), None, left, left * readers)
    free = [(passage, words) for passage, words in candidate.pieces if taken.leaves(passage)]
    kept = candidate.kept
    if kept is not None and (kept in taken.gone or (free and free[0][0].place.file in taken.keepers)):
        return None
    if candidate.kind is CutKind.REPEATED and free:
        # The words stay where most people read them, and of several such where they come first.
        kept = max(free, key=lambda piece: loads[piece[0].place.file][1])[0].place.file
        free = [piece for piece in free if piece[0].place.file != kept]
    if not free:
        return None
    return Cut(
        candidate.kind,
        tuple(dict.fromkeys(passage.place.file for passage, _ in free)),
        kept,
        sum(words for _, words in free),
        sum(words * loads[passage.place.file][1] for passage, words in free),
        tuple(passage for passage, _ in free),
    )
