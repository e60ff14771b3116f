"""`policygraph check`: what is wrong with the handbook, and where."""

from __future__ import annotations

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.finding_formats import Report, as_github, as_json, as_sarif, as_text
from policygraph.cli.opening import open_handbook
from policygraph.cli.options import (
    colour_option,
    format_option,
    handbook_argument,
    handbook_option,
    today_option,
)
from policygraph.cli.rule_names import rule_codes
from policygraph.judging.judge import judge
from policygraph.model.finding import Severity

_FORMATS = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}


@click.command(name="check")
@handbook_argument
@handbook_option
@format_option("text", "json", "github", "sarif")
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Run only these rules: codes or how they begin (PG2), with commas between them.",
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave these rules out.")
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    help="Show only findings as serious as this or more so, and end with exit code 1 if there is one. "
    "Without it everything is shown, and only errors count.",
)
@click.option(
    "--calendar/--no-calendar",
    default=True,
    help="Whether what only the passing of time has made wrong (overdue, expired) counts for the exit code. "
    "A pull request is checked with --no-calendar, a nightly run without.",
)
@today_option
@colour_option
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    calendar: bool,
) -> None:
    """Say what is wrong with the handbook, and where.

    PATH is the handbook's folder or its handbook.yml; without it, policies/ below this folder.

    Every finding has its place, a code and a way to put it right; `policygraph rules CODE` explains it.

    \b
    Exit codes:
      0  nothing to report
      1  there are errors (or findings as serious as --severity says)
      2  wrong use, or settings that cannot be used
    """
    selected, ignored = rule_codes(select), rule_codes(ignore)
    opened = open_handbook(ctx)
    judgement = judge(opened.handbook, opened.today, selected, ignored)
    threshold = Severity(severity) if severity else Severity.ERROR
    lightest = threshold if severity else Severity.INFO
    shown = tuple(f for f in judgement.findings if f.severity.rank <= lightest.rank)
    hidden = len(judgement.findings) - len(shown)
    report = Report(opened, shown, hidden, len(judgement.allowed))
    click.echo(_FORMATS[form](report))
    if not opened.handbook.documents:
        # Most likely the wrong folder; a check of nothing must not look like a clean one.
        raise Refusal(f"{opened.files.shown(opened.handbook.folder)} holds no Markdown file.")
    if any(f.severity.rank <= threshold.rank and (calendar or not f.calendar) for f in shown):
        ctx.exit(1)
