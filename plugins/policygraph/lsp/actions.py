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
        shown = diagnostic(finding, text, desk.settings)
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
    titles = {action.title for action in found}
    for fix in _links(desk, path, text, params.range):
        edit = changes(ls, desk, fix.edits)
        if edit is not None and fix.title not in titles:
            found.append(lsp.CodeAction(fix.title, lsp.CodeActionKind.QuickFix, edit=edit))
    return sorted(found, key=lambda action: not action.is_preferred)


def _links(desk: Desk, path: str, text: EditorText, where: lsp.Range) -> Iterator[Fix]:
    """Links for names in the text that may well be ordinary words, so that no finding proposes them."""
    handbook = desk.near(path)
    for mention in handbook.mentions if handbook is not None else ():
        start = mention.place.column
        if mention.source != path or handbook is None:
            continue
        if not _touch(text.range_at(mention.place.line, start, start + len(mention.text)), where):
            continue
        target = handbook.by_path[mention.target]
        link = f"[[{target.id}|{mention.text}]]" if mention.text != target.id else f"[[{target.id}]]"
        yield Fix(f"Link {target.id}", (Edit(mention.place, mention.text, link),))


def _fixes(finding: Finding) -> Iterator[Fix]:
    if finding.fix is not None:
        yield finding.fix
    yield from finding.others


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
