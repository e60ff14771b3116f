"""Lines: each document with the states of its file, those that are gone included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pathspec import PathSpec

from policygraph.model.document import Document
from policygraph.model.history import Revision
from policygraph.reading.fence import normalised, split
from policygraph.reading.files import is_document
from policygraph.reading.handbook_files import front_matter_of, known_keys
from policygraph.resolving.handbook import Handbook

_HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_LANGUAGE = re.compile(r"\.[a-z]{2}(?:-[A-Za-z]{2,4})?\.\w+$")


@dataclass(frozen=True, slots=True)
class Line:
    """A document through time. `document` is what it is today, None where its file is gone."""

    path: str
    id: str
    title: str
    states: tuple[Revision, ...]
    document: Document | None = None


def lines_of(handbook: Handbook) -> tuple[Line, ...]:
    """The lines of all documents, in reading order; then of those that are gone, by path.

    Translations have none: they count once, as the document that they translate.
    """
    history = handbook.history
    living = (
        Line(document.path, document.id, document.title, history.of(document.path), document)
        for document in handbook.documents
    )
    return (*living, *sorted(_gone(handbook), key=lambda line: (line.path, line.states[-1].commit.order)))


def _gone(handbook: Handbook) -> Iterator[Line]:
    living = {d.path for d in (*handbook.documents, *handbook.translations)}
    settings = handbook.settings
    excluded = PathSpec.from_lines("gitignore", settings.exclude)
    registers = settings.registers.strip("/") or "."
    known = known_keys(settings)
    candidates = [
        *(states for path, states in handbook.history.revisions.items() if path not in living),
        *handbook.history.displaced,
    ]
    for states in candidates:
        text = next((state.text for state in reversed(states) if state.text is not None), None)
        path = states[-1].path if states else ""
        if text is None or not states[-1].deleted or not is_document(path):
            continue
        inner = path.removeprefix(f"{handbook.folder}/")
        hidden = any(part.startswith(".") for part in inner.split("/"))
        if inner == path or hidden or inner.startswith(f"{registers}/") or excluded.match_file(inner):
            continue
        base = _LANGUAGE.sub(path[path.rfind(".") :], path)
        if base != path and (base in living or base in handbook.history.revisions):
            continue
        front = front_matter_of(text, path, settings, known)
        stem = path.rpartition("/")[2].rpartition(".")[0]
        heading = _HEADING.search(split(normalised(text), known).body)
        words = stem.replace("-", " ").replace("_", " ").strip()
        title = front.title or (heading[1] if heading else "") or words[:1].upper() + words[1:]
        yield Line(path, front.id or stem, title, states)
