"""Putting files into a folder: all of them or none, and never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def in_the_way(root: Path, names: Mapping[str, bytes]) -> list[str]:
    """What stands where a file or a folder is to be, as paths below the root."""
    found = set()
    for name in names:
        path = root / name
        if path.is_symlink() or path.exists():
            found.add(name)
        for folder in path.parents:
            if folder == root.parent:
                break
            if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
                found.add(folder.relative_to(root).as_posix())
    return sorted(found)


def place(root: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below the root; after a failure none of them, nor any folder made for them, is left.

    Raises:
        OSError: where one cannot be written, or is there already.
    """
    folders: list[Path] = []
    written: list[Path] = []
    try:
        for name, content in files.items():
            path = root / name
            _make(path.parent, folders)
            with path.open("xb") as file:
                written.append(path)
                file.write(content)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise


def _make(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir()
        made.append(one)
