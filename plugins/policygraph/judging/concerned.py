"""Which findings a change concerns: those in what it touched, and in whatever that affects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from policygraph.judging.case import Case
from policygraph.model.document import FrontMatter
from policygraph.model.finding import Finding
from policygraph.reading.registers import EXPECTATIONS, ORGANISATION
from policygraph.reading.text import name_key
from policygraph.reading.touched import Touched
from policygraph.resolving import queries

_NAMES = frozenset({"PG201", "PG202", "PG504"})
"""Findings about names that lead to no document."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Documents and other files that a change concerns, and names that it has taken away.

    `everything` tells that it touched what all documents rest on: settings, roles, catalogs, expectations.
    """

    files: frozenset[str]
    lost: frozenset[str]
    everything: bool

    def holds(self, finding: Finding) -> bool:
        """Whether a finding stands in, or is about, what the change concerns."""
        if self.everything or finding.place.file in self.files or finding.document in self.files:
            return True
        if finding.code not in _NAMES:
            return False
        message = name_key(finding.message)
        return any(f"'{name}'" in message or f"/{name}" in message for name in self.lost)


def concerned_by(case: Case, touched: Touched) -> Concerned:
    """What a change of files concerns: them, the documents that reference or rely on them, and those reviewed."""
    handbook, files, former = case.handbook, touched.files, touched.former
    found = set(files)
    for path in files & handbook.by_path.keys():
        found |= {reference.source for reference in handbook.incoming.get(path, ())}
        found |= {dependent.document.path for dependent in queries.relying_on(handbook, path)}
        found |= {translation.path for translation in handbook.translations_of(handbook.by_path[path])}
    for path, reviews in handbook.reviews.items():
        if any(review.place.file in files for review in reviews):
            found.add(path)
    lost = {name_key(name) for path in former for name in _names(path, former[path], path in touched.gone)}
    kept = {name_key(document.id) for document in handbook.documents}
    shared = (ORGANISATION, EXPECTATIONS, *handbook.settings.catalogs)
    everything = any(path == handbook.settings.file or path.endswith(shared) for path in files)
    return Concerned(frozenset(found), frozenset(lost - kept), everything)


def _names(path: str, front: FrontMatter, gone: bool) -> list[str]:
    stem = PurePosixPath(path).stem
    names = [front.id or stem, front.title or "", *front.aliases, *front.former_ids]
    return [name for name in [*names, *([PurePosixPath(path).name] if gone else [])] if name]
