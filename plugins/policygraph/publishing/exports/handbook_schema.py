"""The JSON Schema of handbook.json."""

from __future__ import annotations

from policygraph.judging.applicability import Decision
from policygraph.judging.coverage import Rung
from policygraph.judging.evidence import Freshness
from policygraph.judging.external import Check
from policygraph.judging.remarks import RemarkKind
from policygraph.model.applicability import ImplementationStatus
from policygraph.model.change import ChangeKind
from policygraph.model.document import Modality, Origin, Status, Visibility
from policygraph.model.exception import ExceptionState
from policygraph.model.finding import Severity
from policygraph.model.framework import Strength
from policygraph.model.promise import Force, Kind
from policygraph.model.question import GroundKind, State
from policygraph.model.review import Outcome
from policygraph.publishing.exports.inventory import SCHEMA_VERSION
from policygraph.publishing.exports.records import Data

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Data = {"type": "string"}
_OR_NONE: Data = {"type": ["string", "null"]}
_TEXTS: Data = {"type": "array", "items": _TEXT}
_COUNT: Data = {"type": "integer", "minimum": 0}
_NUMBER: Data = {"type": "integer", "minimum": 1}
_DAY: Data = {"type": ["string", "null"], "format": "date"}
_COUNTS: Data = {"type": "boolean", "description": "Whether it was taken by the date of the inventory."}
_PLACE: Data = {"file": _TEXT, "line": _NUMBER, "column": _NUMBER}
_PAIR: Data = {"source": _TEXT, "source_file": _TEXT, "target": _TEXT, "target_file": _TEXT}


def handbook_schema() -> Data:
    """Describe the inventory. Readers should pass over keys they do not know: later versions add some."""
    major = SCHEMA_VERSION.partition(".")[0]
    return {
        "$schema": DIALECT,
        "title": "policygraph handbook",
        "description": "Everything a handbook knows. Documents are named by id, with their file beside it; "
        "a file's path begins at the folder that holds the documents' folder.",
        "version": SCHEMA_VERSION,
        **_group(
            {
                "$schema": _TEXT,
                "schema": _text(
                    "The version of this form, as semantic versioning has it.",
                    pattern=rf"^{major}\.\d+\.\d+$",
                ),
                "generator": _group({"name": _TEXT, "version": _TEXT}),
                "date": _text("The day for which the handbook was judged.", format="date"),
                "at": {
                    "description": "The moment at which the handbook is shown as it stood; null for what is on disk.",
                    "anyOf": [
                        {"type": "null"},
                        _group(
                            {
                                "date": _text("The day.", format="date"),
                                "commit": _TEXT,
                                "branch": _text("The published branch."),
                            }
                        ),
                    ],
                },
                "handbook": _group(
                    {
                        "name": _TEXT,
                        "organisation": _TEXT,
                        "description": _TEXT,
                        "language": _TEXT,
                        "folder": _text("The documents' folder."),
                    }
                ),
                "areas": _list({"id": _TEXT, "title": _TEXT, "description": _TEXT}),
                "documents": _list(_document()),
                "references": _list(_reference()),
                "mappings": _list(_answer(_or_none("passage"))),
                "clause_mentions": _list(_answer(_ref("passage"))),
                "mentions": _list(_mention()),
                "decisions": _list(
                    {**_PAIR, "because": _TEXT, "decided": _DAY, "by": _OR_NONE, "counts": _COUNTS, **_PLACE}
                ),
                "reviews": _list(_review()),
                "standings": _list(_standing()),
                "suspect_references": _list(_suspect()),
                "exceptions": _list(_exception()),
                "stray_exceptions": _list(_stray_exception()),
                "questions": _list(_question()),
                "coverage": _list(_coverage()),
                "applicability": _list(_statement()),
                "promises": _list(_promise()),
                "records": _list(_evidence()),
                "external": _list(_external()),
                "frameworks": _list(
                    {
                        "id": _TEXT,
                        "title": _TEXT,
                        "edition": _TEXT,
                        "issuer": _TEXT,
                        "clauses": _COUNT,
                        "amendments": _list({"act": _TEXT, "incorporated": {"type": "boolean"}}),
                    }
                ),
                "roles": _list(
                    {
                        "id": _TEXT,
                        "title": _TEXT,
                        "holders": _TEXTS,
                        "contact": _OR_NONE,
                        "purpose": _OR_NONE,
                    }
                ),
                "audiences": _list({"id": _TEXT, "title": _TEXT, "description": _OR_NONE}),
                "terms": _list(
                    {"term": _TEXT, "definition": _TEXT, "abbreviation": _OR_NONE, "aliases": _TEXTS}
                ),
                "findings": _list(_finding()),
            }
        ),
        "$defs": {
            "passage": {
                "description": "A sentence; its id is its anchor on the document's page.",
                **_group({"id": _TEXT, "section": _TEXT, "headings": _TEXTS, "sentence": _TEXT}),
            }
        },
    }


def _group(properties: Data) -> Data:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(properties: Data) -> Data:
    return {"type": "array", "items": _group(properties)}


def _text(description: str, **more: str) -> Data:
    return {"type": "string", "description": description, **more}


def _ref(name: str) -> Data:
    return {"$ref": f"#/$defs/{name}"}


def _or_none(name: str) -> Data:
    return {"anyOf": [_ref(name), {"type": "null"}]}


def _document() -> Data:
    return {
        "id": _text("Stable; unique unless a finding says otherwise."),
        "file": _text("Identifies the document even where ids clash."),
        "title": _TEXT,
        "type": _TEXT,
        "status": {"enum": [status.value for status in Status]},
        "area": _TEXT,
        "lang": _TEXT,
        "owner": {"type": ["string", "null"], "description": "The id of a role."},
        "approver": {"type": ["string", "null"], "description": "The id of a role."},
        "summary": _TEXT,
        "why": _OR_NONE,
        "aliases": _TEXTS,
        "tags": _TEXTS,
        "applies_to": {"type": "array", "items": _TEXT, "description": "Ids of audiences."},
        "visibility": {"enum": [*(visibility.value for visibility in Visibility), None]},
        "review_every": _OR_NONE,
        "effective": _DAY,
        "expires": _DAY,
        "basis": _OR_NONE,
        "former_ids": _TEXTS,
        "words": _COUNT,
        "reading_minutes": _NUMBER,
        "records": _list({"what": _TEXT, "where": _TEXT, "owner": _OR_NONE, "every": _OR_NONE}),
        "headings": _list(
            {
                "level": {"type": "integer", "minimum": 1, "maximum": 6},
                "text": _TEXT,
                "anchor": _TEXT,
                "line": _NUMBER,
            }
        ),
        "statements": _list(
            {
                "modality": {"enum": [modality.value for modality in Modality]},
                "words": _text("The words that bind."),
                "address": _OR_NONE,
                "line": _NUMBER,
                "passage": _ref("passage"),
            }
        ),
        "translations": _list({"lang": _TEXT, "file": _TEXT, "title": _TEXT}),
        "other_keys": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "Front matter keys without a meaning here.",
        },
    }


def _reference() -> Data:
    return {
        **_PAIR,
        "relation": _text("What the source does to the target."),
        "inverse": _text("The relation read from the target."),
        "relies": {"type": "boolean", "description": "Whether a change of the target concerns the source."},
        "because": _text("The declared reason, or else the sentence around the first link."),
        "occurrences": {
            "type": "array",
            "minItems": 1,
            "items": _group(
                {
                    "origin": {"enum": [origin.value for origin in Origin]},
                    **_PLACE,
                    "section": _text("The anchor in the target, if any."),
                    "because": _OR_NONE,
                    "passage": _or_none("passage"),
                }
            ),
        },
    }


def _answer(passage: Data) -> Data:
    return {
        "document": _TEXT,
        "document_file": _TEXT,
        "framework": _TEXT,
        "clause": _TEXT,
        **_PLACE,
        "passage": passage,
    }


def _mention() -> Data:
    return {
        **_PAIR,
        "text": _TEXT,
        "strength": {"enum": ["strong", "weak"]},
        **_PLACE,
        "passage": _ref("passage"),
    }


def _review() -> Data:
    return {
        "document": _TEXT,
        "document_file": _TEXT,
        "date": _text("The day of the review.", format="date"),
        "by": _text("The person, as typed."),
        "as": _text("The id of a role, as typed."),
        "outcome": {"enum": [outcome.value for outcome in Outcome]},
        "version": {"type": ["string", "null"], "description": "The version that an approval gave."},
        "text": {"type": ["string", "null"], "description": "SHA-256 of the text that was looked at."},
        "substance": {"type": ["string", "null"], "description": "SHA-256 of its substance."},
        "note": _OR_NONE,
        "pull_request": _OR_NONE,
        "remarks": _list({"kind": {"enum": [kind.value for kind in RemarkKind]}, "message": _TEXT}),
        **_PLACE,
    }


def _standing() -> Data:
    return {
        "document": _TEXT,
        "document_file": _TEXT,
        "version": {"type": ["string", "null"], "description": "Of the text approved last: major.minor."},
        "approved": _DAY,
        "approved_by": _OR_NONE,
        "approved_as": _OR_NONE,
        "approved_commit": {
            "type": ["string", "null"],
            "description": "The commit that holds the approved text.",
        },
        "changed_since_approval": {"enum": [*(kind.value for kind in ChangeKind), None]},
        "changes": _TEXTS,
        "in_force_without_approval": {"type": "boolean"},
        "last_review": _DAY,
        "review_every": _OR_NONE,
        "next_review": _DAY,
        "overdue": {"type": "boolean"},
    }


def _suspect() -> Data:
    return {
        **_PAIR,
        "relation": _TEXT,
        "changed": _DAY,
        "commit": {"type": ["string", "null"], "description": "Null where no commit has the change yet."},
        "changes": _TEXTS,
        "looked_at": _DAY,
        "reviewed": {"type": "boolean", "description": "Whether that look was a review."},
    }


def _exception() -> Data:
    return {
        "id": _TEXT,
        "title": _TEXT,
        "document": _TEXT,
        "document_file": _TEXT,
        "statement": _OR_NONE,
        "quote": _OR_NONE,
        "passage": _or_none("passage"),
        "owner": _OR_NONE,
        "because": _TEXT,
        "granted": _DAY,
        "by": _OR_NONE,
        "expires": _DAY,
        "closed": _DAY,
        "state": {"enum": [state.value for state in ExceptionState]},
        **_PLACE,
    }


def _stray_exception() -> Data:
    return {key: form for key, form in _exception().items() if key not in ("document_file", "passage")}


def _finding() -> Data:
    return {
        "code": _TEXT,
        "rule": _TEXT,
        "severity": {"enum": [severity.value for severity in Severity]},
        **_PLACE,
        "document": _OR_NONE,
        "message": _TEXT,
        "help": _TEXT,
        "suggestion": _OR_NONE,
        "allowed": {"type": ["string", "null"], "description": "The author's reason for living with it."},
    }


def _question() -> Data:
    ground = {
        "kind": {"enum": [kind.value for kind in GroundKind]},
        "because": _TEXT,
        "clauses": _TEXTS,
        "strength": {"enum": [*(strength.value for strength in Strength), None]},
    }
    return {
        **_PAIR,
        "state": {"enum": [state.value for state in State]},
        "grounds": _list(ground),
        "paths": {"type": "array", "items": _TEXTS},
    }


_RUNG: Data = {"enum": [*(rung.word for rung in Rung), "not applicable"]}
_OVERDUE: Data = {
    **_COUNT,
    "description": "Records of the same document that are overdue, which “fresh” would hide.",
}


def _coverage() -> Data:
    return {
        "clause": _TEXT,
        "title": _TEXT,
        "rung": _RUNG,
        "overdue_records": _OVERDUE,
        "answered_by": _TEXTS,
        "not_in_force": _TEXTS,
        "mentioned_by": _TEXTS,
        "missing": _OR_NONE,
    }


def _statement() -> Data:
    control = {
        "control": _TEXT,
        "title": _TEXT,
        "applies": {"enum": [decision.value for decision in Decision]},
        "because": _OR_NONE,
        "rests_on": _TEXTS,
        "status": {"enum": [*(status.value for status in ImplementationStatus), None]},
        "rung": _RUNG,
        "overdue_records": _OVERDUE,
        "answered_by": _TEXTS,
    }
    return {
        "framework": _TEXT,
        "stated_in": _TEXTS,
        "approved_on": _DAY,
        "approved_by": _OR_NONE,
        "controls": _list(control),
    }


def _promise() -> Data:
    return {
        "document": _TEXT,
        "document_file": _TEXT,
        "kind": {"enum": [kind.value for kind in Kind]},
        "timing": _TEXT,
        "force": {"enum": [force.value for force in Force]},
        "owner": _OR_NONE,
        "applies_to": _TEXTS,
        "record": _OR_NONE,
        "line": _NUMBER,
        "passage": _ref("passage"),
    }


def _evidence() -> Data:
    return {
        "document": _TEXT,
        "document_file": _TEXT,
        "what": _TEXT,
        "where": _TEXT,
        "owner": _OR_NONE,
        "every": _OR_NONE,
        "last": _DAY,
        "due": _DAY,
        "state": {"enum": [freshness.value for freshness in Freshness]},
        "retention": _OR_NONE,
        "promises": _COUNT,
        **_PLACE,
    }


def _external() -> Data:
    return {
        "id": _TEXT,
        "title": _TEXT,
        "kind": _OR_NONE,
        "version": _OR_NONE,
        "owner": _OR_NONE,
        "where": _OR_NONE,
        "framework": _OR_NONE,
        "used_by": _TEXTS,
        "checked": _DAY,
        "due": _DAY,
        "state": {"enum": [check.value for check in Check]},
    }
