"""What the server can do, one function for each request of the protocol."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from policygraph.judging.renaming import RenameError, renamed_id, renamed_title
from policygraph.lsp import actions, answers, completion, hover, naming, places
from policygraph.lsp.cursor import Thing
from policygraph.lsp.server import PolicyServer
from policygraph.lsp.yaml_completion import yaml_offers


def make_server(today: Callable[[], dt.date], given: Path | None = None) -> PolicyServer:
    """A server with all its features. `given` is the one handbook to serve; without it, those of the open files."""
    server = PolicyServer(today, given)
    _synchronise(server)
    _navigate(server)
    _change(server)
    return server


def _synchronise(server: PolicyServer) -> None:
    @server.feature(lsp.INITIALIZED)
    def initialized(ls: PolicyServer, params: lsp.InitializedParams) -> None:
        ls.start_desks()
        workspace = ls.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            patterns = [lsp.FileSystemWatcher(f"**/*.{end}") for end in ("md", "markdown", "yml", "yaml")]
            ls.client_register_capability(
                lsp.RegistrationParams(
                    [
                        lsp.Registration(
                            "policygraph-files",
                            lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                            lsp.DidChangeWatchedFilesRegistrationOptions(patterns),
                        )
                    ]
                )
            )

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: PolicyServer, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.opened(params.text_document.uri, params.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: PolicyServer, params: lsp.DidChangeTextDocumentParams) -> None:
        ls.changed(params.text_document.uri, list(params.content_changes))

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: PolicyServer, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: PolicyServer, params: lsp.DidSaveTextDocumentParams) -> None:
        ls.touched(params.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(ls: PolicyServer, params: lsp.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            ls.touched(change.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(ls: PolicyServer, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        ls.start_desks()


def _navigate(server: PolicyServer) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=["[", "#", ":", '"', " ", "-"]),
    )
    def completions(ls: PolicyServer, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        found = ls.cursor(params.text_document.uri, params.position)
        if found is None:
            return None
        desk, cursor = found
        kind = desk.yaml_kind(cursor.place.file)
        return answers.completions(cursor, yaml_offers(cursor, kind) if kind else completion.offers(cursor))

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(ls: PolicyServer, params: lsp.HoverParams) -> lsp.Hover | None:
        found = ls.cursor(params.text_document.uri, params.position)
        thing = found[1].thing() if found else None
        if found is None or thing is None:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, hover.described(found[1], thing))
        return lsp.Hover(content, found[1].text.range_at(thing.line, thing.start, thing.end))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: PolicyServer, params: lsp.DefinitionParams) -> list[lsp.Location] | None:
        found = ls.cursor(params.text_document.uri, params.position)
        thing = found[1].thing() if found else None
        if found is None or thing is None:
            return None
        desk, cursor = found
        return [
            answers.location(place, lambda path: desk.text(path, ls.units), lambda path: ls.uri(desk, path))
            for place in places.defined_at(cursor.handbook_of(thing), thing)
        ]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(ls: PolicyServer, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        found = ls.cursor(params.text_document.uri, params.position)
        if found is None:
            return None
        desk, cursor = found
        thing = cursor.thing()
        if thing is None and cursor.document is not None:
            thing = Thing(1, 1, 1, document=cursor.document)
        if thing is None:
            return None
        used = places.used_at(cursor.judged.resolution.handbook, thing)
        declared = (
            places.defined_at(cursor.handbook_of(thing), thing) if params.context.include_declaration else []
        )
        return [
            answers.location(place, lambda path: desk.text(path, ls.units), lambda path: ls.uri(desk, path))
            for place in dict.fromkeys([*declared, *used])
        ]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(ls: PolicyServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol] | None:
        found = ls.cursor(params.text_document.uri, lsp.Position(0, 0))
        if found is None or found[1].document is None:
            return None
        return answers.symbols(found[1].document, found[1].text)

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def workspace_symbols(ls: PolicyServer, params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        found: list[lsp.WorkspaceSymbol] = []
        for desk in ls.desks:
            if desk.judged is not None:
                found += answers.found_symbols(
                    desk.judged.resolution.handbook,
                    params.query,
                    lambda path, desk=desk: desk.text(path, ls.units),  # type: ignore[misc]
                    lambda path, desk=desk: ls.uri(desk, path),  # type: ignore[misc]
                )
        return found


def _change(server: PolicyServer) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def code_actions(ls: PolicyServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        found = ls.find(params.text_document.uri)
        return actions.offered(ls, *found, params) if found is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(
        ls: PolicyServer, params: lsp.PrepareRenameParams
    ) -> lsp.PrepareRenamePlaceholder | None:
        found = ls.cursor(params.text_document.uri, params.position)
        name = naming.name_at(found[1]) if found else None
        if found is None or name is None:
            return None
        where = found[1].text.range_at(found[1].place.line, name.start, name.end)
        return lsp.PrepareRenamePlaceholder(where, name.text)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(ls: PolicyServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        found = ls.cursor(params.text_document.uri, params.position)
        if found is None:
            return None
        await ls.fresh(found[0])
        found = ls.cursor(params.text_document.uri, params.position)
        name = naming.name_at(found[1]) if found else None
        if found is None or name is None:
            return None
        resolved = found[1].judged.resolution
        give = renamed_id if name.is_id else renamed_title
        try:
            edits = give(resolved.handbook, resolved.sources, name.document, params.new_name.strip())
        except RenameError as error:
            raise JsonRpcException(str(error), code=lsp.LSPErrorCodes.RequestFailed) from None
        return actions.changes(ls, found[0], edits)
