"""An editor for tests: pygls's own client, talking to `policygraph lsp` over standard input and output."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

WAIT = 60
"""Seconds after which an answer is given up; a loaded machine is slow, and no test measures time."""


class Editor:
    """An editor with a folder open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("test-editor", "1")
        self.diagnostics: dict[str, list[lsp.Diagnostic]] = {}
        self.messages: list[str] = []
        self.capabilities: lsp.ServerCapabilities | None = None
        self.texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._news = asyncio.Event()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.diagnostics[params.uri] = list(params.diagnostics)
            self._news.set()

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def shown(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def registered(params: lsp.RegistrationParams) -> None:
            return None

    async def start(self, units: str | None = None, *arguments: str) -> None:
        """Start the server and greet it."""
        await self.client.start_io(
            sys.executable,
            "-m",
            "policygraph",
            "lsp",
            *arguments,
            cwd=str(self.folder),
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795651200"},
        )
        general = lsp.GeneralClientCapabilities(position_encodings=[units]) if units else None
        answer = await self.client.initialize_async(
            lsp.InitializeParams(
                capabilities=lsp.ClientCapabilities(
                    general=general,
                    workspace=lsp.WorkspaceClientCapabilities(
                        workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=True),
                        did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
                            dynamic_registration=True
                        ),
                    ),
                ),
                root_uri=self.folder.as_uri(),
                workspace_folders=[lsp.WorkspaceFolder(self.folder.as_uri(), "project")],
            )
        )
        self.capabilities = answer.capabilities
        self.client.initialized(lsp.InitializedParams())

    async def stop(self) -> int | None:
        """Take leave as an editor does."""
        await asyncio.wait_for(self.client.shutdown_async(None), WAIT)
        self.client.exit(None)
        server = self.client._server
        assert server is not None
        code = await asyncio.wait_for(server.wait(), WAIT)
        await self.client.stop()
        return code

    def uri(self, name: str) -> str:
        """The address of a file of the project."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> str:
        """Open a file, with other text than it has on the disk where that is given."""
        shown = text if text is not None else (self.folder / name).read_bytes().decode("utf-8")
        uri = self.uri(name)
        self.texts[uri], self._versions[uri] = shown, 1
        item = lsp.TextDocumentItem(uri, "markdown", 1, shown)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return uri

    def change(self, name: str, start: tuple[int, int], end: tuple[int, int], new: str) -> None:
        """Type something in the place of a range, in the protocol's positions."""
        uri = self.uri(name)
        self._versions[uri] += 1
        where = lsp.Range(lsp.Position(*start), lsp.Position(*end))
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(version=self._versions[uri], uri=uri),
                [lsp.TextDocumentContentChangePartial(where, new)],
            )
        )

    def replace(self, name: str, text: str) -> None:
        """Put another text in the place of all."""
        uri = self.uri(name)
        self._versions[uri] += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(version=self._versions[uri], uri=uri),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def until(self, name: str, holds: Callable[[list[lsp.Diagnostic]], bool]) -> list[lsp.Diagnostic]:
        """Wait until what is said about a file is as it should be."""
        uri = self.uri(name)

        async def waiting() -> list[lsp.Diagnostic]:
            while uri not in self.diagnostics or not holds(self.diagnostics[uri]):
                self._news.clear()
                await self._news.wait()
            return self.diagnostics[uri]

        try:
            return await asyncio.wait_for(waiting(), WAIT)
        except TimeoutError:
            raise AssertionError(f"{name}: {self.diagnostics.get(uri)}") from None

    async def codes(self, name: str) -> set[str]:
        """The codes of what is said about a file, once anything is."""
        return {str(d.code) for d in await self.until(name, lambda _: True)}

    async def codes_of_opened(self, name: str) -> set[str]:
        """Open a file and wait for what is said about it."""
        self.open(name)
        return await self.codes(name)

    def at(self, name: str, line: int, character: int) -> dict[str, object]:
        """A document and a position, as requests take them."""
        return {
            "text_document": lsp.TextDocumentIdentifier(self.uri(name)),
            "position": lsp.Position(line, character),
        }

    async def completions(self, name: str, line: int, character: int) -> list[lsp.CompletionItem]:
        """What is offered at a position."""
        params = lsp.CompletionParams(**self.at(name, line, character))  # type: ignore[arg-type]
        found = await asyncio.wait_for(self.client.text_document_completion_async(params), WAIT)
        return list(found.items) if isinstance(found, lsp.CompletionList) else list(found or [])

    async def hover(self, name: str, line: int, character: int) -> str:
        """What is shown at a position; nothing is an empty text."""
        params = lsp.HoverParams(**self.at(name, line, character))  # type: ignore[arg-type]
        found = await asyncio.wait_for(self.client.text_document_hover_async(params), WAIT)
        return found.contents.value if found and isinstance(found.contents, lsp.MarkupContent) else ""

    async def definition(self, name: str, line: int, character: int) -> list[str]:
        """Where it leads: files with lines, from the project's folder."""
        params = lsp.DefinitionParams(**self.at(name, line, character))  # type: ignore[arg-type]
        return self._named(await asyncio.wait_for(self.client.text_document_definition_async(params), WAIT))

    async def references(self, name: str, line: int, character: int) -> list[str]:
        """Where it is named: files with lines."""
        params = lsp.ReferenceParams(
            context=lsp.ReferenceContext(False),
            **self.at(name, line, character),  # type: ignore[arg-type]
        )
        return self._named(await asyncio.wait_for(self.client.text_document_references_async(params), WAIT))

    def _named(self, found: object) -> list[str]:
        root = self.folder.as_uri() + "/"
        return [
            f"{one.uri.removeprefix(root)}:{one.range.start.line + 1}"
            for one in found or []  # type: ignore[attr-defined]
        ]

    async def actions(self, name: str, line: int, last: int | None = None) -> list[lsp.CodeAction]:
        """What is offered for a line, or for all up to another one."""
        end = lsp.Position(line if last is None else last, 10_000)
        where = lsp.Range(lsp.Position(line, 0), end)
        params = lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(self.uri(name)), where, lsp.CodeActionContext([])
        )
        found = await asyncio.wait_for(self.client.text_document_code_action_async(params), WAIT)
        return [action for action in found or [] if isinstance(action, lsp.CodeAction)]


@contextlib.asynccontextmanager
async def editing(folder: Path, units: str | None = None, *arguments: str) -> AsyncIterator[Editor]:
    """An editor that is closed in the end, and whose server must end well."""
    editor = Editor(folder)
    await editor.start(units, *arguments)
    yield editor
    assert await editor.stop() == 0


def run(what: Callable[[], Awaitable[None]]) -> None:
    """Run a test that waits for answers."""
    asyncio.run(what())  # type: ignore[arg-type]
