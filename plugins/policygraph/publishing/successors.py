"""What took the place of a document: the one that replaces it today, however often it was replaced meanwhile."""

from __future__ import annotations

from policygraph.judging.lines import Line
from policygraph.model.document import Document, Status
from policygraph.model.reference import SUPERSEDES
from policygraph.publishing.index import Index
from policygraph.reading.text import name_key


def successor_of(index: Index, line: Line) -> Document | None:
    """The document that takes the place of one that no longer applies; None where nothing says so."""
    if line.document is not None:
        return successor_of_document(index, line.document)
    return bearer_of(index, line.id)


def successor_of_document(index: Index, document: Document) -> Document | None:
    """The document that replaces one: of a chain of replacements the last, however it was declared."""
    found = document
    seen = {document.path}
    while (after := _next(index, found)) is not None and after.path not in seen:
        seen.add(after.path)
        found = after
    return found if found is not document else None


def _next(index: Index, document: Document) -> Document | None:
    if document.status is Status.ACTIVE and document.front.replaced_by is None:
        return None
    incoming = index.handbook.incoming.get(document.path, ())
    sources = [index.documents[r.source] for r in incoming if r.relation.name == SUPERSEDES.name]
    in_force = [source for source in sources if source.in_force(index.today)]
    return next(iter(in_force or sources), None)


def bearer_of(index: Index, id: str) -> Document | None:
    """The only document that once had an id which none has today."""
    key = name_key(id)
    if any(name_key(d.id) == key for d in index.handbook.documents):
        return None
    bearers = [d for d in index.handbook.documents if key in map(name_key, d.front.former_ids)]
    return bearers[0] if len(bearers) == 1 else None
