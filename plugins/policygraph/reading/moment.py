"""A date or a revision, as people type it, to a commit of the published branch."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from policygraph.model.history import Moment
from policygraph.reading.branches import branches_of
from policygraph.reading.git import Repository
from policygraph.reading.history_log import moment as calendar_moment

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEARLY_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{4}|\d{8}")
_MOST = 200


class MomentError(Exception):
    """There is no such moment. The message is one sentence for the user."""


class NoHandbookError(MomentError):
    """There was such a moment, but no handbook yet."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The commits of the published branch with their times, the newest first."""

    name: str
    commits: tuple[tuple[str, dt.datetime], ...]


def moment_of(repository: Repository, given: str, branch: str, today: dt.date) -> Moment:
    """The moment that a user means: a day (`2026-03-01`), or anything that git takes for a commit.

    A day means the newest commit of the published branch whose committer's date is on that day or before it, in
    UTC. `branch` is the published branch that the settings name; `today` bounds what can be known.

    Raises:
        MomentError: where there is none.
        GitError: where git cannot answer.
    """
    text = given.strip()
    if not text or len(text) > _MOST or not text.isprintable():
        raise MomentError("A moment is a date such as 2026-03-01, or a commit, tag or branch.")
    if text.startswith("-"):
        raise MomentError(f"'{text}' looks like an option; a moment is a date or a commit, tag or branch.")
    if _DATE.fullmatch(text):
        return _on_day(repository, text, branch, today)
    return _at_revision(repository, text, branch)


def _on_day(repository: Repository, text: str, branch: str, today: dt.date) -> Moment:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise MomentError(f"{text} is no day of the calendar.") from None
    if day > today:
        raise MomentError(f"{text} is still to come; today is {today.isoformat()}.")
    line = _line(repository, branch)
    for commit, when in line.commits:
        if when.date() <= day:
            return Moment(day, commit, line.name)
    on = f" on {line.name}" if line.name else ""
    if repository.shallow:
        raise MomentError(
            f"The commits of {text} are not in this shallow clone; fetch all of it (git fetch --unshallow)."
        )
    if not line.commits:
        raise MomentError(f"There is no commit{on} yet.")
    first = line.commits[-1][1].date().isoformat()
    raise MomentError(f"There was nothing{on} on {text}: its first commit is of {first}.")


def _at_revision(repository: Repository, text: str, branch: str) -> Moment:
    commit = repository.commit(text)
    if commit is None:
        hint = " A date is written as 2026-03-01." if _NEARLY_DATE.fullmatch(text) else ""
        hint = hint or (" This clone is shallow; older commits are missing." if repository.shallow else "")
        raise MomentError(f"'{text}' names no commit here.{hint}")
    line = _line(repository, branch)
    times = dict(line.commits)
    if (when := times.get(commit)) is not None:
        return Moment(when.date(), commit, line.name)
    answer = repository.ask("log", "-1", "--no-show-signature", "--format=%ct", "--end-of-options", commit)
    return Moment(calendar_moment(answer.decode("ascii", "replace")).date(), commit, line.name, landed=False)


def _line(repository: Repository, branch: str) -> _Line:
    found = branches_of(repository, branch)
    if found.tip is None:
        if found.head is None:
            return _Line(found.name, ())
        raise MomentError(f"There is no branch '{found.name}' here, which the settings name as published.")
    answer = repository.ask(
        "log", "--first-parent", "--no-show-signature", "--format=%H %ct", "--end-of-options", found.tip, "--"
    )
    commits = []
    for row in answer.decode("ascii", "replace").splitlines():
        id, _, seconds = row.partition(" ")
        commits.append((id, calendar_moment(seconds)))
    return _Line(found.name, tuple(commits))
