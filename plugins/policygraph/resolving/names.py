"""Names: which document an id, a title, an alias or a path means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from posixpath import join, normpath
from urllib.parse import unquote

from policygraph.model.document import Document
from policygraph.reading.corrections import surely_meant
from policygraph.reading.text import name_key
from policygraph.reading.values import Candidates

_FOLDER_PAGES = ("README.md", "index.md", "_index.md", "readme.md")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several documents bear."""

    documents: tuple[Document, ...]


def _add(names: dict[str, list[Document]], name: str, document: Document) -> None:
    bearers = names.setdefault(name_key(name), [])
    if document not in bearers:
        bearers.append(document)


def _one_of(bearers: list[Document]) -> Document | Ambiguous | None:
    if len(bearers) > 1:
        return Ambiguous(tuple(bearers))
    return bearers[0] if bearers else None


class Names:
    """The names of a handbook's documents, looked up in the order id, former id, alias, title."""

    def __init__(self, documents: Iterable[Document], translations: Iterable[Document], folder: str) -> None:
        self._folder = folder
        self._ids: dict[str, Document] = {}
        self._former: dict[str, list[Document]] = {}
        self._names: dict[str, list[Document]] = {}
        self._paths: dict[str, Document] = {}
        self._lower: dict[str, str] = {}
        self._by_file: dict[str, list[str]] = {}
        ordered = list(documents)
        originals = {document.path: document for document in ordered}
        for document in ordered:
            self._ids.setdefault(name_key(document.id), document)
            self._path(document, document)
        for document in ordered:
            for former in document.front.former_ids:
                _add(self._former, former, document)
            for name in (*document.front.aliases, document.title):
                _add(self._names, name, document)
        for translation in translations:
            original = originals.get(translation.translation_of or "")
            if original is not None:
                self._path(translation, original)

    def _path(self, file: Document, document: Document) -> None:
        self._paths[file.path] = document
        self._lower[file.path.casefold()] = file.path
        self._by_file.setdefault(file.path.rpartition("/")[2].casefold(), []).append(file.path)

    def id(self, text: str) -> Document | None:
        """The document that has, or once had, an id."""
        found = self._by_id(text)
        return None if isinstance(found, Ambiguous) else found

    def named(self, text: str) -> Document | Ambiguous | None:
        """The document that a typed name means."""
        return self._by_id(text) or _one_of(self._names.get(name_key(text), []))

    def _by_id(self, text: str) -> Document | Ambiguous | None:
        key = name_key(text)
        return self._ids.get(key) or _one_of(self._former.get(key, []))

    def file(self, path: str) -> tuple[Document, str] | None:
        """The document at a path and the file's own path, allowing for the ways links are written.

        Found besides the path itself: a folder's page, a path without its suffix.
        """
        candidates = [path]
        if not path.endswith(".md"):
            bare = path.removesuffix("/")
            candidates += [f"{bare}.md", *(f"{bare}/{page}" for page in _FOLDER_PAGES)]
        for candidate in candidates:
            if (document := self._paths.get(candidate)) is not None:
                return document, candidate
        return None

    def relative(self, source: str, target: str) -> str | None:
        """Turn a link's path into a path from the project's root; None where it leads out of the project."""
        target = unquote(target)
        if target.startswith("/"):
            path = normpath(f"{self._folder}{target}")
            whole = normpath(target.lstrip("/"))
            if self.file(path) is None and self.file(whole) is not None:
                path = whole
        else:
            path = normpath(join(source.rpartition("/")[0], target)) if target else source
        return None if path.startswith("../") or path == ".." else path

    def nearest_id(self, text: str) -> str | None:
        """The id or title that a typing error may have turned into `text`."""
        found = self._id_candidates.nearest(text)
        if found is not None:
            return self._ids[found].id
        title = self._title_candidates.nearest(name_key(text))
        return self._names[title][0].title if title is not None else None

    def nearest_name(self, text: str) -> tuple[str | None, bool]:
        """The same, and whether the two differ in form only, so that no other can be meant."""
        near = self.nearest_id(text)
        return near, surely_meant(text, near, (document.id for document in self._ids.values()))

    def nearest_path(self, path: str) -> tuple[str | None, bool]:
        """The file that a link to a missing path was most likely meant to reach, and whether no other can be meant.

        A file that was moved is known by its name, where no other bears it and the name tells it from others.
        """
        if (same := self._lower.get(path.casefold())) is not None:
            return same, True
        name = path.rpartition("/")[2].casefold()
        if (moved := self._by_file.get(name)) is not None:
            telling = name not in {page.casefold() for page in _FOLDER_PAGES}
            return min(moved, key=lambda p: (len(p), p)), len(moved) == 1 and telling
        return self._path_candidates.nearest(path), False

    @cached_property
    def _id_candidates(self) -> Candidates:
        # `--fix --unsafe` and editors offer what is suggested: a wrong document would be worse than none.
        return Candidates(self._ids, guess_numbers=False)

    @cached_property
    def _title_candidates(self) -> Candidates:
        return Candidates(self._names)

    @cached_property
    def _path_candidates(self) -> Candidates:
        return Candidates(self._paths)
