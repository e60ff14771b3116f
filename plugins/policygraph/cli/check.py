"""`policygraph check`: what is wrong with the handbook, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.finding_formats import Report, as_github, as_json, as_sarif, as_text
from policygraph.cli.opening import Opened, open_handbook
from policygraph.cli.options import (
    colour_option,
    format_option,
    handbook_argument,
    handbook_option,
    today_option,
)
from policygraph.cli.rule_names import rule_codes
from policygraph.cli.terminal import ProgressLine
from policygraph.judging.judge import chosen, judge
from policygraph.judging.judgement import Judgement
from policygraph.model.finding import Finding, Severity

if TYPE_CHECKING:
    from policygraph.reading.touched import Touched

_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")


@click.command(name="check")
@handbook_argument
@handbook_option
@format_option(*_FORMATS)
@click.option(
    "--fix",
    is_flag=True,
    help="Put right what is safe to put right: what nearly always is meant so, and changes nothing that is demanded.",
)
@click.option("--unsafe", is_flag=True, help="With --fix: also what you should read before you agree to it.")
@click.option(
    "--diff", "show_diff", is_flag=True, help="Show what --fix would change, line by line, and write nothing."
)
@click.option(
    "--changed-since",
    metavar="REV",
    help="Look only at what has changed since this branch left REV (a branch, a tag or a commit of git), and at "
    "the documents that this affects.",
)
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
    fix: bool,
    unsafe: bool,
    show_diff: bool,
    changed_since: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    calendar: bool,
) -> None:
    """Say what is wrong with the handbook, and where.

    PATH is the handbook's folder or its handbook.yml; without it, policies/ below this folder.

    Every finding has its place, a code and a way to put it right; `policygraph rules CODE` explains it. With --fix,
    whatever can be put right without asking is; see it first with --diff.

    \b
    Exit codes:
      0  nothing to report
      1  there are errors (or findings as serious as --severity says); after --fix, those that are left
      2  wrong use, or settings that cannot be used
    """
    if unsafe and not (fix or show_diff):
        raise click.UsageError("--unsafe goes with --fix or --diff.", ctx)
    asked = _Chosen(rule_codes(select), rule_codes(ignore), severity)
    opened = open_handbook(ctx)
    if changed_since is not None:
        asked.touched = _touched(opened, changed_since)
    if fix or show_diff:
        opened, judgement = _mend(opened, asked, unsafe=unsafe, show_diff=show_diff)
        if show_diff:
            form = ""
    else:
        judgement = judge(opened.handbook, opened.today, asked.selected, asked.ignored)
    threshold = Severity(severity) if severity else Severity.ERROR
    shown = asked.of(judgement)
    hidden = len(asked.of(judgement, whatever=True)) - len(shown)
    allowed = sum(1 for f in judgement.allowed if chosen(f.code, asked.selected, asked.ignored))
    report = Report(opened, shown, hidden, allowed, threshold)
    if form:
        click.echo(_formatted(report, form))
    if not opened.handbook.documents:
        # Most likely the wrong folder; a check of nothing must not look like a clean one.
        raise Refusal(f"{opened.files.shown(opened.handbook.folder)} holds no Markdown file.")
    if any(f.severity.rank <= threshold.rank and (calendar or not f.calendar) for f in shown):
        ctx.exit(1)


@dataclass(slots=True)
class _Chosen:
    """The findings that the user has asked for."""

    selected: tuple[str, ...]
    ignored: tuple[str, ...]
    severity: str | None
    touched: Touched | None = None

    def of(self, judgement: Judgement, *, whatever: bool = False) -> tuple[Finding, ...]:
        """Those of a judgement; `whatever` they weigh, if so."""
        lightest = Severity(self.severity) if self.severity and not whatever else Severity.INFO
        found = tuple(
            f
            for f in judgement.findings
            if f.severity.rank <= lightest.rank and chosen(f.code, self.selected, self.ignored)
        )
        if self.touched is None:
            return found
        from policygraph.judging.concerned import concerned_by

        concerned = concerned_by(judgement.case, self.touched)
        return tuple(f for f in found if concerned.holds(f))


def _touched(opened: Opened, revision: str) -> Touched:
    from policygraph.reading.git import repository_of
    from policygraph.reading.touched import touched_since

    repository = repository_of(opened.files.documents)
    if repository is None:
        raise Refusal("--changed-since needs git, but this folder is not in a git repository.")
    uncommitted = opened.handbook.history.uncommitted
    return touched_since(repository, revision, opened.files.root, opened.handbook.settings, uncommitted)


def _mend(opened: Opened, asked: _Chosen, *, unsafe: bool, show_diff: bool) -> tuple[Opened, Judgement]:
    """Apply fixes, or show them; the handbook and what is found in it afterwards."""
    from policygraph.cli import mending

    line = ProgressLine()
    try:
        result = mending.mended(opened, asked.of, unsafe=unsafe, progress=line)
    finally:
        line.clear()
    if show_diff:
        if result.changed:
            click.echo(mending.diff(result, opened.files))
        click.echo(mending.summary(result, opened.files, written=False), err=True)
        return opened, judge(opened.handbook, opened.today, asked.selected, asked.ignored)
    mending.write(result, opened.files)
    click.echo(mending.summary(result, opened.files, written=True), err=True)
    return result.opened, result.judgement


def _formatted(report: Report, form: str) -> str:
    if form in ("gitlab", "junit", "markdown"):
        from policygraph.cli import pipeline_formats as formats

        found = {"gitlab": formats.as_gitlab, "junit": formats.as_junit, "markdown": formats.as_markdown}
        return found[form](report)
    return {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}[form](report)
