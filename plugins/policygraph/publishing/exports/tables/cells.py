"""Columns and cells that several tables have."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.model.place import Place
from policygraph.publishing.exports.records import portable
from policygraph.publishing.exports.table import Column, Link
from policygraph.publishing.index import Index
from policygraph.publishing.links import clause_anchor


def column(key: str, title: str = "", width: int = 0) -> Column:
    """A column; its heading is its key in words unless given."""
    return Column(title or key.replace("_", " ").capitalize(), width, key)


def document_cell(index: Index, path: str) -> Link:
    """A document's id, leading to its audit sheet."""
    document = index.documents[path]
    return Link(document.id, index.web_address(index.sheets[path]))


def title_cell(index: Index, path: str, anchor: str = "") -> Link:
    """A document's title, leading to its page."""
    return Link(index.documents[path].title, index.web_address(index.pages[path], anchor))


def passage_cell(index: Index, path: str, sentence: str, anchor: str) -> Link:
    """A sentence, leading to its place on its document's page."""
    return Link(sentence, index.web_address(index.pages[path], anchor))


def joined(values: Iterable[str]) -> str:
    """Several values in one cell."""
    return "; ".join(values)


def clause_cell(index: Index, key: str) -> Link:
    """A clause's qualified id, leading to its row on its framework's page."""
    anchor = clause_anchor(key.partition(":")[2])
    return Link(key, index.web_address(index.links.clause_uri(key), anchor))


def role_words(index: Index, id: str | None) -> str:
    """A role with those who hold it; a role that no register knows as it was typed."""
    role = index.handbook.role(id)
    if role is None:
        return id or ""
    return f"{role.title} ({', '.join(role.holders) or 'held by nobody'})"


def at(place: Place) -> str:
    """Where something stands: file and line."""
    return f"{portable(place.file)}:{place.line}"
