"""Histories and review logs made by hand, without git."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from builders import REGISTERS
from policygraph.model.history import Commit, History, Keeping, Revision
from policygraph.reading.fingerprint import fingerprint

State = tuple[int, str, str] | tuple[int, str, str, str]
"""A commit's place on the published branch, its day, the text, and who wrote it (Ann unless it is said)."""


def commit(order: int, day: str, author: str = "Ann", *, bot: bool = False) -> Commit:
    """A commit at midday."""
    when = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    return Commit(f"{order:08x}" * 5, order, when, author, "", author, "Change", bot=bot, authors=(author,))


def history(
    files: Mapping[str, Iterable[State]],
    *,
    keeping: Keeping = Keeping.WHOLE,
    uncommitted: Iterable[str] = (),
) -> History:
    """The states of files, the oldest first. Names without a folder lie in `policies/`."""
    revisions = {
        _named(name): tuple(
            Revision(_named(name), commit(state[0], state[1], *state[3:]), state[2]) for state in states
        )
        for name, states in files.items()
    }
    return History(
        keeping,
        revisions=revisions,
        uncommitted=frozenset(_named(name) for name in uncommitted),
    )


def _named(name: str) -> str:
    return name if "/" in name else f"policies/{name}"


def reviewed(
    document: str,
    on: str,
    text: str | None,
    outcome: str = "approved",
    *,
    by: str = "Ada",
    role: str = "ciso",
    file: str = "",
) -> dict[str, str]:
    """A file of the review log; `text` is what was looked at, None where the entry does not say."""
    lines = [
        f'document: "{document}"',
        f'by: "{by}"',
        f'as: "{role}"',
        f'date: "{on}"',
        f'outcome: "{outcome}"',
    ]
    if text is not None:
        hashes = fingerprint(text)
        lines += [f'text: "{hashes.text}"', f'substance: "{hashes.substance}"']
    name = file or f"{on}-{document}-{by}".replace(" ", "-").lower()
    return {f"{REGISTERS}reviews/{name}.yml": "\n".join(lines) + "\n"}
