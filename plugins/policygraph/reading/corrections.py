"""Corrections: what an author typed exchanged for what was meant, where it stands and nowhere else.

Edits are of the text as it was typed, so that comments, quoting, order and line endings stay. Whatever is not
understood (values over several lines, tabs, flow lists that are not closed on their line) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from policygraph.model.fix import Edit
from policygraph.model.place import Place

_MOST_LINES = 200
_LONGEST = 5_000
"""Characters of a line that are looked at: a file may be one line."""

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NOT_A_SIGN = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w./-]|[:#](?=[\w./-])| (?=[\w./(&-])|[()&](?=[\w./ )-]|$))*")
_NOT_TEXT = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
_AFTER = r"(?=\s*(?:$|[,\]}])|\s+#)"
_BEFORE = r"(?:^|[:\-]\s+|[\[{,]\s*)"
_WIKI_LINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_NOT_IN_LINK = re.compile(r"[\[\]|\\]")
_IN_ADDRESS = re.compile(r"[^\w\-./#~+]", re.ASCII)


@lru_cache(maxsize=4)
def lines_of(text: str) -> list[str]:
    """The lines of a text, split once for all that is asked of them one after the other."""
    return text.split("\n")


def same_but_for_form(one: str, other: str) -> bool:
    """Whether two names differ in capitals, in padding with zeros, or in punctuation only."""
    return _form(one) == _form(other)


def surely_meant(typed: str, suggestion: str | None, candidates: Iterable[str]) -> bool:
    """Whether `typed` can only be `suggestion` written in another form: no other candidate comes as close."""
    if suggestion is None or not same_but_for_form(typed, suggestion):
        return False
    return sum(same_but_for_form(typed, candidate) for candidate in set(candidates)) == 1


def _form(name: str) -> str:
    return _NOT_A_SIGN.sub("", _ZEROS.sub("", name.casefold()))


def quoted_value(text: str) -> str:
    """Text as a YAML string in quotation marks, as an author would write it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def written_value(text: str) -> str:
    """Text as a YAML value: as it is where that is plain, in quotation marks where it is not."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT else quoted_value(text)


def correction(text: str, place: Place, typed: str, meant: str) -> Edit | None:
    """The edit that puts `meant` where `typed` stands: in the link at a place, or in the YAML value there.

    The place may be the value's own, its key's, or that of the entry that holds it; then the value must stand there
    once. None where it is not found, or not understood.
    """
    lines = lines_of(text)
    if not typed or not 0 < place.line <= len(lines) or "\n" in typed + meant:
        return None
    line = lines[place.line - 1]
    rest = line[place.column - 1 : place.column - 1 + _LONGEST]
    if rest.startswith("[["):
        return _in_wiki_link(rest, place, typed, meant)
    if rest.startswith(("[", "![")):
        found = _in_markdown_link(rest, place, typed, meant)
        if found is not None:
            return found
    return _at(rest, place, typed, meant) or _once_below(lines, place, typed, meant)


def _in_wiki_link(rest: str, place: Place, typed: str, meant: str) -> Edit | None:
    link = _WIKI_LINK.match(rest)
    if link is None or _NOT_IN_LINK.search(meant):
        return None
    inner = link[1]
    if typed.startswith("#"):
        start = inner.find(typed)
        if start < 0 or re.search(r"[|#\\]", inner[:start]):
            return None
    else:
        start = len(inner) - len(inner.lstrip())
    after = inner[start + len(typed) :].lstrip()
    if not inner.startswith(typed, start) or (after and after[0] not in "|#\\"):
        return None
    return Edit(_moved(place, 2 + start), typed, meant)


def _in_markdown_link(rest: str, place: Place, typed: str, meant: str) -> Edit | None:
    words = rest.index("[") + 1
    start = rest.find("](", words) + 2
    if start < 2 or "[" in rest[words:start]:
        return None  # a picture within a link, or no address beside the words
    before = r"[^\s()#]*?" if typed.startswith("#") else r"<?"
    found = re.compile(rf"({before}){re.escape(typed)}(?=[)#>\s])").match(rest, start)
    if found is None:
        return None
    new = _IN_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), meant)
    return Edit(_moved(place, found.end(1)), typed, new)


def _at(rest: str, place: Place, typed: str, meant: str) -> Edit | None:
    """The correction of a value or a key that stands exactly at a place."""
    quote = rest[:1] if rest[:1] in ("'", '"') else ""
    inside = rest[len(quote) :]
    if inside[: len(typed)].casefold() != typed.casefold():
        return None
    old, after = inside[: len(typed)], inside[len(typed) :]
    if quote:
        # A list in one string, or a section behind an id, goes on within the quotation marks.
        ends = re.match(rf"{quote}|\s*[,#:]", after) is not None
    else:
        ends = re.match(r"\s*(?:$|[,\]}])|\s+#|#|\s*:(?:\s|$)|:\S", after) is not None
    return _edit(_moved(place, len(quote)), old, meant, quote) if ends else None


def _once_below(lines: list[str], place: Place, typed: str, meant: str) -> Edit | None:
    """The correction of a value that stands once in the entry which begins at a place."""
    pattern = re.compile(rf"{_BEFORE}(?P<quote>[\"']?)(?P<old>{re.escape(typed)})(?P=quote){_AFTER}", re.I)
    found: list[tuple[int, re.Match[str]]] = []
    for number in _entry(lines, place):
        line = lines[number]
        if "\t" in line:
            return None
        if not line.lstrip().startswith("#"):
            start = place.column - 1 if number == place.line - 1 else 0
            if len(line) > _LONGEST:
                return None
            code = line if " #" not in line else line[: line.index(" #")]
            found += [(number, match) for match in pattern.finditer(code, start)]
    if len(found) != 1:
        return None
    number, match = found[0]
    return _edit(Place(place.file, number + 1, match.start("old") + 1), match["old"], meant, match["quote"])


def _entry(lines: list[str], place: Place) -> Iterable[int]:
    """The numbers of the lines of the entry, or of the key with all its values, that begins at a place."""
    first = place.line - 1
    yield first
    indent = place.column - 1
    is_key = lines[first][indent:].rstrip().endswith(":")
    for number in range(first + 1, min(len(lines), first + _MOST_LINES)):
        line = lines[number]
        lead = len(line) - len(line.lstrip(" "))
        inside = lead > indent or (is_key and lead == indent and line[lead:].startswith("- "))
        # The keys of an entry in a list stand below its first key.
        beside = lead == indent and indent > 0 and not line[lead:].startswith("-")
        if line.strip() and not (inside or beside):
            return
        yield number


def _edit(place: Place, old: str, meant: str, quote: str) -> Edit | None:
    if meant.startswith('"'):
        return None if quote else Edit(place, old, meant)
    if quote:
        return None if re.search(r"[\"'\\]", meant) else Edit(place, old, meant)
    return Edit(place, old, written_value(meant))


def _moved(place: Place, columns: int) -> Place:
    return Place(place.file, place.line, place.column + columns)
