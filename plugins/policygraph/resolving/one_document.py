"""One document resolved again after its text has changed, in a handbook that is otherwise as it was."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from policygraph.model.reference import Reference
from policygraph.reading.sources import DocumentSource
from policygraph.resolving.correcting import with_fixes
from policygraph.resolving.documents import document_again
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.pictures import missing_pictures
from policygraph.resolving.resolve import Resolution, mappings_of, unknown_people


def with_document(before: Resolution, source: DocumentSource) -> Handbook:
    """The part of a handbook that one document says, as its text is now.

    `documents`, `references`, `mentions`, `decisions`, `mappings` and `problems` hold this document's only; all
    others can still be looked up. Names mean what they meant before the change.
    """
    handbook = before.handbook
    path = source.path
    document, problems = document_again(source, handbook.by_path.get(path), before.sources)
    alone = replace(before.sources, documents=(source,), problems=())
    counts = document.translation_of is None
    own = [document] if counts else []
    resolver = before.references.for_changed(document)
    for one in own:
        resolver.declared(one)
    resolver.links(document, counts=counts)
    mappings, mapping_problems = mappings_of(alone, own, before.clauses)
    references = resolver.references()
    incoming = dict(handbook.incoming)
    for target in {r.target for r in handbook.outgoing.get(path, ())} | {r.target for r in references}:
        incoming[target] = _incoming(handbook, path, target, references)
    by_id = {**handbook.by_id}
    if counts:
        by_id.setdefault(document.id.casefold(), document)
        if by_id[document.id.casefold()].path == path:
            by_id[document.id.casefold()] = document
    return replace(
        handbook,
        documents=tuple(own),
        translations=() if counts else (document,),
        references=references,
        mentions=tuple(mention for one in own for mention in before.mentions.mentions(source, one)),
        decisions=tuple(resolver.decisions),
        mappings=mappings,
        clause_mentions=tuple(resolver.clause_mentions),
        problems=with_fixes(
            alone,
            (
                *source.problems,
                *problems,
                *resolver.problems,
                *missing_pictures(alone),
                *mapping_problems,
                *unknown_people(alone, own),
            ),
        ),
        by_path=MappingProxyType({**handbook.by_path, path: document}),
        by_id=MappingProxyType(by_id),
        outgoing=MappingProxyType(
            {**handbook.outgoing, path: tuple(r for r in references if r.source == path)}
        ),
        incoming=MappingProxyType(incoming),
        link_targets=MappingProxyType(resolver.link_targets),
        blocks=MappingProxyType({path: source.scan.blocks}),
    )


def _incoming(
    handbook: Handbook, path: str, target: str, references: tuple[Reference, ...]
) -> tuple[Reference, ...]:
    others = (r for r in handbook.incoming.get(target, ()) if r.source != path)
    return (*others, *(r for r in references if r.target == target and r.source == path))
