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
from policygraph.reading.fence import normalised
from policygraph.reading.files import Location, read_text
from policygraph.reading.handbook_files import (
    documents_folder,
    load_settings,
    read_document,
    read_handbook,
)
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.one_document import with_document
from policygraph.resolving.resolve import Resolution, resolution
from policygraph.settings import Settings, SettingsError


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
            return file.relative_to(self.root).as_posix() if file.is_relative_to(self.folder) else None
        except ValueError:
            return None

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
        return tuple(sorted([*near_findings(handbook, path, today), *kept], key=lambda f: f.order))

    def load(self, today: dt.date) -> None:
        """Read everything, resolve and judge it."""
        self.unread = False
        try:
            settings = load_settings(self.location)
            self.folder = documents_folder(self.location, settings)
            with garbage.paused():
                sources = read_handbook(self.location, settings)
        except SettingsError as error:
            self.trouble = error
            return
        self.trouble = None
        with self._lock:
            self._sources = sources
            self._waiting.clear()
            self._read = {document.path: document for document in sources.documents}
            for path, text in self.open.items():
                if path in self._read:
                    self._read[path] = read_document(text.text, path, sources.settings)
        self._judge(today)

    def refresh(self, today: dt.date) -> None:
        """Judge the handbook again with what has changed since."""
        if self.unread or self._sources is None:
            self.load(today)
            return
        with self._lock:
            waiting, self._waiting = self._waiting, set()
        for path in sorted(waiting):
            # A file that has come or gone changes what links lead to: all is read again.
            known = path in self._read
            there = self.file(path).is_file()
            if not known or not there or not path.lower().endswith((".md", ".markdown")):
                self.load(today)
                return
            text, problem = read_text(self.file(path), path)
            if text is None or problem is not None:
                self.load(today)
                return
            if path not in self.open:
                with self._lock:
                    self._read[path] = read_document(normalised(text), path, self._sources.settings)
        self._judge(today)

    def _judge(self, today: dt.date) -> None:
        sources = self._sources
        if sources is None:
            return
        with self._lock:
            self.stale = False
            read = tuple(self._read[path] for path in sorted(self._read))
        with garbage.paused():
            found = resolution(replace(sources, documents=read))
            findings = judge(found.handbook, today).findings
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(finding.place.file, []).append(finding)
        self.judged = Judged(found, findings, {file: tuple(group) for file, group in by_file.items()})
