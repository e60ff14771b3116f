"""The documents as OSCAL components: each policy or procedure with the controls that it says it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.judging.coverage import Answering
from policygraph.model.document import Document
from policygraph.model.framework import Framework
from policygraph.publishing.exports.oscal.parts import (
    DERIVED,
    catalog_file,
    control_id,
    document_link,
    filled,
    identifier,
    metadata,
    overdue_props,
    own_prop,
    responsible,
    text,
    whole,
)
from policygraph.publishing.exports.records import Data
from policygraph.publishing.index import Index

_TYPES = {
    "policy": "policy",
    "declaration": "policy",
    "standard": "standard",
    "procedure": "process-procedure",
    "plan": "plan",
    "guideline": "guidance",
}


def component_definition(index: Index, frameworks: Sequence[Framework]) -> Data:
    """The documents in force that answer a clause of the frameworks."""
    answers: dict[str, dict[str, list[tuple[str, Answering]]]] = {}
    for framework in frameworks:
        for clause in framework.leaves:
            for answering in index.case.coverage[clause.key].in_force:
                by_framework = answers.setdefault(answering.document.path, {})
                by_framework.setdefault(framework.id, []).append((control_id(clause), answering))
    named = {framework.id: framework for framework in frameworks}
    components = [
        _component(index, document, answers[document.path], named)
        for document in index.handbook.documents
        if document.path in answers
    ]
    title = f"Documents of {index.handbook.settings.name}"
    content = {"metadata": metadata(index, title, DERIVED), **filled(components=components)}
    return whole("component-definition", tuple(named), content)


def component_type(document: Document) -> str:
    """The kind of component that a document is."""
    return _TYPES.get(document.type, "policy")


def component_uuid(document: Document) -> str:
    """The identifier of a document."""
    return identifier("component", document.path)


def _component(
    index: Index,
    document: Document,
    answers: dict[str, list[tuple[str, Answering]]],
    frameworks: dict[str, Framework],
) -> Data:
    return {
        "uuid": component_uuid(document),
        "type": component_type(document),
        "title": text(document.title, document.id),
        "description": text(document.summary, document.title or document.id),
        "props": [own_prop("document-id", document.id), own_prop("status", document.status.value)],
        "links": [document_link(index, document)],
        **filled(responsible_roles=responsible(index, document.owner)),
        "control-implementations": [
            {
                "uuid": identifier("control-implementation", document.path, name),
                "source": catalog_file(frameworks[name]),
                "description": text(f"What {document.id} says that it answers of {frameworks[name].title}."),
                "implemented-requirements": [
                    _requirement(index, document, control, answering) for control, answering in controls
                ],
            }
            for name, controls in answers.items()
        ],
    }


def _requirement(index: Index, document: Document, control: str, answering: Answering) -> Data:
    passages = [m.passage for m in answering.mappings if m.passage]
    quoted = " ".join(f"“{passage.sentence}”" for passage in passages)
    return {
        "uuid": identifier("requirement", document.path, control),
        "control-id": control,
        "description": text(f"{document.id} says that it answers this. {quoted}"),
        "props": [
            own_prop("stands-at", answering.footing.rung.word),
            *overdue_props(len(answering.footing.overdue)),
            *_records(answering),
        ],
        "links": [document_link(index, document, passage) for passage in passages]
        or [document_link(index, document)],
        "remarks": DERIVED,
    }


def _records(answering: Answering) -> Iterator[Data]:
    for evidence in answering.footing.evidence:
        yield own_prop("record", f"{evidence.record.what}: {evidence.words}")
