"""Where things are: definitions, references and symbols."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.lsp.cursor import Thing
from policygraph.model.document import Document
from policygraph.model.place import Place
from policygraph.resolving.documents import key_of
from policygraph.resolving.handbook import Handbook


def defined_at(handbook: Handbook, thing: Thing) -> list[Place]:
    """Where a thing is said to be what it is: a document's file, who answers a clause, a role's entry."""
    if thing.clause is not None:
        return [m.place for m in handbook.mappings if m.clause == thing.clause.key]
    if thing.role is not None:
        return [thing.role.place]
    if thing.document is not None:
        shown = handbook.by_path.get(thing.file or "", thing.document)
        heading = next((h for h in shown.headings if thing.section and h.anchor == thing.section), None)
        addressed = next((s for s in shown.statements if thing.section and s.address == thing.section), None)
        if heading is None and addressed is not None:
            return [addressed.passage.place]
        return [heading.place if heading else shown.place]
    return [Place(thing.file)] if thing.file else []


def used_at(handbook: Handbook, thing: Thing) -> list[Place]:
    """Everywhere a thing is named."""
    return sorted(set(_uses(handbook, thing)))


def _uses(handbook: Handbook, thing: Thing) -> Iterator[Place]:
    if thing.clause is not None:
        yield from (m.place for m in handbook.mappings if m.clause == thing.clause.key)
        yield from (m.place for m in handbook.clause_mentions if m.clause == thing.clause.key)
    elif thing.role is not None:
        for document in handbook.documents:
            for field, role in (("owner", document.front.owner), ("approver", document.front.approver)):
                if (role or "").lower() == thing.role.id.lower():
                    yield document.place_of(key_of(document, field, handbook.settings))
    elif thing.document is not None:
        yield from uses_of(handbook, thing.document)


def uses_of(handbook: Handbook, document: Document) -> Iterator[Place]:
    """Every place that references a document, or says that it need not be referenced."""
    for reference in handbook.incoming.get(document.path, ()):
        yield from (occurrence.place for occurrence in reference.occurrences)
    yield from (d.place for d in handbook.decisions if d.target == document.path)
