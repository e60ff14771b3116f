"""Suspect references: a document was last looked at before one that it relies on changed in substance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.judging.standing import Standing
from policygraph.judging.texts import Texts
from policygraph.model.change import Change
from policygraph.model.document import Document, Status
from policygraph.model.history import Commit, History, Revision
from policygraph.model.reference import Reference
from policygraph.model.review import Review
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: a day and, where a commit of the published branch tells it, the commit's place there.

    `order` is None where history does not hold it. What is on disk and in no commit is now, after everything.
    `said` tells a day that somebody has written down, such as that of a review, and not the commit's own.
    """

    day: dt.date
    order: int | None = None
    now: bool = False
    said: bool = False

    def before(self, other: Moment) -> bool:
        """Whether it came earlier: by the place on the published branch where both have one, else by the day.

        Whoever says that they looked before the other day did so, however late the entry came. Nothing is
        made of that where one commit brought both, or where the other is in no commit and so has no day.
        """
        if other.now:
            return not self.now
        if self.said and self.day < other.day and (self.order is None or self.order != other.order):
            return True
        if self.now:
            return False
        if self.order is not None and other.order is not None:
            return self.order < other.order
        return self.day < other.day


@dataclass(frozen=True, slots=True)
class TextChange:
    """A change of substance: from the text of `old` to that of `new`, None for the text on disk that no commit has."""

    moment: Moment
    change: Change
    old: Revision
    new: Revision | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A reference whose source was last looked at (`looked`) before its target changed in substance.

    `review` is that last look; None where the source was never reviewed, so that its own last change of
    substance, or its beginning, counts as a look.
    """

    reference: Reference
    changed: TextChange
    looked: Moment
    review: Review | None


def suspects(
    handbook: Handbook, today: dt.date, standings: Mapping[str, Standing], texts: Texts
) -> tuple[Suspect, ...]:
    """Every suspect reference, in the order of the references. Where no history is at hand there are none."""
    if not handbook.history.revisions:
        return ()
    walks = {d.path: _Walk(handbook.history, d, today, texts) for d in handbook.documents}
    found = []
    for reference in handbook.references:
        source = handbook.by_path[reference.source]
        if not reference.relation.relies or source.status is not Status.ACTIVE:
            continue
        review = standings[source.path].last_review
        looked = _of_review(handbook.history, review) if review else walks[source.path].last_look()
        if looked is None:
            continue
        changed = walks[reference.target].since(looked)
        if changed is not None:
            found.append(Suspect(reference, changed, looked, review))
    return tuple(found)


def _of_review(history: History, review: Review) -> Moment:
    """When a review was made: when its file came onto the published branch, or now if that is yet to come, and
    no later than its date says."""
    revisions = history.of(review.place.file)
    if revisions:
        return Moment(review.on, revisions[0].commit.order, said=True)
    return Moment(review.on, now=review.place.file in history.uncommitted, said=True)


def _of_commit(commit: Commit) -> Moment:
    return Moment(commit.when.date(), commit.order)


class _Walk:
    """Walks a document's changes of substance from the newest back, no further than it is asked to."""

    def __init__(self, history: History, document: Document, today: dt.date, texts: Texts) -> None:
        self._revisions = history.of(document.path)
        self._uncommitted = document.path in history.uncommitted
        self._document = document
        self._today = today
        self._texts = texts
        self._newest: TextChange | None = None
        self._steps = self._pairs()
        self._next = next(self._steps, None)

    def since(self, moment: Moment) -> TextChange | None:
        """The newest change of substance, if it came after a moment."""
        while self._newest is None and self._next is not None and moment.before(self._next[0]):
            self._step()
        return self._newest if self._newest is not None and moment.before(self._newest.moment) else None

    def last_look(self) -> Moment | None:
        """When the document itself last changed in substance, or else began; None where no history tells."""
        while self._newest is None and self._next is not None:
            self._step()
        if self._newest is not None:
            return self._newest.moment
        return _of_commit(self._revisions[0].commit) if self._revisions else None

    def _step(self) -> None:
        if self._next is None:
            return
        moment, old, new, text = self._next
        change = self._texts.change(old.text or "", text)
        if change.of_substance:
            self._newest = TextChange(moment, change, old, new)
        self._next = next(self._steps, None)

    def _pairs(self) -> Iterator[tuple[Moment, Revision, Revision | None, str]]:
        """Each two texts that follow each other, the newest first. What cannot be read as text is passed over."""
        readable = [revision for revision in self._revisions if revision.text is not None]
        if readable and self._uncommitted:
            yield Moment(self._today, now=True), readable[-1], None, self._document.text
        for old, new in zip(readable[-2::-1], readable[:0:-1], strict=True):
            yield _of_commit(new.commit), old, new, new.text or ""
