"""History: what git knows of each file. A commit is not an approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Keeping(StrEnum):
    """How much of the history could be read."""

    WHOLE = "whole"
    SHALLOW = "shallow"  # the clone holds only the latest commits, or (see `note`) not all texts
    NO_GIT = "no git"  # the program is not installed or cannot be run
    NO_REPOSITORY = "no repository"
    NO_COMMITS = "no commits"
    UNREADABLE = "unreadable"  # git ended with an error; `note` says what it said


class Landing(StrEnum):
    """How a commit came onto the published branch."""

    ORDINARY = "commit"
    MERGE = "merge"
    SQUASH = "squash merge"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the published branch, as git records it: who typed a name, not who they are.

    `order` counts along the published branch, the oldest first, so that two commits can be compared whatever
    their clocks said. `authors` are all who contributed: author and co-authors, or for a merge those of what it
    brought, since whoever merges need not have written a word; `author` is who made the commit itself. `about` is what
    a merge brought, in the words of its message, whose subject names only branches. `paragraphs` are those below the
    subject, items of a list each by itself. Of the files that it touched, `inside` are the handbook's and `beside`
    are not; both are 0 where nobody counted.
    """

    id: str
    order: int
    when: dt.datetime  # committer's time, in UTC
    author: str
    email: str
    committer: str
    subject: str
    landing: Landing = Landing.ORDINARY
    bot: bool = False
    pull_request: str = ""  # "#12" or "!12", where the subject or body says so
    authors: tuple[str, ...] = ()
    about: str = ""
    paragraphs: tuple[str, ...] = ()
    inside: int = 0
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of a file on the published branch. `text` is None where the commit deleted the file, or where it
    cannot be read as text."""

    path: str  # the file's path then
    commit: Commit
    text: str | None
    renamed_from: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """The day and the commit at which a handbook is shown as it was.

    `branch` is the published branch; `landed` tells whether the commit stands on it, and was not only on the
    way to it.
    """

    day: dt.date
    commit: str
    branch: str
    landed: bool = True

    @property
    def short(self) -> str:
        """The beginning of the commit's id, as people quote it."""
        return self.commit[:10]


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of the documents' folder, registers included.

    `revisions` gives, by today's path from the project's root, the states of each file, the oldest first,
    renames followed; files that are gone stand under their last path, or among `displaced` where another file
    has been renamed to it. `uncommitted` are files whose text on disk differs from the last commit, or that no
    commit has. `branch` is the branch that counts as published; `tip` the newest commit that was read, and
    `instead` the branch that was read in place of the published one, empty where that itself was. `commits`
    are all commits that changed anything here, the oldest first. `moment` is set where the handbook was taken
    out of git as it stood then.
    """

    keeping: Keeping = Keeping.NO_REPOSITORY
    note: str = ""
    branch: str = ""
    tip: str = ""
    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    uncommitted: frozenset[str] = frozenset()
    displaced: tuple[tuple[Revision, ...], ...] = ()
    instead: str = ""
    commits: tuple[Commit, ...] = ()
    moment: Moment | None = None

    def of(self, path: str) -> tuple[Revision, ...]:
        """The states of a file, the oldest first."""
        return self.revisions.get(path, ())
