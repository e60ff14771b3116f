"""`policygraph schema NAME`: the form of a file, for editors and other programs."""

from __future__ import annotations

from pathlib import Path

import click

from policygraph.cli.opening import locate_handbook
from policygraph.cli.options import given_handbook, handbook_option
from policygraph.cli.writing import deliver
from policygraph.publishing.exports.author_schemas import front_matter_schema, settings_schema
from policygraph.publishing.exports.handbook_schema import handbook_schema
from policygraph.publishing.exports.records import Data
from policygraph.publishing.exports.register_schemas import REGISTER_SCHEMAS, register_schema
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.reading.handbook_files import load_settings
from policygraph.settings import Settings, SettingsError

_NAMES = ("handbook", "front-matter", "settings", *REGISTER_SCHEMAS)


@click.command(name="schema")
@click.argument("name", metavar="[NAME]", type=click.Choice(_NAMES), default=_NAMES[0])
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of printing.",
)
@handbook_option
@click.pass_context
def command(ctx: click.Context, name: str, output: Path | None) -> None:
    """Print the form of a file, so that an editor can help you write it.

    \b
    NAME is one of (each printed as a JSON Schema):
      handbook      handbook.json, as `policygraph export json` writes it
      front-matter  the top of a document, with this handbook's own relations
      settings      handbook.yml
      organisation  registers/organisation.yml; likewise terms, applicability, records, exceptions, external
                    and expectations
      reviews       one file of registers/reviews/
    """
    deliver(json_bytes(_schema(ctx, name)), output)


def _schema(ctx: click.Context, name: str) -> Data:
    match name:
        case "front-matter":
            return front_matter_schema(_settings(ctx))
        case "settings":
            return settings_schema()
        case "handbook":
            return handbook_schema()
        case _:
            return register_schema(name)


def _settings(ctx: click.Context) -> Settings | None:
    """The settings of the handbook here, if there is one; a named one must be there."""
    try:
        return load_settings(locate_handbook(ctx))
    except SettingsError:
        if given_handbook(ctx) is not None:
            raise
        return None
