"""What would put a finding right, as an editor offers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types as lsp

from policygraph.lsp.answers import diagnostic
from policygraph.lsp.desk import Desk
from policygraph.lsp.server import PolicyServer
from policygraph.lsp.text import EditorText
from policygraph.model.finding import Finding
from policygraph.model.fix import Edit, Fix


def offered(ls: PolicyServer, desk: Desk, path: str, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Every fix of a finding that the selection touches, the safest first."""
    text = desk.text(path, ls.units)
    found = []
    for finding in desk.findings(path, ls.today):
        shown = diagnostic(finding, text)
        if not _touch(shown.range, params.range):
            continue
        for fix in _fixes(finding):
            edit = changes(ls, desk, fix.edits)
            if edit is not None:
                found.append(
                    lsp.CodeAction(
                        title=fix.title,
                        kind=lsp.CodeActionKind.QuickFix,
                        diagnostics=[shown],
                        is_preferred=fix.safe or None,
                        edit=edit,
                    )
                )
    return sorted(found, key=lambda action: not action.is_preferred)


def _fixes(finding: Finding) -> Iterator[Fix]:
    if finding.fix is not None:
        yield finding.fix


def _touch(one: lsp.Range, other: lsp.Range) -> bool:
    starts = [(r.start.line, r.start.character) for r in (one, other)]
    ends = [(r.end.line, r.end.character) for r in (one, other)]
    return starts[0] <= ends[1] and starts[1] <= ends[0]


def changes(ls: PolicyServer, desk: Desk, edits: Iterable[Edit]) -> lsp.WorkspaceEdit | None:
    """Edits of any number of files as one change; None where one of them does not fit its file."""
    texts: dict[str, EditorText] = {}
    found: dict[str, list[lsp.TextEdit]] = {}
    for edit in edits:
        path = edit.place.file
        if path not in texts:
            texts[path] = desk.exact_text(path, ls.units)
        made = texts[path].edit(edit)
        if made is None:
            return None
        found.setdefault(path, []).append(made)
    if not found:
        return None
    workspace = ls.client_capabilities.workspace
    kinds = workspace.workspace_edit if workspace else None
    if kinds is None or not kinds.document_changes:
        return lsp.WorkspaceEdit(changes={ls.uri(desk, path): made for path, made in sorted(found.items())})
    return lsp.WorkspaceEdit(
        document_changes=[
            lsp.TextDocumentEdit(
                lsp.OptionalVersionedTextDocumentIdentifier(
                    ls.uri(desk, path), ls.version_of(ls.uri(desk, path))
                ),
                list(made),
            )
            for path, made in sorted(found.items())
        ]
    )
