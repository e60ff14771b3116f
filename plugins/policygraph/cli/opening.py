"""Opening a handbook for a command, and naming its files from where the user stands."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from policygraph import garbage
from policygraph.cli.failure import Refusal
from policygraph.cli.options import given_at, given_handbook, given_today, go_to, today_of
from policygraph.cli.terminal import ProgressLine
from policygraph.judging.edition import judge_edition
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.edition import Edition
from policygraph.model.history import Moment
from policygraph.model.place import Place
from policygraph.reading.files import Location, locate
from policygraph.reading.git import repository_of
from policygraph.reading.handbook_files import Unsaved, documents_folder, load_settings, read_handbook
from policygraph.reading.moment import moment_of
from policygraph.reading.rereading import reread
from policygraph.reading.snapshot import Snapshot, snapshot
from policygraph.reading.sources import Sources
from policygraph.resolving.edition import edition_of
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve


@dataclass(frozen=True, slots=True)
class Files:
    """Where the handbook's files are. `root` is the project's root, `documents` the documents' folder."""

    root: Path
    documents: Path
    location: Location
    here: Path

    def on_disk(self, file: str) -> Path:
        """The file that a place names."""
        found = self.root / file
        return found if found.exists() else self._beside_settings(file, found)

    def _beside_settings(self, file: str, otherwise: Path) -> Path:
        beside = self.location.folder / file
        return beside if beside.exists() else otherwise

    def shown(self, file: str) -> str:
        """A file's path from the current folder, so that it can be clicked."""
        absolute = self.on_disk(file)
        try:
            relative = Path(os.path.relpath(absolute, self.here)).as_posix()
        except ValueError:  # another drive
            return absolute.as_posix()
        shown = relative if len(relative) <= len(str(absolute)) else absolute.as_posix()
        # A line of output that began with two colons would be an order to some build servers.
        return f"./{shown}" if shown.startswith(":") else shown

    def at(self, place: Place) -> str:
        """A place as `file:line`."""
        return f"{self.shown(place.file)}:{place.line}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A handbook, what it was made of, where its files are, and the day to judge it on.

    `disk` is the folder in which the files lie: the project's root, or for a handbook of the past a temporary
    folder, while `files` name them from where they would be in the project. `whole` is set where `handbook` is a
    smaller edition of it.
    """

    sources: Sources
    handbook: Handbook
    files: Files
    today: dt.date
    disk: Path
    whole: Handbook | None = None

    def judged(self) -> Judgement:
        """The handbook's judgement on its day."""
        if self.whole is None:
            return judge(self.handbook, self.today)
        return judge_edition(judge(self.whole, self.today), self.handbook)

    @property
    def moment(self) -> Moment | None:
        """The moment at which the handbook is shown, None for what is on disk."""
        return self.handbook.history.moment


def locate_handbook(ctx: click.Context) -> Location:
    """Find the handbook that the user means."""
    return locate(given_handbook(ctx), Path.cwd())


def open_handbook(ctx: click.Context, progress: ProgressLine | None = None) -> Opened:
    """Read and resolve the handbook that the user means, as it stood at the moment that `--at` names, if any.

    Files of the past lie nowhere any more when this returns; see `opened` where they are needed.
    """
    with opened(ctx, progress) as found:
        return found


@contextmanager
def opened(
    ctx: click.Context, progress: ProgressLine | None = None, *, contents: bool = False
) -> Iterator[Opened]:
    """Open the handbook as `open_handbook` does. Within the context its files lie in `disk`.

    `contents` says that pictures and attachments are needed too.
    """
    location = locate_handbook(ctx)
    given = given_at(ctx)
    if given is None:
        yield _opened(ctx, location, progress, None, today_of(ctx))
        return
    with taken(ctx, location, given, contents=contents) as past:
        go_to(ctx, past.moment.day)
        yield _opened(ctx, location, progress, past, today_of(ctx))


def open_both(
    ctx: click.Context, before: str, after: str | None, progress: ProgressLine | None = None
) -> tuple[Opened, Opened]:
    """Open the handbook as it stood at two moments, each on its own day; no second one means the files on disk."""
    location = locate_handbook(ctx)
    found = []
    for given in (before, after):
        if given is None:
            found.append(_opened(ctx, location, progress, None, today_of(ctx)))
            continue
        with taken(ctx, location, given, contents=False) as past:
            found.append(_opened(ctx, location, progress, past, given_today(ctx) or past.moment.day))
    return found[0], found[1]


@contextmanager
def taken(ctx: click.Context, location: Location, given: str, *, contents: bool) -> Iterator[Snapshot]:
    """Take the handbook out of git as it stood then."""
    repository = repository_of(location.folder)
    if repository is None:
        raise Refusal("That needs the history of the handbook, but this folder is not in a git repository.")
    moment = moment_of(repository, given, load_settings(location).branch, today_of(ctx))
    with snapshot(repository, moment, location, contents=contents) as found:
        yield found


def in_edition(found: Opened, edition: Edition | None) -> Opened:
    """The handbook as an edition has it; without one, all of it."""
    if edition is None:
        return found
    with garbage.paused():
        cut = edition_of(found.sources, found.handbook, edition)
    return replace(found, sources=cut.sources, handbook=cut.handbook, whole=found.handbook)


def reopened(found: Opened, unsaved: Unsaved) -> Opened:
    """The handbook with texts in the place of those that it was made of; all else stays as it was read."""
    with garbage.paused():
        sources = reread(found.sources, found.files.location, found.files.documents.resolve(), unsaved)
        return replace(found, sources=sources, handbook=resolve(sources))


def _opened(
    ctx: click.Context,
    location: Location,
    progress: ProgressLine | None,
    past: Snapshot | None,
    today: dt.date,
) -> Opened:
    line = progress or ProgressLine()
    there = location if past is None else past.location
    settings = load_settings(there)
    folder = documents_folder(there, settings)
    try:
        with garbage.paused():
            sources = read_handbook(there, settings, line, past)
            handbook = resolve(sources, line)
    finally:
        line.clear()
    # What is compared while the command runs is known to the next one.
    ctx.call_on_close(sources.comparisons.save)
    root = folder.parent if past is None else past.project
    files = Files(root, root / folder.name, location, Path.cwd())
    return Opened(sources, handbook, files, today, folder.parent)
