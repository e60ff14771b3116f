"""`policygraph export FORMAT`: the handbook as data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from policygraph.cli.opening import Opened, opened
from policygraph.cli.options import at_option, handbook_option, today_option
from policygraph.cli.wording import as_it_stood
from policygraph.cli.writing import deliver
from policygraph.judging.judge import judge
from policygraph.publishing.exports.inventory import inventory_bytes
from policygraph.publishing.exports.table import csv_bytes
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.exports.workbook import workbook_bytes
from policygraph.publishing.index import Index, index_of
from policygraph.publishing.publication import SiteStyle


def _pdf(found: Opened) -> bytes:
    # Loaded only when asked for: the typesetter is an extra.
    from policygraph.cli.printing import handbook_pdf

    return handbook_pdf(found)


def _index(found: Opened) -> Index:
    """What exports look up; links lead to where `policygraph build` puts the pages."""
    return index_of(judge(found.handbook, found.today), SiteStyle(documents_at=found.handbook.folder))


def _table(name: str, found: Opened) -> bytes:
    return csv_bytes(TABLES[name](_index(found)))


_EXPORTS: dict[str, Callable[[Opened], bytes]] = {
    "json": lambda found: inventory_bytes(judge(found.handbook, found.today)),
    "xlsx": lambda found: workbook_bytes(_index(found)),
    **{name: partial(_table, name) for name in TABLES},
    "pdf": _pdf,
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
@click.option("--document", metavar="ID", help="With pdf: this document alone.")
@handbook_option
@at_option
@today_option
@click.pass_context
def command(ctx: click.Context, form: str, output: Path | None, document: str | None) -> None:
    """Write the handbook as data, for spreadsheets and other programs, or as a PDF.

    \b
    FORMAT is one of:
      json        everything, for other programs (see `policygraph schema`)
      xlsx        every table below in one workbook, with filters and links
      register    a table of the documents, for a spreadsheet (CSV)
      references  a table of who references whom, where and why (CSV)
      mentions    a table of names that stand in a text without a link (CSV)
      pdf         the whole handbook on paper, or one document with --document

    A cell that a spreadsheet could take for a formula has an apostrophe put before it.

    Example: policygraph export register -o register.csv
    """
    if document is not None and form != "pdf":
        raise click.UsageError("--document goes with pdf only.", ctx)
    with opened(ctx, contents=form == "pdf") as found:
        if found.moment:
            click.echo(as_it_stood(found.moment), err=True)
        content = _one(found, document) if document is not None else _EXPORTS[form](found)
    deliver(content, output)


def _one(found: Opened, document: str) -> bytes:
    from policygraph.cli.naming import named_document
    from policygraph.cli.printing import handbook_pdf

    return handbook_pdf(found, named_document(found, document))
