"""When documents' texts changed, as far as their history tells."""

from __future__ import annotations

import datetime as dt

from policygraph.model.document import Document
from policygraph.model.question import Rewording
from policygraph.reading.fence import normalised, split
from policygraph.reading.handbook_files import known_keys
from policygraph.resolving.connection import Connection
from policygraph.resolving.handbook import Handbook


class Rewordings:
    """The changes of a handbook's texts. Each history is walked once, when it is first asked for.

    Front matter is no text: a decision that is recorded in it would make itself old. Nor is the first known state a
    change, since nothing is known of the text before.
    """

    def __init__(self, handbook: Handbook, today: dt.date) -> None:
        self._history = handbook.history
        self._keys = known_keys(handbook.settings)
        self._today = today
        self._found: dict[str, tuple[Rewording, ...]] = {}

    def after(self, document: Document, day: dt.date) -> Rewording | None:
        """The latest change of a document's text after a day, or None where none is known."""
        if document.path not in self._found:
            self._found[document.path] = tuple(reversed(self._walk(document)))
        return next((change for change in self._found[document.path] if change.day > day), None)

    def after_decision(self, connection: Connection) -> tuple[Rewording, ...]:
        """The changes of either text after the latest decision about two documents; none where it has no date."""
        days = [decision.decided for decision in connection.decisions if decision.decided]
        if not days:
            return ()
        found = (self.after(end, max(days)) for end in (connection.source, connection.target))
        return tuple(change for change in found if change is not None)

    def _walk(self, document: Document) -> list[Rewording]:
        path = document.path
        found: list[Rewording] = []
        before: str | None = None
        for revision in self._history.of(path):
            if revision.text is None:
                continue
            text = self._text(revision.text)
            if before is not None and text != before:
                commit = revision.commit
                found.append(Rewording(path, commit.when.date(), commit.id, commit.subject))
            before = text
        uncommitted = path in self._history.uncommitted and before is not None
        if uncommitted and self._text(document.text) != before:
            found.append(Rewording(path, self._today))
        return found

    def _text(self, file: str) -> str:
        return " ".join(split(normalised(file), self._keys).body.split())
