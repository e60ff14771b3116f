"""`policygraph serve`: the handbook in a browser, made anew whenever a file is saved."""

from __future__ import annotations

from pathlib import Path

import click

from policygraph.cli.engine import project, serve_site
from policygraph.cli.options import (
    colour_option,
    config_file_option,
    edition_option,
    handbook_option,
    today_option,
)
from policygraph.model.edition import Edition


@click.command(name="serve")
@click.option(
    "-a",
    "--dev-addr",
    metavar="HOST:PORT",
    help="The address to serve at; 127.0.0.1:8000 unless mkdocs.yml says otherwise.",
)
@click.option("-o", "--open", "browser", is_flag=True, help="Open the browser.")
@click.option("--strict", is_flag=True, help="Stop when there is an error or a warning.")
@edition_option("what mkdocs.yml says, or everything")
@config_file_option
@handbook_option
@today_option
@colour_option
@click.pass_context
def command(
    ctx: click.Context,
    dev_addr: str | None,
    browser: bool,
    strict: bool,
    edition: Edition | None,
    config_file: Path | None,
) -> None:
    """Show the handbook in a browser while you write.

    The pages are made anew whenever a file is saved. Stop it with Ctrl+C.

    Example: policygraph serve --open
    """
    with project(ctx, config_file) as found:
        serve_site(ctx, found, strict, dev_addr, browser, edition)
