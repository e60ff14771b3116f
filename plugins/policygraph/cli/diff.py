"""`policygraph diff REV1 [REV2]`: what changed between two states of the handbook."""

from __future__ import annotations

import json
from pathlib import Path

import click

from policygraph.cli.opening import open_both
from policygraph.cli.options import colour_option, format_option, handbook_option, today_option
from policygraph.cli.terminal import plain
from policygraph.cli.writing import deliver
from policygraph.judging.case import Case
from policygraph.judging.comparison import compare
from policygraph.publishing.exports.comparison import comparison_data, comparison_markdown


@click.command(name="diff")
@click.argument("before", metavar="REV1")
@click.argument("after", metavar="[REV2]", required=False)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of printing.",
)
@handbook_option
@format_option("markdown", "json")
@today_option
@colour_option
@click.pass_context
def command(ctx: click.Context, before: str, after: str | None, output: Path | None, form: str) -> None:
    """Say what changed in the handbook between two days or commits.

    REV1 and REV2 are days (2026-03-01) or commits, tags or branches of git; without REV2, the files on disk.
    Shows documents added, removed, renamed and changed (in substance or editorially), references gained and
    lost, clauses better or less covered, and questions opened and answered.

    Each side is judged on its own day. With --today both are judged on one day, so that only what somebody has
    written makes a difference.

    Example: policygraph diff 2025-11-01
    """
    if after is None and ".." in before and "..." not in before:
        # As people write it for git.
        before, _, after = before.partition("..")
    old, new = open_both(ctx, before, after or None)
    comparison = compare(Case(old.handbook, old.today), Case(new.handbook, new.today))
    if form == "json":
        text = json.dumps(comparison_data(comparison), indent=2, ensure_ascii=False) + "\n"
    else:
        text = "".join(f"{plain(line)}\n" for line in comparison_markdown(comparison).splitlines())
    deliver(text.encode("utf-8", "replace"), output)
