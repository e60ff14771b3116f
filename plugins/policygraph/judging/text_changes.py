"""Whether a document's text changed after a day, as far as its history tells."""

from __future__ import annotations

import datetime as dt

from policygraph.model.document import Document
from policygraph.model.history import History
from policygraph.model.question import TextChange
from policygraph.reading.fence import normalised, split


def change_after(
    history: History, document: Document, day: dt.date, today: dt.date, known_keys: frozenset[str]
) -> TextChange | None:
    """The latest change of a document's text after a day, or None where none is known.

    Front matter is no text: a decision that is recorded in it would make itself old. Nor is the first known state a
    change, since nothing is known of the text before.
    """
    before: str | None = None
    found = None
    for revision in history.of(document.path):
        if revision.text is None:
            continue
        text = _text(revision.text, known_keys)
        commit = revision.commit
        if before is not None and text != before and commit.when.date() > day:
            found = TextChange(document.path, commit.when.date(), commit.id, commit.subject)
        before = text
    uncommitted = document.path in history.uncommitted and before is not None and day < today
    if uncommitted and _text(document.text, known_keys) != before:
        return TextChange(document.path, today)
    return found


def _text(file: str, known_keys: frozenset[str]) -> str:
    return " ".join(split(normalised(file), known_keys).body.split())
