"""The front-end files that every site gets: our own, and the vendored ones with their licences."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from policygraph.publishing.publication import Asset

FOLDER = "assets/policygraph"
STYLESHEETS = (f"{FOLDER}/policygraph.css", f"{FOLDER}/look.css", f"{FOLDER}/print.css")
SCRIPTS = (
    f"{FOLDER}/vendor/tablesort.min.js",
    f"{FOLDER}/policygraph.js",
    f"{FOLDER}/find.js",
    f"{FOLDER}/reading.js",
    f"{FOLDER}/looked.js",
)
"""Scripts of every page. What only the graph needs is loaded by the graph's page."""

_FACE = "source-serif-4"
"""The typeface, in the names of its files and of its licence."""

WORKER_SHIM = f"{FOLDER}/vendor/iframe-worker-shim.js"
"""Lets search work from a folder, where a browser allows no worker."""


@cache
def asset_files() -> tuple[Asset, ...]:
    """Every front-end file, below the site's own folder for them."""
    package = resources.files("policygraph.publishing")
    found = _files(package.joinpath("assets"), FOLDER)
    # The letters of the printed handbook are the site's as well.
    found += [
        Asset(f"{FOLDER}/fonts/{entry.name}", entry.read_bytes())
        for entry in package.joinpath("print", "fonts").iterdir()
        if _FACE in entry.name
    ]
    return tuple(sorted(found, key=lambda asset: asset.uri))


def _files(folder: Traversable, uri: str) -> list[Asset]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{uri}/{entry.name}")
        elif not entry.name.endswith((".md", ".py")):
            found.append(Asset(f"{uri}/{entry.name}", entry.read_bytes()))
    return found
