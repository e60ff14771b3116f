"""A handbook on an author's desk: read once, and read again where it is being written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from policygraph import garbage
from policygraph.judging.judge import judge
from policygraph.judging.near import NEAR, near_findings
from policygraph.lsp.text import EditorText, moved
from policygraph.model.finding import Finding
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.fence import normalised
from policygraph.reading.files import Location, is_document, read_text
from policygraph.reading.handbook_files import (
    documents_folder,
    load_settings,
    named_frameworks,
    read_document,
    read_handbook,
    shown_path,
)
from policygraph.reading.registers import Registers
from policygraph.reading.rereading import register_names, with_documents, with_registers
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.one_document import with_document
from policygraph.resolving.resolve import Resolution, resolution
from policygraph.settings import Settings, SettingsError

SETTINGS_KIND = "settings"
"""What handbook.yml is among the YAML files of a handbook; registers go by their names."""

_NOT_READ_BY = ("name", "organisation", "description", "url", "frameworks", "areas", "word_budget", "rules")
"""Settings that change what is said about a document, and not how it is read."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A handbook that was resolved and judged as a whole; `texts` are the levelled texts it was made of."""

    resolution: Resolution
    findings: tuple[Finding, ...]
    by_file: Mapping[str, tuple[Finding, ...]]


class Desk:
    """One handbook, with the texts that an editor has open laid over its files.

    `open_text`, `close_text`, `findings` and `near` are called where the editor's messages arrive; `load` and
    `refresh`, which take longer, in one other thread. What was judged is replaced as a whole, never changed.
    """

    def __init__(self, location: Location, folder: Path) -> None:
        self.location = location
        self.folder = folder
        self.judged: Judged | None = None
        self.trouble: SettingsError | None = None
        self.open: dict[str, EditorText] = {}
        self.stale = True
        self.unread = True
        self._read: dict[str, DocumentSource] = {}
        self._near: dict[str, tuple[DocumentSource, Judged, Handbook]] = {}
        self._lock = Lock()
        self._sources: Sources | None = None
        self._waiting: set[str] = set()
        self._yaml: dict[str, str] = {}
        self._yaml_judged: dict[str, str] = {}
        self._again: set[str] = set()
        self._name_yaml(Settings())

    @property
    def root(self) -> Path:
        """The folder from which places name their files."""
        return self.folder.parent

    @property
    def settings(self) -> Settings | None:
        """The handbook's settings; None where it is not read yet."""
        return self._sources.settings if self._sources is not None else None

    def path_of(self, file: Path) -> str | None:
        """The path by which places name a file of the handbook; None where it lies elsewhere."""
        try:
            if file.is_relative_to(self.folder):
                return file.relative_to(self.root).as_posix()
            path = shown_path(file, self.folder)
        except (ValueError, OSError):
            return None
        return path if self.yaml_kind(path) else None

    @property
    def settings_path(self) -> str | None:
        """The path by which places name handbook.yml; None where there is none."""
        file = self.location.settings
        return shown_path(file, self.folder) if file is not None else None

    def yaml_kind(self, path: str) -> str:
        """What a YAML file of the handbook is: `settings`, a register's name, `reviews`; empty for all others."""
        if not path.endswith((".yml", ".yaml")):
            return ""
        return self._yaml.get(path) or self._yaml.get(f"{path.rpartition('/')[0]}/", "")

    def _name_yaml(self, settings: Settings) -> None:
        self._yaml = register_names(self.location, self.folder, settings.registers)
        if (path := self.settings_path) is not None:
            self._yaml[path] = SETTINGS_KIND

    def file(self, path: str) -> Path:
        """The file that a place names."""
        return self.root / path

    def text(self, path: str, units: str) -> EditorText:
        """A file's text: as it is being written, or as it was read, or from the disk."""
        if (found := self.open.get(path)) is not None:
            return found
        if self.judged is not None and (document := self.judged.resolution.handbook.by_path.get(path)):
            return EditorText(document.text, units)
        text, _ = read_text(self.file(path), path)
        return EditorText(text or "", units)

    def unsaved_yaml(self) -> dict[str, str]:
        """The YAML files of the handbook that are open, as they are being written."""
        return {path: text.text for path, text in self.open.items() if self.yaml_kind(path)}

    def exact_text(self, path: str, units: str) -> EditorText:
        """A file's text with its own line endings, for changing it."""
        if (found := self.open.get(path)) is not None:
            return found
        text, _ = read_text(self.file(path), path)
        return EditorText(text or "", units)

    def write(self, path: str, text: EditorText) -> None:
        """Take down what a document says now, before it is saved."""
        self.open[path] = text
        if self.is_document(path):
            settings = self.settings
            if settings is not None:
                with self._lock:
                    self._read[path] = read_document(text.text, path, settings)
        elif kind := self.yaml_kind(path):
            with self._lock:
                self._again.add(kind)
        self.stale = True

    def close(self, path: str) -> None:
        """Forget what was not saved."""
        self.open.pop(path, None)
        self._near.pop(path, None)
        self.look_again(path)

    def look_again(self, path: str) -> None:
        """A file on the disk has changed, appeared or gone: read it before the handbook is judged again."""
        with self._lock:
            self._waiting.add(path)
        self.stale = True

    def is_document(self, path: str) -> bool:
        """Whether a file is, or may become, a document of this handbook."""
        if not path.lower().endswith((".md", ".markdown")):
            return False
        return self.judged is None or path in self.judged.resolution.handbook.by_path or path in self._read

    def near(self, path: str) -> Handbook | None:
        """The handbook as an open document knows it now; None where it is not read yet."""
        judged = self.judged
        if judged is None:
            return None
        source = self._read.get(path)
        if source is None or path not in self.open:
            return judged.resolution.handbook
        before = self._near.get(path)
        if before is not None and before[0] is source and before[1] is judged:
            return before[2]
        found = with_document(judged.resolution, source)
        self._near[path] = (source, judged, found)
        return found

    def findings(self, path: str, today: dt.date) -> tuple[Finding, ...]:
        """What is to be said about a file now: by its own text, and by the whole handbook when last judged."""
        judged = self.judged
        if judged is None:
            return ()
        whole = judged.by_file.get(path, ())
        if self.yaml_kind(path):
            return self._moved(path, whole)
        source = self._read.get(path)
        before = judged.resolution.handbook.by_path.get(path)
        if path not in self.open or source is None or before is None or source.text == before.text:
            return whole
        handbook = self.near(path)
        if handbook is None:
            return whole
        lines = moved(before.text, source.text)
        kept = [
            replace(
                finding, place=replace(finding.place, line=lines[finding.place.line]), fix=None, others=()
            )
            for finding in whole
            if finding.code not in NEAR and finding.place.line in lines
        ]
        near = near_findings(handbook, path, today)
        if named_frameworks(handbook.settings, [source], Registers()) & set(SHIPPED) - set(
            handbook.frameworks
        ):
            # A framework that this text is the first to name is read before the whole is judged.
            near = tuple(finding for finding in near if not finding.code.startswith("PG30"))
        return tuple(sorted([*near, *kept], key=lambda f: f.order))

    def _moved(self, path: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """What was found in a YAML file, on the lines where it stands now."""
        text, before = self.open.get(path), self._yaml_judged.get(path)
        if text is None or before is None or normalised(text.text) == before:
            return findings
        lines = moved(before, normalised(text.text))
        return tuple(
            replace(f, place=replace(f.place, line=lines[f.place.line]), fix=None, others=())
            for f in findings
            if f.place.line in lines
        )

    def load(self, today: dt.date) -> None:
        """Read everything, resolve and judge it."""
        self.unread = False
        with self._lock:
            self._again.clear()
        unsaved = self.unsaved_yaml()
        history = self._sources.history if self._sources is not None else None
        try:
            settings = self._read_settings(unsaved)
            self.folder = documents_folder(self.location, settings)
            with garbage.paused():
                sources = read_handbook(self.location, settings, unsaved=unsaved, history=history)
        except SettingsError as error:
            self.trouble = error
            self.stale = False
            return
        self.trouble = None
        self._name_yaml(sources.settings)
        with self._lock:
            self._sources = sources
            self._waiting.clear()
            self._read = {document.path: document for document in sources.documents}
            for path, text in self.open.items():
                if path in self._read:
                    self._read[path] = read_document(text.text, path, sources.settings)
        self._judge(today)

    def _read_settings(self, unsaved: Mapping[str, str]) -> Settings:
        return load_settings(self.location, unsaved.get(self.settings_path or ""))

    def refresh(self, today: dt.date) -> None:
        """Judge the handbook again with what has changed since."""
        if self.unread or self._sources is None:
            self.load(today)
            return
        with self._lock:
            waiting, self._waiting = self._waiting, set()
        for path in sorted(waiting):
            if kind := self.yaml_kind(path):
                with self._lock:
                    self._again.add(kind)
                continue
            # A file that has come or gone changes what links lead to: all is read again.
            known = path in self._read
            there = self.file(path).is_file()
            if not known or not there or not is_document(path):
                self.load(today)
                return
            text, problem = read_text(self.file(path), path)
            if text is None or problem is not None:
                self.load(today)
                return
            if path not in self.open:
                with self._lock:
                    self._read[path] = read_document(normalised(text), path, self._sources.settings)
        with self._lock:
            again, self._again = self._again, set()
        if SETTINGS_KIND in again and not self._settings_again():
            self.load(today)
            return
        if again:
            self._sources = with_registers(self._sources, self.location, self.folder, self.unsaved_yaml())
        self._judge(today)

    def _settings_again(self) -> bool:
        """Take over settings that change nothing of how documents are read; False where all must be read."""
        if self._sources is None or self.trouble is not None:
            return False
        try:
            settings = self._read_settings(self.unsaved_yaml())
        except SettingsError:
            return False
        before = self._sources.settings
        settings = replace(settings, file=before.file)
        same = replace(settings, **{name: getattr(before, name) for name in _NOT_READ_BY})
        if same != before:
            return False
        self._sources = replace(self._sources, settings=settings)
        return True

    def _judge(self, today: dt.date) -> None:
        if self._sources is None:
            return
        with self._lock:
            self.stale = bool(self._again)
            read = tuple(self._read.values())
            texts = {path: normalised(text.text) for path, text in self.open.items() if self.yaml_kind(path)}
        with garbage.paused():
            self._sources = with_documents(self._sources, read, self.location, self.folder)
            found = resolution(self._sources)
            findings = judge(found.handbook, today).findings
        found.handbook.comparisons.save()
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(finding.place.file, []).append(finding)
        judged = Judged(found, findings, {file: tuple(group) for file, group in by_file.items()})
        for source in read:
            # What the next keystroke needs is made here, where nobody waits for it.
            if source.path in self.open:
                self._near[source.path] = (source, judged, with_document(found, source))
        self._yaml_judged = texts
        self.judged = judged
