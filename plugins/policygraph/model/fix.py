"""Fixes: changes to files that would put a finding right."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.model.place import Place


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `new` in the place of `old`.

    `old` must stand at `place`, in the file's text with its line endings levelled; an edit of a file that has changed
    since does nothing. Where `old` is empty, `new` goes in before the place.
    """

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would put a finding right: all its edits, or none of them.

    `title` says it in a few words ("Link AI-15"). A safe one is nearly always what the author wants, and never changes
    what the text demands; the others are for an author to agree to.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False
