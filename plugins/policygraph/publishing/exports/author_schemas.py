"""JSON Schemas of the files that authors write most: front matter and handbook.yml.

An editor that knows them completes keys and marks mistakes while the author types. Names of keys come from
where they are read; a key without a description here cannot be left out by accident, since it would fail.
"""

from __future__ import annotations

from policygraph.model.document import Status, Visibility
from policygraph.model.finding import Severity
from policygraph.publishing.exports.handbook_schema import DIALECT
from policygraph.publishing.exports.json_schema import (
    DATE_FORM,
    FLAG,
    INTERVAL,
    LINE,
    LINES,
    SCALAR,
    by_name,
    described,
    group,
    one_or_more,
)
from policygraph.publishing.exports.records import Data
from policygraph.reading.branches import BRANCH
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.colours import HEX
from policygraph.reading.feedback_setting import MAIL_ADDRESS, WEB_ADDRESS
from policygraph.reading.front_matter import BASES, ID
from policygraph.reading.settings_file import KEYS, TITLE_SOURCES
from policygraph.settings import FEEDBACK_WORDS, FIELD_NAMES, LETTERS, OWNER, Settings

_WORDS: Data = {"type": "integer", "minimum": 1, "maximum": 9_999_999}

_COLOUR: Data = {"type": "string", "pattern": f"^(?:{HEX.pattern})$", "examples": ["#1b5e57"]}


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
    because = described(LINE, "Why, in a quoted sentence.")
    return {
        "id": {
            "type": ["string", "number"],
            "pattern": f"^{ID.pattern}$",
            "description": "Stable and unique, in capitals or not; the file's name unless given.",
        },
        "title": described(SCALAR, "The name readers see. The only key that is required."),
        "type": {
            "type": "string",
            "description": "What kind of document it is.",
            "examples": list(settings.types),
        },
        "status": {
            "enum": list(dict.fromkeys([*(s.value for s in Status), *settings.statuses])),
            "description": "Where it stands in its life; active unless given.",
        },
        "area": described(LINE, "The part of the handbook it belongs to; the folder unless given."),
        "owner": described(LINE, "The role that answers for it, from registers/organisation.yml."),
        "approver": described(LINE, "The role that approves it."),
        "summary": described(LINE, "One plain sentence on what it is for."),
        "why": described(LINE, "The line that tells a reader why it matters."),
        "aliases": described(LINES, "Other names that people use for it."),
        "tags": described(LINES, "Words to group it by."),
        "applies_to": described(LINES, "Audiences from registers/organisation.yml; everyone unless given."),
        "visibility": {"enum": [v.value for v in Visibility], "description": "The widest readership."},
        "review_every": described(INTERVAL, "How often it is to be reviewed, such as 12 months."),
        "effective": {"type": "string", "pattern": DATE_FORM, "description": "The day it takes effect."},
        "expires": {"type": "string", "pattern": DATE_FORM, "description": "The day it ends."},
        "satisfies": described(
            LINES,
            "The clauses it answers, each with its framework.",
            examples=[["iso-42001:6.1.2", "iso-42001:8.2"]],
        ),
        "references": one_or_more(
            {
                "anyOf": [
                    LINE,
                    group(
                        {
                            "to": described(LINE, "A document's id, with #section if you like."),
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
        "not_related": one_or_more(
            group(
                {
                    "to": described(LINE, "The id of the other document."),
                    "because": because,
                    "decided": {
                        "type": "string",
                        "pattern": DATE_FORM,
                        "description": "When it was decided.",
                    },
                    "by": described(LINE, "Who decided it."),
                },
                ("to", "because"),
            ),
            "Recorded decisions that no reference is needed.",
        ),
        "records": one_or_more(
            {
                "anyOf": [
                    LINE,
                    group(
                        {
                            "what": described(LINE, "What the record is."),
                            "where": described(LINE, "Where it is kept: an address or a place."),
                            "owner": described(LINE, "The role that keeps it."),
                            "every": INTERVAL,
                        },
                        ("what",),
                    ),
                ]
            },
            "What shows that the document is lived.",
        ),
        "basis": {"enum": list(BASES), "description": "Why the document exists."},
        "former_ids": described(LINES, "Ids it once had."),
        "replaced_by": described(LINE, "The id of the document that takes its place."),
        "lang": described(LINE, "Its language, such as en or de."),
        "allow": one_or_more(
            by_name(LINE, "A rule's code, with the reason."),
            "Rules of `policygraph check` switched off for this document, each with the reason.",
        ),
    }


def settings_schema() -> Data:
    """Describe handbook.yml."""
    keys: Data = {
        "name": described(LINE, "The handbook's name."),
        "organisation": described(LINE, "Whose handbook it is."),
        "description": described(LINE, "A sentence or two for the first page."),
        "url": described(LINE, "The address of the published handbook, for links in spreadsheets and feeds."),
        "language": described(LINE, "The language of most documents, such as en or de."),
        "documents": described(
            LINE, "The folder of the documents, from this file; this folder unless given."
        ),
        "registers": described(LINE, "The folder of the registers, from this file."),
        "exclude": described(LINES, "Files to leave out, as .gitignore names them."),
        "frameworks": described(
            LINES, "The frameworks you work to, in the order you want to see them.", examples=[list(SHIPPED)]
        ),
        "catalogs": described(LINES, "Files with frameworks of your own."),
        "relations": by_name(
            group(
                {
                    "inverse": described(LINE, "The relation read from the other end: owned by, for owns."),
                    "relies": described(FLAG, "Whether a change of the other document concerns this one."),
                    "symmetric": described(FLAG, "Whether it reads the same from both ends."),
                }
            ),
            "Relations of your own, by name.",
        ),
        "types": described(LINES, "Types of documents besides the usual ones."),
        "areas": by_name(
            {"anyOf": [LINE, group({"title": LINE, "description": LINE})]},
            "Names for the folders of documents, in the order you want to see them.",
        ),
        "fields": {
            **group({name: one_or_more(_field(), f"Where '{name}' comes from.") for name in FIELD_NAMES}),
            "description": "Which of your front matter keys means what, where yours have other names.",
        },
        "id_pattern": described(LINES, "What an id in the text looks like, such as EIP-(\\d+)."),
        "title_from": one_or_more(
            {"enum": list(TITLE_SOURCES)}, "Where a title comes from, the first that there is."
        ),
        "statuses": by_name({"enum": [status.value for status in Status]}, "What your status words mean."),
        "ignore_keys": described(LINES, "Front matter keys that are for somebody else."),
        "declare_relations": described(FLAG, "Whether each link in a text must be declared as well."),
        "branch": described(
            {"type": "string", "pattern": f"^(?:{BRANCH.pattern})$"},
            "The git branch whose texts count as published. Without it: the remote's default, main or master.",
        ),
        "feedback": _feedback(),
        "appearance": {
            **group(
                {
                    "colour": described(
                        _COLOUR, "The colour of links and of what is chosen, on light paper."
                    ),
                    "colour_dark": described(_COLOUR, "The same on dark paper; a lighter tone unless given."),
                    "logo": described(
                        {"type": "string", "pattern": r"\.(svg|png|webp|jpe?g|SVG|PNG|WEBP|JPE?G)$"},
                        "A picture in the handbook's folder, up to 200 KB.",
                    ),
                    "text": {"enum": list(LETTERS), "description": "What the text of documents is set in."},
                }
            ),
            "description": "What the published handbook looks like.",
        },
        "review_every": described(INTERVAL, "How often a document is reviewed that does not say so."),
        "word_budget": {
            "anyOf": [_WORDS, {"type": "object", "additionalProperties": _WORDS}],
            "description": "How many words a document may have: one number for all, or one by type.",
            "examples": [1500, {"policy": 800, "procedure": 1500}],
        },
        "rules": by_name(
            {"enum": [*(severity.value for severity in Severity), "off", False]},
            "How much a rule weighs here, by its code.",
        ),
    }
    return {
        "$schema": DIALECT,
        "title": "policygraph settings",
        **group({name: keys[name] for name in KEYS}, description="handbook.yml: the handbook's settings."),
    }


def _feedback() -> Data:
    web: Data = {"type": "string", "pattern": f"^(?:{WEB_ADDRESS.pattern})$"}
    words = ", ".join(f"{{{word}}}" for word in FEEDBACK_WORDS)
    ways = {
        "mail": described(
            {"type": "string", "pattern": f"^(?:{OWNER}|{MAIL_ADDRESS.pattern})$"},
            "To the owner of the document, or to this address.",
        ),
        "issue": described(web, f"The address for a new issue; it may hold {words}."),
        "form": described(web, f"The address of a form; it may hold {words}."),
    }
    return {
        "anyOf": [
            *(group({name: way}, (name,)) for name, way in ways.items()),
            {"enum": ["none", "off", False]},
        ],
        "description": "Where 'Is this still true?' below each document leads; mail to its owner unless given.",
        "examples": [{"mail": "owner"}, {"issue": "https://code.example.org/new?title={title}&body={body}"}],
    }


def _field() -> Data:
    return {
        "anyOf": [
            LINE,
            group(
                {
                    "from": described(LINE, "Your key."),
                    "prefix": described(LINE, "Put before every value: 20 becomes EIP-20."),
                    "relation": described(LINE, "What references under this key mean."),
                },
                ("from",),
            ),
        ]
    }
