"""A handbook of which some texts have changed: only these are read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from policygraph.model.problem import Problem
from policygraph.reading import registers
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.fence import normalised
from policygraph.reading.files import Location
from policygraph.reading.handbook_files import (
    Unsaved,
    frameworks_of,
    known_keys,
    linked_outside,
    named_frameworks,
    read_document,
    registers_of,
    shown_path,
)
from policygraph.reading.sources import DocumentSource, Sources


def register_names(location: Location, folder: Path, name: str) -> dict[str, str]:
    """The registers by the path that places name; that of the folder of reviews ends in a slash.

    `folder` is the documents' and `name` the one that the settings give to registers.
    """
    root = (location.folder if location.settings else folder) / name
    found = {shown_path(root / file, folder): file.partition(".")[0] for file in registers.FILES}
    return {**found, f"{shown_path(root / registers.REVIEWS, folder)}/": registers.REVIEWS}


def with_documents(
    before: Sources, documents: Iterable[DocumentSource], location: Location, folder: Path
) -> Sources:
    """The handbook with these documents, and with the frameworks and files that they name."""
    after = replace(before, documents=tuple(sorted(documents, key=lambda d: d.path)))
    known = {document.path: document for document in before.documents}
    changed = [document for document in after.documents if known.get(document.path) is not document]
    if changed:
        after = replace(after, outside=before.outside | linked_outside(folder, changed, None))
    return _with_frameworks(after, location, folder)


def with_registers(before: Sources, location: Location, folder: Path, unsaved: Unsaved) -> Sources:
    """The handbook with its registers read again."""
    read, problems = registers_of(location, folder, before.settings, unsaved)
    names = register_names(location, folder, before.settings.registers)

    def other(problem: Problem) -> bool:
        file = problem.place.file
        return file not in names and f"{file.rpartition('/')[0]}/" not in names

    kept = tuple(problem for problem in before.problems if other(problem))
    return _with_frameworks(
        replace(before, registers=read, problems=(*kept, *problems)), location, folder, True
    )


def reread(before: Sources, location: Location, folder: Path, unsaved: Unsaved) -> Sources:
    """The handbook with texts in the place of those that it was made of; each belongs to a file that it knows."""
    known = known_keys(before.settings)
    changed: set[str] = set()
    documents = []
    for document in before.documents:
        text = unsaved.get(document.path)
        if text is not None and normalised(text) != document.text:
            changed.add(document.path)
            document = read_document(text, document.path, before.settings, known)
        documents.append(document)
    after = with_documents(before, documents, location, folder) if changed else before
    texts = before.registers.texts
    if others := {p for p in unsaved if p in texts and normalised(unsaved[p]) != texts[p]}:
        changed |= others
        after = with_registers(after, location, folder, unsaved)
    history = replace(before.history, uncommitted=before.history.uncommitted | changed)
    return replace(after, history=history)


def _with_frameworks(sources: Sources, location: Location, folder: Path, always: bool = False) -> Sources:
    settings, documents, read = sources.settings, sources.documents, sources.registers
    named = set(SHIPPED) if settings.catalogs else named_frameworks(settings, documents, read) & set(SHIPPED)
    if not always and named == set(sources.frameworks) & set(SHIPPED):
        return sources
    frameworks, problems = frameworks_of(location, folder, settings, documents, read)
    catalogs = {shown_path(location.folder / path, folder) for path in settings.catalogs}
    kept = tuple(problem for problem in sources.problems if problem.place.file not in catalogs)
    return replace(sources, frameworks=MappingProxyType(frameworks), problems=(*kept, *problems))
