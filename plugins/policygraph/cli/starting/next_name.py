"""The id and the file of the next document, by the pattern of those that exist."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.reading.text import slug

_NUMBERED = re.compile(r"(?P<prefix>.*?)(?P<number>\d{1,12})", re.ASCII)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Number:
    prefix: str
    number: int
    digits: str


def next_id(documents: Sequence[Document], near: Iterable[Document]) -> str | None:
    """The id after the last one: AI-25 after AI-24. None where the ids are no numbers.

    `near` are the documents that the new one will stand among; their kind of id goes before others. Ids that a
    document once had are never given out again.
    """
    for group in (list(near), documents):
        kinds = Counter(found.prefix.casefold() for one in group if (found := _number(one.id)) is not None)
        if kinds and max(kinds.values()) * 2 >= len(group):
            return _after(documents, max(kinds, key=lambda prefix: (kinds[prefix], prefix)))
    return None


def _number(id: str) -> _Number | None:
    found = _NUMBERED.fullmatch(id)
    return _Number(found["prefix"], int(found["number"]), found["number"]) if found else None


def _after(documents: Sequence[Document], prefix: str) -> str:
    given = [number for one in documents for id in (one.id, *one.front.former_ids) if (number := _number(id))]
    numbers = [number for number in given if number.prefix.casefold() == prefix]
    last = max(numbers, key=lambda number: number.number)
    # Numbers filled up with zeros show how many digits one has; others are as long as they happen to be.
    width = max((len(number.digits) for number in numbers if number.digits.startswith("0")), default=1)
    return f"{last.prefix}{last.number + 1:0{width}d}"


def next_stem(title: str, id: str | None, documents: Sequence[Document]) -> str:
    """The name of the new file, without suffix: by its id where the others are named so, else by its title."""
    words = title_stem(title)
    shape = _shape(documents) if id is not None else None
    if shape is None or id is None:
        return words or (id or "document").lower()
    before, with_title, capitals = shape
    name = before + (id if capitals else id.lower())
    return f"{name}-{words}" if with_title and words else name


def title_stem(title: str) -> str:
    """A title as the name of a file that any system, and any address, can hold."""
    plain = unicodedata.normalize("NFKD", slug(title).replace("ß", "ss")).encode("ascii", "ignore").decode()
    return _NOT_IN_A_NAME.sub("-", plain.lower())[:_LONGEST].strip("-")


def _shape(documents: Sequence[Document]) -> tuple[str, bool, bool] | None:
    """How most files show their ids: what stands before it, whether a title follows, whether it keeps its capitals."""
    shapes: Counter[tuple[str, bool, bool]] = Counter()
    for one in documents:
        stem = one.path.rpartition("/")[2].rpartition(".")[0]
        before, id, after = _around(stem, one.id)
        if id and (not after or after.startswith(("-", "_", " "))):
            shapes[(before, bool(after), id == one.id and id != id.lower())] += 1
    if not shapes:
        return None
    best = max(shapes, key=lambda shape: (shapes[shape], shape))
    return best if shapes[best] * 2 > len(documents) else None


def _around(stem: str, id: str) -> tuple[str, str, str]:
    start = stem.lower().find(id.lower())
    if start < 0:
        return "", "", ""
    return stem[:start], stem[start : start + len(id)], stem[start + len(id) :]
