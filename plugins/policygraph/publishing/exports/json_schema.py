"""The pieces that JSON Schemas of authors' files are made of."""

from __future__ import annotations

from policygraph.publishing.exports.records import Data

DATE_FORM = r"^\d{4}-\d{2}-\d{2}$"
SCALAR: Data = {"type": ["string", "number", "boolean"]}
LINE: Data = {"type": ["string", "number"]}
WHOLE: Data = {"type": "integer", "minimum": 1}
FLAG: Data = {"type": "boolean"}
LINES: Data = {"anyOf": [LINE, {"type": "array", "items": LINE}]}
INTERVAL: Data = {
    "type": "string",
    "description": "A span of time, such as 6 months.",
    "examples": ["1 month", "6 months", "1 year"],
}


def described(form: Data, description: str, **more: object) -> Data:
    """A form with its description, as editors show it."""
    return {**form, "description": description, **more}


def group(properties: Data, required: tuple[str, ...] = (), description: str = "") -> Data:
    """Known keys, and no others."""
    return {
        "type": "object",
        **({"description": description} if description else {}),
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def by_name(form: Data, description: str) -> Data:
    """Keys that the author chooses, all of one form."""
    return {"type": "object", "description": description, "additionalProperties": form}


def one_or_more(form: Data, description: str) -> Data:
    """One thing of a form, or a list of them."""
    return {"description": description, "anyOf": [form, {"type": "array", "items": form}]}
