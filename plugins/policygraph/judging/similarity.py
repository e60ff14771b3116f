"""What a handbook says twice: passages that stand in several documents, and documents that are nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from policygraph.judging.likeness import ties, words_of
from policygraph.model.document import Document, Status
from policygraph.model.place import Passage, Span
from policygraph.reading.block import MASK, Block, Positions, passage_of, quoted
from policygraph.reading.language import language_of
from policygraph.reading.sentences import ADDRESS
from policygraph.resolving.handbook import Handbook

LEAST_WORDS = 12
"""Words of the shortest passage that is compared: fewer are often the same without being a copy."""

CLOSE = 0.5
"""The share of a document's words in another one from which on the two are close."""

LEAST_SHARED = 50
"""Words that two close documents share at least: a stub of one sentence is close to every long text."""

_FEW = 12
"""Documents that are paired, each with each, over a passage they share; of more, each with the first only."""


@dataclass(frozen=True, slots=True)
class SimilarPassages:
    """A sentence or paragraph that stands in several documents, in the same or nearly the same words.

    The passages are in reading order; each one's place names its document. `likeness` is the lowest that was
    measured among them (1.0 where the words are the same), `words` the lengths of the passages.
    """

    passages: tuple[Passage, ...]
    likeness: float
    words: tuple[int, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The paths of the documents, each once, in reading order."""
        return tuple(dict.fromkeys(passage.place.file for passage in self.passages))


@dataclass(frozen=True, slots=True)
class SimilarDocuments:
    """A document, by its path, whose text largely stands in another one too.

    `shared` of its `words` are in passages that the other has as well; `passages` are the document's own ones,
    in the order of the text.
    """

    document: str
    other: str
    shared: int
    words: int
    passages: tuple[Passage, ...]

    @property
    def share(self) -> float:
        """The share of the document's words that the other has too."""
        return min(1.0, self.shared / self.words)


@dataclass(frozen=True, slots=True)
class Similarity:
    """What a handbook says twice. Each document stands in `documents` once at most, with the closest other."""

    passages: tuple[SimilarPassages, ...]
    documents: tuple[SimilarDocuments, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a block: what is compared. `document` and `number` tell the block's place in the handbook."""

    document: int
    number: int
    block: Block
    start: int
    end: int

    @property
    def where(self) -> tuple[int, int]:
        return self.document, self.number

    @property
    def text(self) -> str:
        text = self.block.plain[self.start : self.end]
        return ADDRESS.sub("", text) if "{" in text else text


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts that are alike, in reading order."""

    parts: tuple[_Part, ...]
    likeness: float

    @property
    def order(self) -> tuple[int, int, int]:
        return *self.parts[0].where, self.parts[0].start


def similarity(handbook: Handbook) -> Similarity:
    """Find the passages and documents that are nearly the same. Retired documents are left out."""
    documents = [d for d in handbook.documents if d.status is not Status.RETIRED]
    groups = _groups_of(handbook, documents)
    positions = {
        number: Positions(documents[number].path, documents[number].body, documents[number].body_line)
        for number in sorted({part.document for group in groups for part in group.parts})
    }

    def passage(part: _Part) -> Passage:
        language = language_of(documents[part.document].lang)
        found = passage_of(part.block, part.start, positions[part.document], language)
        stretch = Span(part.block.offset(part.start), part.block.offset(part.end - 1) + 1)
        return replace(found, sentence=quoted(" ".join(part.text.split())), span=stretch, wrappable=False)

    passages = tuple(
        SimilarPassages(
            tuple(passage(part) for part in group.parts),
            group.likeness,
            tuple(len(words_of(part.text)) for part in group.parts),
        )
        for group in groups
    )
    close = tuple(
        SimilarDocuments(
            documents[number].path,
            documents[other].path,
            shared,
            documents[number].words,
            tuple(passage(part) for part in parts),
        )
        for number, other, shared, parts in _closest(documents, groups)
    )
    return Similarity(passages, close)


def _groups_of(handbook: Handbook, documents: Sequence[Document]) -> list[_Group]:
    sentences: list[_Part] = []
    paragraphs: list[_Part] = []
    for number, document in enumerate(documents):
        language = language_of(document.lang)
        for place, block in enumerate(handbook.blocks.get(document.path, ())):
            if not _is_long(block.plain) or not _is_prose(block):
                continue
            bounds = block.bounds(language)
            parts = (_Part(number, place, block, start, end) for start, end in bounds)
            sentences.extend(part for part in parts if _is_long(part.text))
            if len(bounds) > 1:
                paragraphs.append(_Part(number, place, block, 0, len(block.plain)))
    whole = _groups(paragraphs)
    return sorted([*whole, *_joined(_uncovered(_groups(sentences), whole))], key=lambda group: group.order)


def _is_long(text: str) -> bool:
    """Whether a text has enough words. Words are counted by their spaces, unless the script has none."""
    return text.count(" ") >= LEAST_WORDS - 1 or (not text.isascii() and len(words_of(text)) >= LEAST_WORDS)


def _is_prose(block: Block) -> bool:
    """Whether a block is more than links and code: a table of contents is no prose."""
    return 2 * block.prose.count(MASK) <= len(block.prose)


class _Sets:
    """Numbers that belong together. networkx has this too, and takes longer to import than a handbook to compare."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, number: int) -> int:
        """The number that stands for all that belong together with this one."""
        above = self._above
        while (parent := above.setdefault(number, number)) != number:
            above[number] = number = above[parent]
        return number

    def union(self, one: int, other: int) -> None:
        """Let two numbers belong together."""
        self._above[self.root(other)] = self.root(one)


def _groups(parts: Sequence[_Part]) -> list[_Group]:
    """Parts that are alike and stand in more than one document."""
    found = ties([part.text for part in parts])
    sets = _Sets()
    for tie in found:
        sets.union(tie.first, tie.other)
    members: defaultdict[int, set[int]] = defaultdict(set)
    likeness: defaultdict[int, float] = defaultdict(lambda: 1.0)
    for tie in found:
        root = sets.root(tie.other)
        members[root].update((tie.first, tie.other))
        likeness[root] = min(likeness[root], tie.likeness)
    groups = []
    for root, numbers in members.items():
        chosen = tuple(parts[number] for number in sorted(numbers))
        if len({part.document for part in chosen}) > 1:
            groups.append(_Group(chosen, likeness[root]))
    return groups


def _uncovered(sentences: Iterable[_Group], paragraphs: Iterable[_Group]) -> Iterator[_Group]:
    """The sentences that do more than stand in paragraphs which are alike as a whole."""
    owner = {part.where: number for number, group in enumerate(paragraphs) for part in group.parts}
    for group in sentences:
        owners = {owner.get(part.where) for part in group.parts}
        if len(owners) > 1 or None in owners:
            yield group


def _joined(groups: Iterable[_Group]) -> Iterator[_Group]:
    """Sentences of the same paragraphs as one group: what was copied together is told together."""
    together: defaultdict[tuple[tuple[int, int], ...], list[_Group]] = defaultdict(list)
    for group in groups:
        together[tuple(part.where for part in group.parts)].append(group)
    for members in together.values():
        rows = zip(*(group.parts for group in members), strict=True)
        yield _Group(tuple(_spanning(parts) for parts in rows), min(group.likeness for group in members))


def _spanning(parts: Sequence[_Part]) -> _Part:
    return replace(parts[0], start=min(p.start for p in parts), end=max(p.end for p in parts))


def _closest(
    documents: Sequence[Document], groups: Iterable[_Group]
) -> Iterator[tuple[int, int, int, list[_Part]]]:
    """Each document that largely stands in another one, with the words it shares and where they stand."""
    shared: defaultdict[tuple[int, int], list[_Part]] = defaultdict(list)
    for group in groups:
        by_document: defaultdict[int, list[_Part]] = defaultdict(list)
        for part in group.parts:
            by_document[part.document].append(part)
        numbers = sorted(by_document)
        pairs = combinations(numbers, 2) if len(numbers) <= _FEW else ((numbers[0], n) for n in numbers[1:])
        for one, other in pairs:
            shared[one, other].extend(by_document[one])
            shared[other, one].extend(by_document[other])
    best: dict[int, tuple[int, int, list[_Part]]] = {}
    for (number, other), parts in sorted(shared.items(), key=lambda item: item[0]):
        parts = _merged(parts)
        count = sum(len(words_of(part.text)) for part in parts)
        enough = count >= max(LEAST_SHARED, CLOSE * documents[number].words)
        if enough and (number not in best or count > best[number][1]):
            best[number] = (other, count, parts)
    for number in sorted(best):
        other, count, parts = best[number]
        back = best.get(other)
        # Of two that are each other's closest, the one that adds less is told, and the later of equals.
        if back is not None and back[0] == number:
            own, others = count / documents[number].words, back[1] / documents[other].words
            if (own, number) < (others, other):
                continue
        yield number, other, count, parts


def _merged(parts: Iterable[_Part]) -> list[_Part]:
    """Parts in the order of the text, those that overlap as one."""
    merged: list[_Part] = []
    for part in sorted(parts, key=lambda p: (p.where, p.start, p.end)):
        if merged and merged[-1].where == part.where and part.start <= merged[-1].end:
            merged[-1] = replace(merged[-1], end=max(merged[-1].end, part.end))
        else:
            merged.append(part)
    return merged
