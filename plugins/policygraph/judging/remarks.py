"""Remarks on reviews: what an auditor would raise an eyebrow at. They are shown, and hide nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policygraph.judging.people import holds, person_key, same_person
from policygraph.judging.texts import Texts
from policygraph.model.document import Document
from policygraph.model.history import History, Keeping, Revision
from policygraph.model.in_words import date_words
from policygraph.model.place import Place
from policygraph.model.review import Outcome, Review
from policygraph.resolving.handbook import Handbook
from policygraph.words import N_, _

BULK = 5
"""Reviews by one person on one day, from which they are called a bulk: reading five policies takes most of a day."""

LATE = 7
"""Days that an entry, or the text that it names, may come after the review's date without a remark: a pull request
may wait for a week."""


class RemarkKind(StrEnum):
    """What a remark is about."""

    NOT_HOLDER = "does not hold the role"
    NOT_APPROVER = "not the approver's role"
    OWN_CHANGE = "own change"
    ENTERED_BY_OTHER = "entered by somebody else"
    BULK = "one of many on one day"
    UNKNOWN_TEXT = "text not in the history"
    NO_TEXT = "no text named"
    OTHER_TEXT = "not the approved text"
    NOTHING_TO_CONFIRM = "nothing approved before"
    REJECTED = "rejected"
    LATER = "not counted yet"
    ENTERED_LATE = "entered long after its date"
    TEXT_LATE = "its text came long after its date"
    NOTHING_THERE = "dated before any text"


BACKDATED = (RemarkKind.ENTERED_LATE, RemarkKind.TEXT_LATE, RemarkKind.NOTHING_THERE)
"""Remarks on a date that history does not bear out."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a review that should not go unseen: a sentence of ours with its values."""

    kind: RemarkKind
    review: Review
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the review stands."""
        return self.review.place

    @property
    def message(self) -> str:
        """The remark in words, with dates as machines and reports write them."""
        return _(self.sentence, **self.values)

    @property
    def words(self) -> str:
        """The remark as pages say it, with dates in words."""
        said = {
            name: date_words(value) if isinstance(value, dt.date) else value
            for name, value in self.values.items()
        }
        return _(self.sentence, **said)


class Remarks:
    """Makes the remarks on the reviews of one handbook."""

    def __init__(self, handbook: Handbook, today: dt.date, texts: Texts) -> None:
        self._handbook = handbook
        self._today = today
        self._texts = texts
        self._load = Counter(
            (person_key(review.by), review.on) for group in handbook.reviews.values() for review in group
        )

    def on(
        self, document: Document, logged: Iterable[Review], counted: tuple[Review, ...]
    ) -> tuple[Remark, ...]:
        """The remarks on a document's reviews: `counted` are those that count today, in order."""
        found = [remark for review in counted for remark in self._on_one(document, review)]
        found += self._confirmations(document, counted)
        if counted and counted[-1].outcome is Outcome.REJECTED:
            last = counted[-1]
            sentence = N_(
                "Rejected on %(day)s by %(name)s, and nobody has approved or confirmed the text since."
            )
            found.append(Remark(RemarkKind.REJECTED, last, sentence, {"day": last.on, "name": last.by}))
        for review in logged:
            if review.on > self._today:
                sentence = N_("Dated %(day)s, which is after %(today)s: it does not count yet.")
                values = {"day": review.on, "today": self._today}
                found.append(Remark(RemarkKind.LATER, review, sentence, values))
        return tuple(found)

    def _on_one(self, document: Document, review: Review) -> Iterator[Remark]:
        def remark(kind: RemarkKind, sentence: str, **values: object) -> Remark:
            return Remark(kind, review, sentence, values)

        role = self._handbook.role(review.role)
        if role is not None and not holds(role, review.by):
            yield remark(
                RemarkKind.NOT_HOLDER,
                N_("%(name)s does not hold the role '%(role)s' in the register of today."),
                name=review.by,
                role=role.title,
            )
        if review.outcome.approves:
            yield from self._on_approval(document, review)
        if (other := entered_by(self._handbook.history, review)) is not None:
            yield remark(
                RemarkKind.ENTERED_BY_OTHER,
                N_("The entry was committed by %(other)s (a bot), not by %(name)s.")
                if other.bot
                else N_("The entry was committed by %(other)s, not by %(name)s."),
                other=other.name,
                name=review.by,
            )
        many = self._load[person_key(review.by), review.on]
        if many >= BULK:
            yield remark(
                RemarkKind.BULK,
                N_("One of %(count)s reviews by %(name)s on %(day)s."),
                count=many,
                name=review.by,
                day=review.on,
            )
        if review.looked_at is None:
            yield remark(RemarkKind.NO_TEXT, N_("The entry does not say which text was looked at."))
        elif self._missing(document, review.looked_at.text):
            yield remark(
                RemarkKind.UNKNOWN_TEXT,
                N_("The text that was looked at is nowhere in the published history."),
            )
        yield from self._on_date(document, review)

    def _on_date(self, document: Document, review: Review) -> Iterator[Remark]:
        """What history says of the date. Only a whole history knows when a file first came."""
        history = self._handbook.history
        if history.keeping is not Keeping.WHOLE:
            return
        entries = history.of(review.place.file)
        if entries and (days := _late(review, _day(entries[0]))):
            sentence = N_("Entered %(days)s days after its date.")
            yield Remark(RemarkKind.ENTERED_LATE, review, sentence, {"days": days})
        elif (
            not entries and review.place.file in history.uncommitted and (days := _late(review, self._today))
        ):
            sentence = N_("Not committed yet, %(days)s days after its date.")
            yield Remark(RemarkKind.ENTERED_LATE, review, sentence, {"days": days})
        texts = history.of(document.path)
        first = min(map(_day, texts), default=review.on)
        if days := _late(review, first):
            sentence = N_(
                "No text of %(id)s was on the branch before %(day)s, %(days)s days after the review's date."
            )
            values = {"id": document.id, "day": first, "days": days}
            yield Remark(RemarkKind.NOTHING_THERE, review, sentence, values)
        elif review.looked_at is not None:
            named = self._texts.holding(document.path, review.looked_at.text)
            if named and (days := _late(review, min(map(_day, named)))):
                sentence = N_("The text it names came onto the branch %(days)s days after the review's date.")
                yield Remark(RemarkKind.TEXT_LATE, review, sentence, {"days": days})

    def _on_approval(self, document: Document, review: Review) -> Iterator[Remark]:
        approver = document.front.approver
        if approver and review.role.casefold() != approver.casefold():
            wanted = self._handbook.role(approver)
            yield Remark(
                RemarkKind.NOT_APPROVER,
                review,
                N_("Approved as '%(role)s'; the approver is '%(approver)s'."),
                {"role": self._title(review.role), "approver": wanted.title if wanted else approver},
            )
        revision = self._texts.looked_at(review)
        if revision is not None and any(same_person(review.by, name) for name in revision.commit.authors):
            yield Remark(
                RemarkKind.OWN_CHANGE,
                review,
                N_("%(name)s approved a text that %(name)s changed in %(commit)s."),
                {"name": review.by, "commit": revision.commit.id[:8]},
            )

    def _confirmations(self, document: Document, counted: tuple[Review, ...]) -> Iterator[Remark]:
        approved: Review | None = None
        for review in counted:
            if review.outcome.approves:
                approved = review
            elif review.outcome is Outcome.CONFIRMED:
                if approved is None:
                    yield Remark(
                        RemarkKind.NOTHING_TO_CONFIRM,
                        review,
                        N_("Confirmed as unchanged, though no text had been approved."),
                    )
                    continue
                change = (
                    self._texts.between(document, approved.looked_at, review.looked_at)
                    if review.looked_at
                    else None
                )
                if change is not None and change.of_substance:
                    yield Remark(
                        RemarkKind.OTHER_TEXT,
                        review,
                        N_(
                            "Confirmed as unchanged, though the text differed in substance from the one approved on %(day)s."
                        ),
                        {"day": approved.on},
                    )

    def _title(self, role: str) -> str:
        found = self._handbook.role(role)
        return found.title if found else role

    def _missing(self, document: Document, hash: str) -> bool:
        """Whether a text is known to be nowhere: only a whole history can say so."""
        if self._handbook.history.keeping is not Keeping.WHOLE or hash == self._texts.hash_of(document):
            return False
        return not self._texts.known(hash)


def _day(revision: Revision) -> dt.date:
    return revision.commit.when.date()


def _late(review: Review, came: dt.date) -> int:
    """By how many days something came after a review's date; 0 where that is no more than may be."""
    days = (came - review.on).days
    return days if days > LATE else 0


@dataclass(frozen=True, slots=True)
class Committer:
    """Who committed something, and whether that was a program."""

    name: str
    bot: bool


def entered_by(history: History, review: Review) -> Committer | None:
    """Who committed the entry of a review, where that was somebody else than the reviewer; the first commit counts."""
    revisions = history.of(review.place.file)
    if not revisions:
        return None
    commit = revisions[0].commit
    authors = commit.authors or (commit.author,)
    if any(same_person(review.by, name) for name in authors):
        return None
    return Committer(authors[0], commit.bot)
