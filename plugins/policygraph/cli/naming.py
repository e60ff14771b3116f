"""Which document the user means."""

from __future__ import annotations

import os
from pathlib import Path

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import Opened
from policygraph.model.document import Document
from policygraph.resolving.names import Ambiguous, Names


def named_document(opened: Opened, text: str) -> Document:
    """The document that an id, a former id, an alias, a title or a file means.

    Raises:
        Refusal: where there is none or more than one, with what may have been meant.
    """
    handbook = opened.handbook
    names = Names(handbook.documents, handbook.translations, handbook.folder)
    found = names.named(text.strip())
    if isinstance(found, Document):
        return found
    if isinstance(found, Ambiguous):
        ids = ", ".join(f"{d.id} ({opened.files.shown(d.path)})" for d in found.documents)
        raise Refusal(f"'{text}' names {len(found.documents)} documents: {ids}. Use the id or the file.")
    if (by_file := _by_file(opened, names, text)) is not None:
        return by_file
    if not handbook.documents:
        raise Refusal(f"There is no document '{text}': {opened.files.shown(handbook.folder)} holds none.")
    near = names.nearest_id(text)
    hint = f" Did you mean {_with_title(names, near)}?" if near else _some(handbook.documents)
    raise Refusal(f"There is no document '{text}'.{hint}")


def _by_file(opened: Opened, names: Names, text: str) -> Document | None:
    path = Path(os.path.normpath(opened.files.here / text))
    candidates = [text, Path(os.path.relpath(path, opened.files.root)).as_posix()]
    for candidate in candidates:
        if (found := names.file(candidate)) is not None:
            return found[0]
    return None


def _with_title(names: Names, near: str) -> str:
    found = names.named(near)
    return f"{found.id} ({found.title})" if isinstance(found, Document) and found.id == near else f"'{near}'"


def _some(documents: tuple[Document, ...]) -> str:
    ids = ", ".join(document.id for document in documents[:3])
    more = " …" if len(documents) > 3 else ""
    return f" Ids here are such as {ids}{more}"
