"""The language server: the editor's messages to the core, and the core's answers back."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from policygraph import __version__
from policygraph.lsp.answers import diagnostic, unusable
from policygraph.lsp.cursor import Cursor
from policygraph.lsp.desk import SETTINGS_KIND, Desk
from policygraph.lsp.text import EditorText
from policygraph.model.finding import Severity
from policygraph.reading.files import Location, locate
from policygraph.reading.handbook_files import documents_folder, load_settings
from policygraph.settings import SettingsError

PAUSE = 0.4
"""Seconds without a keystroke after which the whole handbook is judged again."""

log = logging.getLogger("policygraph.lsp")


class PolicyServer(LanguageServer):
    """A server for every handbook that an editor has files of.

    What the editor says is answered where it arrives; whole handbooks are read and judged in one other thread.
    """

    def __init__(self, today: Callable[[], dt.date], given: Path | None = None) -> None:
        super().__init__("policygraph", __version__)
        self.desks: list[Desk] = []
        self._today = today
        self._given = given
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="judge")
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._working: dict[int, asyncio.Future[None]] = {}
        self._uris: dict[Path, str] = {}
        self._shown: dict[Path, tuple[object, ...]] = {}
        self._told: dict[int, str] = {}

    @property
    def units(self) -> str:
        """The encoding in which the editor counts columns."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    @property
    def today(self) -> dt.date:
        """The day to judge on."""
        return self._today()

    def report_server_error(self, error: Exception, source: object) -> None:
        """Note what went wrong; an author can do nothing about it."""
        log.error("%s", error)

    def start_desks(self) -> None:
        """Open the handbooks of the folders that the editor shows."""
        folders = [to_fs_path(uri) for uri in self.workspace.folders]
        folders = folders or [self.workspace.root_path]
        for folder in folders if self._given is None else [str(Path.cwd())]:
            if folder is None:
                continue
            try:
                self._desk_at(locate(self._given, Path(folder)))
            except (SettingsError, OSError) as error:
                log.info("%s", error)

    def _desk_at(self, location: Location) -> Desk:
        try:
            folder = documents_folder(location, load_settings(location))
        except (SettingsError, OSError):
            folder = location.folder.resolve()
        for desk in self.desks:
            if desk.folder == folder:
                return desk
        desk = Desk(location, folder)
        self.desks.append(desk)
        self.judge_soon(desk, 0)
        return desk

    def find(self, uri: str) -> tuple[Desk, str] | None:
        """The handbook that a file belongs to, and the path by which places name it."""
        name = to_fs_path(uri)
        if name is None:
            return None
        file = Path(name)
        file = file.parent.resolve() / file.name
        inside = [(desk, path) for desk in self.desks if (path := desk.path_of(file)) is not None]
        if inside:
            return max(inside, key=lambda pair: len(pair[0].folder.parts))
        if self._given is not None or not file.parent.is_dir():
            return None
        try:
            desk = self._desk_at(locate(None, file.parent))
        except (SettingsError, OSError):
            return None
        path = desk.path_of(file)
        return (desk, path) if path is not None else None

    def uri(self, desk: Desk, path: str) -> str:
        """The address of a file, as the editor itself calls it where it has it open."""
        file = desk.file(path)
        return self._uris.get(file) or from_fs_path(str(file)) or file.as_uri()

    def opened(self, uri: str, text: str) -> None:
        """A file is open in the editor."""
        if (found := self.find(uri)) is None:
            return
        desk, path = found
        self._uris[desk.file(path)] = uri
        self._shown.pop(desk.file(path), None)
        before = desk.judged.resolution.handbook.by_path.get(path) if desk.judged else None
        if (
            desk.judged is not None
            and before is None
            and not desk.is_document(path)
            and not desk.yaml_kind(path)
        ):
            desk.look_again(path)
        desk.write(path, EditorText(text, self.units))
        self.show(desk, path)
        self.judge_soon(desk)

    def changed(self, uri: str, changes: list[lsp.TextDocumentContentChangeEvent]) -> None:
        """Something was typed."""
        if (found := self.find(uri)) is None:
            return
        desk, path = found
        text = desk.open.get(path) or EditorText("", self.units)
        for change in changes:
            where = change.range if isinstance(change, lsp.TextDocumentContentChangePartial) else None
            text = text.changed(where, change.text)
        desk.write(path, text)
        self.show(desk, path)
        self.judge_soon(desk)

    def closed(self, uri: str) -> None:
        """A file is no longer open; what was not saved does not count."""
        if (found := self.find(uri)) is None:
            return
        desk, path = found
        desk.close(path)
        self._uris.pop(desk.file(path), None)
        self.judge_soon(desk)

    def touched(self, uri: str) -> None:
        """A file has changed on the disk."""
        if (found := self.find(uri)) is None:
            return
        desk, path = found
        ours = desk.is_document(path) or desk.yaml_kind(path)
        if path in desk.open and ours and desk.file(path).is_file():
            return
        desk.look_again(path)
        self.judge_soon(desk)

    def judge_soon(self, desk: Desk, pause: float = PAUSE) -> None:
        """Judge the whole handbook when nothing was typed for a while."""
        key = id(desk)
        if (timer := self._timers.pop(key, None)) is not None:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers[key] = loop.call_later(pause, lambda: loop.create_task(self.fresh(desk)))

    async def fresh(self, desk: Desk) -> None:
        """Judge the whole handbook where it has changed since, and say what was found."""
        loop = asyncio.get_running_loop()
        working = self._working.get(id(desk))
        if working is not None and not working.done():
            await asyncio.wait([working])
        if desk.stale:
            working = loop.run_in_executor(self._worker, self._judge, desk)
            self._working[id(desk)] = working
            await working
            self.show_all(desk)

    def _judge(self, desk: Desk) -> None:
        try:
            desk.refresh(self.today)
        except Exception as error:  # the server outlives whatever one state of the files does to it
            desk.stale = False
            log.error("%s: %s", type(error).__name__, error)

    def show_all(self, desk: Desk) -> None:
        """Tell the editor of everything that is to be said about a handbook."""
        self._show_trouble(desk)
        judged = desk.judged
        if judged is None:
            return
        grave = {
            path
            for path, findings in judged.by_file.items()
            if any(f.severity is not Severity.INFO for f in findings)
        }
        before = {p for file in self._shown if (p := desk.path_of(file)) is not None}
        for path in sorted(grave | set(desk.open) | before):
            self.show(desk, path)

    def show(self, desk: Desk, path: str) -> None:
        """Tell the editor what is to be said about a file, where that has changed.

        Of files that are not open it hears what is wrong, not what could be better.
        """
        trouble = desk.trouble if desk.yaml_kind(path) == SETTINGS_KIND else None
        if desk.judged is None and trouble is None:
            return
        file = desk.file(path)
        findings = desk.findings(path, self.today) if trouble is None else ()
        text: EditorText | None = desk.open.get(path)
        if text is None:
            findings = tuple(f for f in findings if f.severity is not Severity.INFO)
        url = desk.settings.url if desk.settings else ""
        now: tuple[object, ...] = (findings, text, url, trouble and trouble.message)
        nothing = not findings and trouble is None
        if self._shown.get(file) == now or (nothing and file not in self._shown and text is None):
            return
        self._shown[file] = now
        shown = text or desk.text(path, self.units)
        found = [diagnostic(finding, shown, desk.settings) for finding in findings]
        if trouble is not None:
            found.append(unusable(trouble, shown))
        uri = self.uri(desk, path)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, self.version_of(uri)))

    def version_of(self, uri: str) -> int | None:
        """The editor's number for what it has open; None where it has not."""
        known = self.workspace.text_documents.get(unquote(uri))
        return known.version if known else None

    def _show_trouble(self, desk: Desk) -> None:
        """Say it where the settings cannot be used, once, and on the settings' own lines."""
        error, path = desk.trouble, desk.settings_path
        message = str(error.message) if error is not None else ""
        if path is not None:
            self.show(desk, path)
        if self._told.get(id(desk), "") == message:
            return
        self._told[id(desk)] = message
        # Whoever is typing there sees it on the line.
        if error is not None and path not in desk.open:
            shown = lsp.ShowMessageParams(lsp.MessageType.Warning, f"The handbook's settings: {message}")
            self.window_show_message(shown)

    def cursor(self, uri: str, position: lsp.Position) -> tuple[Desk, Cursor] | None:
        """Where the author stands, in a document of a handbook that has been read."""
        if (found := self.find(uri)) is None:
            return None
        desk, path = found
        handbook, judged = desk.near(path), desk.judged
        if handbook is None or judged is None:
            return None
        text = desk.text(path, self.units)
        return desk, Cursor(judged, handbook, text, text.place(path, position), desk.yaml_kind(path))
