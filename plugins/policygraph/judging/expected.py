"""What is expected of whom: the duties of each group of readers and each role on a day, and what to read first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from policygraph.judging.duties import Duty, duties_of
from policygraph.judging.subjects import EVERYONE, Party, Subjects
from policygraph.model.document import Document
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.queries import build_order


@dataclass(frozen=True, slots=True)
class Group:
    """A group of readers, or a role with those who hold it. No title where no register names everyone."""

    party: Party
    title: str
    description: str = ""
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedDuty:
    """A duty with its place in the one order of all duties, and whom it binds.

    `again` are the same words in other documents. Those who read of it since it binds somebody whom no register knows
    are `told` of it.
    """

    rank: int
    duty: Duty
    parties: tuple[Party, ...]
    again: tuple[Duty, ...] = ()
    told: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A document with its place in the order in which all are best read."""

    rank: int
    document: Document


@dataclass(frozen=True, slots=True)
class Share:
    """What some parties are asked together: nothing twice, in the one order. Documents are those to read.

    `others` is what the documents of these parties ask of persons and bodies that no register knows.
    """

    duties: tuple[RankedDuty, ...]
    documents: tuple[RankedDocument, ...]
    others: tuple[RankedDuty, ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes to read all of the documents."""
        return sum(ranked.document.reading_minutes for ranked in self.documents)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of every group and role.

    `groups` are everyone, the audiences as the register has them, and the roles. The duties of a group are its own;
    those of everyone come on top.
    """

    groups: tuple[Group, ...]
    duties: Mapping[Party, tuple[RankedDuty, ...]]
    documents: Mapping[Party, tuple[RankedDocument, ...]]
    others: Mapping[Party, tuple[RankedDuty, ...]]

    def of(self, *parties: Party) -> Share:
        """What is expected of somebody who belongs to all of these, without duplicates."""
        duties = {ranked.rank: ranked for party in parties for ranked in self.duties.get(party, ())}
        documents = {ranked.rank: ranked for party in parties for ranked in self.documents.get(party, ())}
        others = {ranked.rank: ranked for party in parties for ranked in self.others.get(party, ())}
        return Share(
            tuple(duties[rank] for rank in sorted(duties)),
            tuple(documents[rank] for rank in sorted(documents)),
            tuple(others[rank] for rank in sorted(others.keys() - duties.keys())),
        )

    def beyond(self, *parties: Party) -> Share:
        """The same without what everyone is asked anyway."""
        share = self.of(*(party for party in parties if party != EVERYONE))
        duties = {ranked.rank for ranked in self.duties.get(EVERYONE, ())}
        documents = {ranked.rank for ranked in self.documents.get(EVERYONE, ())}
        others = {ranked.rank for ranked in self.others.get(EVERYONE, ())}
        return Share(
            tuple(ranked for ranked in share.duties if ranked.rank not in duties),
            tuple(ranked for ranked in share.documents if ranked.rank not in documents),
            tuple(ranked for ranked in share.others if ranked.rank not in others),
        )

    def group(self, party: Party) -> Group | None:
        """The group of a party."""
        return next((group for group in self.groups if group.party == party), None)


def audiences_of(document: Document) -> tuple[Party, ...]:
    """The groups that a document names; everyone where it names nobody."""
    named = tuple(dict.fromkeys(Party("audience", id.lower()) for id in document.front.applies_to))
    return (EVERYONE,) if not named or EVERYONE in named else named


def expected_of(handbook: Handbook, day: dt.date) -> Expected:
    """What the documents in force on a day expect, of whom.

    Duties are in one order: by pace, the most frequent first; within a pace by interval or deadline, the shortest
    first; and then as the handbook has them. What two documents say in the same words is one duty. Documents are in the order of the graph: none before those it relies on.
    """
    subjects = Subjects(handbook.organisation)
    documents = [document for document in handbook.documents if document.in_force(day)]
    all_duties = [
        duty
        for document in documents
        for duty in duties_of(document, handbook.blocks.get(document.path, ()), subjects)
    ]
    # Sorting is stable: what is equal stays in reading order.
    all_duties.sort(key=lambda duty: (duty.pace, duty.span_days))
    alike: dict[Hashable, list[Duty]] = {}
    for duty in all_duties:
        alike.setdefault(duty.says, []).append(duty)
    duties: defaultdict[Party, list[RankedDuty]] = defaultdict(list)
    others: defaultdict[Party, list[RankedDuty]] = defaultdict(list)
    resting: defaultdict[Party, dict[str, None]] = defaultdict(dict)
    for rank, (duty, *again) in enumerate(alike.values()):
        parties: dict[Party, None] = {}
        told: dict[Party, None] = {}
        for one in (duty, *again):
            readers = audiences_of(one.document)
            found = [*one.bound.parties, *(readers if one.bound.general else ())]
            parties.update(dict.fromkeys(found))
            if one.bound.stranger is not None:
                told.update(dict.fromkeys(readers))
            for party in found:
                resting[party][one.document.path] = None
        ranked = RankedDuty(
            rank, duty, tuple(parties), tuple(again), tuple(party for party in told if party not in parties)
        )
        for party in parties:
            duties[party].append(ranked)
        for party in ranked.told:
            others[party].append(ranked)
    for document in documents:
        for party in audiences_of(document):
            resting[party][document.path] = None
        if document.owner and document.owner.lower() in handbook.organisation.roles:
            resting[Party("role", document.owner.lower())][document.path] = None
    ranks = {
        document.path: RankedDocument(number, document)
        for number, document in enumerate(d for layer in build_order(handbook) for d in layer)
    }
    return Expected(
        _groups(handbook, documents),
        {party: tuple(found) for party, found in duties.items()},
        {
            party: tuple(sorted((ranks[path] for path in paths), key=lambda ranked: ranked.rank))
            for party, paths in resting.items()
        },
        {party: tuple(found) for party, found in others.items()},
    )


def _groups(handbook: Handbook, documents: Iterable[Document]) -> tuple[Group, ...]:
    audiences, roles = handbook.organisation.audiences, handbook.organisation.roles
    known = audiences.get(EVERYONE.id)
    groups = [
        Group(EVERYONE, known.title if known else "", known.description if known else ""),
        *(
            Group(Party("audience", id), a.title, a.description)
            for id, a in audiences.items()
            if id != EVERYONE.id
        ),
    ]
    # Those whom only documents name keep the spelling of the first.
    strangers = {
        id.lower(): id
        for document in reversed(list(documents))
        for id in reversed(document.front.applies_to)
        if id.lower() not in audiences and id.lower() != EVERYONE.id
    }
    groups += [Group(Party("audience", id), title) for id, title in sorted(strangers.items())]
    groups += [Group(Party("role", id), r.title, r.purpose, r.holders) for id, r in roles.items()]
    return tuple(groups)
