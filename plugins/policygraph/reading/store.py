"""What was worked out once, kept in the user's cache folder: entries of bytes, found by a key.

A store is never needed and never trusted: whatever is wrong with its folder or its file, it is read as empty, and an
entry is only ever handed to a decoder that makes plain data of it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
import zlib
from functools import cache
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

import msgspec
import platformdirs

import policygraph

VARIABLE = "POLICYGRAPH_CACHE"
"""Names another folder for the cache, or is `off`."""

KEEP_DAYS = 30
"""How long an entry is kept that nobody asks for."""

MOST_BYTES = 200_000_000
"""What one store may hold; beyond it the entries leave that were not used for longest."""

MOST_IN_ALL = 1_000_000_000
"""What all stores together may hold; beyond it the files leave that were not used for longest."""

_OFF = frozenset({"off", "no", "none", "false", "0"})
_SUFFIX = ".entries"
_UNFINISHED = ".unfinished"
_DAY = 86_400
_STALE_DAYS = 7
_CODE = ("model", "reading", "judging")
_LIBRARIES = (
    "pyromark-",
    "pyyaml-",
    "rapidfuzz-",
    "python_dateutil-",
    "pyspellchecker-",
    "breame-",
    "msgspec-",
)


class _Entry(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    used: int
    checksum: int
    data: bytes


_DECODER = msgspec.msgpack.Decoder(dict[bytes, _Entry])


class Store:
    """The entries of one file. Without a file it finds nothing and keeps nothing."""

    def __init__(self, file: Path | None, most: int = 0) -> None:
        self._file = file
        self._most = most or MOST_BYTES
        self._now = int(time.time())
        self._entries = _read(file) if file is not None else {}
        self._changed = False

    @property
    def on(self) -> bool:
        """Whether anything is kept at all."""
        return self._file is not None

    def get(self, key: bytes) -> bytes | None:
        """The bytes kept under a key."""
        entry = self._entries.get(key)
        if entry is None or zlib.crc32(entry.data) != entry.checksum:
            return None
        self._changed = self._changed or abs(self._now - entry.used) > _STALE_DAYS * _DAY
        entry.used = self._now
        return entry.data

    def put(self, key: bytes, data: bytes) -> None:
        """Keep bytes under a key."""
        if self._file is not None:
            self._entries[key] = _Entry(self._now, zlib.crc32(data), data)
            self._changed = True

    def save(self) -> None:
        """Write what is worth keeping, in one step. What cannot be written is not kept."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            if not self._changed:
                os.utime(self._file)
                return
            self._changed = False
            _write(self._file, msgspec.msgpack.encode(self._kept()))
            _tidy(self._file)

    def _kept(self) -> dict[bytes, _Entry]:
        kept: dict[bytes, _Entry] = {}
        left = self._most
        for key, entry in sorted(self._entries.items(), key=lambda item: (-item[1].used, item[0])):
            left -= len(entry.data)
            # A day to come is one that a wrong clock has written.
            if left < 0 or not 0 <= self._now - entry.used <= KEEP_DAYS * _DAY:
                continue
            kept[key] = entry
        return kept


def store_of(folder: Path, purpose: str, most: int = 0) -> Store:
    """The store of one purpose for what lies in a folder; an empty one where none can be had. `most` is how many bytes
    it may hold, where that is less than `MOST_BYTES`."""
    where = _cache_folder(folder)
    if where is None:
        return Store(None)
    name = sha256(f"{purpose}\0{_code()}\0{folder}".encode("utf-8", "surrogatepass")).hexdigest()
    return Store(where / f"{name[:40]}{_SUFFIX}", most)


def _cache_folder(beside: Path) -> Path | None:
    """The folder of all stores, made where it is missing; None where it is switched off or not the user's alone."""
    given = os.environ.get(VARIABLE, "").strip()
    if given.lower() in _OFF:
        return None
    try:
        named = Path(given).expanduser() if given else platformdirs.user_cache_path("policygraph", False)
        folder = named.resolve()
        if folder.is_relative_to(_repository(beside)):
            # Whoever may propose a change to the handbook must not be able to bring a cache along.
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            state = folder.stat()
            if state.st_uid != os.getuid() or state.st_mode & 0o022:
                return None
    except (OSError, RuntimeError, ValueError):
        return None
    return folder


def _repository(folder: Path) -> Path:
    folder = folder.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


@cache
def _code() -> str:
    """Tells one state of the program from another: its version, its own code and the libraries that take part."""
    found = sha256(policygraph.__version__.encode())
    found.update(repr((os.name, sys.version_info[:3], _libraries())).encode())
    top = Path(__file__).parent.parent
    with contextlib.suppress(OSError):
        for file in sorted([*(f for part in _CODE for f in (top / part).rglob("*.py")), top / "settings.py"]):
            found.update(file.read_bytes())
    return found.hexdigest()


def _libraries() -> list[str]:
    """Which versions of the libraries are installed, by the names of their folders: importlib.metadata would take
    longer to import than all this takes."""
    found = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found |= {entry.name.lower() for entry in Path(folder or ".").iterdir()}
    return sorted(name for name in found if name.startswith(_LIBRARIES) and name.endswith("-info"))


def _read(file: Path) -> dict[bytes, _Entry]:
    try:
        state = file.lstat()
        if not S_ISREG(state.st_mode) or state.st_size > 2 * MOST_BYTES:
            return {}
        return _DECODER.decode(file.read_bytes())
    except (OSError, msgspec.MsgspecError, ValueError, MemoryError):
        return {}


def _write(file: Path, data: bytes) -> None:
    # Beside the file, so that it is put in its place in one step; two who write at once each write a whole file.
    descriptor, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _tidy(ours: Path) -> None:
    """Take away what nobody has used for long, what was never finished, and the oldest where all is too much."""
    now = time.time()
    left = MOST_IN_ALL
    stores = []
    for file in ours.parent.iterdir():
        if file.suffix in (_SUFFIX, _UNFINISHED):
            with contextlib.suppress(FileNotFoundError):
                state = file.stat()
                stores.append((file != ours, -state.st_mtime, state.st_size, file))
    for other, age, size, file in sorted(stores):
        left -= size
        days = (now + age) / _DAY
        kept_for = KEEP_DAYS if file.suffix == _SUFFIX else 1
        if other and (left < 0 or days > kept_for):
            file.unlink(missing_ok=True)
