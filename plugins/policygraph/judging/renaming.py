"""Renaming a document: its id or its title, wherever the handbook names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.judging.fixing import fixed
from policygraph.judging.respelling import respelled
from policygraph.model.document import Document
from policygraph.model.fix import Edit, Fix
from policygraph.model.place import Place
from policygraph.reading.block import Positions
from policygraph.reading.corrections import written_value
from policygraph.reading.front_matter import ID
from policygraph.reading.handbook_files import front_matter_of, known_keys
from policygraph.reading.registers import NAMING_KEYS, REVIEWS
from policygraph.reading.sources import Sources
from policygraph.reading.text import name_key
from policygraph.reading.yaml_text import quoted
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table, TreeError, parse_yaml
from policygraph.resolving.documents import key_of
from policygraph.resolving.handbook import Handbook

MARKUP = re.compile(r"[\[\]|#<>`\\{}*_]")
"""Signs of Markdown, which a title that is written out as a heading may not have."""

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_PLAIN = re.compile(r"[^\W\d_](?:[^\s:#]|[ ](?=[^\s#:]))*")


class RenameError(Exception):
    """A new name that cannot be given. The message is a sentence for the author."""


def renamed_id(handbook: Handbook, sources: Sources, document: Document, new: str) -> tuple[Edit, ...]:
    """Give a document another id, in its own file and wherever the old one is written out.

    Other spellings of it follow, in their capitals and with their hyphens, where the new one can show them. The old id
    joins `former_ids`, so that what is left of it (reviews, odd spellings) still leads to the document.
    A document that gets its last id back is as it was before, unless a review knows it by the id that goes.

    Raises:
        RenameError: where the new id cannot be given.
    """
    old = document.id
    if not ID.fullmatch(new):
        raise RenameError(f"'{new}' cannot be an id: letters without accents, digits, . - _ only.")
    key = key_of(document, "id", handbook.settings)
    if key not in document.front.places or document.front.id != old:
        raise RenameError("This document has its id from its file name. Write an 'id:' into it first.")
    other = handbook.find(new)
    known = {name_key(f): d for d in handbook.documents for f in d.front.former_ids}
    other = other or known.get(name_key(new))
    if other is not None and other.path != document.path:
        raise RenameError(f"'{new}' is or was the id of '{other.title}'.")
    if new == old:
        return ()
    place = document.front.places[key]
    own = _value(document, place, old, new)
    if own is None:
        raise RenameError("The 'id:' of this document stands in a form that cannot be changed here.")
    reviewed = any(review.document == old for review in sources.registers.reviews)
    former = _former_ids(document, handbook, place, old, new, reviewed)
    return _distinct([own, *former, *_uses(handbook, sources, document, old, new)])


def with_former_id(handbook: Handbook, document: Document, old: str) -> tuple[Edit, ...]:
    """Keep an id that a document has had among its `former_ids`; no edits where that cannot be written."""
    settings, front = handbook.settings, document.front
    place = front.places.get(key_of(document, "id", settings))
    if place is None or written_value(old) != old:
        return ()
    edits = tuple(_former_ids(document, handbook, place, old, document.id, reviewed=True))
    # A list or an id on several lines is YAML as well, and not what these edits expect.
    text = fixed({document.path: document.text}, [Fix("", edits)]).texts.get(document.path, "")
    kept = front_matter_of(text, document.path, settings, known_keys(settings))
    wanted = (*(name for name in front.former_ids if name != document.id), old)
    return edits if (kept.id, kept.former_ids, kept.title) == (front.id, wanted, front.title) else ()


def renamed_title(handbook: Handbook, sources: Sources, document: Document, new: str) -> tuple[Edit, ...]:
    """Give a document another title, in its own file and wherever the old one is written out.

    Raises:
        RenameError: where the new title cannot be given.
    """
    old, new = document.title, " ".join(new.split())
    if not new or MARKUP.search(new):
        raise RenameError("A title is one line, without brackets, bars and other signs of Markdown.")
    if any(name_key(d.title) == name_key(new) and d.path != document.path for d in handbook.documents):
        raise RenameError(f"Another document is called '{new}'.")
    if new == old:
        return ()
    own = []
    key = key_of(document, "title", handbook.settings)
    if key in document.front.places and document.front.title == old:
        own.append(_title_value(document, document.front.places[key], old, new))
    for heading in document.headings:
        line = document.text.split("\n")[heading.place.line - 1]
        if heading.level == 1 and heading.text == old and line.count(old) == 1:
            own.append(Edit(Place(document.path, heading.place.line, line.index(old) + 1), old, new))
    found = [edit for edit in own if edit is not None]
    if not found:
        raise RenameError("The title of this document stands in a form that cannot be changed here.")
    return _distinct([*found, *_uses(handbook, sources, document, old, new)])


def _distinct(edits: list[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(dict.fromkeys(edits), key=lambda e: (e.place, e.old)))


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if 1 <= number <= len(lines) else ""


def _at(text: str, place: Place, old: str, new: str) -> Edit | None:
    """Replace a name that stands at a place, perhaps in quotation marks."""
    line, start = _line(text, place.line), place.column - 1
    if line[start : start + 1] in ('"', "'"):
        start += 1
    if not line.startswith(old, start):
        return None
    return Edit(Place(place.file, place.line, start + 1), old, new)


def _value(document: Document, key: Place, old: str, new: str) -> Edit | None:
    line = _line(document.text, key.line)
    start = line.find(":", key.column - 1) + 1
    start += len(line[start:]) - len(line[start:].lstrip())
    return _at(document.text, Place(key.file, key.line, start + 1), old, new)


def _title_value(document: Document, key: Place, old: str, new: str) -> Edit | None:
    line = _line(document.text, key.line)
    start = line.find(":", key.column - 1) + 1
    start += len(line[start:]) - len(line[start:].lstrip())
    # Single quotation marks stand where YAML needs them and go where it does not; an author's own stay.
    needed = not _PLAIN.fullmatch(old)
    forms = (
        (quoted(old), quoted(new)),
        (_single(old), _plain(new) if needed else _single(new)),
        (old, _plain(new)),
    )
    for before, after in forms:
        if line.startswith(before, start) and not line[start + len(before) :].strip():
            return Edit(Place(key.file, key.line, start + 1), before, after)
    return None


def _plain(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _single(text)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _former_ids(
    document: Document, handbook: Handbook, id_place: Place, old: str, new: str, reviewed: bool
) -> Iterator[Edit]:
    key = key_of(document, "former_ids", handbook.settings)
    place = document.front.places.get(key)
    former = list(document.front.former_ids)
    back = new in former
    wanted = [name for name in former if name != new]
    if not back or reviewed:
        wanted.append(old)
    if place is None:
        if wanted:
            yield Edit(Place(document.path, id_place.line + 1), "", f"{key}: [{', '.join(wanted)}]\n")
        return
    line = _line(document.text, place.line)
    inside = _COMMENT.sub("", line.partition(":")[2]).strip()
    if not inside:
        yield from _former_lines(document, place, wanted, former)
        return
    if not wanted:
        yield Edit(Place(document.path, place.line), f"{line}\n", "")
        return
    if back and not reviewed and f", {new}" in inside:
        after = inside.replace(f", {new}", "", 1)
    elif not back and inside.endswith("]") and former:
        after = f"{inside[:-1]}, {old}]"
    else:
        after = f"[{', '.join(wanted)}]"
    yield Edit(Place(document.path, place.line, line.index(inside, line.index(":")) + 1), inside, after)


def _former_lines(document: Document, place: Place, wanted: list[str], former: list[str]) -> Iterator[Edit]:
    lines = document.text.split("\n")
    last = place.line
    while last < len(lines) and re.match(r"\s*-\s", lines[last]):
        last += 1
    indent = re.match(r"\s*-\s+", lines[last - 1]) if last > place.line else None
    head = indent[0] if indent else "  - "
    for number in range(place.line + 1, last + 1):
        item = lines[number - 1].partition("-")[2].strip().strip("\"'")
        if item in former and item not in wanted:
            yield Edit(Place(document.path, number), f"{lines[number - 1]}\n", "")
    if not wanted:
        yield Edit(Place(document.path, place.line), f"{lines[place.line - 1]}\n", "")
    for name in wanted:
        if name not in former:
            yield Edit(Place(document.path, last + 1), "", f"{head}{name}\n")


def _uses(handbook: Handbook, sources: Sources, document: Document, old: str, new: str) -> Iterator[Edit]:
    for one in (*handbook.documents, *handbook.translations):
        yield from _in_links(handbook, one, document, old, new)
        front = one.front
        declared = [(r.target, r.place) for r in (*front.references, front.replaced_by) if r is not None]
        declared += [(d.target.partition("#")[0].strip(), d.place) for d in front.not_related]
        for target, place in declared:
            named = _spelled(document, target, old, new)
            if named is not None and (edit := _at(one.text, place, target, named)) is not None:
                yield edit
    for mention in handbook.mentions:
        named = _in_prose(document, mention.text, old, new) if mention.target == document.path else None
        if named is not None:
            source = handbook.by_path[mention.source]
            if _line(source.text, mention.place.line).startswith(mention.text, mention.place.column - 1):
                yield Edit(mention.place, mention.text, named)
    for path, text in sorted(sources.registers.texts.items()):
        if f"/{REVIEWS}/" not in path:
            yield from _in_register(path, text, document, old, new)


def _spelled(document: Document, written: str, old: str, new: str) -> str | None:
    """What a reference by a spelling of the old name becomes; None where it is another name.

    A spelling of an id that cannot be carried over may stay: the old id still leads to the document. A title's cannot.
    """
    found = respelled(written, old, new)
    if found is None and old != document.id and name_key(written) == name_key(old):
        return new
    return found


def _in_prose(document: Document, written: str, old: str, new: str) -> str | None:
    """The same in running text, where a name in other capitals may be ordinary words, unless a number tells."""
    if written == old:
        return new
    by_id = old == document.id and any(character.isdigit() for character in old)
    return respelled(written, old, new) if by_id else None


def _in_links(handbook: Handbook, one: Document, document: Document, old: str, new: str) -> Iterator[Edit]:
    positions = Positions(one.path, one.body, one.body_line)
    for link in one.links:
        target = handbook.link_targets.get((one.path, link.span.start))
        if target is None or target.document != document.path:
            continue
        written = one.body[link.span.start : link.span.end]
        name = link.target.partition("#")[0].strip()
        at = written.find(old)
        if written.startswith("[["):
            named = _spelled(document, name, old, new)
            if named is not None and written.startswith(name, 2):
                place = positions.place(link.span.start + 2)
                if _line(one.text, place.line).startswith(name, place.column - 1):
                    yield Edit(place, name, named)
            bar = written.find("|")
            at = written.find(old, bar) if bar >= 0 else -1
        if link.label == old and at >= 0 and old != document.id:
            place = positions.place(link.span.start + at)
            if _line(one.text, place.line).startswith(old, place.column - 1):
                yield Edit(place, old, new)


def _in_register(path: str, text: str, document: Document, old: str, new: str) -> Iterator[Edit]:
    try:
        tree = parse_yaml(text, path)
    except TreeError:
        return
    for scalar in _names(tree, False):
        name = scalar.text.partition("#")[0].strip()
        named = _spelled(document, name, old, new)
        if named is not None and (edit := _at(text, scalar.place, name, named)) is not None:
            yield edit


def _names(node: Node | None, naming: bool) -> Iterator[Scalar]:
    """The values that name documents, in whatever register."""
    if isinstance(node, Scalar):
        if naming:
            yield node
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _names(item, naming)
    elif isinstance(node, Table):
        for key, value in node.entries:
            yield from _names(value, key.text in NAMING_KEYS)
