"""`policygraph init DIR`: start a handbook, or take documents that exist already."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.options import colour_option
from policygraph.cli.starting.organisation import UNNAMED
from policygraph.cli.starting.placing import in_the_way, place
from policygraph.cli.starting.starters import COURTESIES, FOLDER, STARTERS, Wishes, project_files
from policygraph.cli.starting.yaml_values import on_one_line
from policygraph.cli.terminal import plain, wrapped
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.files import SETTINGS, walk
from policygraph.reading.values import nearest

_ADOPT = "adopt"
_LONGEST_NAME = 100


@click.command(name="init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="The organisation's name, as it is to stand in the handbook.")
@click.option(
    "--starter",
    type=click.Choice([*STARTERS]),
    help="What to start from: " + "; ".join(f"{name}: {what}" for name, what in STARTERS.items()) + ".",
)
@click.option("--keeper", metavar="PERSON", help="Who keeps the handbook.")
@click.option(
    "--framework",
    "frameworks",
    multiple=True,
    metavar="ID",
    help=f"A standard or law you work to: {', '.join(SHIPPED)}. May be given several times.",
)
@click.option(
    "--adopt",
    is_flag=True,
    help="Take the Markdown files that are there as they are: write only a handbook.yml that says how to read them.",
)
@click.option(
    "-y", "--yes", is_flag=True, help="Ask nothing; take what the options say, and the usual elsewhere."
)
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@colour_option
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    name: str | None,
    starter: str | None,
    keeper: str | None,
    frameworks: tuple[str, ...],
    adopt: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Start a handbook in a folder, or take documents that exist already.

    Asks at most three questions, each with an answer to fall back on; none with --yes, or where nobody is there
    to answer. No file is ever overwritten: either everything is written, or nothing.

    \b
    Examples:
      policygraph init handbook
      policygraph init handbook --starter aims --name "Blue Lake Ltd"
      policygraph init . --adopt
    """
    if adopt and (starter or keeper or frameworks):
        raise click.UsageError(
            "--adopt takes what is there, so leave --starter, --keeper and --framework out.", ctx
        )
    if starter == "aims" and frameworks:
        raise click.UsageError("The starter aims comes with its frameworks, so leave --framework out.", ctx)
    _refuse_file(folder)
    ask = not yes and _somebody_answers()
    if adopt:
        from policygraph.cli.starting.adopting import adopt_folder

        adopt_folder(ctx, folder, _given(name, "--name"), dry_run)
        return
    _refuse_handbook(folder)
    wishes = Wishes(frameworks=_frameworks(frameworks))
    wishes = _asked(wishes, name, starter, keeper) if ask else _taken(wishes, name, starter, keeper)
    _write(folder, wishes, dry_run)


def _somebody_answers() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _refuse_file(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is a file; name a folder for the handbook.")


def _refuse_handbook(folder: Path) -> None:
    """Nothing is started where there is a handbook, or the documents of one."""
    for settings in (folder / SETTINGS, folder / FOLDER / SETTINGS):
        if settings.exists():
            raise Refusal(f"There is a handbook already: {settings}. Nothing was written.")
    documents = folder / FOLDER
    if documents.is_dir() and (found := walk(documents, FOLDER, (), "registers").markdown):
        raise Refusal(
            f"{documents} holds {_counted(len(found), 'document')} already. To take what is there as it is: "
            f"policygraph init {shlex.quote(str(folder))} --adopt"
        )


def _frameworks(given: tuple[str, ...]) -> tuple[str, ...]:
    for name in given:
        if name.lower() not in SHIPPED:
            near = nearest(name, SHIPPED)
            hint = f" Did you mean '{near}'?" if near else f" There are: {', '.join(SHIPPED)}."
            raise Refusal(f"There is no framework '{name}' among those that come with policygraph.{hint}")
    return tuple(dict.fromkeys(name.lower() for name in given))


def _given(text: str | None, option: str) -> str:
    """What was typed, on one line; nothing where nothing was."""
    line = on_one_line(text or "")
    if text is not None and not line:
        raise Refusal(f"{option} is empty.")
    if len(line) > _LONGEST_NAME:
        raise Refusal(f"{option} is longer than {_LONGEST_NAME} characters.")
    return line


def _taken(wishes: Wishes, name: str | None, starter: str | None, keeper: str | None) -> Wishes:
    return replace(
        wishes,
        organisation=_given(name, "--name") or UNNAMED,
        starter=starter or wishes.starter,
        keeper=_given(keeper, "--keeper"),
    )


def _asked(wishes: Wishes, name: str | None, starter: str | None, keeper: str | None) -> Wishes:
    """Ask for what no option has said."""
    if name is None:
        answer = click.prompt("What is your organisation called?", default=UNNAMED, err=True)
        name = None if answer == UNNAMED else answer
    if starter is None:
        for one, what in STARTERS.items():
            click.echo(f"  {one:<6} {what}", err=True)
        choice = click.Choice([*STARTERS])
        starter = click.prompt(
            "What do you want to start from?", default=wishes.starter, type=choice, err=True
        )
    if keeper is None:
        answer = click.prompt("Who keeps the handbook? (a person's name)", default="nobody yet", err=True)
        keeper = None if answer == "nobody yet" else answer
    return _taken(wishes, name, starter, keeper)


def _write(folder: Path, wishes: Wishes, dry_run: bool) -> None:
    files = project_files(wishes)
    taken = in_the_way(folder, files)
    kept = [name for name in taken if name in COURTESIES]
    if refused := [name for name in taken if name not in COURTESIES]:
        listed = "".join(f"\n  {plain((folder / name).as_posix())}" for name in refused)
        raise _InTheWay(f"These are there already, so nothing was written:{listed}")
    files = {name: content for name, content in files.items() if name not in kept}
    if dry_run:
        for name in files:
            click.echo(plain((folder / name).as_posix()))
        click.echo(f"{_counted(len(files), 'file')} would be written.", err=True)
        return
    place(folder, files)
    _tell(folder, files, kept)


class _InTheWay(Refusal):
    """A refusal with a list, one file a line."""

    def show(self, file: object = None) -> None:
        """Print the message."""
        click.echo(click.style("policygraph:", fg="red", bold=True) + f" {self.message}", err=True)


def _tell(folder: Path, files: Iterable[str], kept: list[str]) -> None:
    documents = sum(name.startswith(f"{FOLDER}/") and name.endswith(".md") for name in files)
    here = os.path.relpath(folder) == "."
    where = "this folder" if here else plain(str(folder))
    click.echo(f"A handbook with {_counted(documents, 'document')} is in {where}.")
    for path, what in _CONTENTS:
        click.echo(f"  {path:<37} {what}")
    for name in kept:
        click.echo(wrapped(f"{name} was there already and stays as it is.", "  "))
    click.echo("\nSee it in your browser:")
    if not here:
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  policygraph serve --open")


_CONTENTS = (
    (f"{FOLDER}/", "the documents"),
    (f"{FOLDER}/handbook.yml", "the settings"),
    (f"{FOLDER}/registers/organisation.yml", "who holds which role"),
    (f"{FOLDER}/registers/terms.yml", "the words you use"),
    ("mkdocs.yml", "how the website looks"),
    (".github/, .gitlab-ci.yml", "checks of every change, and each night"),
)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
