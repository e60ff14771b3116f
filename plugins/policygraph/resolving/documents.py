"""Sources to documents: ids, titles, areas, and which file translates which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from policygraph.model.document import Document, Status
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.language import language_of
from policygraph.reading.sources import DocumentSource, Sources
from policygraph.reading.values import nearest
from policygraph.settings import Settings

_FOLDER_PAGES = frozenset({"readme", "index", "_index"})
_NUMBERS = re.compile(r"(\d+)")


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key under which AI-2 comes before AI-10."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in _NUMBERS.split(text.casefold())
        if part
    )


def documents_of(sources: Sources) -> tuple[list[Document], list[Document], list[Problem]]:
    """Return documents and translations, both by path, and what is wrong with their types."""
    typed: dict[str, list[DocumentSource]] = defaultdict(list)
    for source in sources.documents:
        if source.front.id:
            typed[source.front.id.casefold()].append(source)
    derived = _derived_ids(sources, set(typed))
    groups: dict[tuple[str, str], list[DocumentSource]] = defaultdict(list)
    for source in sources.documents:
        groups[_family(source)].append(source)
    # Files with one id in different languages are one document; so are `x.md` and `x.de.md`.
    originals = {
        source.path: first.path
        for source in sources.documents
        if (first := _original(source, groups, typed, sources.settings)) is not None
    }
    documents: list[Document] = []
    translations: list[Document] = []
    problems: list[Problem] = []
    for source in sources.documents:
        id = source.front.id or derived[source.path]
        original = _last(source.path, originals)
        document = _document(source, id, sources.settings, sources.folder, original)
        if original is not None:
            translations.append(document)
            continue
        documents.append(document)
        problems.extend(_unknown_type(document, sources.settings))
    return documents, translations, problems


def document_again(
    source: DocumentSource, before: Document | None, sources: Sources
) -> tuple[Document, list[Problem]]:
    """Return a document whose text has changed, and what is wrong with its type.

    What depends on other files (an id that its file name gives, what it translates) is as it was before.
    """
    id = source.front.id or (before.id if before and not before.front.id else _short_id(source))
    original = before.translation_of if before else None
    document = _document(source, id, sources.settings, sources.folder, original)
    return document, [] if original else _unknown_type(document, sources.settings)


def _unknown_type(document: Document, settings: Settings) -> list[Problem]:
    kind = document.front.type
    if not kind or kind in settings.types or not (suggestion := nearest(kind, settings.types)):
        return []
    place = document.place_of(key_of(document, "type", settings))
    message = f"'{kind}' is no type of document here."
    return [Problem(ProblemKind.INVALID_VALUE, place, message, suggestion, typed=kind)]


def duplicate_ids(documents: Iterable[Document], settings: Settings) -> list[Problem]:
    """Ids that several documents claim. The first document, in reading order, keeps its id."""
    problems: list[Problem] = []
    taken: dict[str, Document] = {}
    for document in documents:
        first = taken.setdefault(document.id.casefold(), document)
        if first is not document:
            message = f"The id '{document.id}' belongs to {first.path} already; references to it lead there."
            place = document.place_of(key_of(document, "id", settings))
            problems.append(Problem(ProblemKind.DUPLICATE_ID, place, message))
    return problems


def key_of(document: Document, field: str, settings: Settings) -> str:
    """The front matter key under which a document gives a field, which the settings may have mapped."""
    keys = [source.key for source in settings.sources_of(field)]
    return next((key for key in keys if key in document.front.places), keys[0] if keys else field)


def _family(source: DocumentSource) -> tuple[str, str]:
    folder = source.path.rpartition("/")[0]
    return (folder, source.stem)


def _original(
    source: DocumentSource,
    families: dict[tuple[str, str], list[DocumentSource]],
    typed: dict[str, list[DocumentSource]],
    settings: Settings,
) -> DocumentSource | None:
    """The source that this one translates, if any."""
    candidates = list(families[_family(source)]) if source.suffix_lang else []
    if source.front.id:
        candidates += typed[source.front.id.casefold()]
    others = [c for c in candidates if c.path != source.path and c.lang != source.lang]
    if not others:
        return None
    first = _first(source, others, settings)
    return first if first is not source else None


def _last(path: str, originals: dict[str, str]) -> str | None:
    """The end of a chain of originals: what a translation is made from may itself be one, by another tie.

    `_first` puts every original before its translations, so a chain ends.
    """
    found = originals.get(path)
    while found is not None and found in originals:
        found = originals[found]
    return found


def _first(source: DocumentSource, others: list[DocumentSource], settings: Settings) -> DocumentSource:
    return min(
        [source, *others], key=lambda s: (s.lang != settings.language, s.suffix_lang is not None, s.path)
    )


def _derived_ids(sources: Sources, typed: set[str]) -> dict[str, str]:
    """Ids from file names, made longer by folders where two files would share one."""
    wanted: dict[str, list[DocumentSource]] = defaultdict(list)
    for source in sources.documents:
        if not source.front.id and source.suffix_lang is None:
            wanted[_short_id(source).casefold()].append(source)
    found: dict[str, str] = {}
    taken = set(typed)
    for key in sorted(wanted):
        group = wanted[key]
        if len(group) == 1 and key not in taken:
            found[group[0].path] = _short_id(group[0])
            taken.add(key)
    for key in sorted(wanted):
        for source in wanted[key]:
            if source.path in found:
                continue
            id = _long_id(source)
            count = 2
            while id.casefold() in taken:
                id = f"{_long_id(source)}-{count}"
                count += 1
            found[source.path] = id
            taken.add(id.casefold())
    by_family = {_family(s): s.front.id or found[s.path] for s in sources.documents if s.suffix_lang is None}
    for source in sources.documents:
        if not source.front.id and source.suffix_lang is not None:
            found[source.path] = by_family.get(_family(source)) or _short_id(source)
    return found


def _short_id(source: DocumentSource) -> str:
    folder, _, _ = source.path.rpartition("/")
    if source.stem.lower() in _FOLDER_PAGES and "/" in folder:
        return folder.rpartition("/")[2]
    return source.stem


def _long_id(source: DocumentSource) -> str:
    parts = source.path.split("/")[1:-1]
    return "-".join([*parts, source.stem])


def _document(
    source: DocumentSource, id: str, settings: Settings, folder: str, original: str | None
) -> Document:
    front = source.front
    heading = _title_in_text(source)
    titles = {
        "front matter": front.title,
        "heading": heading,
        "file name": _words_of(source.stem),
    }
    title = next((text for origin in settings.title_from if (text := titles[origin])), None)
    parts = source.path.removeprefix(f"{folder}/").split("/")
    return Document(
        path=source.path,
        id=id,
        title=title or _words_of(source.stem) or id,
        type=front.type or _type_of(title or "", settings) or "document",
        status=front.status or Status.ACTIVE,
        area=front.area or (parts[0] if len(parts) > 1 else ""),
        lang=source.lang,
        front=front,
        headings=source.scan.headings,
        links=source.scan.links,
        statements=source.scan.statements,
        timed=source.scan.timed,
        vague=source.scan.vague,
        addresses=source.scan.addresses,
        active=source.scan.active,
        html_anchors=source.scan.anchors,
        words=source.scan.words,
        body=source.body,
        body_line=source.body_line,
        text=source.text,
        titled=bool(front.title or heading),
        translation_of=original,
    )


def _title_in_text(source: DocumentSource) -> str | None:
    """The first heading of the first level, or the heading with which the text opens."""
    headings = source.scan.headings
    first = next((h.text for h in headings if h.level == 1), None) or source.scan.title_html
    if first or not headings:
        return first
    opening = source.body[: headings[0].content.start].strip(" #\n\t")
    return headings[0].text if not opening else None


def _words_of(stem: str) -> str:
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _type_of(title: str, settings: Settings) -> str | None:
    last = title.casefold().split()[-1:] or [""]
    return last[0] if last[0] in settings.types and last[0] in language_of("en").type_words else None
