"""The core's answers in the words of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types as lsp

from policygraph.lsp.completion import Offer
from policygraph.lsp.cursor import Cursor
from policygraph.lsp.text import EditorText
from policygraph.model.document import Document, Heading
from policygraph.model.finding import Finding, Severity
from policygraph.model.place import Place
from policygraph.publishing.rule_address import rule_address
from policygraph.reading.block import Positions
from policygraph.resolving.handbook import Handbook
from policygraph.settings import Settings, SettingsError

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
_KINDS = {
    "document": lsp.CompletionItemKind.File,
    "heading": lsp.CompletionItemKind.Reference,
    "clause": lsp.CompletionItemKind.Constant,
    "role": lsp.CompletionItemKind.Unit,
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
}
MOST_SYMBOLS = 200

Texts = Callable[[str], EditorText]
"""Gives the text of a file by its path."""


def diagnostic(finding: Finding, text: EditorText, settings: Settings | None = None) -> lsp.Diagnostic:
    """A finding as the editor underlines it, with the page of its rule where the settings say where that is."""
    message = f"{finding.message}\n{finding.help}"
    if finding.suggestion:
        message = f"{message}\n{finding.suggestion_word[:1].upper()}{finding.suggestion_word[1:]} {finding.suggestion}"
    address = rule_address(settings, finding.code) if settings is not None else ""
    return lsp.Diagnostic(
        range=text.word_at(finding.place),
        message=message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=lsp.CodeDescription(address) if address else None,
        source="policygraph",
    )


def unusable(error: SettingsError, text: EditorText) -> lsp.Diagnostic:
    """Settings that cannot be used, as the editor underlines them."""
    where = text.word_at(error.place or Place(""))
    return lsp.Diagnostic(where, error.message, lsp.DiagnosticSeverity.Error, source="policygraph")


def completions(cursor: Cursor, offers: Iterable[Offer]) -> lsp.CompletionList:
    """Offers as a list that the editor asks for again at the next letter."""
    items = []
    for number, offer in enumerate(offers):
        start = cursor.place.column - len(offer.typed)
        where = cursor.text.range_at(cursor.place.line, start, cursor.place.column)
        items.append(
            lsp.CompletionItem(
                label=offer.label,
                kind=_KINDS[offer.kind],
                detail=offer.detail or None,
                documentation=offer.about or None,
                # The server has chosen already: an editor that filters again by the label must not hide a title.
                filter_text=offer.typed or offer.label,
                sort_text=f"{number:04d}",
                text_edit=lsp.TextEdit(where, offer.insert),
            )
        )
    return lsp.CompletionList(is_incomplete=True, items=items)


def location(place: Place, texts: Texts, uri: Callable[[str], str]) -> lsp.Location:
    """A place in some file."""
    return lsp.Location(uri(place.file), texts(place.file).word_at(place))


def symbols(document: Document, text: EditorText) -> list[lsp.DocumentSymbol]:
    """The headings of a document, each with its statements and the headings below it."""
    roots: list[lsp.DocumentSymbol] = []
    open_headings: list[tuple[Heading, list[lsp.DocumentSymbol]]] = []
    positions = Positions(document.path, document.body, document.body_line)
    ends = _ends(document, text)
    entries: list[tuple[Place, Heading | None, str]] = [(h.place, h, h.text) for h in document.headings]
    entries += [(s.passage.place, None, s.passage.sentence) for s in document.statements]
    for place, heading, name in sorted(entries, key=lambda entry: entry[0]):
        if heading is not None:
            while open_headings and open_headings[-1][0].level >= heading.level:
                open_headings.pop()
            shown = text.range_at(place.line, 1, len(text.line(place.line)) + 1)
            last = ends[place]
            whole = lsp.Range(shown.start, text.position(text.offset_of(last, len(text.line(last)) + 1)))
            kind, detail = lsp.SymbolKind.Namespace, None
        else:
            statement = next(s for s in document.statements if s.passage.place == place)
            end = positions.place(statement.passage.span.end) if statement.passage.span else place
            whole = lsp.Range(
                text.position(text.offset_of(place.line, place.column)),
                text.position(text.offset_of(end.line, end.column)),
            )
            shown, kind, detail = whole, lsp.SymbolKind.String, statement.modality.value
        children: list[lsp.DocumentSymbol] = []
        symbol = lsp.DocumentSymbol(name or "…", kind, whole, shown, detail, children=children)
        (open_headings[-1][1] if open_headings else roots).append(symbol)
        if heading is not None:
            open_headings.append((heading, children))
    return roots


def _ends(document: Document, text: EditorText) -> dict[Place, int]:
    """The last line under each heading."""
    found = {}
    for number, heading in enumerate(document.headings):
        later = (h for h in document.headings[number + 1 :] if h.level <= heading.level)
        following = next(later, None)
        last = following.place.line - 1 if following else text.lines
        found[heading.place] = max(last, heading.place.line)
    return found


def found_symbols(
    handbook: Handbook, query: str, texts: Texts, uri: Callable[[str], str]
) -> list[lsp.WorkspaceSymbol]:
    """Documents and headings whose name holds what was typed."""
    wanted = query.casefold().split()
    found: list[lsp.WorkspaceSymbol] = []
    headings: list[lsp.WorkspaceSymbol] = []
    for document in handbook.documents:
        name = f"{document.id} {document.title}"
        if _holds(" ".join([name, *document.front.aliases]), wanted):
            where = location(document.place, texts, uri)
            found.append(lsp.WorkspaceSymbol(where, name, lsp.SymbolKind.File))
        for heading in document.headings:
            if wanted and len(headings) < MOST_SYMBOLS and _holds(heading.text, wanted):
                where = location(heading.place, texts, uri)
                headings.append(
                    lsp.WorkspaceSymbol(where, heading.text, lsp.SymbolKind.Namespace, container_name=name)
                )
        if len(found) >= MOST_SYMBOLS:
            break
    return [*found, *headings][:MOST_SYMBOLS]


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
