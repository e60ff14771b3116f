"""Which files belong to a handbook, and what each holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec import PathSpec

from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.settings import SettingsError

SETTINGS = "handbook.yml"
_DOCUMENTS = (".md", ".markdown")
MAX_BYTES = 2_000_000
UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\\]")


def is_document(path: str) -> bool:
    """Whether a file is a document, by its name."""
    return path.lower().endswith(_DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a handbook is: its settings file (None where it has none) and the folder that holds it."""

    settings: Path | None
    folder: Path


def locate(given: Path | None, start: Path) -> Location:
    """Find the handbook that `given` names (a folder or a settings file), or the one in `start`.

    Raises:
        SettingsError: where there is none.
    """
    if given is not None:
        path = start / given
        if path.is_dir():
            # A project's folder stands for the handbook in it.
            for folder in (path, path / "policies"):
                if (folder / SETTINGS).is_file():
                    return Location(folder / SETTINGS, folder)
            is_project = (path / "mkdocs.yml").is_file() and (path / "policies").is_dir()
            return Location(None, path / "policies" if is_project else path)
        if path.is_file():
            if path.suffix not in (".yml", ".yaml"):
                raise SettingsError(
                    f"{given} is neither a folder nor a settings file such as policies/{SETTINGS}."
                )
            return Location(path, path.parent)
        raise SettingsError(f"There is no handbook at {given}: no such folder or file.")
    for folder in (start / "policies", start):
        if (folder / SETTINGS).is_file():
            return Location(folder / SETTINGS, folder)
    if (start / "policies").is_dir():
        return Location(None, start / "policies")
    for folder in start.parents:
        # Somebody stands in the middle of the handbook.
        if (folder / SETTINGS).is_file():
            return Location(folder / SETTINGS, folder)
        if (folder / "policies").is_dir() and start.is_relative_to(folder / "policies"):
            return Location(None, folder / "policies")
    raise SettingsError(
        f"There is no handbook here: neither policies/ nor {SETTINGS} is in {start.name or start}. "
        "Go to the project's folder, or name the handbook with --handbook."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a folder: Markdown files to read, others by path, and what was refused."""

    markdown: tuple[str, ...]
    others: frozenset[str]
    problems: tuple[Problem, ...]


def walk(folder: Path, prefix: str, exclude: tuple[str, ...], skip: str) -> Found:
    """List the files below a folder as paths that begin with `prefix`.

    Hidden files are left out, and so are the folder `skip` (registers) and what `exclude` matches.
    Symbolic links that lead out of the folder are refused.
    """
    spec = PathSpec.from_lines("gitignore", exclude)
    root = folder.resolve()
    markdown: list[str] = []
    others: list[str] = []
    problems: list[Problem] = []
    for path, relative in _entries(folder):
        if spec.match_file(relative) or relative == skip or relative.startswith(f"{skip}/"):
            continue
        if UNSAFE.search(relative):
            shown = relative.encode("unicode_escape").decode()
            message = f"The file name '{shown}' holds characters that no link can carry."
            problems.append(Problem(ProblemKind.UNSAFE_NAME, Place(f"{prefix}/{shown}"), message))
        elif path.is_symlink() and (problem := leads_outside(path, root, f"{prefix}/{relative}")):
            problems.append(problem)
        elif path.is_dir():
            continue
        elif is_document(relative):
            markdown.append(f"{prefix}/{relative}")
        else:
            others.append(f"{prefix}/{relative}")
    return Found(tuple(sorted(markdown)), frozenset(others), tuple(problems))


def _entries(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything below a folder that is not hidden. Folders behind symbolic links are not entered."""
    for directory, folders, files in os.walk(folder):
        here = Path(directory)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*folders, *sorted(files)]:
            if not name.startswith("."):
                yield here / name, (here / name).relative_to(folder).as_posix()


def leads_outside(path: Path, root: Path, name: str) -> Problem | None:
    """What is wrong with a path that ends outside the resolved folder `root`, or nowhere."""
    try:
        inside = path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        inside = False
    message = "This is only a pointer (a symbolic link) that leads out of the handbook, so it is not read."
    return None if inside else Problem(ProblemKind.LEADS_OUTSIDE, Place(name), message)


def read_text(path: Path, name: str) -> tuple[str | None, Problem | None]:
    """Read a file as UTF-8. What cannot be decoded is replaced, with a problem that says where."""
    try:
        if not path.is_file():
            return None, Problem(
                ProblemKind.UNREADABLE_FILE,
                Place(name),
                "This is no file with text in it, but a folder, a device or a pipe.",
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, Problem(
                ProblemKind.FILE_TOO_LARGE,
                Place(name),
                f"The file has {size / 1e6:.1f} MB; more than {MAX_BYTES / 1e6:.0f} MB is not read.",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, Problem(ProblemKind.UNREADABLE_FILE, Place(name), f"The file cannot be read: {reason}.")
    return decoded(data, name)


def decoded(data: bytes, name: str) -> tuple[str, Problem | None]:
    """Read bytes as UTF-8. What cannot be decoded is replaced, with a problem that says where."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16", "replace"), Problem(
                ProblemKind.UNREADABLE_FILE,
                Place(name),
                "The file is saved as UTF-16, which some Windows programs write.",
                mend="Open it in your editor and save it again with the encoding UTF-8.",
            )
        return data.decode("utf-8", "replace"), Problem(
            ProblemKind.UNREADABLE_FILE,
            Place(name, line, column),
            "A character here cannot be read, since the file is not saved as UTF-8.",
            mend="Open the file in your editor and save it again with the encoding UTF-8.",
        )
