"""`policygraph export FORMAT`: the handbook as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from policygraph.cli.opening import open_handbook
from policygraph.cli.options import handbook_option, today_of, today_option
from policygraph.cli.writing import deliver
from policygraph.judging.judge import judge
from policygraph.publishing.exports.inventory import inventory_bytes
from policygraph.publishing.exports.tables import mentions_csv, references_csv, register_csv
from policygraph.resolving.handbook import Handbook


def _json(handbook: Handbook, today: dt.date) -> bytes:
    return inventory_bytes(judge(handbook, today))


def _register(handbook: Handbook, today: dt.date) -> bytes:
    return register_csv(judge(handbook, today))


_EXPORTS: dict[str, Callable[[Handbook, dt.date], bytes]] = {
    "json": _json,
    "register": _register,
    "references": lambda handbook, today: references_csv(handbook),
    "mentions": lambda handbook, today: mentions_csv(handbook),
}


@click.command(name="export")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(_EXPORTS)))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of printing.",
)
@handbook_option
@today_option
@click.pass_context
def command(ctx: click.Context, form: str, output: Path | None) -> None:
    """Write the handbook as data, for spreadsheets and other programs.

    \b
    FORMAT is one of:
      json        everything, for other programs (see `policygraph schema`)
      register    a table of the documents, for a spreadsheet (CSV)
      references  a table of who references whom, where and why (CSV)
      mentions    a table of names that stand in a text without a link (CSV)

    A cell that a spreadsheet could take for a formula has an apostrophe put before it.

    Example: policygraph export register -o register.csv
    """
    content = _EXPORTS[form](open_handbook(ctx).handbook, today_of(ctx))
    deliver(content, output)
