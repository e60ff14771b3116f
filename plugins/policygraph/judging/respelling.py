"""A name in another spelling, carried over to a new name so that it can be carried back."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.reading.text import HYPHENS, name_key


def respelled(written: str, old: str, new: str) -> str | None:
    """What a spelling of a name becomes when the name is changed: capitals and typographic hyphens stay as they are.

    None where it is another name, or where the new name would not show the spelling, so that it could not be had back.
    """
    if written == old:
        return new
    if name_key(written) != name_key(old):
        return None
    found = _first(written, old, new)
    return found if found is not None and _first(found, new, old) == written else None


def _first(written: str, old: str, new: str) -> str | None:
    for spelled, wanted in zip(_spellings(old), _spellings(new), strict=True):
        if spelled == written and wanted != new:
            return wanted
    return None


def _spellings(name: str) -> Iterator[str]:
    for hyphen in ("-", *HYPHENS):
        for cased in (name, name.lower(), name.upper()):
            yield cased.replace("-", hyphen)
