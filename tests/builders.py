"""Builders: a handbook out of a few lines of text, in memory or on disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.document import Document
from policygraph.model.history import History
from policygraph.model.problem import Problem, ProblemKind
from policygraph.publishing.index import Index, index_of
from policygraph.publishing.publication import SiteStyle
from policygraph.reading.catalogs import SHIPPED, shipped
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_document, read_handbook
from policygraph.reading.registers import read_registers
from policygraph.reading.registers.applicability import OWN, own_framework
from policygraph.reading.settings_file import read_settings
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve

Files = Mapping[str, str | bytes]
HandbookBuilder = Callable[..., Handbook]

REGISTERS = "policies/registers/"
TODAY = dt.date(2026, 11, 23)
"""The day on which tests judge."""


def source(text: str, path: str = "policies/a.md", settings: str = "") -> DocumentSource:
    """Read one document's text."""
    return read_document(text, path, read_settings(settings, "policies/handbook.yml"))


def book(
    files: Mapping[str, str],
    settings: str = "",
    outside: tuple[str, ...] = (),
    history: History | None = None,
) -> Handbook:
    """Resolve a handbook in memory. File names without a folder lie in `policies/`."""
    return resolve(sources(files, settings, outside, history))


def sources(
    files: Mapping[str, str],
    settings: str = "",
    outside: tuple[str, ...] = (),
    history: History | None = None,
) -> Sources:
    """The same before it is resolved."""
    named = {name if "/" in name else f"policies/{name}": text for name, text in files.items()}
    read = read_settings(settings, "policies/handbook.yml")
    documents = tuple(
        read_document(text, name, read) for name, text in sorted(named.items()) if name.endswith(".md")
    )
    registers = {
        name: (f"{REGISTERS}{name}", named[f"{REGISTERS}{name}"])
        for name in (path.removeprefix(REGISTERS) for path in sorted(named) if path.startswith(REGISTERS))
    }
    read_in, problems = read_registers(registers)
    own = {OWN: own_framework(read_in.own_controls, read)} if read_in.own_controls else {}
    everything = settings + "".join(named.values())
    return Sources(
        read,
        "policies",
        documents,
        read_in,
        {**{name: shipped(name) for name in SHIPPED if name in everything}, **own},
        frozenset(name for name in named if not name.endswith(".md") and name.startswith("policies/")),
        frozenset(outside),
        history or History(),
        problems=problems,
    )


def judged(files: Mapping[str, str], settings: str = "") -> Judgement:
    """Judge a handbook made in memory."""
    return judge(book(files, settings), TODAY)


def indexed(handbook: Handbook) -> Index:
    """What the pages of a handbook below `policies/` look up."""
    return index_of(judge(handbook, TODAY), SiteStyle("policies"))


def write(root: Path, files: Files) -> None:
    """Write files below a folder, making the folders they need."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def on_disk(root: Path, files: Files, settings: str | None = None) -> Handbook:
    """Write a project and read the handbook in its `policies/`."""
    (root / "policies").mkdir(exist_ok=True)
    write(root, files)
    if settings is not None:
        write(root, {"policies/handbook.yml": settings})
    return resolve(read_handbook(locate(None, root)))


def of_kind(found: Handbook | DocumentSource, kind: ProblemKind) -> list[Problem]:
    """The problems of one kind."""
    return [problem for problem in found.problems if problem.kind is kind]


def document(found: Handbook, id: str) -> Document:
    """The document with an id, which must exist."""
    one = found.find(id)
    assert one is not None, f"there is no {id}"
    return one


def pairs(found: Handbook) -> set[tuple[str, str, str]]:
    """Every reference as ids: source, relation, target."""
    ids = {d.path: d.id for d in found.documents}
    return {(ids[r.source], r.relation.name, ids[r.target]) for r in found.references}
