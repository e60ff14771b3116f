"""The handbook and its documents as PDFs."""

from __future__ import annotations

from policygraph.cli.opening import Opened
from policygraph.cli.terminal import ProgressLine
from policygraph.cli.typesetting import Typesetter
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.document import Document
from policygraph.publishing.attachments import attachments
from policygraph.publishing.index import index_of
from policygraph.publishing.print.style import DEFAULT, MarkdownStyle
from policygraph.publishing.publication import SiteStyle


class Printer:
    """Prints one handbook as it is on one day."""

    def __init__(
        self, opened: Opened, judgement: Judgement, style: MarkdownStyle, line: ProgressLine | None = None
    ) -> None:
        self._line = line or ProgressLine()
        self._setter = Typesetter(opened.disk, self._line)
        # The modules behind the extra are there once there is a typesetter.
        from policygraph.publishing.print.volume import Press

        index = index_of(judgement, SiteStyle(documents_at=opened.handbook.folder))
        self._press = Press(index, frozenset(attachments(opened.sources.files, opened.handbook)), style=style)

    def handbook(self) -> bytes:
        """The whole handbook."""
        from policygraph.publishing.print.volume import handbook_volume

        try:
            return self._setter.pdf(handbook_volume(self._press))
        finally:
            self._line.clear()

    def document(self, document: Document) -> bytes:
        """One document alone."""
        from policygraph.publishing.print.volume import document_volume

        return self._setter.pdf(document_volume(self._press, document))


def handbook_pdf(opened: Opened) -> bytes:
    """The whole handbook as a PDF."""
    return _printer(opened).handbook()


def document_pdf(opened: Opened, document: Document) -> bytes:
    """One document as a PDF."""
    return _printer(opened).document(document)


def _printer(opened: Opened) -> Printer:
    return Printer(opened, judge(opened.handbook, opened.today), DEFAULT)
