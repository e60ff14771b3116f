"""What git has said of commits and texts, kept from one run to the next: neither ever changes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from policygraph.reading.git import Blob, GitError, Repository
from policygraph.reading.history_log import Entry
from policygraph.reading.store import store_of

MOST_LOGS = 40_000_000
"""What all logs together may hold; each new commit has one of its own."""

_LOG = msgspec.msgpack.Decoder(list[Entry])
_REACH = msgspec.msgpack.Decoder(dict[str, tuple[int, int]])

T = TypeVar("T")


class GitAnswers:
    """The answers of one repository: texts by the id of their blob, logs by the commit they begin at."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._texts = store_of(repository.top, "texts of git")
        self._logs = store_of(repository.top, "logs of git", MOST_LOGS)
        self._git = _program(repository.git)

    def blobs(self, ids: list[str], most: int) -> Iterator[Blob]:
        """The contents of blobs in the order asked for, as `Repository.blobs` gives them.

        Raises:
            GitError: where git ends before it has answered.
        """
        known = {id: data for id in ids if (data := self._texts.get(id.encode())) is not None}
        unknown = [id for id in ids if id not in known]
        asked = self._repository.blobs(unknown, most) if unknown else iter(())
        for id in ids:
            if (data := known.get(id)) is not None:
                yield Blob(id, data)
                continue
            answer = next(asked, None)
            if answer is None:
                raise GitError("git ended before it had answered")
            if answer.data is not None:
                self._texts.put(id.encode(), answer.data)
            yield answer

    def log(self, commit: str, asked: tuple[str, ...]) -> list[Entry] | None:
        """The log of a commit, as `keep_log` was given it; None where it is not known."""
        return self._kept(_LOG, commit, asked)

    def keep_log(self, commit: str, asked: tuple[str, ...], log: list[Entry]) -> None:
        """Keep the log of a commit."""
        self._keep(commit, asked, log)

    def reach(self, commit: str, asked: tuple[str, ...]) -> dict[str, tuple[int, int]] | None:
        """How many files each commit touched, as `keep_reach` was given it; None where it is not known."""
        return self._kept(_REACH, commit, asked)

    def keep_reach(self, commit: str, asked: tuple[str, ...], reach: dict[str, tuple[int, int]]) -> None:
        """Keep how many files each commit touched."""
        self._keep(commit, asked, reach)

    def _kept(self, decoder: msgspec.msgpack.Decoder[T], commit: str, asked: tuple[str, ...]) -> T | None:
        # What a shallow clone answers changes when more of the history is fetched.
        data = None if self._repository.shallow else self._logs.get(self._key(commit, asked))
        if data is None:
            return None
        try:
            return decoder.decode(data)
        except (msgspec.MsgspecError, ValueError):
            return None

    def _keep(self, commit: str, asked: tuple[str, ...], answer: object) -> None:
        if self._logs.on and not self._repository.shallow:
            with contextlib.suppress(ValueError, OverflowError):
                self._logs.put(self._key(commit, asked), msgspec.msgpack.encode(answer))

    def save(self) -> None:
        """Write what was learnt."""
        self._texts.save()
        self._logs.save()

    def _key(self, commit: str, asked: tuple[str, ...]) -> bytes:
        return sha256("\0".join((self._git, commit, *asked)).encode("utf-8", "surrogateescape")).digest()


def _program(git: str) -> str:
    """Tells one git from another: they need not agree on what was renamed."""
    with contextlib.suppress(OSError):
        state = Path(git).stat()
        return f"{git}\0{state.st_size}\0{state.st_mtime_ns}"
    return git
