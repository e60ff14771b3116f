"""`policygraph build`: the website of the handbook."""

from __future__ import annotations

from pathlib import Path

import click

from policygraph.cli.engine import build_site, project
from policygraph.cli.options import (
    at_option,
    colour_option,
    config_file_option,
    edition_option,
    handbook_option,
    today_option,
)
from policygraph.model.edition import Edition


@click.command(name="build")
@click.option("--strict", is_flag=True, help="Fail when there is an error or a warning.")
@click.option(
    "-d",
    "--site-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the site goes; site/ unless mkdocs.yml says otherwise.",
)
@edition_option("what mkdocs.yml says, or everything")
@config_file_option
@handbook_option
@at_option
@today_option
@colour_option
@click.pass_context
def command(
    ctx: click.Context,
    strict: bool,
    site_dir: Path | None,
    edition: Edition | None,
    config_file: Path | None,
) -> None:
    """Make the website of the handbook.

    Uses the mkdocs.yml of this folder. Where there is none, or a handbook is named with --handbook, the site
    gets a plain form of its own.

    Example: policygraph build
    """
    with project(ctx, config_file) as found:
        build_site(ctx, found, strict, site_dir, edition=edition)
