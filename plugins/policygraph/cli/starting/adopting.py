"""Taking documents as they are: what is found is written into a handbook.yml, and no document is touched."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.options import today_of
from policygraph.cli.starting.guesses import Guess, Guesses, guess
from policygraph.cli.starting.placing import place
from policygraph.cli.starting.starters import FOLDER
from policygraph.cli.starting.survey import Survey, survey
from policygraph.cli.starting.yaml_values import on_one_line, quoted, typed
from policygraph.cli.terminal import ProgressLine, plain, wrapped
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.document import Origin
from policygraph.model.finding import Severity
from policygraph.reading.files import SETTINGS, Location, walk
from policygraph.reading.handbook_files import read_handbook
from policygraph.reading.settings_file import read_settings
from policygraph.resolving.resolve import resolve
from policygraph.settings import FIELD_NAMES, SettingsError

_WIDEST = 60
_NOT_DOCUMENTS = ("SUMMARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "LICENSE.md")
"""Files that stand beside documents in a repository, and are none."""
_NOT_OURS = ("node_modules", "vendor", "venv", "site")
"""Folders that programs fill."""


def adopt_folder(ctx: click.Context, given: Path, name: str, dry_run: bool) -> None:
    """Look at the documents of a folder, say what was found, and write the handbook.yml that reads them."""
    folder = _documents(given)
    settings = folder / SETTINGS
    if settings.exists() or settings.is_symlink():
        raise Refusal(f"There is a handbook already: {settings}. Nothing was written.")
    line = ProgressLine()
    try:
        left_out = _beside_documents(folder)
        found = survey(folder, left_out, line)
        if not found.bodies:
            raise Refusal(f"{folder} holds no document: only {', '.join(left_out)}. Nothing was written.")
        guesses = guess(found)
        title = (
            name
            or folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
            or "Handbook"
        )
        text = settings_text(title, found, guesses, left_out)
        judgement = _tried(ctx, folder, text, line)
    finally:
        line.clear()
    _tell(found, guesses, left_out)
    _tell_trial(judgement, folder)
    if dry_run:
        click.echo(f"\nThis would be written to {plain(str(settings))}:\n")
        click.echo("\n".join(plain(one) for one in text.rstrip("\n").split("\n")))
        return
    place(folder, {SETTINGS: text.encode("utf-8")})
    click.echo(f"\nWritten: {plain(str(settings))}. No document was changed. Next:")
    where = "" if folder.resolve() in (Path.cwd(), Path.cwd() / FOLDER) else f" -H {shlex.quote(str(folder))}"
    click.echo(f"  policygraph check{where}")
    click.echo(f"  policygraph serve --open{where}")


def _documents(given: Path) -> Path:
    """The folder that holds the documents."""
    if not given.is_dir():
        raise Refusal(f"There is no folder {given}.")
    for folder in (given / FOLDER, given):
        if folder.is_dir() and walk(folder, "", (), "registers").markdown:
            return folder
    raise Refusal(f"{given} holds no Markdown file that could be taken. To start anew, leave --adopt out.")


def _tried(ctx: click.Context, folder: Path, text: str, line: ProgressLine) -> Judgement:
    """Read the documents by the settings that are proposed."""
    settings = folder.resolve() / SETTINGS
    try:
        read = read_settings(text, str(settings))
    except SettingsError as error:
        raise Refusal(f"No settings could be made out for these documents: {error.message}") from None
    sources = read_handbook(Location(settings, folder.resolve()), read, line)
    return judge(resolve(sources, line), today_of(ctx))


def settings_text(title: str, found: Survey, guesses: Guesses, left_out: tuple[str, ...]) -> str:
    """The handbook.yml that reads the documents, with the ground for each line as a comment."""
    lines = [
        "# How policygraph reads these documents. Written by `policygraph init --adopt`; correct what is wrong."
    ]
    lines.append(f"name: {quoted(title)}")
    if left_out:
        lines.append(f"exclude: [{', '.join(left_out)}]")
    lines += _fields(found, guesses)
    if guesses.id_pattern:
        lines += [_comment(guesses.id_pattern_ground), f"id_pattern: {guesses.id_pattern}"]
    if guesses.statuses:
        lines.append("statuses:")
        lines += [f"  {typed(word)}: {status.value}" for word, status in guesses.statuses.items()]
    if guesses.unread:
        lines.append(_comment(f"What do these words mean? {', '.join(guesses.unread[:10])}"))
    if guesses.types:
        lines.append(f"types: [{', '.join(map(typed, guesses.types))}]")
    if guesses.others:
        lines.append(f"ignore_keys: [{', '.join(map(typed, guesses.others))}]")
    lines += _until_they_do({one.field for one in guesses.fields})
    return "\n".join(lines) + "\n"


def _until_they_do(fields: set[str]) -> list[str]:
    """How to keep the check quiet about what no document has; left to whoever reads the file."""
    asked = (
        ("owner", "PG403", "an owner"),
        ("summary", "PG404", "a summary"),
        ("why", "PG408", "a line that says why it matters"),
    )
    rules = {code: words for field, code, words in asked if field not in fields}
    if not rules:
        return []
    return [
        _comment(f"No document has {' or '.join(rules.values())}, and `policygraph check` says so for each."),
        "# To have it say so later, take away the # before the next line:",
        f"# rules: {{{', '.join(f'{code}: off' for code in rules)}}}",
    ]


def _beside_documents(folder: Path) -> tuple[str, ...]:
    """Patterns for what lies in the folder, and is no document."""
    files = [name for name in _NOT_DOCUMENTS if (folder / name).is_file()]
    return (*files, *(f"{name}/" for name in _NOT_OURS if (folder / name).is_dir()))


def _fields(found: Survey, guesses: Guesses) -> list[str]:
    """The mapping of fields, for those whose keys have other names than ours."""
    lines = []
    for field in FIELD_NAMES:
        meant = [one for one in guesses.fields if one.field == field]
        if not meant or (len(meant) == 1 and meant[0].key == field and not meant[0].relation):
            continue
        lines += [_comment(f"{one.key}: {_where(one, found)}; {one.ground}", "  ") for one in meant]
        sources = [
            f"{{from: {typed(one.key)}, relation: {one.relation}}}" if one.relation else typed(one.key)
            for one in meant
        ]
        together = sources[0] if len(sources) == 1 else f"[{', '.join(sources)}]"
        lines.append(f"  {field}: {together}")
    return ["fields:", *lines] if lines else []


def _comment(text: str, indent: str = "") -> str:
    return f"{indent}# {on_one_line(text)}"


def _where(one: Guess, found: Survey) -> str:
    return f"in {one.found} of {len(found.bodies)} documents"


def _tell(found: Survey, guesses: Guesses, left_out: tuple[str, ...]) -> None:
    number = len(found.bodies)
    click.echo(f"{_counted(number, 'Markdown file')}, {found.with_front_matter} with front matter.")
    if left_out:
        click.echo(f"Left out, because they are no documents: {', '.join(left_out)}.")
    if guesses.fields:
        click.echo("\nWhat your keys seem to mean:")
    for one in guesses.fields:
        meaning = f"{one.field} ({one.relation})" if one.relation else one.field
        sure = "sure" if one.sure else click.style("a guess", fg="yellow")
        examples = ", ".join(_short(text) for text in found.keys[one.key].examples())
        click.echo(f"  {plain(one.key):<18} {meaning:<24} {_where(one, found)}, {sure}")
        click.echo(wrapped(f"{one.ground}; for example {examples}", " " * 21))
    if guesses.id_pattern:
        click.echo(
            wrapped(f"Ids in the text look like {guesses.id_pattern}: {guesses.id_pattern_ground}.", "  ")
        )
    if guesses.statuses:
        words = ", ".join(f"{word} = {status.value}" for word, status in guesses.statuses.items())
        click.echo(wrapped(f"Words for the status: {words}.", "  "))
    if guesses.unread:
        click.echo(
            wrapped(f"Words for the status that are not understood: {', '.join(guesses.unread[:10])}.", "  ")
        )
    if guesses.others:
        click.echo(wrapped(f"Keys left aside: {', '.join(guesses.others)}.", "  "))


def _tell_trial(judgement: Judgement, folder: Path) -> None:
    handbook = judgement.case.handbook
    declared = sum(
        occurrence.origin is Origin.FRONT_MATTER
        for reference in handbook.references
        for occurrence in reference.occurrences
    )
    errors = [finding for finding in judgement.findings if finding.severity is Severity.ERROR]
    click.echo(
        f"\nRead like this: {_counted(len(handbook.documents), 'document')}, "
        f"{_counted(len(handbook.references), 'reference')} ({declared} declared in front matter), "
        f"{_counted(len(errors), 'error')}."
    )
    for finding in errors[:3]:
        file = Path(os.path.relpath(folder.resolve().parent / finding.place.file)).as_posix()
        place = f"{file}:{finding.place.line}:{finding.place.column}"
        click.echo(wrapped(f"{place}: {finding.message}", "    ", "  "))
    if len(errors) > 3:
        click.echo(f"  … and {len(errors) - 3} more; `policygraph check` shows them all.")


def _short(text: str) -> str:
    line = on_one_line(text)
    return line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
