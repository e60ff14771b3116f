"""`policygraph report --since REV`: what a branch means for everybody else, as a comment on a pull request."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import Files, locate_handbook, open_both
from policygraph.cli.options import colour_option, format_option, handbook_option, today_of, today_option
from policygraph.cli.writing import deliver
from policygraph.judging.consequences import consequences
from policygraph.judging.judge import judge
from policygraph.publishing.change_report import MARKER, MOST_CHARACTERS, ReportStyle, report_markdown
from policygraph.publishing.exports.consequences import consequences_data
from policygraph.reading.git import repository_of
from policygraph.reading.handbook_files import load_settings
from policygraph.reading.moment import NoHandbookError, moment_of

_FIRST = "This branch brings the first handbook: there is nothing yet that it could be compared with."
_NUMBER = re.compile(r"[#!]?[0-9]{1,9}")


def _number(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if not value:
        return ""
    if not _NUMBER.fullmatch(value):
        raise click.BadParameter(
            f"'{value[:40]}' is no number of a pull request, such as 12, #12 or !12.", ctx
        )
    return value if value[0] in "#!" else f"#{value}"


@click.command(name="report")
@click.option(
    "--since",
    required=True,
    metavar="REV",
    help="What the branch goes back to: origin/main, or any commit, tag, branch or day.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of printing.",
)
@click.option("--always", is_flag=True, help="Write one line where there is nothing to say.")
@click.option(
    "--pull-request",
    metavar="NUMBER",
    callback=_number,
    help="The number of the pull request, for the entry of the review log that the report offers.",
)
@click.option(
    "--most-characters",
    metavar="NUMBER",
    type=click.IntRange(1000, 1_000_000),
    default=MOST_CHARACTERS,
    show_default=True,
    help="How long the comment may be. GitHub takes 65,536 characters, GitLab a million.",
)
@handbook_option
@format_option("markdown", "json")
@today_option
@colour_option
@click.pass_context
def command(
    ctx: click.Context,
    since: str,
    output: Path | None,
    always: bool,
    pull_request: str,
    most_characters: int,
    form: str,
) -> None:
    """Say what a branch means for everybody else, as a comment on its pull request.

    New findings come first; then what changed in plain words and word by word, who relies on it, references,
    questions and clauses, approvals that no longer hold, and what an approver adds to approve. Nothing is written
    where the branch concerns nobody else.

    The branch is compared with the commit at which it left REV, so that what has happened there since is not
    counted. Both sides are judged on one day: what the calendar alone has made wrong is not the branch's.

    Example: policygraph report --since origin/main
    """
    try:
        old, new = open_both(ctx, _fork(ctx, since), None)
    except NoHandbookError:
        if form == "json":
            raise
        deliver(f"{MARKER}\n{_FIRST}\n".encode(), output)
        return
    found = consequences(judge(old.handbook, new.today), judge(new.handbook, new.today))
    if form == "json":
        text = json.dumps(consequences_data(found), indent=2, ensure_ascii=False) + "\n"
    else:
        named = _from_the_top(new.files)
        text = report_markdown(found, ReportStyle(since, pull_request, always, most_characters, named))
    deliver(text.encode("utf-8", "replace"), output)


def _from_the_top(files: Files) -> Callable[[str], str]:
    """Names files as the repository does."""
    repository = repository_of(files.location.folder)
    top = repository.top if repository is not None else files.root

    def named(file: str) -> str:
        return Path(os.path.relpath(files.on_disk(file), top)).as_posix()

    return named


def _fork(ctx: click.Context, since: str) -> str:
    """The commit at which the branch left another one."""
    location = locate_handbook(ctx)
    repository = repository_of(location.folder)
    if repository is None:
        raise Refusal("That needs the history of the handbook, but this folder is not in a git repository.")
    moment = moment_of(repository, since, load_settings(location).branch, today_of(ctx))
    return repository.common_ancestor(moment.commit, "HEAD") or moment.commit
