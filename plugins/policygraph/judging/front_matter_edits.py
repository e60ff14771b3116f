"""Edits of front matter: a key set, an entry added, with everything around left as it is.

Only where the front matter is plain enough to be sure: keys at the start of lines, between `---` and `---`. None is
returned for everything else.
"""

from __future__ import annotations

import datetime as dt
import re

from policygraph.model.document import Document
from policygraph.model.fix import Edit
from policygraph.model.place import Place
from policygraph.reading.corrections import correction, lines_of, quoted_value, written_value

_FENCES = ("---", "...")
_KEY = re.compile(r"[A-Za-z_][\w .-]*:(?:\s|$)")
_INDENT = "  "


def with_value(document: Document, key: str, before: str | None, value: str) -> Edit | None:
    """The edit that sets a key: in place of the value that it has (`before`), or on a line of its own."""
    if key in document.front.places:
        return correction(document.text, document.place_of(key), before, value) if before else None
    return _new_line(document, f"{key}: {written_value(value)}\n")


def with_title(document: Document, key: str, title: str) -> Edit | None:
    """The edit that gives a document its title, on the first line of its front matter."""
    line = f"{key}: {quoted_value(title)}\n"
    fences = _fences(document)
    if fences is not None and key not in document.front.places:
        return Edit(Place(document.path, fences[0] + 2), "", line)
    return _with_front_matter(document, line)


def with_entry(document: Document, key: str, name: str, because: str = "") -> Edit | None:
    """The edit that adds an entry with `to` and `because` to a list of front matter.

    `name` is as `front_matter_lines.name_of` gives it.
    """
    return _added(document, key, _pairs(name, because))


def with_decision(
    document: Document, key: str, name: str, because: str, decided: dt.date, by: str
) -> Edit | None:
    """The edit that adds a decision (`to`, `because`, `decided`, `by`) to a list of front matter."""
    more = (("decided", decided.isoformat()), ("by", quoted_value(by)))
    return _added(document, key, (*_pairs(name, because), *more))


def _pairs(name: str, because: str) -> tuple[tuple[str, str], ...]:
    reason = (("because", quoted_value(because)),) if because else ()
    return (("to", name), *reason)


def _added(document: Document, key: str, entry: tuple[tuple[str, str], ...]) -> Edit | None:
    if key not in document.front.places:
        return _new_line(document, f"{key}:\n{_entry(_INDENT, entry)}")
    lines = lines_of(document.text)
    fences = _fences(document)
    place = document.place_of(key)
    if fences is None or place.column != 1 or not fences[0] < place.line - 1 < fences[1]:
        return None
    first = place.line - 1
    after = lines[first].partition(":")[2].partition(" #")[0].strip()
    block = _block(lines, first, fences[1])
    if after:
        return None if block else _in_flow_list(lines[first], place, entry)
    items = [line for line in block if line.lstrip().startswith("- ")]
    if any("\t" in line for line in block) or (block and not items):
        return None
    indent = items[0][: items[0].index("-")] if items else _INDENT
    return Edit(Place(document.path, first + len(block) + 2), "", _entry(indent, entry))


def _entry(indent: str, entry: tuple[tuple[str, str], ...]) -> str:
    heads = (f"{indent}- ", *(f"{indent}  " for _ in entry[1:]))
    return "".join(f"{head}{key}: {value}\n" for head, (key, value) in zip(heads, entry, strict=True))


def _in_flow_list(line: str, place: Place, pairs: tuple[tuple[str, str], ...]) -> Edit | None:
    """An entry more in `references: [AI-02, AI-08]`."""
    list_ = re.match(r"[^:]*:\s*\[(?P<items>[^\[\]\"'#]*[^\[\]\"'#,\s])?\s*\]\s*(?:#.*)?$", line)
    if list_ is None:
        return None
    inside = ", ".join(f"{key}: {value}" for key, value in pairs)
    entry = f"{{{inside}}}" if len(pairs) > 1 else pairs[0][1]
    filled = list_["items"] is not None
    column = (list_.end("items") if filled else line.index("[") + 1) + 1
    return Edit(Place(place.file, place.line, column), "", f", {entry}" if filled else entry)


def _block(lines: list[str], first: int, end: int) -> list[str]:
    """The lines below a key that belong to it, without empty lines and comments at their end."""
    found = []
    for line in lines[first + 1 : end]:
        if line.strip() and not line.startswith((" ", "- ", "#")):
            break
        found.append(line)
    while found and (not found[-1].strip() or found[-1].lstrip().startswith("#")):
        found.pop()
    return found


def _new_line(document: Document, line: str) -> Edit | None:
    """A line more at the end of the front matter, or in one of its own."""
    fences = _fences(document)
    if fences is not None:
        return Edit(Place(document.path, fences[1] + 1), "", line)
    return _with_front_matter(document, line)


def _with_front_matter(document: Document, line: str) -> Edit | None:
    if document.front.places or document.text.lstrip().startswith(("---", "+++")):
        return None
    return Edit(document.place, "", f"---\n{line}---\n")


def _fences(document: Document) -> tuple[int, int] | None:
    """The numbers of the lines with the fences, from zero, where there are two and keys between them."""
    lines = lines_of(document.text)
    opening = next((number for number, line in enumerate(lines) if line.strip()), None)
    if opening is None or lines[opening].rstrip() != "---":
        return None
    closing = next((n for n in range(opening + 1, len(lines)) if lines[n].rstrip() in _FENCES), None)
    if closing is None or document.body_line != closing + 2:
        return None
    inside = [line for line in lines[opening + 1 : closing] if line.strip() and not line.startswith("#")]
    if inside and not _KEY.match(inside[0]):
        return None
    return opening, closing
