"""What reading made of each text, kept from one run to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from policygraph.model.document import FrontMatter
from policygraph.model.problem import Problem
from policygraph.reading.fence import normalised
from policygraph.reading.scan import Scan
from policygraph.reading.sources import DocumentSource
from policygraph.reading.store import Store, store_of
from policygraph.settings import Settings

NOT_OF_READING = frozenset(
    "name organisation description url exclude frameworks catalogs areas word_budget rules branch feedback file".split()
)
"""Settings that change nothing in what is read from a document. All others do, until somebody has shown otherwise."""

_ENCODER = msgspec.msgpack.Encoder()


class _Reading(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A `DocumentSource` without the texts: `start` is where its body begins in the text, and `body` is given where
    that is no part of it as it stands."""

    front: FrontMatter
    start: int
    body: str | None
    body_line: int
    scan: Scan
    lang: str
    stem: str
    suffix_lang: str | None
    problems: tuple[Problem, ...]


class Readings:
    """What reading made of texts under certain settings: found by the path and the whole text."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = sha256(repr(_bearing(settings)).encode("utf-8", "surrogatepass"))
        self._decoder = msgspec.msgpack.Decoder(_Reading) if store.on else None

    def of(self, text: str, path: str, read: Callable[[], DocumentSource]) -> DocumentSource:
        """The source that a text under a path makes: as it is known, or else as it is read now."""
        if self._decoder is None:
            return read()
        key = self._key(text, path)
        data = self._store.get(key)
        found = self._found(data, text, path) if data is not None else None
        if found is None:
            found = read()
            if (data := _data(found)) is not None:
                self._store.put(key, data)
        return found

    def _found(self, data: bytes, text: str, path: str) -> DocumentSource | None:
        if self._decoder is None:
            return None
        try:
            found = self._decoder.decode(data)
        except (msgspec.MsgspecError, ValueError, MemoryError):
            return None
        text = normalised(text)
        return DocumentSource(
            path,
            found.front,
            text[found.start :] if found.body is None else found.body,
            found.body_line,
            found.scan,
            found.lang,
            found.stem,
            found.suffix_lang,
            text,
            found.problems,
        )

    def save(self) -> None:
        """Write what was learnt."""
        self._store.save()

    def _key(self, text: str, path: str) -> bytes:
        key = self._settings.copy()
        name = path.encode("utf-8", "surrogatepass")
        key.update(len(name).to_bytes(8))
        key.update(name)
        key.update(text.encode("utf-8", "surrogatepass"))
        return key.digest()


def readings_of(folder: Path, settings: Settings) -> Readings:
    """What is known of the documents of a folder."""
    return Readings(store_of(folder, "readings"), settings)


def _data(source: DocumentSource) -> bytes | None:
    for block in source.scan.blocks:
        block.forget_passages()
    reading = _Reading(
        source.front,
        len(source.text) - len(source.body),
        None if source.text.endswith(source.body) else source.body,
        source.body_line,
        source.scan,
        source.lang,
        source.stem,
        source.suffix_lang,
        source.problems,
    )
    try:
        return _ENCODER.encode(reading)
    except (ValueError, OverflowError):
        return None  # half a character, or a number beyond all measure


def _bearing(settings: Settings) -> object:
    """The settings that bear on reading, as plain data in a fixed order."""
    return [
        (field.name, _plain(getattr(settings, field.name)))
        for field in fields(settings)
        if field.name not in NOT_OF_READING
    ]


def _plain(value: object) -> object:
    if isinstance(value, re.Pattern):
        return (value.pattern, value.flags)
    if isinstance(value, Mapping):
        return [(_plain(key), _plain(one)) for key, one in value.items()]
    if isinstance(value, frozenset | set):
        return sorted(map(repr, map(_plain, value)))
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [(field.name, _plain(getattr(value, field.name))) for field in fields(value)]
    return value
