"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from policygraph.cli.failure import Refusal


def deliver(content: bytes, output: Path | None) -> None:
    """Print content, or write it to the file that the user names; `-` means to print it.

    Raises:
        Refusal: where it is no text and would be printed on a terminal.
    """
    if output is not None and str(output) != "-":
        write_file(output, content)
        return
    if output is None and b"\0" in content[:1024] and sys.stdout.isatty():
        raise Refusal("This is no text for a terminal; name a file to write with -o.")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. What is no regular file (a device, a pipe) is written as it stands.

    Raises:
        Refusal: where the path is a folder.
        OSError: where it cannot be written.
    """
    if path.is_dir():
        raise Refusal(f"{path} is a folder; name a file to write.")
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve() if path.is_symlink() else path
    if not target.parent.is_dir():
        raise Refusal(f"The folder {target.parent} does not exist.")
    replace(target, content)


def refuse_unwritable(path: Path) -> None:
    """Find out before long work whether its result can be written.

    Raises:
        Refusal: where the path is a folder, or lies in none.
    """
    if path.is_dir():
        raise Refusal(f"{path} is a folder; name a file to write.")
    if not path.resolve().parent.is_dir():
        raise Refusal(f"The folder {path.resolve().parent} does not exist.")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of another, or of nothing, once all is written."""
    target = path.resolve() if path.is_symlink() else path
    handle, name = _beside(target)
    os.close(handle)
    with _put_in_place(name, target):
        yield Path(name)


def replace(path: Path, content: bytes) -> None:
    """Put a whole file in the place of another, or of nothing; a symbolic link is replaced, not followed."""
    handle, name = _beside(path)
    with _put_in_place(name, path), os.fdopen(handle, "wb") as file:
        file.write(content)


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Put whole files in the place of others: all of them, or none where one of them cannot be written."""
    before = {path: path.read_bytes() for path in contents}
    ready: dict[Path, str] = {}
    try:
        for path, content in contents.items():
            handle, name = _beside(path)
            ready[path] = name
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(_mode(path))
    except BaseException:
        _unlink(ready.values())
        raise
    done: list[Path] = []
    try:
        for path, name in ready.items():
            Path(name).replace(path)
            done.append(path)
    except BaseException:
        for path in done:
            path.write_bytes(before[path])
        _unlink(ready.values())
        raise


def _unlink(names: Iterable[str]) -> None:
    for name in names:
        with suppress(OSError):
            Path(name).unlink()


def _beside(path: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(dir=path.parent, prefix=".policygraph-")
    except OSError as error:
        # The user knows the file asked for, not the one that was to become it.
        raise OSError(error.errno, error.strerror, str(path)) from None


@contextmanager
def _put_in_place(name: str, path: Path) -> Iterator[None]:
    try:
        yield
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    """The permissions of the file replaced, or those of a new file."""
    try:
        return path.lstat().st_mode & 0o777 if not path.is_symlink() else 0o644
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
