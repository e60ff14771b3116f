"""When a document last changed in substance, found by walking its history from the newest state back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.judging.texts import Texts
from policygraph.model.change import Change
from policygraph.model.document import Document
from policygraph.model.history import Commit, History, Revision


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something happened: a day and, where a commit of the published branch tells it, the commit's place there.

    `order` is None where history does not hold it. What is on disk and in no commit is now, after everything.
    `said` tells a day that somebody has written down, such as that of a review, and not the commit's own.
    """

    day: dt.date
    order: int | None = None
    now: bool = False
    said: bool = False

    def before(self, other: Occasion) -> bool:
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
class SubstanceChange:
    """A change of substance: from the text of `old` to that of `new`, None for the text on disk that no commit has."""

    moment: Occasion
    change: Change
    old: Revision
    new: Revision | None


def occasion_of(commit: Commit) -> Occasion:
    """When a commit happened."""
    return Occasion(commit.when.date(), commit.order)


class SubstanceWalk:
    """Walks a document's changes of substance from the newest back, no further than it is asked to."""

    def __init__(self, history: History, document: Document, today: dt.date, texts: Texts) -> None:
        self._revisions = history.of(document.path)
        self._uncommitted = document.path in history.uncommitted
        self._document = document
        self._today = today
        self._texts = texts
        self._newest: SubstanceChange | None = None
        self._steps = self._pairs()
        self._next = next(self._steps, None)

    def since(self, moment: Occasion) -> SubstanceChange | None:
        """The newest change of substance, if it came after a moment."""
        while self._newest is None and self._next is not None and moment.before(self._next[0]):
            self._step()
        return self._newest if self._newest is not None and moment.before(self._newest.moment) else None

    def last_look(self) -> Occasion | None:
        """When the document itself last changed in substance, or else began; None where no history tells."""
        while self._newest is None and self._next is not None:
            self._step()
        if self._newest is not None:
            return self._newest.moment
        return occasion_of(self._revisions[0].commit) if self._revisions else None

    def _step(self) -> None:
        if self._next is None:
            return
        moment, old, new, text = self._next
        change = self._texts.change(old.text or "", text)
        if change.of_substance:
            self._newest = SubstanceChange(moment, change, old, new)
        self._next = next(self._steps, None)

    def _pairs(self) -> Iterator[tuple[Occasion, Revision, Revision | None, str]]:
        """Each two texts that follow each other, the newest first. What cannot be read as text is passed over."""
        readable = [revision for revision in self._revisions if revision.text is not None]
        if readable and self._uncommitted:
            yield Occasion(self._today, now=True), readable[-1], None, self._document.text
        for old, new in zip(readable[-2::-1], readable[:0:-1], strict=True):
            yield occasion_of(new.commit), old, new, new.text or ""
