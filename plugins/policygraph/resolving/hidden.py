"""What an edition may not show: documents by all the names and places that they have or once had."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from posixpath import normpath
from urllib.parse import unquote

from policygraph.model.document import Document, FrontMatter
from policygraph.model.history import Revision
from policygraph.reading.text import name_key
from policygraph.resolving.names import Names

_FOLDER_PAGES = frozenset({"readme", "index", "_index"})


class Hidden:
    """The documents that an edition leaves out, as a link, an entry of a register or a path may name them.

    A name that a document of the edition bears too is that document's.
    """

    def __init__(self, names: Names, shown: Iterable[Document]) -> None:
        self._names = names
        self._shown = tuple(shown)
        self._theirs: set[str] = set()
        self._files: set[str] = set()
        self._stems: set[str] = set()
        for document in self._shown:
            self._theirs.update(_names_of(document.id, document.title, document.front))
        self._shown_files = {document.path for document in self._shown}
        self._shown_stems = {_stem(path) for path in self._shown_files}
        self._hidden: set[str] = set()

    def add(self, document: Document) -> None:
        """Hide a document."""
        self._hidden.update(_names_of(document.id, document.title, document.front) - self._theirs)
        self._file(document.path)

    def add_state(self, revision: Revision, front: FrontMatter) -> None:
        """Hide what a document was called at one time, and where it was."""
        self._hidden.update(_names_of(front.id or "", front.title or "", front) - self._theirs)
        self._file(revision.path)

    def _file(self, path: str) -> None:
        if path in self._shown_files:
            return
        self._files.add(path)
        stem = _stem(path)
        if stem not in _FOLDER_PAGES and stem not in self._shown_stems:
            self._stems.add(stem)
            if stem not in self._theirs:
                self._hidden.add(stem)

    def __bool__(self) -> bool:
        return bool(self._files)

    def named(self, typed: str) -> bool:
        """Whether an id, a title, an alias or a path from the project's root means something hidden."""
        name = typed.partition("#")[0].strip()
        return name_key(name) in self._hidden or name in self._files or self._ends_in(name)

    def linked(self, source: str, target: str) -> bool:
        """Whether a link's target, as typed in the file `source`, means something hidden."""
        target = target.strip().strip("<>")
        if self.named(target):
            return True
        path = unquote(target.partition("#")[0].partition("?")[0])
        if not path or ":" in path or path.startswith("//"):
            return False  # an address of some other site
        inside = self._names.relative(source, path) or normpath(path)
        bare = inside.removesuffix("/")
        wanted = (
            inside,
            f"{bare}.md",
            *(f"{bare}/{page}.md" for page in ("README", "index", "_index", "readme")),
        )
        return any(path in self._files for path in wanted) or self._ends_in(path)

    def _ends_in(self, path: str) -> bool:
        """Whether a path of some other time or form ends in a hidden file's name."""
        if "://" in path or path.startswith("//"):
            return False
        return ("/" in path or path.endswith((".md", ".markdown", ".html"))) and _stem(path) in self._stems


def _names_of(id: str, title: str, front: FrontMatter) -> set[str]:
    names = (id, title, front.title or "", *front.aliases, *front.former_ids)
    return {key for name in names if (key := name_key(name))}


def _stem(path: str) -> str:
    name = path.removesuffix("/").rpartition("/")[2]
    return (name.rpartition(".")[0] or name).casefold()


Hides = Callable[[str, str], bool]
"""Whether a link is not for an edition's readers: by the file that it stands in, and its target as typed."""
