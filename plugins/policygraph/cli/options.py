"""Options that stand before or after a command's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from policygraph import clock
from policygraph.cli.terminal import wants_colour
from policygraph.model.edition import Edition

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_HANDBOOK = "policygraph.handbook"
_TODAY = "policygraph.today"
_AT = "policygraph.at"
_DAY = "policygraph.day"


def _remember(key: str) -> Callable[[click.Context, click.Parameter, object], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: object) -> None:
        if value is not None:
            ctx.meta[key] = value

    return callback


def _colour(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().color = False
        ctx.color = False
    elif ctx.color is None:
        ctx.color = wants_colour()


def handbook_option(command: Decorated) -> Decorated:
    """Add `-H/--handbook`."""
    return click.option(
        "-H",
        "--handbook",
        metavar="PATH",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_remember(_HANDBOOK),
        help="The handbook's folder or its handbook.yml. Without it: policies/ below this folder.",
    )(command)


def handbook_argument(command: Decorated) -> Decorated:
    """Let the handbook be named without `-H`, as most people type it."""
    return click.argument(
        "folder",
        metavar="[PATH]",
        required=False,
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_remember(_HANDBOOK),
    )(command)


def config_file_option(command: Decorated) -> Decorated:
    """Add `-f/--config-file`."""
    return click.option(
        "-f",
        "--config-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The site's mkdocs.yml.",
    )(command)


def edition_option(otherwise: str) -> Callable[[Decorated], Decorated]:
    """Add `--edition`; `otherwise` says what holds without it."""

    def decorate(command: Decorated) -> Decorated:
        return click.option(
            "--edition",
            type=click.Choice([edition.value for edition in Edition]),
            callback=_edition,
            help=f"Whom it is for; auditors see everything. Without it: {otherwise}.",
        )(command)

    return decorate


def _edition(ctx: click.Context, param: click.Parameter, value: str | None) -> Edition | None:
    return None if value is None else Edition(value)


def today_option(command: Decorated) -> Decorated:
    """Add `--today`."""
    return click.option(
        "--today",
        metavar="YYYY-MM-DD",
        type=click.DateTime(["%Y-%m-%d"]),
        expose_value=False,
        callback=_remember(_TODAY),
        help="The day to take for today.",
    )(command)


def at_option(command: Decorated) -> Decorated:
    """Add `--at`."""
    return click.option(
        "--at",
        metavar="DATE|REV",
        expose_value=False,
        callback=_remember(_AT),
        help="The handbook as it stood: on a day such as 2026-03-01, or at a commit, tag or branch of git.",
    )(command)


def colour_option(command: Decorated) -> Decorated:
    """Add `--no-color`."""
    return click.option(
        "--no-color",
        is_flag=True,
        expose_value=False,
        callback=_colour,
        help="Print without colours, as the environment variable NO_COLOR does.",
    )(command)


def format_option(*formats: str) -> Callable[[Decorated], Decorated]:
    """Add `--format`; the first format is the default."""

    def decorate(command: Decorated) -> Decorated:
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How to print the answer.",
        )(command)

    return decorate


def given_handbook(ctx: click.Context) -> Path | None:
    """The handbook that the user named, if any."""
    found = ctx.meta.get(_HANDBOOK)
    return found if isinstance(found, Path) else None


def name_handbook(ctx: click.Context, path: Path) -> None:
    """Take a handbook for the one that the user named."""
    ctx.meta[_HANDBOOK] = path


def given_today(ctx: click.Context) -> dt.date | None:
    """The day that the user named, if any."""
    found = ctx.meta.get(_TODAY)
    return found.date() if isinstance(found, dt.datetime) else None


def given_at(ctx: click.Context) -> str | None:
    """The day or revision at which the user wants to see the handbook, if any."""
    found = ctx.meta.get(_AT)
    return found if isinstance(found, str) else None


def go_to(ctx: click.Context, day: dt.date) -> None:
    """Take the day of the handbook that is shown for today."""
    ctx.meta[_DAY] = day


def today_of(ctx: click.Context) -> dt.date:
    """Today: as the user says, or the day at which the handbook is shown, or SOURCE_DATE_EPOCH, or the clock."""
    given = given_today(ctx)
    if given is not None:
        return given
    day = ctx.meta.get(_DAY)
    if isinstance(day, dt.date):
        return day
    try:
        return clock.today()
    except ValueError as error:
        ctx.fail(str(error))
