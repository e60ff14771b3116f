"""How far commits reach: how many files of the handbook each touched, and how many others."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable

REACH = (
    "log",
    "-z",
    "--name-only",
    "--no-renames",
    "--full-diff",
    "--no-color",
    "--no-ext-diff",
    "--no-show-signature",
    "--no-notes",
    "--first-parent",
    "--diff-merges=first-parent",
    "--format=tformat:%x00%H",
)
"""How all files are asked for that the commits touched: by their names alone, so that git need read no texts."""

_SETTINGS = frozenset({"handbook.yml", "handbook.yaml", "mkdocs.yml", "mkdocs.yaml", "zensical.toml"})
"""Files near the documents' folder that are the handbook's as well."""

_COMPANION = re.compile(r"(?:codeowners|change-?log|readme)(?:\.(?:md|txt|rst))?", re.I)
"""Files that go along with whatever changes: they say nothing of what a commit is about."""


def read_reach(answer: bytes, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """By commit, how many files it touched of the handbook and of all else; `paths` are the handbook's files and
    folders from the top of the repository."""
    ours = tuple(paths)
    folders = tuple(f"{path}/" for path in ours)
    # A site's settings stand beside the documents' folder, or beside the folder of pages that holds it.
    parents = [posixpath.dirname(path) for path in ours]
    around = frozenset((*parents, *map(posixpath.dirname, parents)))
    found: dict[str, tuple[int, int]] = {}
    commit, opens = "", False
    for token in answer.split(b"\0"):
        if opens and token:
            commit, opens = token.decode("ascii", "replace").strip(), False
            found[commit] = (0, 0)
        elif not token:
            opens = True
        elif commit:
            name = os.fsdecode(token.removeprefix(b"\n"))
            folder, base = posixpath.split(name)
            inside, beside = found[commit]
            if name in ours or name.startswith(folders) or (folder in around and base in _SETTINGS):
                found[commit] = inside + 1, beside
            elif not _COMPANION.fullmatch(base):
                found[commit] = inside, beside + 1
    return found
