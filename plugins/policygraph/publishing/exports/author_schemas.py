"""JSON Schemas of the files that authors write: front matter, handbook.yml and the registers.

An editor that knows them completes keys and marks mistakes while the author types. Names of keys come from
where they are read; a key without a description here cannot be left out by accident, since it would fail.
"""

from __future__ import annotations

from policygraph.model.document import Status, Visibility
from policygraph.model.finding import Severity
from policygraph.publishing.exports.handbook_schema import DIALECT
from policygraph.publishing.exports.records import Data
from policygraph.reading.branches import BRANCH
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.front_matter import BASES, ID
from policygraph.reading.settings_file import KEYS, TITLE_SOURCES
from policygraph.settings import FIELD_NAMES, Settings

_DATE = r"^\d{4}-\d{2}-\d{2}$"
_SCALAR: Data = {"type": ["string", "number", "boolean"]}
_LINE: Data = {"type": ["string", "number"]}
_FLAG: Data = {"type": "boolean"}
_LINES: Data = {"anyOf": [_LINE, {"type": "array", "items": _LINE}]}
_INTERVAL: Data = {
    "type": "string",
    "description": "A span of time, such as 6 months.",
    "examples": ["1 month", "6 months", "1 year"],
}


def _described(form: Data, description: str, **more: object) -> Data:
    return {**form, "description": description, **more}


def _group(properties: Data, required: tuple[str, ...] = (), description: str = "") -> Data:
    return {
        "type": "object",
        **({"description": description} if description else {}),
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _by_name(form: Data, description: str) -> Data:
    return {"type": "object", "description": description, "additionalProperties": form}


def _one_or_more(form: Data, description: str) -> Data:
    return {"description": description, "anyOf": [form, {"type": "array", "items": form}]}


def front_matter_schema(settings: Settings | None = None) -> Data:
    """Describe the front matter of a document. The handbook's settings add its relations, types and keys."""
    settings = settings or Settings()
    fields = _fields(settings)
    properties: Data = {}
    for name in FIELD_NAMES:
        for source in settings.sources_of(name):
            # A foreign key holds whatever the other tool wanted there.
            properties[source.key] = (
                fields[name] if source.key == name else {"description": fields[name]["description"]}
            )
    titled = [source.key for source in settings.sources_of("title")]
    needs_title = titled == ["title"] and settings.title_from[0] == "front matter"
    return {
        "$schema": DIALECT,
        "title": "policygraph front matter",
        "description": "What stands between the two --- lines at the top of a document.",
        "type": "object",
        "properties": properties,
        "required": ["title"] if needs_title else [],
        "additionalProperties": True,
    }


def _fields(settings: Settings) -> Data:
    relation: Data = {"enum": list(settings.relations), "description": "What the document does to the other."}
    because = _described(_LINE, "Why, in a quoted sentence.")
    return {
        "id": {
            "type": ["string", "number"],
            "pattern": f"^{ID.pattern}$",
            "description": "Stable and unique, in capitals or not; the file's name unless given.",
        },
        "title": _described(_SCALAR, "The name readers see. The only key that is required."),
        "type": {
            "type": "string",
            "description": "What kind of document it is.",
            "examples": list(settings.types),
        },
        "status": {
            "enum": list(dict.fromkeys([*(s.value for s in Status), *settings.statuses])),
            "description": "Where it stands in its life; active unless given.",
        },
        "area": _described(_LINE, "The part of the handbook it belongs to; the folder unless given."),
        "owner": _described(_LINE, "The role that answers for it, from registers/organisation.yml."),
        "approver": _described(_LINE, "The role that approves it."),
        "summary": _described(_LINE, "One plain sentence on what it is for."),
        "why": _described(_LINE, "The line that tells a reader why it matters."),
        "aliases": _described(_LINES, "Other names that people use for it."),
        "tags": _described(_LINES, "Words to group it by."),
        "applies_to": _described(_LINES, "Audiences from registers/organisation.yml; everyone unless given."),
        "visibility": {"enum": [v.value for v in Visibility], "description": "The widest readership."},
        "review_every": _described(_INTERVAL, "How often it is to be reviewed, such as 12 months."),
        "effective": {"type": "string", "pattern": _DATE, "description": "The day it takes effect."},
        "expires": {"type": "string", "pattern": _DATE, "description": "The day it ends."},
        "satisfies": _described(
            _LINES,
            "The clauses it answers, each with its framework.",
            examples=[["iso-42001:6.1.2", "iso-42001:8.2"]],
        ),
        "references": _one_or_more(
            {
                "anyOf": [
                    _LINE,
                    _group(
                        {
                            "to": _described(_LINE, "A document's id, with #section if you like."),
                            "relation": relation,
                            "because": because,
                        },
                        ("to",),
                    ),
                    {
                        "type": "object",
                        "description": "A relation with ids, or an id with the reason.",
                        "minProperties": 1,
                        "maxProperties": 1,
                        "not": {"required": ["to"]},
                    },
                ]
            },
            "The documents it references.",
        ),
        "not_related": _one_or_more(
            _group(
                {
                    "to": _described(_LINE, "The id of the other document."),
                    "because": because,
                    "decided": {"type": "string", "pattern": _DATE, "description": "When it was decided."},
                    "by": _described(_LINE, "Who decided it."),
                },
                ("to", "because"),
            ),
            "Recorded decisions that no reference is needed.",
        ),
        "records": _one_or_more(
            {
                "anyOf": [
                    _LINE,
                    _group(
                        {
                            "what": _described(_LINE, "What the record is."),
                            "where": _described(_LINE, "Where it is kept: an address or a place."),
                            "owner": _described(_LINE, "The role that keeps it."),
                            "every": _INTERVAL,
                        },
                        ("what",),
                    ),
                ]
            },
            "What shows that the document is lived.",
        ),
        "basis": {"enum": list(BASES), "description": "Why the document exists."},
        "former_ids": _described(_LINES, "Ids it once had."),
        "replaced_by": _described(_LINE, "The id of the document that takes its place."),
        "lang": _described(_LINE, "Its language, such as en or de."),
        "allow": _one_or_more(
            _by_name(_LINE, "A rule's code, with the reason."),
            "Rules of `policygraph check` switched off for this document, each with the reason.",
        ),
    }


def settings_schema() -> Data:
    """Describe handbook.yml."""
    keys: Data = {
        "name": _described(_LINE, "The handbook's name."),
        "organisation": _described(_LINE, "Whose handbook it is."),
        "description": _described(_LINE, "A sentence or two for the first page."),
        "language": _described(_LINE, "The language of most documents, such as en or de."),
        "documents": _described(
            _LINE, "The folder of the documents, from this file; this folder unless given."
        ),
        "registers": _described(_LINE, "The folder of the registers, from this file."),
        "exclude": _described(_LINES, "Files to leave out, as .gitignore names them."),
        "frameworks": _described(
            _LINES, "The frameworks you work to, in the order you want to see them.", examples=[list(SHIPPED)]
        ),
        "catalogs": _described(_LINES, "Files with frameworks of your own."),
        "relations": _by_name(
            _group(
                {
                    "inverse": _described(_LINE, "The relation read from the other end: owned by, for owns."),
                    "relies": _described(_FLAG, "Whether a change of the other document concerns this one."),
                    "symmetric": _described(_FLAG, "Whether it reads the same from both ends."),
                }
            ),
            "Relations of your own, by name.",
        ),
        "types": _described(_LINES, "Types of documents besides the usual ones."),
        "areas": _by_name(
            {"anyOf": [_LINE, _group({"title": _LINE, "description": _LINE})]},
            "Names for the folders of documents, in the order you want to see them.",
        ),
        "fields": {
            **_group({name: _one_or_more(_field(), f"Where '{name}' comes from.") for name in FIELD_NAMES}),
            "description": "Which of your front matter keys means what, where yours have other names.",
        },
        "id_pattern": _described(_LINES, "What an id in the text looks like, such as EIP-(\\d+)."),
        "title_from": _one_or_more(
            {"enum": list(TITLE_SOURCES)}, "Where a title comes from, the first that there is."
        ),
        "statuses": _by_name({"enum": [status.value for status in Status]}, "What your status words mean."),
        "ignore_keys": _described(_LINES, "Front matter keys that are for somebody else."),
        "declare_relations": _described(_FLAG, "Whether each link in a text must be declared as well."),
        "branch": _described(
            {"type": "string", "pattern": f"^(?:{BRANCH.pattern})$"},
            "The git branch whose texts count as published. Without it: the remote's default, main or master.",
        ),
        "review_every": _described(_INTERVAL, "How often a document is reviewed that does not say so."),
        "rules": _by_name(
            {"enum": [*(severity.value for severity in Severity), "off", False]},
            "How much a rule weighs here, by its code.",
        ),
    }
    return {
        "$schema": DIALECT,
        "title": "policygraph settings",
        **_group({name: keys[name] for name in KEYS}, description="handbook.yml: the handbook's settings."),
    }


def _field() -> Data:
    return {
        "anyOf": [
            _LINE,
            _group(
                {
                    "from": _described(_LINE, "Your key."),
                    "prefix": _described(_LINE, "Put before every value: 20 becomes EIP-20."),
                    "relation": _described(_LINE, "What references under this key mean."),
                },
                ("from",),
            ),
        ]
    }


def organisation_schema() -> Data:
    """Describe registers/organisation.yml."""
    role = _group(
        {
            "title": _described(_LINE, "The role's name; from its id unless given."),
            "holders": _described(_LINES, "Who holds it."),
            "contact": _described(_LINE, "Where to reach them."),
            "purpose": _described(_LINE, "What the role is for."),
        }
    )
    audience = _group(
        {
            "title": _described(_LINE, "The audience's name; from its id unless given."),
            "description": _described(_LINE, "Who belongs to it."),
        }
    )
    return {
        "$schema": DIALECT,
        "title": "policygraph organisation",
        **_group(
            {
                "roles": _by_name({"anyOf": [role, {"type": "null"}]}, "Roles, by id."),
                "audiences": _by_name({"anyOf": [audience, {"type": "null"}]}, "Groups of readers, by id."),
            },
            description="registers/organisation.yml: roles, who holds them, and audiences.",
        ),
    }


def terms_schema() -> Data:
    """Describe registers/terms.yml."""
    return {
        "$schema": DIALECT,
        "title": "policygraph terms",
        **_group(
            {
                "terms": _one_or_more(
                    _group(
                        {
                            "term": _described(_LINE, "The word."),
                            "definition": _described(_LINE, "What it means, in a sentence."),
                            "abbreviation": _described(_LINE, "Its short form."),
                            "aliases": _described(_LINES, "Other words for the same."),
                        },
                        ("term", "definition"),
                    ),
                    "The words of the glossary.",
                )
            },
            description="registers/terms.yml: the glossary.",
        ),
    }
