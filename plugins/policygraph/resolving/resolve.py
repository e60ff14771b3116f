"""Sources to a handbook."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType

from policygraph.model.document import Document
from policygraph.model.framework import ClauseMapping
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.model.reference import Mention, Reference
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.corrections import surely_meant
from policygraph.reading.handbook_files import Progress
from policygraph.reading.sources import Sources
from policygraph.reading.values import nearest
from policygraph.resolving.clauses import Clauses
from policygraph.resolving.correcting import with_fixes
from policygraph.resolving.documents import documents_of, duplicate_ids, key_of, natural
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.mentions import MentionFinder
from policygraph.resolving.names import Names
from policygraph.resolving.pictures import missing_pictures
from policygraph.resolving.references import ReferenceResolver
from policygraph.resolving.registers import RegisterResolver
from policygraph.settings import Area


@dataclass(frozen=True, slots=True)
class Resolution:
    """A handbook with what its names were looked up in, so that a document can be resolved again by itself."""

    sources: Sources
    handbook: Handbook
    clauses: Clauses
    names: Names
    references: ReferenceResolver
    mentions: MentionFinder


def resolve(sources: Sources, progress: Progress | None = None) -> Handbook:
    """Turn names into things. What does not resolve becomes a problem of the handbook."""
    return resolution(sources, progress).handbook


def resolution(sources: Sources, progress: Progress | None = None) -> Resolution:
    """Resolve as `resolve` does, and keep what it takes to resolve one document again."""
    documents, translations, problems = documents_of(sources)
    areas = _areas(sources, documents)
    order = {area.id: number for number, area in enumerate(areas)}
    documents.sort(key=lambda d: (order.get(d.area, len(order)), natural(d.id), d.path))
    names = Names(documents, translations, sources.folder)
    clauses = Clauses(sources.frameworks)
    resolver = ReferenceResolver(sources, names, clauses, [*documents, *translations])
    for document in documents:
        resolver.declared(document)
    for document in documents:
        resolver.links(document)
    for translation in translations:
        resolver.links(translation, counts=False)
    mappings, mapping_problems = mappings_of(sources, documents, clauses)
    registers = RegisterResolver(sources, names, clauses, documents)
    references = _ordered(resolver.references(), documents)
    outgoing: dict[str, list[Reference]] = defaultdict(list)
    incoming: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        outgoing[reference.source].append(reference)
        incoming[reference.target].append(reference)
    finder = _finder(sources, documents)
    handbook = Handbook(
        settings=sources.settings,
        folder=sources.folder,
        documents=tuple(documents),
        translations=tuple(translations),
        organisation=sources.registers.organisation,
        frameworks=MappingProxyType(dict(sources.frameworks)),
        reviews=registers.reviews(),
        records=registers.records(),
        applicability=registers.applicability(),
        exceptions=registers.exceptions(),
        stray_exceptions=tuple(registers.stray_exceptions),
        external=registers.external(),
        expectations=registers.expectations(),
        unmatched_records=tuple(registers.unmatched),
        history=sources.history,
        comparisons=sources.comparisons,
        references=references,
        mentions=_mentions(sources, documents, finder, progress),
        decisions=tuple(resolver.decisions),
        mappings=mappings,
        clause_mentions=tuple(resolver.clause_mentions),
        problems=with_fixes(
            sources,
            (
                *sources.problems,
                *(problem for source in sources.documents for problem in source.problems),
                *problems,
                *duplicate_ids(documents, sources.settings),
                *resolver.problems,
                *missing_pictures(sources),
                *registers.problems,
                *mapping_problems,
                *unknown_people(sources, documents),
                *_unknown_frameworks(sources),
            ),
        ),
        by_path=MappingProxyType({d.path: d for d in (*documents, *translations)}),
        by_id=MappingProxyType({d.id.casefold(): d for d in reversed(documents)}),
        outgoing=MappingProxyType({path: tuple(found) for path, found in outgoing.items()}),
        incoming=MappingProxyType({path: tuple(found) for path, found in incoming.items()}),
        link_targets=MappingProxyType(resolver.link_targets),
        areas=areas,
        blocks=MappingProxyType({source.path: source.scan.blocks for source in sources.documents}),
        logo=sources.logo,
    )
    return Resolution(sources, handbook, clauses, names, resolver, finder)


def _areas(sources: Sources, documents: list[Document]) -> tuple[Area, ...]:
    named = sources.settings.areas
    used = {document.area for document in documents}
    others = sorted(used - set(named), key=natural)
    title = sources.settings.name if used == {""} else "General"
    return (
        *(area for id, area in named.items() if id in used),
        *(Area(id, _title_of(id) if id else title) for id in others),
    )


def _title_of(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _ordered(references: tuple[Reference, ...], documents: list[Document]) -> tuple[Reference, ...]:
    position = {document.path: number for number, document in enumerate(documents)}
    return tuple(sorted(references, key=lambda r: (position[r.source], position[r.target], r.relation.name)))


def mappings_of(
    sources: Sources, documents: list[Document], clauses: Clauses
) -> tuple[tuple[ClauseMapping, ...], list[Problem]]:
    """What documents say that they answer, and what is wrong with it."""
    problems: list[Problem] = []
    found: dict[tuple[str, str, str], ClauseMapping] = {}
    claims = {source.path: source.scan.claims for source in sources.documents}
    for document in documents:
        for claim in (*document.front.satisfies, *claims[document.path]):
            clause = clauses.resolve(claim.item, claim.place, problems)
            if clause is not None:
                passage = claim.passage.id if claim.passage else ""
                found.setdefault(
                    (document.path, clause.key, passage),
                    ClauseMapping(document.path, clause.key, claim.place, claim.passage),
                )
    return tuple(found.values()), problems


def _finder(sources: Sources, documents: list[Document]) -> MentionFinder:
    stems = {source.path: source.stem for source in sources.documents}
    return MentionFinder(tuple(documents), stems, sources.settings.types)


def _mentions(
    sources: Sources, documents: list[Document], finder: MentionFinder, progress: Progress | None
) -> tuple[Mention, ...]:
    by_path = {document.path: document for document in documents}
    found: list[Mention] = []
    for number, source in enumerate(sources.documents):
        if (document := by_path.get(source.path)) is not None:
            found.extend(finder.mentions(source, document))
        if progress is not None:
            progress("resolve", number + 1, len(sources.documents))
    return tuple(found)


def unknown_people(sources: Sources, documents: list[Document]) -> list[Problem]:
    """Roles and audiences that documents name and the register does not know."""
    problems: list[Problem] = []
    roles, audiences = sources.registers.organisation.roles, sources.registers.organisation.audiences
    for document in documents:
        front = document.front
        if roles:
            holders = [("owner", front.owner), ("approver", front.approver)]
            for key, role in holders:
                if role and role.lower() not in roles:
                    key_place = document.place_of(key_of(document, key, sources.settings))
                    message = f"'{role}' is no role in the register of the organisation."
                    suggestion = nearest(role, roles)
                    sure = surely_meant(role, suggestion, roles)
                    problems.append(
                        Problem(
                            ProblemKind.UNKNOWN_ROLE, key_place, message, suggestion, typed=role, sure=sure
                        )
                    )
            for record in front.records:
                if record.owner and record.owner.lower() not in roles:
                    message = f"The record's owner '{record.owner}' is no role in the register."
                    suggestion = nearest(record.owner, roles)
                    problems.append(
                        Problem(
                            ProblemKind.UNKNOWN_ROLE, record.place, message, suggestion, typed=record.owner
                        )
                    )
        if audiences:
            for audience in front.applies_to:
                if audience.lower() not in audiences:
                    place = document.place_of(key_of(document, "applies_to", sources.settings))
                    message = f"'{audience}' is no audience in the register of the organisation."
                    suggestion = nearest(audience, audiences)
                    sure = surely_meant(audience, suggestion, audiences)
                    problems.append(
                        Problem(
                            ProblemKind.UNKNOWN_AUDIENCE,
                            place,
                            message,
                            suggestion,
                            typed=audience,
                            sure=sure,
                        )
                    )
    return problems


def _unknown_frameworks(sources: Sources) -> list[Problem]:
    return [
        Problem(
            ProblemKind.UNKNOWN_FRAMEWORK,
            Place(sources.settings.file or "handbook.yml"),
            f"The settings name a framework '{name}' that no catalog holds.",
            nearest(name, {*SHIPPED, *sources.frameworks}),
        )
        for name in sources.settings.frameworks
        if name not in sources.frameworks
    ]
