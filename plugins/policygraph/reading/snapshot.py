"""The handbook as it was: its files of a commit, taken out of git's objects into a folder for a while.

Nothing is checked out: no filter and no hook runs, and no file of the project is touched.
"""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from policygraph.model.history import Moment
from policygraph.reading.fence import normalised
from policygraph.reading.files import MAX_BYTES, SETTINGS, Location, decoded
from policygraph.reading.git import Repository
from policygraph.reading.history import TEXT_SUFFIXES, HistorySource
from policygraph.reading.moment import MomentError, NoHandbookError
from policygraph.reading.settings_file import read_settings
from policygraph.settings import Settings, SettingsError

_FILE = frozenset({b"100644", b"100755", b"100664"})
_SYMBOLIC_LINK = b"120000"
_MOST_FILES = 200_000
_MOST_BYTES = 4_000_000_000
_LARGEST_FILE = 200_000_000
_LONGEST_LINK = 4096
_TEXTS = tuple(suffix.encode() for suffix in TEXT_SUFFIXES)
_NOWHERE = f"{os.devnull}/leads-outside"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file or symbolic link of a commit."""

    mode: bytes
    blob: str


class Tree:
    """The files of a commit, by their paths from the top of the repository."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self.leaves: dict[bytes, Leaf] = {}
        answer = repository.ask("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
        for row in answer.split(b"\0"):
            head, tab, path = row.partition(b"\t")
            if tab:
                mode, _, blob = head.split(b" ")[:3]
                if path in self.leaves:
                    raise MomentError(f"The commit holds {_named(path)} twice, so it is not opened.")
                self.leaves[path] = Leaf(mode, blob.decode("ascii", "replace"))

    def below(self, folder: str) -> dict[bytes, Leaf]:
        """The files in a folder of the commit; `.` is all of them."""
        if folder == ".":
            return dict(self.leaves)
        prefix = os.fsencode(folder)
        return {
            path: leaf
            for path, leaf in self.leaves.items()
            if path == prefix or path.startswith(prefix + b"/")
        }

    def paths(self, folder: str) -> frozenset[str]:
        """The paths of all files and folders below a folder, from it."""
        found: set[str] = set()
        start = "" if folder == "." else f"{folder}/"
        for path in self.below(folder):
            name = os.fsdecode(path).removeprefix(start)
            while name and name not in found:
                found.add(name)
                name = name.rpartition("/")[0]
        return frozenset(found)

    def text(self, leaf: Leaf) -> str:
        """The text of a file, as the reader would read it."""
        for blob in self._repository.blobs([leaf.blob], MAX_BYTES):
            if blob.data is not None:
                return normalised(decoded(blob.data, "")[0])
        raise MomentError("The settings of then cannot be read: they are missing or too large.")

    def take(self, leaves: Mapping[bytes, Leaf], folder: Path, *, contents: bool) -> None:
        """Write files below a folder. Without `contents`, what is no text of ours is left empty.

        Raises:
            MomentError: where the commit is not one that git would make.
        """
        if len(leaves) > _MOST_FILES:
            raise MomentError(f"The handbook had {len(leaves)} files then, more than are taken out of git.")
        for path in leaves:
            _refuse(path)
        wanted: dict[str, list[bytes]] = defaultdict(list)
        links = {path: leaf.blob for path, leaf in leaves.items() if leaf.mode == _SYMBOLIC_LINK}
        for path, leaf in sorted(leaves.items()):
            if leaf.mode not in _FILE:
                continue
            if contents or _is_ours(path):
                wanted[leaf.blob].append(path)
            else:
                _write(folder, path, b"")
        self._write_blobs(wanted, folder, MAX_BYTES + 1 if not contents else _LARGEST_FILE)
        # Links come last, so that nothing can have been written through one.
        blobs = self._repository.blobs(sorted(set(links.values())), _LONGEST_LINK) if links else ()
        targets = {blob.id: blob.data for blob in blobs}
        made = [_link(folder, path, targets.get(blob)) for path, blob in sorted(links.items())]
        for link in made:
            _keep_inside(link, folder)

    def _write_blobs(self, wanted: Mapping[str, list[bytes]], folder: Path, most: int) -> None:
        left = _MOST_BYTES
        ids = sorted(wanted, key=lambda blob: wanted[blob][0])
        for blob in self._repository.blobs(ids, most) if ids else ():
            if blob.missing:
                raise MomentError("The clone is partial: the texts of that time are not in it.")
            for path in wanted[blob.id]:
                data = blob.data if blob.data is not None else b""
                left -= len(data)
                if left < 0:
                    raise MomentError("The handbook was larger then than can be taken out of git.")
                _write(folder, path, data)
                if blob.data is None and not _is_ours(path):
                    raise MomentError(f"The file {_named(path)} is larger than is taken out of git.")
                if blob.data is None:
                    # Too large to be read, which the reader shall say itself.
                    os.truncate(folder / os.fsdecode(path), MAX_BYTES + 1)


def _is_ours(path: bytes) -> bool:
    return path.lower().endswith(_TEXTS)


def _named(path: bytes) -> str:
    return f"'{path.decode('utf-8', 'backslashreplace').encode('unicode_escape').decode()[:200]}'"


def _refuse(path: bytes) -> None:
    """Git itself makes no such paths; somebody has written the commit by hand."""
    for part in path.split(b"/"):
        if part in (b"", b".", b"..") or part.lower() == b".git" or b"\\" in part:
            raise MomentError(f"The commit holds the path {_named(path)}, so it is not opened.")


def _write(folder: Path, path: bytes, data: bytes) -> None:
    file = folder / os.fsdecode(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(file, flags, 0o600), "wb") as stream:
            stream.write(data)
    except (FileExistsError, NotADirectoryError):
        raise MomentError(f"Two files of the commit have the place {_named(path)}.") from None


def _link(folder: Path, path: bytes, target: bytes | None) -> Path:
    link = folder / os.fsdecode(path)
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(os.fsdecode(target) if target and b"\0" not in target else _NOWHERE)
    except (FileExistsError, NotADirectoryError):
        raise MomentError(f"Two files of the commit have the place {_named(path)}.") from None
    return link


def _keep_inside(link: Path, folder: Path) -> None:
    """Let a link that leads out of the snapshot lead nowhere; the reader then says that it leads outside."""
    try:
        inside = link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        link.unlink()
        link.symlink_to(_NOWHERE)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A handbook taken out of git.

    `root` is the project's root in the temporary folder, and `project` the same in the working tree.
    `documents` is the documents' folder from the top of the repository; `existing` holds all paths that the
    project had then, from its root.
    """

    repository: Repository
    moment: Moment
    location: Location
    documents: str
    root: Path
    project: Path
    existing: frozenset[str]

    @property
    def source(self) -> HistorySource:
        """Where the history is."""
        return HistorySource(self.repository, self.moment, self.documents)


@contextmanager
def snapshot(
    repository: Repository, moment: Moment, location: Location, *, contents: bool = False
) -> Iterator[Snapshot]:
    """Take the handbook at `location` out of git as it stood at a moment, for as long as it is needed.

    `contents` also takes out pictures and attachments, which a site needs and a question does not.

    Raises:
        MomentError: where there was none, or it cannot be taken out.
        SettingsError: where its settings of then cannot be used.
        GitError: where git cannot answer.
    """
    tree = Tree(repository, moment.commit)
    home = location.folder.resolve().relative_to(repository.top).as_posix()
    leaves = tree.below(home)
    if not leaves:
        raise NoHandbookError(f"There was no handbook at {home} on {moment.day} (commit {moment.short}).")
    name = posixpath.normpath(posixpath.join(home, location.settings.name if location.settings else SETTINGS))
    settings = _settings(tree, name, moment)
    documents = _inside(home, settings.documents)
    for path in (documents, _inside(home, settings.registers)):
        leaves |= tree.below(path)
    with tempfile.TemporaryDirectory(prefix="policygraph-") as folder:
        # The top keeps its name: where it is the documents' folder itself, their paths begin with it.
        top = Path(folder).resolve() / (repository.top.name or "project")
        (top / documents).mkdir(parents=True)
        tree.take(leaves, top, contents=contents)
        file = top / name
        around = posixpath.normpath(posixpath.join(documents, ".."))
        yield Snapshot(
            repository,
            moment,
            Location(file if file.is_file() and not file.is_symlink() else None, top / home),
            documents,
            (top / documents).parent,
            (repository.top / documents).parent,
            tree.paths(around) if around != ".." else frozenset(),
        )


def _settings(tree: Tree, name: str, moment: Moment) -> Settings:
    leaf = tree.leaves.get(os.fsencode(name))
    if leaf is None or leaf.mode not in _FILE:
        return Settings()
    text = tree.text(leaf)
    try:
        return read_settings(text, name)
    except SettingsError as error:
        raise SettingsError(f"In commit {moment.short}: {error.message}", error.place) from None


def _inside(home: str, path: str) -> str:
    """A folder that the settings name, from the top of the repository."""
    inside = posixpath.normpath(posixpath.join(home, path))
    if inside == ".." or inside.startswith(("../", "/")):
        raise MomentError(f"The folder '{path}' lies outside the repository.")
    return inside
