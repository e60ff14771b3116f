"""The handbook and its documents as PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.cli.opening import Opened
from policygraph.cli.terminal import ProgressLine
from policygraph.cli.typesetting import Typesetter, require_typesetter, typeset
from policygraph.model.document import Document
from policygraph.publishing.attachments import attachments
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.index import Index, index_of
from policygraph.publishing.print.style import DEFAULT, MarkdownStyle
from policygraph.publishing.publication import SiteStyle
from policygraph.words import speaking

if TYPE_CHECKING:
    from policygraph.publishing.print.volume import Press

# What prints needs the extra, so it is loaded where it is used, once it is known to be there.


def handbook_pdf(opened: Opened, document: Document | None = None) -> bytes:
    """The whole handbook as a PDF, or one document of it."""
    require_typesetter()
    from policygraph.publishing.print.volume import document_volume, handbook_volume

    language = opened.handbook.settings.language
    with speaking(words_in(language)):
        press = _press(opened, _index(opened), DEFAULT)
        volume = handbook_volume(press) if document is None else document_volume(press, document)
    line = ProgressLine()
    try:
        return Typesetter(opened.disk, line, language).pdf(volume)
    finally:
        line.clear()


def all_pdfs(
    opened: Opened, index: Index, style: MarkdownStyle, line: ProgressLine
) -> Iterator[tuple[Document | None, bytes | None]]:
    """The whole handbook, then each document and translation alone; no PDF where one cannot be set."""
    require_typesetter()
    from policygraph.publishing.print.volume import document_volume, handbook_volume

    press = _press(opened, index, style)
    documents = (None, *opened.handbook.documents, *opened.handbook.translations)
    language = opened.handbook.settings.language
    with speaking(words_in(language)):
        volumes = [handbook_volume(press) if d is None else document_volume(press, d) for d in documents]
    yield from zip(documents, typeset(volumes, opened.disk, line, language), strict=True)


def _index(opened: Opened) -> Index:
    judgement = opened.judged()
    return index_of(judgement, SiteStyle(documents_at=opened.handbook.folder))


def _press(opened: Opened, index: Index, style: MarkdownStyle) -> Press:
    from policygraph.publishing.print.volume import Press

    files = frozenset(attachments(opened.sources.files, opened.handbook))
    history = opened.handbook.history
    return Press(index, files, history.moment.commit if history.moment else history.tip, style)
