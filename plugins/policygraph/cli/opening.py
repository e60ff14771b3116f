"""Opening a handbook for a command, and naming its files from where the user stands."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import click

from policygraph import garbage
from policygraph.cli.options import given_handbook, today_of
from policygraph.cli.terminal import ProgressLine
from policygraph.model.place import Place
from policygraph.reading.files import Location, locate
from policygraph.reading.handbook_files import documents_folder, load_settings, read_handbook
from policygraph.reading.sources import Sources
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
    """A handbook, what it was made of, where its files are, and the day to judge it on."""

    sources: Sources
    handbook: Handbook
    files: Files
    today: dt.date


def locate_handbook(ctx: click.Context) -> Location:
    """Find the handbook that the user means."""
    return locate(given_handbook(ctx), Path.cwd())


def open_handbook(ctx: click.Context, progress: ProgressLine | None = None) -> Opened:
    """Read and resolve the handbook that the user means."""
    line = progress or ProgressLine()
    location = locate_handbook(ctx)
    settings = load_settings(location)
    folder = documents_folder(location, settings)
    try:
        with garbage.paused():
            sources = read_handbook(location, settings, line)
            handbook = resolve(sources, line)
    finally:
        line.clear()
    return Opened(sources, handbook, Files(folder.parent, folder, location, Path.cwd()), today_of(ctx))
