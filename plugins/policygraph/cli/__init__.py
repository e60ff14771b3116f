"""The command line. Each command is a module of this package, loaded when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from difflib import get_close_matches
from typing import Any, cast

import click

from policygraph import __version__
from policygraph.cli.options import colour_option, handbook_option, today_option

COMMANDS = {
    "init": "Start a handbook in a folder, or take documents that exist already.",
    "new": "Add a document from a template, with the next id.",
    "check": "Say what is wrong with the handbook, and where.",
    "build": "Make the website of the handbook.",
    "serve": "Show the handbook in a browser while you write.",
    "show": "Show what is known about one document.",
    "why": "Say why one document references another, or why it does not.",
    "diff": "Say what changed in the handbook between two days or commits.",
    "report": "Say what a branch means for everybody else, as a comment on its pull request.",
    "impact": "Say what else is concerned when a document changes.",
    "records": "Test that the records which documents name are where they should be.",
    "review": "Write down that somebody has looked at a document, and what came of it.",
    "rules": "List the rules of `check`, or explain one of them.",
    "export": "Write the handbook as data, for spreadsheets and other programs, or as a PDF.",
    "pack": "Pack everything an auditor takes away into one zip file.",
    "render": "Write the handbook as plain Markdown pages for another site builder.",
    "lsp": "Help authors in their editor (a language server).",
    "schema": "Print the form of a file, so that an editor can help you write it.",
}
"""Every command with its first line of help, which stands here so that `--help` need not load them."""


class _Commands(click.Group):
    """A group that loads a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"policygraph.cli.{cmd_name}")
        return cast("click.Command", module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        from policygraph.cli.failure import translated

        try:
            with translated():
                result = super().invoke(ctx)
                sys.stdout.flush()
                return result
        except BrokenPipeError:
            # Whoever read our output has had enough, as `head` does: end as a program that a closed pipe ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(141)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start in the folder that holds your policies/ folder, and type: policygraph check",
)
@handbook_option
@today_option
@colour_option
@click.version_option(__version__, "-V", "--version", message="policygraph %(version)s")
def cli() -> None:
    """Turn a folder of policies into a handbook in which every document says what it references and why.

    Documents are named by their id (AI-06), in capitals or not; a title or a file name does as well.

    Exit codes: 0 nothing to report, 1 findings, 2 wrong use or broken settings.
    """


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a stand-in instead of ending the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli(prog_name="policygraph")
