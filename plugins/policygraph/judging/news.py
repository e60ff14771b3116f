"""What happened to documents, as their readers see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from policygraph.judging.lines import Line
from policygraph.model.change import Change
from policygraph.model.document import FrontMatter
from policygraph.model.history import Commit


class News(StrEnum):
    """What happened to a document, as a reader sees it."""

    NEW = "new"
    BACK = "in force again"
    CHANGED = "changed"
    RETIRED = "retired"
    WITHDRAWN = "taken back to a draft"
    REMOVED = "removed"
    EXPIRED = "expired"
    EDITORIAL = "editorial"
    CONTROL = "control data"

    @property
    def ends(self) -> bool:
        """Whether the document no longer applies."""
        return self in (News.RETIRED, News.WITHDRAWN, News.REMOVED, News.EXPIRED)

    @property
    def quiet(self) -> bool:
        """Whether nobody needs to know: what is asked of people stayed the same."""
        return self in (News.EDITORIAL, News.CONTROL)


@dataclass(frozen=True, slots=True)
class ReaderChange:
    """Something that happened to one document.

    `commit` brought it; where a document expired, the commit that had set the day. `before` and `after` are the texts
    in force before and since; None where there was none, or none that can be read. `change` is what separates them.
    `audiences` are the ids, in lower case, of those whom it concerns, people to whom the document no longer applies
    included; none means everyone. `applies_from` is set where it did not apply at once. `front` is the front matter
    since, `front_before` that of the text in force before.
    """

    news: News
    line: Line
    day: dt.date
    when: dt.datetime
    commit: Commit
    at: str
    front: FrontMatter
    audiences: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    change: Change | None = None
    reason: str = ""
    applies_from: dt.date | None = None
    front_before: FrontMatter | None = None

    @property
    def key(self) -> str:
        """By which it is known, whatever happens later: commit, the file's path then, and what happened."""
        return f"{self.commit.id}:{self.at}:{self.news.value}"

    def concerns(self, audience: str) -> bool:
        """Whether it concerns an audience, by its id in lower case."""
        return not self.audiences or audience in self.audiences


@dataclass(frozen=True, slots=True)
class Batch:
    """What one commit did to documents: one of them, or so many that they are told of together.

    By its `key` it is known, whatever happens later. `reason` says why: of many documents what all share, which only
    the commit can tell.
    """

    news: News
    changes: tuple[ReaderChange, ...]
    key: str
    reason: str

    @property
    def first(self) -> ReaderChange:
        """The change that stands for all."""
        return self.changes[0]

    def of(self, path: str) -> ReaderChange | None:
        """What it did to the document at a path."""
        return next((c for c in self.changes if c.line.document and c.line.document.path == path), None)

    def concerning(self, audience: str) -> Batch | None:
        """The part of it that concerns an audience."""
        found = tuple(change for change in self.changes if change.concerns(audience))
        return replace(self, changes=found) if found else None


@dataclass(frozen=True, slots=True)
class Beginning:
    """The commit with which the history begins, and the documents that were in force with it.

    It is `known` to be the beginning where the whole history could be read.
    """

    commit: Commit
    documents: tuple[ReaderChange, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed for readers, the newest first, and where it began.

    `marks` say by which version each document, by its path, is known: the same for as long as it asks the same.
    `latest` is the last change of substance of each document in force that has one.
    """

    batches: tuple[Batch, ...]
    beginning: Beginning | None
    marks: Mapping[str, str]
    latest: Mapping[str, Batch]

    @property
    def loud(self) -> tuple[Batch, ...]:
        """What readers need to know."""
        return tuple(batch for batch in self.batches if not batch.news.quiet)
