"""What comparing two texts has shown, kept from one run to the next."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec

from policygraph.model.change import Change
from policygraph.reading.store import Store, store_of

_DECODER = msgspec.msgpack.Decoder(Change)


class Comparisons:
    """Changes by the two texts that they separate. Nothing is read before the first one is asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._opened: Store | None = None

    def of(self, old: str, new: str, compare: Callable[[str, str], Change]) -> Change:
        """What separates two texts: as it is known, or else as it is found now."""
        store = self._store
        if not store.on:
            return compare(old, new)
        key = _hash(old) + _hash(new)
        data = store.get(key)
        found = _found(data) if data is not None else None
        if found is None:
            found = compare(old, new)
            # What cannot be written, such as half a character, is found each time.
            with contextlib.suppress(ValueError):
                store.put(key, msgspec.msgpack.encode(found))
        return found

    def save(self) -> None:
        """Write what was learnt."""
        if self._opened is not None:
            self._opened.save()

    @property
    def _store(self) -> Store:
        if self._opened is None:
            self._opened = Store(None) if self._folder is None else store_of(self._folder, "comparisons")
        return self._opened


def _found(data: bytes) -> Change | None:
    try:
        return _DECODER.decode(data)
    except (msgspec.MsgspecError, ValueError):
        return None


def _hash(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
