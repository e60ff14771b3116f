"""Pages at old addresses: where a document was before it was renamed, or replaced under one of its former ids, and
where an area was whose folder was renamed.

They are files of plain HTML, so that every engine publishes them as they are and none lists them in its search or its
site map. They lead on without a script, and never stand where something else does.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policygraph.judging.lines import lines_of
from policygraph.model.document import Document
from policygraph.publishing.index import Index, Shelf
from policygraph.publishing.links import file_name
from policygraph.publishing.publication import Asset
from policygraph.publishing.templates import render
from policygraph.reading.files import UNSAFE, is_document
from policygraph.reading.text import name_key
from policygraph.words import spoken

_LONGEST = 200
"""Bytes of one part of a path; file systems take little more."""


def redirect_assets(index: Index, taken: Iterable[str]) -> Iterator[Asset]:
    """A page for every old address; `taken` are the files of the site, as paths below its root."""
    occupied = {path.casefold() for path in taken}
    moved = sorted(_moved(index).items())
    for path, document in moved:
        former = replace(document, path=path)
        pairs = (
            (index.links.document_uri(path), index.pages[document.path]),
            (index.links.sheet_uri(former), index.sheets[document.path]),
        )[: 2 if index.audited else 1]
        for old, new in pairs:
            file = file_of(index, old)
            if file.casefold() in occupied:
                continue
            occupied.add(file.casefold())
            yield Asset(file, _page(index, old, new, document.title, document.id))
    for folder, shelf in _renamed_areas(index, moved):
        old = f"areas/{file_name(folder)}/index.md"
        file = file_of(index, old)
        if file.casefold() not in occupied:
            occupied.add(file.casefold())
            yield Asset(file, _page(index, old, shelf.uri, shelf.title))


def file_of(index: Index, uri: str) -> str:
    """The file that a site serves as a page, by the page's source path."""
    url = index.links.url(uri)
    return f"{url}index.html" if not url or url.endswith("/") else url


def _moved(index: Index) -> dict[str, Document]:
    """Former paths with the document that is now elsewhere; of several, the one that was there last."""
    living = {d.path for d in (*index.handbook.documents, *index.handbook.translations)}
    found: dict[str, tuple[int, Document]] = {}

    def take(path: str, order: int, document: Document) -> None:
        if path not in living and _safe(index, path) and order >= found.get(path, (-1, document))[0]:
            found[path] = (order, document)

    for document in (*index.handbook.documents, *index.handbook.translations):
        for former in _named_after(document):
            take(former, -1, document)
        for state in index.handbook.history.of(document.path):
            take(state.path, state.commit.order, document)
            if state.renamed_from is not None:
                take(state.renamed_from, state.commit.order - 1, document)
    bearers = _bearers(index)
    for line in lines_of(index.handbook):
        # A file that git saw go, whose id a living document says it once had.
        bearer = bearers.get(name_key(line.id)) if line.document is None else None
        if bearer is not None:
            for state in line.states:
                take(state.path, state.commit.order, bearer)
    return {path: document for path, (_, document) in found.items()}


def _renamed_areas(index: Index, moved: Iterable[tuple[str, Document]]) -> Iterator[tuple[str, Shelf]]:
    """Folders that are no area any more, each with the one area in which all of its documents are now."""
    shelves = {shelf.id: shelf for shelf in index.shelves}
    areas: defaultdict[str, set[str]] = defaultdict(set)
    for path, document in moved:
        folder, inside, _ = path.removeprefix(f"{index.handbook.folder}/").partition("/")
        if inside and folder not in shelves:
            areas[folder].add(document.area)
    for folder, now in areas.items():
        found = [shelves[area] for area in now if area in shelves]
        if len(now) == len(found) == 1:
            yield folder, found[0]


def _named_after(document: Document) -> Iterator[str]:
    """Paths under the former ids of a document whose file is named after its id."""
    folder, _, name = document.path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if not folder or stem.casefold() != document.id.casefold():
        return
    for former in document.front.former_ids:
        safe = file_name(former)
        yield f"{folder}/{safe if stem.islower() or safe != former.lower() else former}{dot}{suffix}"


def _bearers(index: Index) -> dict[str, Document]:
    """Documents by the ids they once had and no other has, or had."""
    ids = {name_key(d.id) for d in index.handbook.documents}
    found: dict[str, list[Document]] = {}
    for document in index.handbook.documents:
        for former in {name_key(id) for id in document.front.former_ids}:
            found.setdefault(former, []).append(document)
    return {id: bearers[0] for id, bearers in found.items() if len(bearers) == 1 and id not in ids}


def _safe(index: Index, path: str) -> bool:
    """Whether a former path can be an address of this site: a document's, inside the handbook's folder."""
    parts = path.split("/")
    return (
        path.startswith(f"{index.handbook.folder}/")
        and is_document(path)
        and posixpath.normpath(path) == path
        and not UNSAFE.search(path)
        and not any(part.startswith(".") or len(part.encode("utf-8", "replace")) > _LONGEST for part in parts)
    )


def _page(index: Index, old: str, new: str, title: str, id: str = "") -> bytes:
    href = index.links.address(old, new)
    text = render(
        "redirect.html.j2",
        title=title,
        id=id,
        lang=spoken().code,
        href=href,
        canonical=index.web_address(new) or href,
    )
    return f"{text}\n".encode("utf-8", "replace")
