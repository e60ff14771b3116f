"""What `git log` prints, read into commits and what each changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from policygraph.model.history import Commit, Landing

HEADER = "%H%x00%P%x00%ct%x00%an%x00%ae%x00%cn%x00%s%x00%b"
"""The form in which a commit is printed: fields that end with a null, which none of them can hold."""

LOG = (
    "log",
    "-z",
    "--raw",
    "--no-abbrev",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-notes",
    "--encoding=UTF-8",
    f"--format=tformat:{HEADER}",
)
"""How a log with changes is asked for."""

_FIELDS = HEADER.count("%x00") + 1
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_CO_AUTHOR = re.compile(r"^co-authored-by:([^<\n]{1,200})<([^>\n]{0,200})>", re.I | re.M)
_BOT = re.compile(r"(?:\[bot\]|[-_. ]bot)(?:@|$|\+)|^(?:dependabot|renovate|github-actions)\b", re.I)
_SUFFIX = re.compile(r"\(([#!]\d{1,9})\)\s*$")
_REQUESTS = (
    re.compile(r"\AMerge pull request (#\d{1,9}) "),
    re.compile(r"\AMerged in .* \(pull request (#\d{1,9})\)"),
    re.compile(r"\AMerged PR (\d{1,9}): "),
    re.compile(r"^See merge request \S*(!\d{1,9})\s*$", re.M),
)
_TRAILER = re.compile(
    r"(?:[A-Z][\w-]*-by|See merge request|Approved-by|Closes|Fixes|Refs?|Change-Id)\b|#", re.I
)
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)]) +")
_MOST_WORDS = 300
_MOST_BODY = 4000
_EARLIEST = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
_LATEST = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
_SUBMODULE = "160000"
_SYMBOLIC_LINK = "120000"


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to a file. Paths are from the top of the repository; `blob` is None where it is gone.

    `regular` tells whether it is a file, and no symbolic link or submodule.
    """

    status: str
    path: bytes
    blob: str | None
    regular: bool
    renamed_from: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit as it was printed, with its parents and its changes."""

    id: str
    parents: tuple[str, ...]
    when: dt.datetime
    author: str
    email: str
    committer: str
    subject: str
    body: str
    changes: tuple[Change, ...] = ()

    @property
    def authors(self) -> tuple[tuple[str, str], ...]:
        """Author and co-authors, each with the address."""
        named = [(self.author, self.email), *((words(n), e) for n, e in _CO_AUTHOR.findall(self.body))]
        return tuple(dict.fromkeys(named))


def read_log(answer: bytes) -> Iterator[Entry]:
    """Read a log, in the order in which it was printed."""
    tokens = answer.split(b"\0")
    position, last = 0, len(tokens) - 1
    while position + _FIELDS <= last:
        entry = _entry(tokens[position : position + _FIELDS])
        position += _FIELDS
        changes = []
        while position < last and (token := tokens[position].lstrip(b"\n")).startswith(b":"):
            paths = 2 if token.rsplit(b" ", 1)[-1][:1] in b"RC" else 1
            change = _change(token.decode("ascii", "replace"), tokens[position + 1 : position + 1 + paths])
            position += 1 + paths
            if change is not None:
                changes.append(change)
        yield replace(entry, changes=tuple(changes)) if changes else entry


def _entry(fields: list[bytes]) -> Entry:
    id, parents, when, author, email, committer, subject, body = (
        field.decode("utf-8", "replace") for field in fields
    )
    return Entry(
        id.strip(),
        tuple(parents.split()),
        moment(when),
        words(author),
        words(email),
        words(committer),
        words(subject),
        _ends(body),
    )


def _ends(body: str) -> str:
    """The beginning and the end of a message, where code hosts and people write what counts."""
    return body if len(body) <= 2 * _MOST_BODY else f"{body[:_MOST_BODY]}\n{body[-_MOST_BODY:]}"


def _change(raw: str, paths: list[bytes]) -> Change | None:
    _, mode, _, blob, status = raw.split(" ")
    if mode == _SUBMODULE or not paths:
        return None
    gone = status.startswith("D")
    return Change(
        status[:1],
        paths[-1],
        None if gone else blob,
        mode not in (_SYMBOLIC_LINK, _SUBMODULE),
        paths[0] if len(paths) == 2 and status.startswith("R") else None,
    )


def moment(seconds: str) -> dt.datetime:
    """A commit's time. What no calendar has becomes its first or last day; git prints nothing for nonsense."""
    try:
        number = int(seconds)
    except ValueError:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    try:
        return min(max(dt.datetime.fromtimestamp(number, dt.UTC), _EARLIEST), _LATEST)
    except (OverflowError, ValueError, OSError):
        return _LATEST if number > 0 else _EARLIEST


def words(text: str) -> str:
    """A line that somebody typed, without characters that change what stands around it."""
    return _CONTROL.sub(" ", text).strip()[:_MOST_WORDS]


def commit_of(
    entry: Entry, order: int, brought: tuple[tuple[str, str], ...], reach: tuple[int, int] = (0, 0)
) -> Commit:
    """A commit of the published branch. `brought` are the authors of what it merged; `reach` says how many files of
    the handbook it touched, and how many others."""
    request = _request(entry)
    if len(entry.parents) > 1:
        landing = Landing.MERGE
    elif request:
        landing = Landing.SQUASH
    else:
        landing = Landing.ORDINARY
    # Whoever merges need not have written a word.
    people = brought or entry.authors
    return Commit(
        id=entry.id,
        order=order,
        when=entry.when,
        author=entry.author,
        email=entry.email,
        committer=entry.committer,
        subject=entry.subject,
        landing=landing,
        bot=is_bot(entry.author, entry.email),
        pull_request=request,
        authors=tuple(dict.fromkeys(name for name, _ in people if name)),
        about=_about(entry) if landing is Landing.MERGE else "",
        paragraphs=tuple(_paragraphs(entry.body)),
        inside=reach[0],
        beside=reach[1],
    )


def _about(entry: Entry) -> str:
    """The first line below the subject that is no trailer: code hosts put the title of the request there."""
    lines = (words(line) for line in entry.body.split("\n"))
    return next((line for line in lines if line and not _TRAILER.match(line)), "")


def _paragraphs(body: str) -> Iterator[str]:
    """The paragraphs and the items of lists of a message, each as one line, without trailers."""
    found: list[str] = []
    for raw in (*body.split("\n"), ""):
        line = " ".join(_CONTROL.sub(" ", raw).split())
        item = _ITEM.match(line)
        if found and (not line or item or _TRAILER.match(line)):
            yield " ".join(found)
            found = []
        if line and not _TRAILER.match(line):
            found.append(line[item.end() :] if item else line)


def is_bot(name: str, email: str) -> bool:
    """Whether a program is named as the author, by the custom of code hosts."""
    return bool(_BOT.search(name) or _BOT.search(email))


def _request(entry: Entry) -> str:
    text = f"{entry.subject}\n\n{entry.body}"
    for pattern in _REQUESTS:
        if found := pattern.search(text):
            number = found[1]
            return number if number[0] in "#!" else f"#{number}"
    return found[1] if (found := _SUFFIX.search(entry.subject)) else ""


def brought_by_merges(log: Mapping[str, Entry], line: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The authors of what each merge brought. `line` holds the landing commits, the oldest first."""
    taken = set(line)
    on_line = log.get(line[-1]) if line else None
    while on_line is not None and on_line.parents:
        # What the branch itself went through, though it changed nothing here, was not brought by a later merge.
        taken.add(on_line.parents[0])
        on_line = log.get(on_line.parents[0])
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for id in line:
        entry = log.get(id)
        if entry is None or len(entry.parents) < 2:
            continue
        people: dict[tuple[str, str], None] = {}
        waiting = [parent for parent in reversed(entry.parents[1:]) if parent not in taken]
        taken.update(waiting)
        while waiting:
            one = log.get(waiting.pop())
            if one is None:
                continue
            if len(one.parents) < 2:
                people.update(dict.fromkeys(one.authors))
            fresh = [parent for parent in reversed(one.parents) if parent not in taken]
            taken.update(fresh)
            waiting += fresh
        found[id] = tuple(people)
    return found
