"""The front-end files that every site gets: our own, and the vendored ones with their licences."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from policygraph.publishing.escaping import script_json
from policygraph.publishing.publication import Asset
from policygraph.words import Words, spoken

FOLDER = "assets/policygraph"
_SHEETS = ("policygraph.css", "look.css", "print.css")
"""What a page looks like, in this order: published as one file, since a browser shows nothing before each has come."""
STYLESHEETS = (f"{FOLDER}/{_SHEETS[0]}",)
SCRIPTS = (
    f"{FOLDER}/vendor/tablesort.min.js",
    f"{FOLDER}/policygraph.js",
    f"{FOLDER}/find.js",
    f"{FOLDER}/reading.js",
    f"{FOLDER}/looked.js",
)
"""Scripts of every page, which wait until it has been read. What only the graph needs is loaded by the graph's page."""

_FACE = "source-serif-4"
"""The typeface, in the names of its files and of its licence."""

WORKER_SHIM = f"{FOLDER}/vendor/iframe-worker-shim.js"
"""Lets search work from a folder, where a browser allows no worker."""


_SHARED = "shared.js"
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/)[\s\S])*\*/|//.*)\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def asset_files() -> tuple[Asset, ...]:
    """Every front-end file, below the site's own folder for them; scripts speak the language of the pages."""
    return _asset_files(spoken())


@cache
def _asset_files(words: Words) -> tuple[Asset, ...]:
    package = resources.files("policygraph.publishing")
    assets = package.joinpath("assets")
    shared = assets.joinpath(_SHARED).read_text(encoding="utf-8")
    found = []
    for entry in assets.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{FOLDER}/{entry.name}")
        elif entry.name.endswith(".js") and entry.name != _SHARED:
            text = _script(entry.name, entry.read_text(encoding="utf-8"), shared, words)
            found.append(Asset(f"{FOLDER}/{entry.name}", _light(text).encode()))
        elif entry.name not in (_SHARED, *_SHEETS):
            found.append(Asset(f"{FOLDER}/{entry.name}", entry.read_bytes()))
    sheets = "".join(_light(assets.joinpath(name).read_text(encoding="utf-8")) for name in _SHEETS)
    found.append(Asset(STYLESHEETS[0], sheets.encode()))
    # The letters of the printed handbook are the site's as well.
    found += [
        Asset(f"{FOLDER}/fonts/{entry.name}", entry.read_bytes())
        for entry in package.joinpath("print", "fonts").iterdir()
        if _FACE in entry.name
    ]
    return tuple(sorted(found, key=lambda asset: asset.uri))


def _light(text: str) -> str:
    """A file of ours without what only its authors need: comments on lines of their own, and indents.

    A phone on a slow line fetches these before it shows the first page.
    """
    return _INDENT.sub("", _COMMENT.sub("", text))


def _script(name: str, text: str, shared: str, words: Words) -> str:
    """A script with what all of them share, and with its own words in one language."""
    head = (
        # Dates of a handbook in English are written as its pages write them.
        f"const LANGUAGE = {script_json('en-GB' if words.code == 'en' else words.code)};\n"
        f"const MESSAGES = {script_json(dict(words.of_scripts.get(name, {})))};\n"
        f"const form = (n) => Number({words.plural_rule});\n"
    )
    return f'(() => {{\n"use strict";\n{head}{shared}\n{text}}})();\n'


def _files(folder: Traversable, uri: str) -> list[Asset]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{uri}/{entry.name}")
        elif not entry.name.endswith((".md", ".py")):
            found.append(Asset(f"{uri}/{entry.name}", entry.read_bytes()))
    return found
