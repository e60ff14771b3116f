"""`policygraph schema NAME`: the form of a file, for editors and other programs."""

from __future__ import annotations

from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import locate_handbook
from policygraph.cli.options import given_handbook, handbook_option
from policygraph.cli.writing import deliver, write_file
from policygraph.publishing.exports.all_schemas import SCHEMAS, all_schemas, schema
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.reading.handbook_files import load_settings
from policygraph.settings import Settings, SettingsError


@click.command(name="schema")
@click.argument("name", metavar="[NAME]", type=click.Choice(SCHEMAS), required=False)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of printing.",
)
@click.option(
    "--all",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write every schema into this folder, each as NAME.json.",
)
@handbook_option
@click.pass_context
def command(ctx: click.Context, name: str | None, output: Path | None, folder: Path | None) -> None:
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
    if folder is None:
        name = name or SCHEMAS[0]
        settings = _settings(ctx) if name == "front-matter" else None
        deliver(json_bytes(schema(name, settings)), output)
        return
    if name is not None or output is not None:
        raise click.UsageError("--all writes every schema, so name neither one of them nor a file.", ctx)
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is a file; name a folder for the schemas.")
    folder.mkdir(parents=True, exist_ok=True)
    for one, form in all_schemas(_settings(ctx)).items():
        write_file(folder / f"{one}.json", json_bytes(form))
    click.echo(f"{len(SCHEMAS)} schemas are in {folder}", err=True)


def _settings(ctx: click.Context) -> Settings | None:
    """The settings of the handbook here, if there is one; a named one must be there."""
    try:
        return load_settings(locate_handbook(ctx))
    except SettingsError:
        if given_handbook(ctx) is not None:
            raise
        return None
