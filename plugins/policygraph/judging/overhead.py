"""Overhead: what the handbook costs those who read it, and what of it nobody needs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policygraph.judging.basis import HELPFUL, Basis
from policygraph.judging.cuts import Cut, cuts_of
from policygraph.judging.people import person_key
from policygraph.judging.readability import lix_of
from policygraph.judging.remarks import BULK
from policygraph.judging.similarity import Similarity
from policygraph.model.document import Document
from policygraph.model.organisation import Audience
from policygraph.model.promise import Promise
from policygraph.model.review import Outcome, Review
from policygraph.resolving.handbook import Handbook

EVERYONE = "everyone"

_WORDS_A_MINUTE = 200


@dataclass(frozen=True, slots=True)
class DocumentLoad:
    """What a document in force asks of its readers.

    `readers` is the number of people it is for, or of audiences where the register counts no people; `lix`
    says how hard it is to read, None where that was not measured.
    """

    document: Document
    audiences: tuple[str, ...]
    readers: int
    statements: int
    lix: float | None

    @property
    def words(self) -> int:
        """The words of its text."""
        return self.document.words

    @property
    def density(self) -> float:
        """Statements in a hundred words."""
        return 100 * self.statements / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class AudienceLoad:
    """What an audience is asked to read: what is for everyone, and what is for it beyond that.

    No title where no register names everyone; `people` is None where the register does not count them.
    """

    id: str
    title: str
    people: int | None
    documents: int
    common: int
    own: int
    statements: int

    @property
    def words(self) -> int:
        """All words that are for this audience."""
        return self.common + self.own


@dataclass(frozen=True, slots=True)
class HastyReviews:
    """Documents that one person confirmed as unchanged on one day: many of them, or without naming a text.

    `words` is what they hold together, and `unnamed` how many entries name no text that was looked at.
    """

    by: str
    on: dt.date
    documents: tuple[Document, ...]
    words: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class Overhead:
    """The mirror for the organisation itself.

    `headcounts` tells that the register counts the people of every audience in use; else each audience
    counts as one reader. `idle` are documents that nobody references or names and no clause needs; `own` those
    besides that no clause demands and no statement leads to; `unbacked` the promises that no record shows.
    """

    documents: tuple[DocumentLoad, ...]
    audiences: tuple[AudienceLoad, ...]
    headcounts: bool
    similar: Similarity
    idle: tuple[DocumentLoad, ...]
    own: tuple[DocumentLoad, ...]
    unbacked: tuple[Promise, ...]
    hasty: tuple[HastyReviews, ...]
    cuts: tuple[Cut, ...]

    @property
    def words(self) -> int:
        """The words of all documents in force."""
        return sum(load.words for load in self.documents)


def overhead_of(
    handbook: Handbook,
    day: dt.date,
    similar: Similarity,
    promises: Sequence[Promise],
    bases: Sequence[Basis],
) -> Overhead:
    """What the documents in force on a day cost, and what could go."""
    documents = [d for d in handbook.documents if d.in_force(day)]
    readership = _Readership(handbook, documents)
    loads = tuple(
        DocumentLoad(
            d,
            readership.of(d),
            readership.readers(d),
            len(d.statements),
            lix_of(handbook.blocks.get(d.path, ()), d.lang),
        )
        for d in documents
    )
    idle = _idle(handbook, loads, day)
    helpful = {basis.document.path for basis in bases if basis.derived == HELPFUL}
    helpful -= {load.document.path for load in idle}
    unbacked = tuple(p for p in promises if p.counts and p.record is None)
    return Overhead(
        loads,
        readership.loads(loads),
        readership.counted,
        similar,
        idle,
        tuple(load for load in loads if load.document.path in helpful),
        unbacked,
        _hasty(handbook, day),
        cuts_of(
            {load.document.path: (load.words, load.readers) for load in loads},
            _unexplained(handbook, similar),
            [load.document.path for load in idle],
            unbacked,
        ),
    )


def _unexplained(handbook: Handbook, similar: Similarity) -> Similarity:
    """What is said twice without a reason: an author may have given one to the rule that reports it."""
    allowed = {(d.path, allowance.code) for d in handbook.documents for allowance in d.front.allow}
    return Similarity(
        tuple(group for group in similar.passages if (group.documents[-1], "PG416") not in allowed),
        tuple(close for close in similar.documents if (close.document, "PG417") not in allowed),
    )


def minutes(words: int) -> int:
    """Minutes that so many words take to read, at 200 a minute."""
    return round(words / _WORDS_A_MINUTE)


class _Readership:
    """Who reads what. A document for everyone is for each audience."""

    def __init__(self, handbook: Handbook, documents: Sequence[Document]) -> None:
        register = handbook.organisation.audiences
        named = (a.lower() for d in documents for a in d.front.applies_to)
        self._known: Mapping[str, Audience] = register
        self._used = tuple(dict.fromkeys((*register, *named, EVERYONE)))
        self._titles = {id: register[id].title if id in register else id for id in self._used}
        if EVERYONE not in register:
            self._titles[EVERYONE] = ""
        groups = [register[id].people if id in register else None for id in self._used if id != EVERYONE]
        whole = register[EVERYONE].people if EVERYONE in register else None
        self.counted = (whole is not None or bool(groups)) and all(groups)
        self._whole = whole if whole is not None else sum(people or 0 for people in groups)

    def of(self, document: Document) -> tuple[str, ...]:
        """The ids of the audiences a document names; none where it is for everyone."""
        named = tuple(dict.fromkeys(a.lower() for a in document.front.applies_to))
        return () if EVERYONE in named else named

    def readers(self, document: Document) -> int:
        """How many people a document is for, or audiences where people are not counted."""
        named = self.of(document)
        if not self.counted:
            return len(named) or max(1, len(self._used) - 1)
        if not named:
            return self._whole
        return min(self._whole, sum(self._known[id].people or 0 for id in named))

    def loads(self, loads: Iterable[DocumentLoad]) -> tuple[AudienceLoad, ...]:
        """What each audience is asked to read."""
        own: defaultdict[str, list[DocumentLoad]] = defaultdict(list)
        common: list[DocumentLoad] = []
        for load in loads:
            for id in load.audiences:
                own[id].append(load)
            if not load.audiences:
                common.append(load)
        common_words = sum(load.words for load in common)
        common_statements = sum(load.statements for load in common)
        found = []
        for id in self._used:
            mine = own[id]
            if id != EVERYONE and not mine and id not in self._known:
                continue
            people = self._known[id].people if id in self._known else None
            found.append(
                AudienceLoad(
                    id,
                    self._titles[id],
                    people,
                    len(common) + len(mine),
                    common_words,
                    sum(load.words for load in mine),
                    common_statements + sum(load.statements for load in mine),
                )
            )
        return tuple(sorted(found, key=lambda a: (a.id != EVERYONE, -a.words)))


def _idle(handbook: Handbook, loads: Sequence[DocumentLoad], day: dt.date) -> tuple[DocumentLoad, ...]:
    """Documents that no other document in force references or names, and that answer no clause."""
    needed = {mapping.document for mapping in handbook.mappings}
    live = {load.document.path for load in loads}
    needed |= {r.target for r in handbook.references if r.source in live and r.source != r.target}
    needed |= {m.target for m in handbook.mentions if m.source in live and m.strong}
    return tuple(load for load in loads if load.document.path not in needed)


def _hasty(handbook: Handbook, day: dt.date) -> tuple[HastyReviews, ...]:
    """Confirmations by one person on one day: many at once, or of texts that the entries do not name."""
    together: defaultdict[tuple[dt.date, str], list[tuple[Document, Review]]] = defaultdict(list)
    for document in handbook.documents:
        for review in handbook.reviews.get(document.path, ()):
            if review.outcome is Outcome.CONFIRMED and review.on <= day:
                together[review.on, person_key(review.by)].append((document, review))
    found = []
    for (on, _), entries in sorted(together.items()):
        unnamed = sum(review.looked_at is None for _, review in entries)
        if len(entries) >= BULK or unnamed:
            documents = tuple(dict.fromkeys(document for document, _ in entries))
            words = sum(document.words for document in documents)
            found.append(HastyReviews(entries[0][1].by, on, documents, words, unnamed))
    return tuple(reversed(found))
