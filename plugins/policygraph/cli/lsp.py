"""`policygraph lsp`: help for authors in their editor."""

from __future__ import annotations

import datetime as dt
import logging
import os
import sys

import click

from policygraph import clock
from policygraph.cli.options import given_handbook, given_today, handbook_option, today_option


@click.command(name="lsp")
@click.option("--stdio", is_flag=True, expose_value=False, help="As editors ask for it; it is always so.")
@handbook_option
@today_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """Help authors in their editor (a language server).

    An editor starts it, and speaks to it on standard input and output; docs/policygraph/editors.md says how. Without
    --handbook it serves every handbook that an open file belongs to.
    """
    from policygraph.lsp.features import make_server

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="policygraph: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    given = given_today(ctx)

    def today() -> dt.date:
        try:
            return given or clock.today()
        except ValueError:
            return dt.datetime.now(dt.UTC).date()

    # While the whole handbook is judged in one thread, the other has to answer what is typed.
    sys.setswitchinterval(0.001)
    # The way to the editor is ours alone: what anything else prints goes to the log.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    make_server(today, given_handbook(ctx)).start_io(sys.stdin.buffer, answers)
