"""Git to the history of each file. Git is asked a fixed number of times, however many files there are."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from policygraph.model.history import Commit, History, Keeping, Moment, Revision
from policygraph.reading.branches import Branches, branches_of
from policygraph.reading.fence import normalised
from policygraph.reading.files import MAX_BYTES, UNSAFE, decoded
from policygraph.reading.git import GitError, NoGitError, Repository, repository_of
from policygraph.reading.git_answers import GitAnswers
from policygraph.reading.history_log import (
    LOG,
    Change,
    Entry,
    brought_by_merges,
    commit_of,
    read_log,
)
from policygraph.reading.reach import REACH, read_reach

TEXT_SUFFIXES = (".md", ".markdown", ".yml", ".yaml")
"""Files whose texts are kept; of all others only when they changed."""

MOST_BYTES = 500_000_000
"""What all texts together may have; beyond it the oldest stay unread."""

_PARTIAL = "The clone is partial: old texts are missing."

_MOST_MOVES = 4
"""How often a whole folder is followed to where it was before."""

_RENAMES = "-l800"
"""How many files of one commit are compared for a rename that also changed the text: it takes the square."""


@dataclass(frozen=True, slots=True)
class HistorySource:
    """Where a handbook comes from that was taken out of a repository: the moment, and the documents' folder
    there, from the top of the repository."""

    repository: Repository
    moment: Moment
    documents: str


def read_history(
    root: Path,
    folder: str,
    source: HistorySource | None = None,
    *,
    branch: str = "",
    beside: Iterable[str] = (),
) -> History:
    """Read the history of the documents' folder `folder` below the project's root.

    `branch` is the published branch that the settings name; `beside` are further folders of the handbook, from
    the root, such as registers that lie elsewhere. Nothing here raises: what goes wrong stands in `keeping`.
    """
    try:
        if source is not None:
            where = _Where(source.repository, source.documents, folder)
            moment = source.moment
            return replace(_committed(where, moment.commit, moment.branch, tuple(beside)), moment=moment)
        repository = repository_of(root / folder)
        if repository is None:
            return History(Keeping.NO_REPOSITORY)
        branches = branches_of(repository, branch)
        if branches.head is None:
            return History(Keeping.NO_COMMITS, branch=branches.name)
        inside = (root / folder).resolve().relative_to(repository.top).as_posix()
        where = _Where(repository, inside, folder)
        found = _committed(where, branches.head, branches.name, tuple(beside))
        uncommitted = _uncommitted(root, folder, found.revisions)
        return replace(found, instead=_other(branches), uncommitted=uncommitted)
    except NoGitError as error:
        return History(Keeping.NO_GIT, f"{error}.")
    except GitError as error:
        return History(Keeping.UNREADABLE, f"{error}.")
    except OSError as error:
        return History(Keeping.UNREADABLE, f"{error.strerror or type(error).__name__}.")


def _other(found: Branches) -> str:
    """The branch that is read in place of the published one, if any."""
    return "" if found.on_published else found.checked_out or "a commit without a branch"


@dataclass(frozen=True, slots=True)
class _Where:
    """How paths of the repository and of the project belong together."""

    repository: Repository
    documents: str
    folder: str

    @property
    def _project(self) -> str:
        """The project's root from the top of the repository."""
        return posixpath.normpath(posixpath.join(self.documents, ".."))

    def in_repository(self, path: str) -> str | None:
        """A path of the project as the repository knows it; None where it lies outside."""
        if path == self.folder or path.startswith(f"{self.folder}/"):
            found = posixpath.normpath(posixpath.join(self.documents, posixpath.relpath(path, self.folder)))
        else:
            found = posixpath.normpath(posixpath.join(self._project, path))
        return None if found == ".." or found.startswith("../") else found

    def in_project(self, path: bytes) -> str:
        """A path of the repository as the project knows it, fit to be shown."""
        name = shown(path)
        if self.documents == ".":
            return f"{self.folder}/{name}"
        if name.startswith(f"{self.documents}/"):
            return f"{self.folder}/{name[len(self.documents) + 1 :]}"
        return posixpath.relpath(name, self._project)


def shown(path: bytes) -> str:
    """A file's name as text; what no page can carry is written as an escape."""
    name = path.decode("utf-8", "surrogateescape")
    return name.encode("unicode_escape").decode() if UNSAFE.search(name) else name


# A preview server and a comparison read the same commits again and again; what is committed never changes.
@lru_cache(maxsize=2)
def _committed(where: _Where, commit: str, branch: str, beside: tuple[str, ...]) -> History:
    """The history up to a commit, whatever is on disk."""
    repository = where.repository
    found = (where.in_repository(path) for path in (where.folder, *beside))
    paths = sorted({path for path in found if path is not None})
    answers = GitAnswers(repository)
    log, exact = _log(repository, answers, commit, paths)
    former = _follow(repository, answers, log, paths)
    log.reverse()
    brought = _brought(repository, commit, [*paths, *former], log)
    reach = _reach(repository, answers, commit, [*paths, *former])
    commits = tuple(
        commit_of(entry, order, brought.get(entry.id, ()), reach.get(entry.id, (0, 0)))
        for order, entry in enumerate(log)
    )
    lines = _Lines(where)
    for one, entry in zip(commits, log, strict=True):
        lines.add(one, entry.changes)
    if former:
        lines.keep(paths)
        commits = lines.commits()
    texts, lack = _texts(repository, answers, lines.blobs())
    answers.save()
    if exact and not lack:
        lack = _PARTIAL
    revisions, displaced = lines.revisions(texts)
    return History(
        Keeping.SHALLOW if repository.shallow or lack else Keeping.WHOLE,
        "" if repository.shallow else lack,
        branch,
        commit,
        revisions,
        displaced=displaced,
        commits=commits,
    )


def _log(
    repository: Repository, answers: GitAnswers, commit: str, paths: list[str]
) -> tuple[list[Entry], bool]:
    """The landing commits, the newest first; and whether only exact renames could be followed."""
    asked = (*LOG, "--first-parent", "--diff-merges=first-parent")
    rest = ("--end-of-options", commit, "--", *paths)
    whole = (*asked, "-M", _RENAMES, *rest)
    if (known := answers.log(commit, whole)) is not None:
        return known, False
    try:
        found = list(read_log(repository.ask(*whole)))
        answers.keep_log(commit, whole, found)
        return found, False
    except NoGitError:
        raise
    except GitError:
        # A partial clone lacks the texts that a comparison needs, and is not asked to fetch them.
        return list(read_log(repository.ask(*asked, "-M100%", *rest))), True


def _follow(repository: Repository, answers: GitAnswers, log: list[Entry], paths: list[str]) -> list[str]:
    """Follow the whole folder to where it was before somebody moved it: lengthen the log by what changed there,
    and return the folders. What moved in later, file by file, begins where it came in."""
    former: list[str] = []
    here = paths
    for _ in range(_MOST_MOVES):
        if not log or not log[-1].parents or all(change.status != "A" for change in log[-1].changes):
            break
        oldest = log[-1]
        asked = (*LOG, "-1", "--first-parent", "--diff-merges=first-parent", "-M", _RENAMES)
        try:
            whole = next(read_log(repository.ask(*asked, "--end-of-options", oldest.id, "--")))
        except (GitError, StopIteration):
            break
        changes = tuple(change for change in whole.changes if _below(change.path, here))
        came = [c.renamed_from for c in changes if c.renamed_from and not _below(c.renamed_from, here)]
        if not came:
            break
        here = sorted({os.fsdecode(path).rpartition("/")[0] or "." for path in came})
        here = [one for one in here if not any(one.startswith(f"{other}/") for other in here)]
        log[-1] = replace(oldest, changes=changes)
        log += _log(repository, answers, oldest.parents[0], here)[0]
        former += here
    return former


def _below(path: bytes, folders: list[str]) -> bool:
    name = os.fsdecode(path)
    return any(folder == "." or name == folder or name.startswith(f"{folder}/") for folder in folders)


def _brought(
    repository: Repository, commit: str, paths: list[str], log: list[Entry]
) -> dict[str, tuple[tuple[str, str], ...]]:
    if not any(len(entry.parents) > 1 for entry in log):
        return {}
    asked = (*(part for part in LOG if part != "--raw"), "-s", "--full-history", "--parents")
    entries = read_log(repository.ask(*asked, "--end-of-options", commit, "--", *paths))
    return brought_by_merges({entry.id: entry for entry in entries}, [entry.id for entry in log])


def _reach(
    repository: Repository, answers: GitAnswers, commit: str, paths: list[str]
) -> dict[str, tuple[int, int]]:
    """By commit, how many files of the handbook it touched, and how many others; empty where git cannot say."""
    if "." in paths:
        return {}  # the whole repository is the handbook
    asked = (*REACH, "--end-of-options", commit, "--", *paths)
    known = answers.reach(commit, asked)
    if known is not None:
        return known
    try:
        found = read_reach(repository.ask(*asked), paths)
    except NoGitError:
        raise
    except GitError:
        # Folders beside the handbook may be missing in a partial clone. The history is worth more than the count.
        return {}
    answers.keep_reach(commit, asked, found)
    return found


@dataclass(slots=True)
class _State:
    """A state of a file whose text is not read yet."""

    path: bytes
    commit: Commit
    change: Change


class _Lines:
    """Follows each file through its names, from the oldest commit to the newest."""

    def __init__(self, where: _Where) -> None:
        self._where = where
        self._lines: dict[bytes, list[_State]] = {}
        self._displaced: list[list[_State]] = []

    def add(self, commit: Commit, changes: tuple[Change, ...]) -> None:
        """Take what a commit did."""
        # Names are given up before they are taken, so that files may change names among themselves.
        moved = {
            change.renamed_from: self._lines.pop(change.renamed_from, [])
            for change in changes
            if change.renamed_from is not None
        }
        for change in changes:
            if change.renamed_from is None:
                line = self._lines.setdefault(change.path, [])
            else:
                line = moved[change.renamed_from]
                if (other := self._lines.get(change.path)) is not None:
                    self._displaced.append(other)
                self._lines[change.path] = line
            line.append(_State(change.path, commit, change))

    def commits(self) -> tuple[Commit, ...]:
        """The commits that changed any of the files, the oldest first."""
        found = {state.commit.order: state.commit for state in self._states()}
        return tuple(found[order] for order in sorted(found))

    def _states(self) -> Iterator[_State]:
        for line in (*self._lines.values(), *self._displaced):
            yield from line

    def keep(self, folders: list[str]) -> None:
        """Keep only what ended up in these folders: where they were before, other files may have lain beside."""
        self._lines = {path: line for path, line in self._lines.items() if _below(path, folders)}
        self._displaced = [line for line in self._displaced if _below(line[-1].path, folders)]

    def blobs(self) -> list[str]:
        """The texts to read, those of the newest commits first."""
        newest: dict[str, int] = {}
        for state in self._states():
            blob = state.change.blob
            if blob is not None and state.change.regular and _is_text(state.path):
                newest[blob] = max(newest.get(blob, 0), state.commit.order)
        return sorted(newest, key=lambda blob: (-newest[blob], blob))

    def revisions(
        self, texts: dict[str, str]
    ) -> tuple[dict[str, tuple[Revision, ...]], tuple[tuple[Revision, ...], ...]]:
        """The states of each file by its path today, and those of files whose path another has taken."""
        names: dict[bytes, str] = {}
        by_path: defaultdict[str, tuple[Revision, ...]] = defaultdict(tuple)

        def name(path: bytes) -> str:
            if path not in names:
                names[path] = self._where.in_project(path)
            return names[path]

        def revision(state: _State) -> Revision:
            change = state.change
            before = name(change.renamed_from) if change.renamed_from is not None else None
            text = texts.get(change.blob or "") if change.regular and _is_text(state.path) else None
            return Revision(name(state.path), state.commit, text, before, change.blob is None)

        for path, line in sorted(self._lines.items()):
            by_path[name(path)] += tuple(revision(state) for state in line)
        displaced = tuple(tuple(revision(state) for state in line) for line in self._displaced)
        return dict(sorted(by_path.items())), displaced


def _is_text(path: bytes) -> bool:
    return path.lower().endswith(tuple(suffix.encode() for suffix in TEXT_SUFFIXES))


def _texts(repository: Repository, answers: GitAnswers, blobs: list[str]) -> tuple[dict[str, str], str]:
    """Texts by the id of their blob, and what to say of those that are lacking."""
    try:
        return _read_texts(answers, blobs)
    except NoGitError:
        raise
    except GitError:
        # In a partial clone git ends at the first text that it would have to fetch.
        present = repository.present()
        here = [blob for blob in blobs if blob in present]
        if len(here) == len(blobs):
            raise
        return _read_texts(answers, here)[0], _PARTIAL


def _read_texts(answers: GitAnswers, blobs: list[str]) -> tuple[dict[str, str], str]:
    found: dict[str, str] = {}
    left, lack = MOST_BYTES, ""
    for answer in answers.blobs(blobs, MAX_BYTES):
        if answer.data is None:
            lack = _PARTIAL if answer.missing else lack
            continue
        left -= len(answer.data)
        if left < 0:
            return found, "The oldest texts are not read: all texts together are too large."
        found[answer.id] = normalised(decoded(answer.data, "")[0])
    return found, lack


def _uncommitted(root: Path, folder: str, revisions: Mapping[str, tuple[Revision, ...]]) -> frozenset[str]:
    """The files whose text on disk differs from the newest commit: changed, new, or gone."""
    found = set()
    for path, line in revisions.items():
        last = line[-1]
        if last.deleted or last.text is None:
            continue
        try:
            file = root / path
            data = b"" if file.is_symlink() or file.stat().st_size > MAX_BYTES else file.read_bytes()
            text: str | None = normalised(decoded(data, "")[0])
        except (OSError, ValueError):
            text = None
        if text != last.text:
            found.add(path)
    for directory, folders, files in os.walk(root / folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = posixpath.normpath(posixpath.join(folder, os.path.relpath(directory, root / folder)))
        for name in files:
            path = f"{inside}/{name}"
            if name.startswith(".") or not _is_text(os.fsencode(name)) or UNSAFE.search(path):
                continue
            if path not in revisions or revisions[path][-1].deleted:
                found.add(path)
    return frozenset(found)
