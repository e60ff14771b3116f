"""Every JSON Schema that the product gives out, by name."""

from __future__ import annotations

from policygraph.publishing.exports.author_schemas import front_matter_schema, settings_schema
from policygraph.publishing.exports.handbook_schema import handbook_schema
from policygraph.publishing.exports.records import Data
from policygraph.publishing.exports.register_schemas import REGISTER_SCHEMAS, register_schema
from policygraph.settings import Settings

SCHEMAS = ("handbook", "front-matter", "settings", *REGISTER_SCHEMAS)
"""Their names."""


def schema(name: str, settings: Settings | None) -> Data:
    """The schema of that name. A handbook's settings add its own relations and types to its front matter."""
    match name:
        case "front-matter":
            return front_matter_schema(settings)
        case "settings":
            return settings_schema()
        case "handbook":
            return handbook_schema()
        case _:
            return register_schema(name)


def all_schemas(settings: Settings | None) -> dict[str, Data]:
    """Every schema, by its name."""
    return {name: schema(name, settings) for name in SCHEMAS}
