"""A statement of applicability as an OSCAL system security plan, with the status of each control as declared."""

from __future__ import annotations

from policygraph.judging.applicability import ApplicabilityStatement, ControlLine, Decision
from policygraph.model.applicability import ImplementationStatus
from policygraph.model.document import Document
from policygraph.publishing.exports.oscal.component_definition import component_type, component_uuid
from policygraph.publishing.exports.oscal.parts import (
    DERIVED,
    control_id,
    document_link,
    filled,
    identifier,
    metadata,
    overdue_props,
    own_prop,
    profile_file,
    prop,
    responsible,
    text,
    token,
    whole,
)
from policygraph.publishing.exports.records import Data
from policygraph.publishing.index import Index

_STATES = {
    ImplementationStatus.PLANNED: "planned",
    ImplementationStatus.IN_PART: "partial",
    ImplementationStatus.IN_PLACE: "implemented",
}
_REMARKS = (
    "From the statement of applicability. The status of a control is what the organisation says. " + DERIVED
)


def system_security_plan(index: Index, statement: ApplicabilityStatement) -> Data:
    """The plan of one statement: every control in it, those left out and those not decided included."""
    settings = index.handbook.settings
    name = statement.framework.id
    system = identifier("this-system", settings.name)
    documents = {a.document.path: a.document for line in statement.all for a in line.coverage.in_force}
    title = f"Statement of applicability: {statement.framework.title}"
    content = {
        "metadata": metadata(index, title, _REMARKS),
        "import-profile": {"href": profile_file(statement.framework)},
        "system-characteristics": {
            "system-ids": [{"id": token(settings.name)}],
            "system-name": text(settings.name),
            "description": text(settings.description, settings.name),
            "system-information": {
                "information-types": [
                    {
                        "uuid": identifier("information", settings.name),
                        "title": "Information in the scope of the management system",
                        "description": "Not described here: the documents of the handbook say what is in scope.",
                    }
                ]
            },
            "status": {"state": "operational"},
            "authorization-boundary": {
                "description": "The scope of the management system, as the documents of the handbook state it."
            },
        },
        "system-implementation": {
            "users": _users(index),
            "components": [
                {
                    "uuid": system,
                    "type": "this-system",
                    "title": text(settings.name),
                    "description": "The management system as a whole.",
                    "status": {"state": "operational"},
                },
                *(_component(index, d) for d in index.handbook.documents if d.path in documents),
            ],
        },
        "control-implementation": {
            "description": _REMARKS,
            "implemented-requirements": [_requirement(index, name, system, line) for line in statement.all],
        },
    }
    return whole("system-security-plan", (name,), content)


def _users(index: Index) -> list[Data]:
    roles = index.handbook.organisation.roles
    users: list[Data] = [
        {
            "uuid": identifier("user", id),
            "title": text(role.title, id),
            "role-ids": [token(id)],
        }
        for id, role in roles.items()
    ]
    return users or [{"uuid": identifier("user"), "title": "Everyone; no register of roles is kept"}]


def _component(index: Index, document: Document) -> Data:
    return {
        "uuid": component_uuid(document),
        "type": component_type(document),
        "title": text(document.title, document.id),
        "description": text(document.summary, document.title or document.id),
        "props": [own_prop("document-id", document.id)],
        "links": [document_link(index, document)],
        "status": {"state": "operational"},
        **filled(responsible_roles=responsible(index, document.owner)),
    }


def _requirement(index: Index, name: str, system: str, line: ControlLine) -> Data:
    control = control_id(line.control)
    entry = line.entry
    because = entry.because if entry else ""
    rests_on = entry.rests_on if entry else ()
    return {
        "uuid": identifier("line", name, control),
        "control-id": control,
        "props": [
            prop("label", line.control.id),
            own_prop("applies", line.decision.value),
            own_prop("stands-at", line.coverage.word),
            *overdue_props(line.coverage.overdue),
            *(own_prop("rests-on", pointer) for pointer in rests_on),
        ],
        "by-components": [
            {
                "component-uuid": system,
                "uuid": identifier("line of the system", name, control),
                "description": text(because, "No justification is recorded."),
                **_status(line),
            },
            *(
                {
                    "component-uuid": component_uuid(a.document),
                    "uuid": identifier("line of a document", name, control, a.document.path),
                    "description": text(f"{a.document.id} says that it answers this."),
                    "links": [document_link(index, a.document, m.passage) for m in a.mappings],
                    "remarks": DERIVED,
                }
                for a in line.coverage.in_force
            ),
        ],
    }


def _status(line: ControlLine) -> dict[str, Data]:
    """The declared status. Where none is declared, nothing is claimed."""
    if line.decision is Decision.EXCLUDED:
        return {"implementation-status": {"state": "not-applicable", "remarks": "Left out."}}
    status = line.entry.status if line.entry and line.decision is Decision.APPLIES else None
    return {"implementation-status": {"state": _STATES[status]}} if status else {}
