"""`policygraph export FORMAT`: the handbook as data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from policygraph.cli.opening import Opened, open_handbook
from policygraph.cli.options import handbook_option, today_option
from policygraph.cli.writing import deliver
from policygraph.judging.judge import judge
from policygraph.publishing.exports.inventory import inventory_bytes
from policygraph.publishing.exports.tables import mentions_csv, references_csv, register_csv


def _pdf(opened: Opened) -> bytes:
    # Loaded only when asked for: the typesetter is an extra.
    from policygraph.cli.printing import handbook_pdf

    return handbook_pdf(opened)


_EXPORTS: dict[str, Callable[[Opened], bytes]] = {
    "json": lambda opened: inventory_bytes(judge(opened.handbook, opened.today)),
    "register": lambda opened: register_csv(judge(opened.handbook, opened.today)),
    "references": lambda opened: references_csv(opened.handbook),
    "mentions": lambda opened: mentions_csv(opened.handbook),
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
@today_option
@click.pass_context
def command(ctx: click.Context, form: str, output: Path | None, document: str | None) -> None:
    """Write the handbook as data, for spreadsheets and other programs, or as a PDF.

    \b
    FORMAT is one of:
      json        everything, for other programs (see `policygraph schema`)
      register    a table of the documents, for a spreadsheet (CSV)
      references  a table of who references whom, where and why (CSV)
      mentions    a table of names that stand in a text without a link (CSV)
      pdf         the whole handbook on paper, or one document with --document

    A cell that a spreadsheet could take for a formula has an apostrophe put before it.

    Example: policygraph export register -o register.csv
    """
    if document is not None and form != "pdf":
        raise click.UsageError("--document goes with pdf only.", ctx)
    opened = open_handbook(ctx)
    if document is not None:
        from policygraph.cli.naming import named_document
        from policygraph.cli.printing import document_pdf

        deliver(document_pdf(opened, named_document(opened, document)), output)
        return
    deliver(_EXPORTS[form](opened), output)
