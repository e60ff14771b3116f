"""Writing a tree of files into a folder of our own, and taking away what an earlier run left there.

A marker file lists what was written, with the hash of each file. A folder without it is not ours.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policygraph.cli.failure import Refusal
from policygraph.cli.writing import replace
from policygraph.reading.handbook_files import Progress

MARKER = ".policygraph-render.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did: numbers of files, and the paths of those that the user has made their own."""

    changed: int
    unchanged: int
    removed: int
    kept: tuple[str, ...]


def write_tree(
    root: Path,
    files: Mapping[str, bytes],
    copies: Mapping[str, Path],
    owned_once_changed: Collection[str],
    force: bool,
    progress: Progress,
) -> Written:
    """Make `root` hold these files and copies, and nothing else that an earlier run wrote.

    Raises:
        Refusal: where the folder holds something else and `force` is not given, or leads elsewhere.
        OSError: where something cannot be read or written.
    """
    before = _marker(root, force)
    hashes = {path: _hash(content) for path, content in files.items()}
    hashes |= {path: _hash(source.read_bytes()) for path, source in copies.items()}
    kept = tuple(path for path in owned_once_changed if not force and _changed_by_user(root, path, before))
    root.mkdir(parents=True, exist_ok=True)
    # Whatever happens next, the next run knows that all this is ours.
    _write_marker(root, {**before, **hashes})
    changed = 0
    for number, (path, digest) in enumerate(hashes.items()):
        if path not in kept and _differs(root / path, digest):
            _prepare(root, path)
            if path in files:
                replace(root / path, files[path])
            else:
                _copy(copies[path], root / path)
            changed += 1
        progress("Writing", number + 1, len(hashes))
    removed = sum(_remove(root, path) for path in sorted(set(before) - set(hashes)))
    _write_marker(root, {**hashes, **{path: before[path] for path in kept}})
    return Written(changed, len(hashes) - changed - len(kept), removed, kept)


def text_kept(root: Path, path: str, force: bool) -> str | None:
    """The text of a file that the user has made their own, and that stays; None where it will be written."""
    if force or not _changed_by_user(root, path, _marker(root, force)):
        return None
    return (root / path).read_text(encoding="utf-8", errors="replace")


def _marker(root: Path, force: bool) -> dict[str, str]:
    """What an earlier run wrote here."""
    if not root.exists():
        return {}
    if not root.is_dir():
        raise Refusal(f"{root} is a file, not a folder.")
    marker = root / MARKER
    if not marker.is_file():
        if any(root.iterdir()) and not force:
            raise Refusal(
                f"{root} holds files that `policygraph render` has not written. "
                "Choose an empty folder, or use --force to write among them."
            )
        return {}
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))["files"]
        pairs = {str(path): str(digest) for path, digest in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refusal(f"{marker} is damaged. Delete the folder and render again.") from None
    return {path: digest for path, digest in pairs.items() if _safe(path)}


def _safe(path: str) -> bool:
    pure = PurePosixPath(path)
    unsafe = pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in path or "\0" in path
    return not unsafe and not Path(path).drive


def _write_marker(root: Path, hashes: Mapping[str, str]) -> None:
    lines = ",\n".join(f"    {json.dumps(path)}: {json.dumps(hashes[path])}" for path in sorted(hashes))
    note = "Written by `policygraph render`; lists the files it may replace and take away."
    text = f'{{\n  "note": {json.dumps(note)},\n  "files": {{\n{lines}\n  }}\n}}\n'
    replace(root / MARKER, text.encode("utf-8", "replace"))


def _changed_by_user(root: Path, path: str, before: Mapping[str, str]) -> bool:
    file = root / path
    return path in before and file.is_file() and _differs(file, before[path])


def _differs(file: Path, digest: str) -> bool:
    if file.is_symlink() or not file.is_file():
        return True
    return _hash(file.read_bytes()) != digest


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _prepare(root: Path, path: str) -> None:
    """Make the folder of a file, which must not lead out of the tree."""
    target = root / path
    for parent in reversed(target.relative_to(root).parents):
        folder = root / parent
        if folder != root and folder.is_symlink():
            raise Refusal(f"{folder} is a symbolic link; take it away, so that nothing is written elsewhere.")
        if folder.exists() and not folder.is_dir():
            raise Refusal(f"{folder} is a file where a folder is needed; take it away.")
        folder.mkdir(exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        raise Refusal(f"{target} is a folder where a file is needed; take it away.")


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".policygraph-{target.name[-40:]}.part")
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _remove(root: Path, path: str) -> bool:
    """Take away a file of an earlier run, and the folders that it leaves empty."""
    target = root / path
    parents = [root / parent for parent in target.relative_to(root).parents][:-1]
    if any(folder.is_symlink() for folder in parents) or not (target.is_file() or target.is_symlink()):
        return False
    target.unlink()
    for folder in parents:
        with suppress(OSError):
            folder.rmdir()
    return True
