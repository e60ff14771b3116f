"""JSON Schemas of the registers that are kept by hand."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.model.applicability import ImplementationStatus
from policygraph.model.framework import Strength
from policygraph.model.review import Outcome
from policygraph.publishing.exports.handbook_schema import DIALECT
from policygraph.publishing.exports.json_schema import (
    DATE_FORM,
    FLAG,
    INTERVAL,
    LINE,
    LINES,
    WHOLE,
    by_name,
    described,
    group,
    one_or_more,
)
from policygraph.publishing.exports.records import Data
from policygraph.reading import registers
from policygraph.reading.registers.applicability import OWN

_HASH = r"^(sha256:)?[0-9a-f]{64}$"


def register_schema(name: str) -> Data:
    """Describe a register, by the name of its file without suffix; `reviews` describes one review."""
    return _SCHEMAS[name]()


def _day(description: str) -> Data:
    return {"type": "string", "pattern": DATE_FORM, "description": description}


def _schema(title: str, form: Data) -> Data:
    return {"$schema": DIALECT, "title": f"policygraph {title}", **form}


def _list(file: str, key: str, entry: Data, words: str) -> Data:
    form = group(
        {key: one_or_more(entry, words)}, description=f"registers/{file}: {words[0].lower()}{words[1:]}"
    )
    return _schema(key, form)


def _organisation() -> Data:
    role = group(
        {
            "title": described(LINE, "The role's name; from its id unless given."),
            "holders": described(LINES, "Who holds it."),
            "contact": described(LINE, "Where to reach them."),
            "purpose": described(LINE, "What the role is for."),
            "handle": described(
                LINES,
                "What the code host knows them by, for CODEOWNERS: @name, @organisation/team, or a mail address.",
            ),
        }
    )
    audience = group(
        {
            "title": described(LINE, "The audience's name; from its id unless given."),
            "description": described(LINE, "Who belongs to it."),
            "people": described(WHOLE, "How many people it has, about."),
        }
    )
    return {
        "$schema": DIALECT,
        "title": "policygraph organisation",
        **group(
            {
                "roles": by_name({"anyOf": [role, {"type": "null"}]}, "Roles, by id."),
                "audiences": by_name({"anyOf": [audience, {"type": "null"}]}, "Groups of readers, by id."),
            },
            description="registers/organisation.yml: roles, who holds them, and audiences.",
        ),
    }


def _terms() -> Data:
    return {
        "$schema": DIALECT,
        "title": "policygraph terms",
        **group(
            {
                "terms": one_or_more(
                    group(
                        {
                            "term": described(LINE, "The word."),
                            "definition": described(LINE, "What it means, in a sentence."),
                            "abbreviation": described(LINE, "Its short form."),
                            "aliases": described(LINES, "Other words for the same."),
                        },
                        ("term", "definition"),
                    ),
                    "The words of the glossary.",
                )
            },
            description="registers/terms.yml: the glossary.",
        ),
    }


def _applicability() -> Data:
    keys: Data = {
        "applies": described(FLAG, "Whether the control applies to you."),
        "because": described(LINE, "Why it applies, or why it does not, in a quoted sentence."),
        "rests_on": described(LINES, "What that rests on: a risk, a law, a contract, a document's id."),
        "status": {"enum": [s.value for s in ImplementationStatus], "description": "How far it is in place."},
    }
    own: Data = {
        "title": described(LINE, "The control's name."),
        "text": described(LINE, "What it asks for."),
        **keys,
    }
    control = {"anyOf": [group(keys), {"type": "null"}]}
    form = by_name(
        by_name(control, "The framework's controls, by id."),
        "registers/applicability.yml: which controls apply, why, and how far they are in place; by framework.",
    )
    controls = by_name(group(own, ("title",)), "Controls of your own, beside those of the frameworks.")
    return _schema("applicability", {**form, "properties": {OWN: controls}})


def _records() -> Data:
    entry = group(
        {
            "document": described(LINE, "The id of the document that names the record."),
            "what": described(LINE, "The record, in the words of the document."),
            "made": _day("The day it was last made."),
            "by": described(LINE, "Who made it."),
            "retention": described(INTERVAL, "How long it is kept."),
            "note": described(LINE, "Anything worth knowing."),
        },
        ("document", "what"),
    )
    return _list(registers.RECORDS, "records", entry, "When each record was last made.")


def _exceptions() -> Data:
    entry = group(
        {
            "id": described(LINE, "A short name that never changes, such as EX-03."),
            "title": described(LINE, "What is permitted, in a few words."),
            "departs_from": described(LINE, "The document, or the statement: AI-06 or AI-06#storage."),
            "quote": described(LINE, "The sentence departed from, word for word."),
            "owner": described(LINE, "The role that answers for it."),
            "because": described(LINE, "Why, in a quoted sentence."),
            "granted": _day("The day it was permitted."),
            "by": described(LINE, "Who permitted it."),
            "expires": _day("The last day on which it holds."),
            "closed": _day("The day it ended."),
        },
        ("id", "departs_from", "owner", "because", "expires"),
    )
    return _list(registers.EXCEPTIONS, "exceptions", entry, "Permitted departures, each with an end.")


def _external() -> Data:
    entry = group(
        {
            "id": described(LINE, "A short name that never changes."),
            "title": described(LINE, "Its name, as its issuer writes it."),
            "kind": {
                "type": "string",
                "description": "What it is.",
                "examples": ["standard", "law", "contract"],
            },
            "version": described(LINE, "The edition that you work to."),
            "owner": described(LINE, "The role that keeps watch over it."),
            "where": described(LINE, "Where it can be read."),
            "framework": described(LINE, "The catalog of its clauses, such as iso-42001."),
            "used_by": described(LINES, "Documents that work to it, besides those that name its clauses."),
            "checked": _day("The day on which somebody last looked whether the version is the current one."),
            "check_every": described(INTERVAL, "How often somebody has to look."),
        },
        ("title",),
    )
    return _list(registers.EXTERNAL, "documents", entry, "Documents of external origin.")


def _expectations() -> Data:
    entry = group(
        {
            "from": described(LINE, "The clause that leans on the other: iso-42001:6.1.2."),
            "to": described(LINE, "The clause it leans on."),
            "why": described(LINE, "Why, in a quoted sentence."),
            "strength": {
                "enum": [s.value for s in Strength],
                "description": "How sure an auditor is to ask.",
            },
            "drop": described(FLAG, "Whether this expectation of a catalog is not shared here."),
        },
        ("from", "to"),
    )
    return _list(registers.EXPECTATIONS, "expectations", entry, "Which clause leans on which.")


def _review() -> Data:
    return _schema(
        "review",
        group(
            {
                "document": described(LINE, "The id of the document."),
                "by": described(LINE, "Who looked at it."),
                "as": described(LINE, "The role in which they did."),
                "date": _day("The day on which they did."),
                "outcome": {"enum": [o.value for o in Outcome], "description": "What it ended with."},
                "text": {
                    "type": "string",
                    "pattern": _HASH,
                    "description": "The hash of the text looked at.",
                },
                "substance": {
                    "type": "string",
                    "pattern": _HASH,
                    "description": "The hash of its substance.",
                },
                "note": described(LINE, "What was found, in a quoted sentence."),
                "pull_request": described(LINE, "The pull request in which it was discussed."),
            },
            ("document", "by", "as", "date", "outcome"),
            "registers/reviews/*.yml: one review. `policygraph review` writes them.",
        ),
    )


_SCHEMAS: dict[str, Callable[[], Data]] = {
    "organisation": _organisation,
    "terms": _terms,
    "applicability": _applicability,
    "records": _records,
    "exceptions": _exceptions,
    "external": _external,
    "expectations": _expectations,
    "reviews": _review,
}

REGISTER_SCHEMAS = tuple(_SCHEMAS)
"""The registers that have a schema."""
