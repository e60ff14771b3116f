"""Read a whole handbook: settings, documents, registers and catalogs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from policygraph.model.document import FrontMatter
from policygraph.model.framework import Framework
from policygraph.model.history import History
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading import registers
from policygraph.reading.appearance_setting import read_logo
from policygraph.reading.block import Positions
from policygraph.reading.catalogs import SHIPPED, read_catalog, shipped
from policygraph.reading.comparisons import Comparisons
from policygraph.reading.fence import Fence, Split, normalised, split
from policygraph.reading.files import Location, leads_outside, read_text, walk
from policygraph.reading.front_matter import read_front_matter
from policygraph.reading.front_matter_fixes import (
    closing_fence,
    escaped_bar,
    opening_fence,
    with_front_matter_fixes,
)
from policygraph.reading.history import read_history
from policygraph.reading.language import LANGUAGE_CODES, language_of
from policygraph.reading.markdown_parser import levelled
from policygraph.reading.readings import Readings, readings_of
from policygraph.reading.registers import Registers
from policygraph.reading.registers.applicability import OWN, own_framework
from policygraph.reading.scan import scan
from policygraph.reading.settings_file import read_settings
from policygraph.reading.snapshot import Snapshot
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.reading.toml_tree import parse_toml
from policygraph.reading.yaml_tree import Node, Table, TreeError, parse_yaml, salvage
from policygraph.settings import FIELD_NAMES, Settings, SettingsError

MAX_FRONT_MATTER = 64_000
_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<lang>[a-z]{2}(?:-[A-Za-z]{2,4})?)$")

Unsaved = Mapping[str, str]
"""Texts that stand for those on disk, by path from the project's root."""

Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and how much there is."""


def load_settings(location: Location, unsaved: str | None = None) -> Settings:
    """Read the settings of a handbook; without a settings file, the defaults hold.

    `unsaved` is a text that stands for the file's, as an editor holds it before it is saved.

    Raises:
        SettingsError: where they cannot be read or used.
    """
    if location.settings is None:
        return Settings(name=location.folder.resolve().name.replace("-", " ").capitalize())
    name = str(location.settings)
    text, problem = (unsaved, None) if unsaved is not None else read_text(location.settings, name)
    if text is None or problem is not None:
        raise SettingsError(
            problem.message if problem else "It cannot be read.", Place(str(location.settings))
        )
    return read_settings(normalised(text), name)


def documents_folder(location: Location, settings: Settings) -> Path:
    """The folder of the documents.

    Raises:
        SettingsError: where it does not exist.
    """
    folder = (location.folder / settings.documents).resolve()
    if not folder.is_dir():
        raise SettingsError(
            f"The documents' folder '{settings.documents}' does not exist.",
            Place(settings.file) if settings.file else None,
        )
    return folder


def read_handbook(
    location: Location,
    settings: Settings | None = None,
    progress: Progress | None = None,
    snapshot: Snapshot | None = None,
    *,
    unsaved: Unsaved | None = None,
    history: History | None = None,
) -> Sources:
    """Read everything a handbook consists of. `snapshot` is given where it was taken out of git.

    `unsaved` are texts that stand for those on disk, by the paths that places name, as an editor holds them before
    they are saved; with it `history` may be given where it is known already.

    Raises:
        SettingsError: where the settings cannot be used. Anything else that is wrong becomes a problem.
    """
    settings = settings or load_settings(location)
    folder = documents_folder(location, settings)
    if location.settings is not None:
        settings = replace(settings, file=shown_path(location.settings, folder))
    prefix = folder.name
    found = walk(folder, prefix, settings.exclude, settings.registers.strip("/") or ".")
    problems = list(found.problems)
    known = known_keys(settings)
    documents = []
    # A handbook of the past lies in another folder each time, and is the same handbook.
    lasting = folder if snapshot is None else snapshot.project / prefix
    readings = readings_of(lasting, settings)
    for number, path in enumerate(found.markdown):
        source, more = _read_file(folder.parent / path, path, settings, known, unsaved or {}, readings)
        problems.extend(more)
        if source is not None:
            documents.append(source)
        if progress is not None:
            progress("read", number + 1, len(found.markdown))
    readings.save()
    read, more = registers_of(location, folder, settings, unsaved or {})
    problems.extend(more)
    frameworks, more = frameworks_of(location, folder, settings, documents, read)
    problems.extend(more)
    return Sources(
        settings,
        prefix,
        tuple(documents),
        read,
        MappingProxyType(frameworks),
        found.others,
        linked_outside(folder, documents, snapshot),
        history=_read_history(location, folder, settings, snapshot)
        if history is None
        else replace(history, uncommitted=history.uncommitted | set(unsaved or ())),
        comparisons=Comparisons(lasting),
        problems=tuple(problems),
        logo=read_logo(location.folder, settings.appearance, settings.file),
    )


def _read_history(location: Location, folder: Path, settings: Settings, snapshot: Snapshot | None) -> History:
    return read_history(
        folder.parent,
        folder.name,
        snapshot.source if snapshot is not None else None,
        branch=settings.branch,
        beside=_beside(location, folder, settings),
    )


def _beside(location: Location, folder: Path, settings: Settings) -> tuple[str, ...]:
    """The handbook's own folder and its registers, from the project's root, where they lie elsewhere."""
    if location.settings is None or location.folder.resolve() == folder:
        return ()
    root = location.folder
    return tuple(shown_path(path, folder) for path in (root / settings.registers, location.settings))


def known_keys(settings: Settings) -> frozenset[str]:
    """Every front matter key that means something under these settings."""
    return frozenset({s.key for name in FIELD_NAMES for s in settings.sources_of(name)} | set(FIELD_NAMES))


def _read_file(
    file: Path, path: str, settings: Settings, known: frozenset[str], unsaved: Unsaved, readings: Readings
) -> tuple[DocumentSource | None, list[Problem]]:
    text, problem = (unsaved[path], None) if path in unsaved else read_text(file, path)
    if text is None:
        return None, [problem] if problem else []
    source = readings.of(text, path, partial(read_document, text, path, settings, known))
    return source, [problem] if problem else []


def read_document(
    text: str, path: str, settings: Settings, known: frozenset[str] | None = None
) -> DocumentSource:
    """Read one document's text. `path` is its path from the project's root."""
    text = normalised(text)
    parts = split(text, known if known is not None else known_keys(settings))
    front, problems = _read_front(parts, path, settings)
    if problems and parts.fence is not Fence.TOML:
        problems = with_front_matter_fixes(_with_fences(problems, text, path, parts), text)
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    suffix = _SUFFIX.match(stem)
    if suffix and suffix["lang"].partition("-")[0].lower() not in LANGUAGE_CODES:
        suffix = None
    suffix_lang = suffix["lang"].lower() if suffix else None
    lang = front.lang or suffix_lang or settings.language
    body = levelled(parts.body)
    found = scan(body, path, parts.body_line, language_of(lang), settings.id_patterns)
    if suffix:
        stem = suffix["stem"]
    problems += [
        Problem(
            ProblemKind.BROKEN_WIKI_LINK,
            place,
            f"The table cuts this link in two after '{words}'.",
            f"{words}\\|",
            fix=escaped_bar(text, place),
        )
        for place, words in found.broken_links
    ]
    if found.active:
        positions = Positions(path, body, parts.body_line)
        problems += [
            Problem(
                ProblemKind.ACTIVE_CONTENT,
                positions.place(span.start),
                "This HTML would run something in the reader's browser; it is published as text.",
            )
            for span in found.active
        ]
    return DocumentSource(
        path, front, body, parts.body_line, found, lang, stem, suffix_lang, text, tuple(problems)
    )


def front_matter_of(text: str, path: str, settings: Settings, known: frozenset[str]) -> FrontMatter:
    """The front matter of a text, such as an earlier version of a file, as far as it can be read."""
    return _read_front(split(normalised(text), known), path, settings)[0]


def _with_fences(problems: list[Problem], text: str, path: str, parts: Split) -> list[Problem]:
    """The fence that is missing, where one is."""
    fix = None
    if parts.fence is Fence.MISSING_OPENING:
        fix = opening_fence(text, path, parts.front_line)
    elif parts.fence is Fence.MISSING_CLOSING:
        fix = closing_fence(text, path, parts.body_line)
    return [replace(problems[0], fix=fix), *problems[1:]] if fix is not None else problems


def _read_front(parts: Split, path: str, settings: Settings) -> tuple[FrontMatter, list[Problem]]:
    fence, text, line = parts.fence, parts.front, parts.front_line
    problems: list[Problem] = []
    if fence is Fence.MISSING_OPENING:
        problems.append(
            Problem(
                ProblemKind.MISSING_FENCE,
                Place(path),
                "The front matter has no '---' line above it.",
                suggestion="---",
            )
        )
    elif fence is Fence.MISSING_CLOSING:
        problems.append(
            Problem(
                ProblemKind.BROKEN_FRONT_MATTER,
                Place(path),
                "The front matter (the lines below '---') is never closed; it is read up to the first empty line.",
                mend="Put a line with '---' after the last key.",
            )
        )
    elif fence is Fence.NONE:
        return FrontMatter(), problems
    if len(text) > MAX_FRONT_MATTER:
        problems.append(
            Problem(
                ProblemKind.BROKEN_FRONT_MATTER,
                Place(path),
                f"The front matter is longer than {MAX_FRONT_MATTER // 1000} kB and is not read.",
            )
        )
        return FrontMatter(), problems
    tree: Node | None
    try:
        tree = parse_toml(text, path, line) if fence is Fence.TOML else parse_yaml(text, path, line)
    except TreeError as error:
        errors: tuple[TreeError, ...] = (error,)
        tree = None
        if fence is not Fence.TOML:
            # One slip must not cost a document its id, nor others their references to it.
            tree, errors = salvage(text, path, line, error)
        problems.extend(Problem(ProblemKind.BROKEN_FRONT_MATTER, e.place, e.message) for e in errors)
    if tree is None:
        return FrontMatter(), problems
    if not isinstance(tree, Table):
        problems.append(
            Problem(
                ProblemKind.BROKEN_FRONT_MATTER,
                tree.place,
                "The lines between '---' and '---' must have the form 'key: value', and these have not.",
            )
        )
        return FrontMatter(), problems
    front, more = read_front_matter(tree, settings)
    return front, [*problems, *more]


def shown_path(file: Path, folder: Path) -> str:
    """A file's path from the project's root, as messages show it."""
    return Path(os.path.relpath(file.resolve(), folder.parent)).as_posix()


def registers_of(
    location: Location, folder: Path, settings: Settings, unsaved: Unsaved
) -> tuple[Registers, list[Problem]]:
    """Read the registers of a handbook whose documents lie in `folder`."""
    root = location.folder if location.settings else folder
    texts: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for name in _register_names(root / settings.registers):
        file = root / settings.registers / name
        if problem := leads_outside(file, root.resolve(), shown_path(file.parent, folder) + f"/{file.name}"):
            problems.append(problem)
            continue
        shown = shown_path(file, folder)
        text, problem = (unsaved[shown], None) if shown in unsaved else read_text(file, shown)
        if problem is not None:
            problems.append(problem)
        if text is not None:
            texts[name] = (shown, normalised(text))
    read, more = registers.read_registers(texts)
    return read, [*problems, *more]


def _register_names(folder: Path) -> list[str]:
    """The registers that exist, reviews by their name in the folder of registers."""
    names = [name for name in registers.FILES if (folder / name).exists() or (folder / name).is_symlink()]
    reviews = folder / registers.REVIEWS
    if reviews.is_dir() and not reviews.is_symlink():
        names += sorted(
            f"{registers.REVIEWS}/{entry.name}"
            for entry in reviews.iterdir()
            if entry.suffix in (".yml", ".yaml") and not entry.name.startswith(".")
        )
    return names


def frameworks_of(
    location: Location,
    folder: Path,
    settings: Settings,
    documents: Iterable[DocumentSource],
    read: Registers,
) -> tuple[dict[str, Framework], list[Problem]]:
    """Read the frameworks that the settings, the documents or the registers name."""
    # A shipped catalog is read only when something names it, or when a catalog may be laid over it.
    named = set(SHIPPED) if settings.catalogs else named_frameworks(settings, documents, read)
    frameworks = {name: shipped(name) for name in SHIPPED if name in named}
    problems: list[Problem] = []
    for path in settings.catalogs:
        file = location.folder / path
        if not file.resolve().is_relative_to(location.folder.resolve()):
            raise SettingsError(
                f"The catalog '{path}' lies outside the handbook's folder.", Place(settings.file)
            )
        shown = shown_path(file, folder)
        text, problem = read_text(file, shown)
        if problem is not None:
            problems.append(problem)
        if text is None:
            continue
        framework, more = read_catalog(normalised(text), shown, frameworks)
        problems.extend(more)
        if framework is not None:
            frameworks[framework.id.lower()] = framework
    if read.own_controls:
        frameworks[OWN] = own_framework(read.own_controls, settings)
    return frameworks, problems


def named_frameworks(settings: Settings, documents: Iterable[DocumentSource], read: Registers) -> set[str]:
    """The frameworks of the package that something names."""
    named = {*settings.frameworks, *(entry.clause.partition(":")[0] for entry in read.applicability)}
    for document in documents:
        items = [claim.item for claim in (*document.front.satisfies, *document.scan.claims)]
        items += [link.target for link in document.scan.links if ":" in link.target]
        for item in items:
            prefix = item.partition(":")[0].lower()
            named.update(name for name in SHIPPED if prefix.startswith(name))
    return named


def linked_outside(
    folder: Path, documents: Iterable[DocumentSource], snapshot: Snapshot | None
) -> frozenset[str]:
    """Paths outside the documents' folder, but inside the project, that a link names and that exist."""
    root = folder.parent
    found = set()
    for document in documents:
        for link in document.scan.links:
            target = link.target.partition("#")[0].partition("?")[0]
            if not target.startswith("..") and "/.." not in target:
                continue
            path = os.path.normpath(f"{document.path.rpartition('/')[0]}/{target}").replace(os.sep, "/")
            if path.startswith(("..", f"{folder.name}/")):
                continue
            if path in snapshot.existing if snapshot is not None else (root / path).exists():
                found.add(path)
    return frozenset(found)
