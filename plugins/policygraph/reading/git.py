"""Git, asked without a shell and so that nothing in the repository can make it run anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

TIMEOUT = 300
"""Seconds that one question may take."""

_CONFIGURATION = {
    # What would start a program, or ask another machine.
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "log.showSignature": "false",
    "protocol.allow": "never",
    "gc.auto": "0",
    "maintenance.auto": "false",
    # A folder of the repository that looks like a repository is none.
    "safe.bareRepository": "explicit",
    # What would change the answer.
    "core.quotePath": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.follow": "false",
    "log.date": "default",
    "log.diffMerges": "separate",
    "diff.orderFile": os.devnull,
    "diff.relative": "false",
    "diff.ignoreSubmodules": "none",
    "i18n.logOutputEncoding": "UTF-8",
    "color.ui": "false",
}
_FLAGS: tuple[str, ...] = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "--literal-pathspecs",
    *(part for key, value in _CONFIGURATION.items() for part in ("-c", f"{key}={value}")),
)
_KEPT = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"})
"""Variables that say where the user's own configuration is, and the program's parts."""
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "LC_ALL": "C",
}
_OBJECT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Blob:
    """An object's contents; None where it is `missing`, too large, or no file."""

    id: str
    data: bytes | None
    missing: bool = False


class GitError(Exception):
    """Git could not answer; the message says why, in words for the user."""


class NoGitError(GitError):
    """Git is not installed, or cannot be run."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository. `top` is the folder that holds all of it; `git` the program."""

    top: Path
    shallow: bool
    git: str

    def ask(self, *arguments: str) -> bytes:
        """What git answers.

        Raises:
            GitError: where it cannot.
        """
        return _run(self.git, self.top, arguments)

    def refs(self, *names: str) -> dict[str, tuple[str, str]]:
        """The refs that exist, with their commits and, for symbolic ones, the ref they stand for."""
        form = "--format=%(refname)%00%(objectname)%00%(*objectname)%00%(symref)"
        found = {}
        for line in self.ask("for-each-ref", form, "--", *names).decode("utf-8", "replace").splitlines():
            name, id, peeled, symbolic = line.split("\0")
            found[name] = (peeled or id, symbolic)
        return found

    def commit(self, revision: str) -> str | None:
        """The id of the commit that a revision names, None where it names none."""
        if not revision or revision.startswith("-") or "\0" in revision:
            return None
        try:
            found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except NoGitError:
            raise
        except GitError:
            return None
        id = found.strip()
        return id.decode() if _OBJECT.match(id) else None

    def common_ancestor(self, one: str, other: str) -> str | None:
        """The commit at which two commits parted; None where this clone knows of none."""
        a, b = self.commit(one), self.commit(other)
        if a is None or b is None:
            return None
        try:
            found = self.ask("merge-base", a, b).strip()
        except NoGitError:
            raise
        except GitError:
            return None
        return found.decode() if _OBJECT.match(found) else None

    def present(self) -> frozenset[str]:
        """The ids of all objects that are here, which in a partial clone are not all there are."""
        answer = self.ask("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
        return frozenset(answer.decode("ascii", "replace").split())

    def blobs(self, ids: Iterable[str], most: int) -> Iterator[Blob]:
        """The contents of blobs in the order asked for, without those that are larger than `most` bytes.

        Raises:
            GitError: where git ends before it has answered.
        """
        wanted = list(ids)
        # From a file and not through a pipe: git would wait for us to read while we wait for it to.
        with tempfile.TemporaryFile() as questions:
            questions.writelines(f"{id}\n".encode() for id in wanted)
            questions.seek(0)
            count = 0
            for answer in _batch(self.git, self.top, questions, most):
                count += 1
                yield answer
        if count != len(wanted):
            raise GitError("git has not all texts here: the clone may be partial")


def repository_of(folder: Path) -> Repository | None:
    """The repository that a folder belongs to; None where there is none, and then git is not run at all.

    Raises:
        NoGitError: where git is missing.
        GitError: where git refuses the repository.
    """
    folder = folder.resolve()
    if not folder.is_dir() or not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return None
    git = shutil.which("git")
    if git is None:
        raise NoGitError("git is not installed here")
    answer = _run(git, folder, ("rev-parse", "--is-shallow-repository", "--show-toplevel"))
    shallow, _, top = answer.removesuffix(b"\n").partition(b"\n")
    found = Path(os.fsdecode(top)).resolve()
    if not top or not folder.is_relative_to(found):
        raise GitError("the repository says that its files lie elsewhere")
    return Repository(found, shallow == b"true", git)


def environment() -> dict[str, str]:
    """The environment for git: the user's, without anything that would point git elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or not name.startswith(("GIT_", "LC_"))
    }
    return {**kept, **_ENVIRONMENT}


def _start(
    git: str, folder: Path, arguments: Iterable[str], stdin: IO[bytes] | int, stderr: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - no shell, and the arguments are ours or checked
            [git, *_FLAGS, *arguments],
            cwd=folder,
            env=environment(),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    except OSError as error:
        raise NoGitError(f"git cannot be run: {error.strerror or type(error).__name__}") from None
    except ValueError:  # a null in a path that the settings name
        raise GitError("a path holds a character that no file can have") from None


def _run(git: str, folder: Path, arguments: Iterable[str]) -> bytes:
    with _start(git, folder, arguments, subprocess.DEVNULL) as process:
        try:
            answer, complaint = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise GitError(f"git has not answered within {TIMEOUT} seconds") from None
        if process.returncode:
            raise GitError(_words(complaint))
        return answer


def _batch(git: str, folder: Path, questions: IO[bytes], most: int) -> Iterator[Blob]:
    with _start(git, folder, ("cat-file", "--batch", "--buffer"), questions, subprocess.DEVNULL) as process:
        timer = Timer(TIMEOUT, process.kill)
        timer.start()
        try:
            if process.stdout is not None:
                yield from _answers(process.stdout, most)
        finally:
            timer.cancel()
            process.kill()


def _answers(stream: IO[bytes], most: int) -> Iterator[Blob]:
    while header := stream.readline():
        id, _, rest = header.rstrip(b"\n").partition(b" ")
        kind, _, size = rest.partition(b" ")
        if not size.isdigit():  # "missing"
            yield Blob(id.decode("ascii", "replace"), None, missing=True)
            continue
        length = int(size)
        if length > most or kind != b"blob":
            left = length + 1
            while left and (chunk := stream.read(min(left, _CHUNK))):
                left -= len(chunk)
            yield Blob(id.decode(), None)
            continue
        data = stream.read(length + 1)
        if len(data) != length + 1:
            raise GitError("git ended before it had answered")
        yield Blob(id.decode(), data[:-1])


def _words(complaint: bytes) -> str:
    """What git complains of, as one line without paths of this machine."""
    text = complaint.decode("utf-8", "replace")
    if "dubious ownership" in text or "unsafe repository" in text:
        return (
            "git does not trust this folder, since it belongs to another user "
            "(git config --global --add safe.directory FOLDER)"
        )
    line = next((line for line in text.splitlines() if line.startswith("fatal: ")), text.strip())
    line = re.sub(r"(?<![\w.])/[^\s'\"]+", "…", line.removeprefix("fatal: "))
    return " ".join(line.split())[:300] or "git has ended with an error"
