"""`policygraph export FORMAT`: the handbook as data."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from policygraph.cli import oscal
from policygraph.cli.finding_formats import from_workspace
from policygraph.cli.opening import Opened, in_edition, opened
from policygraph.cli.options import at_option, edition_option, handbook_option, today_option
from policygraph.cli.wording import as_it_stood
from policygraph.cli.writing import deliver
from policygraph.model.edition import Edition
from policygraph.publishing.exports.codeowners import codeowners_text
from policygraph.publishing.exports.graphml import graphml_bytes
from policygraph.publishing.exports.inventory import inventory_bytes
from policygraph.publishing.exports.sarif import sarif_bytes
from policygraph.publishing.exports.table import csv_bytes
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.exports.workbook import workbook_bytes
from policygraph.publishing.index import Index, index_of
from policygraph.publishing.publication import SiteStyle
from policygraph.reading.git import repository_of


def _pdf(found: Opened) -> bytes:
    # Loaded only when asked for: the typesetter is an extra.
    from policygraph.cli.printing import handbook_pdf

    return handbook_pdf(found)


def _sarif(found: Opened) -> bytes:
    judgement = found.judged()
    findings = (*judgement.findings, *judgement.allowed)
    return sarif_bytes(findings, lambda file: from_workspace(found.files, file), found.handbook.settings)


def _codeowners(found: Opened) -> bytes:
    repository = repository_of(found.files.location.folder)
    root = repository.top if repository else found.files.root

    def shown(file: str) -> str:
        return Path(os.path.relpath(found.files.on_disk(file), root)).as_posix()

    return codeowners_text(found.handbook, shown).encode("utf-8", "replace")


def _index(found: Opened) -> Index:
    """What exports look up; links lead to where `policygraph build` puts the pages."""
    return index_of(found.judged(), SiteStyle(documents_at=found.handbook.folder))


def _table(name: str, found: Opened) -> bytes:
    return csv_bytes(TABLES[name].make(_index(found)))


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of export: how it is made, and what it holds in a line."""

    make: Callable[[Opened], bytes]
    what: str


def _oscal(form: str, found: Opened, framework: str | None = None) -> bytes:
    return oscal.oscal_bytes(form, _index(found), framework)


_FORMS = {
    "json": _Form(
        lambda found: inventory_bytes(found.judged()),
        "everything, for other programs (see `policygraph schema`)",
    ),
    "xlsx": _Form(lambda found: workbook_bytes(_index(found)), "every table in one workbook, with links"),
    "pdf": _Form(_pdf, "the whole handbook on paper, or one document with --document"),
    "graphml": _Form(
        lambda found: graphml_bytes(_index(found)),
        "documents, clauses and references as a graph, for yEd or Gephi",
    ),
    "codeowners": _Form(_codeowners, "who answers for which file, for the code host"),
    "sarif": _Form(_sarif, "the findings, for code hosts and editors"),
    **{name: _Form(partial(_oscal, name), what) for name, what in oscal.FORMS.items()},
    **{name: _Form(partial(_table, name), f"{table.what} (CSV)") for name, table in TABLES.items()},
}
_WIDTH = max(map(len, _FORMS)) + 2
_HELP = """Write the handbook as data, for spreadsheets and other programs, or as a PDF.

\b
FORMAT is one of:
{forms}

A cell that a spreadsheet could take for a formula has an apostrophe put before it.

Example: policygraph export register -o register.csv
""".format(forms="\n".join(f"  {name:<{_WIDTH}}{form.what}" for name, form in _FORMS.items()))


@click.command(name="export", help=_HELP)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(_FORMS)))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of printing.",
)
@click.option("--document", metavar="ID", help="With pdf: this document alone.")
@click.option("--framework", metavar="ID", help="With the OSCAL forms: the framework meant.")
@edition_option("everything")
@handbook_option
@at_option
@today_option
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    output: Path | None,
    document: str | None,
    framework: str | None,
    edition: Edition | None,
) -> None:
    """Write one form to a file, or print it."""
    if document is not None and form != "pdf":
        raise click.UsageError("--document goes with pdf only.", ctx)
    if framework is not None and form not in oscal.FORMS:
        raise click.UsageError("--framework goes with the OSCAL forms only.", ctx)
    with opened(ctx, contents=form == "pdf") as whole:
        found = in_edition(whole, edition)
        if found.moment:
            click.echo(as_it_stood(found.moment), err=True)
        if document is not None:
            content = _one(found, document)
        elif framework is not None:
            content = _oscal(form, found, framework)
        else:
            content = _FORMS[form].make(found)
    deliver(content, output)


def _one(found: Opened, document: str) -> bytes:
    from policygraph.cli.naming import named_document
    from policygraph.cli.printing import handbook_pdf

    return handbook_pdf(found, named_document(found, document))
