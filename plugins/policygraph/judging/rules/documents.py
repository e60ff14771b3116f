"""Rules about documents: what each one owes its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.front_matter_edits import with_title, with_value
from policygraph.judging.renaming import MARKUP, with_former_id
from policygraph.judging.rule import Trouble, reported, rule
from policygraph.model.document import Document, FrontMatter, Status
from policygraph.model.finding import Severity
from policygraph.model.fix import Edit, Fix
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.reading.fence import normalised, split
from policygraph.reading.handbook_files import front_matter_of, known_keys
from policygraph.reading.text import name_key
from policygraph.resolving.documents import key_of

_HEADING = re.compile(r"^#[ \t]+(\S.*)", re.MULTILINE)


@rule("PG401", "duplicate-id", Severity.ERROR)
def duplicate_id(case: Case) -> Iterator[Trouble]:
    """Two documents claim the same id.

    Why it matters:
        References to the id lead to only one of them, and histories get mixed up.

    Example:
        `id: AI-06` in two files.

    Remedy:
        Give one of them an id of its own; the old id can go to its `former_ids`.
    """
    yield from reported(case, ProblemKind.DUPLICATE_ID)


@rule("PG411", "forgotten-id", Severity.WARNING)
def forgotten_id(case: Case) -> Iterator[Trouble]:
    """A document has another id than the published branch knows, and nothing leads from the old one to it.

    Why it matters:
        Links, reviews and records that name the old id are cut off, and so is whoever has it from a contract, a
        report or a bookmark.

    Example:
        `id: AI-09` became `id: AI-25`, and no `former_ids` tells of it.

    Remedy:
        Keep the old id among the document's `former_ids`: whatever names it then finds the document.
    """
    handbook = case.handbook
    names = {name_key(n) for d in handbook.documents for n in (d.id, *d.front.former_ids)}
    for document, _, front in _published(case):
        old = front.id
        if old is None or name_key(old) in names:
            continue
        if handbook.find(document.id) is not document:  # a slip, and a finding of its own
            continue
        edits = with_former_id(handbook, document, old)
        yield Trouble(
            document.place_of(key_of(document, "id", handbook.settings)),
            f"{document.id} was {old} until now, and nothing leads from there to it.",
            fix=Fix(f"Keep {old} as a former id", edits, safe=True) if edits else None,
        )


@rule("PG412", "half-renamed", Severity.WARNING)
def half_renamed(case: Case) -> Iterator[Trouble]:
    """A document has a new title, and the heading of its text is still the old one, or the other way round.

    Why it matters:
        Registers and references give it one name, and its page another.

    Example:
        `title: The AI register` above `# AI system inventory`, which was the title before.

    Remedy:
        Write the new name in both places.
    """
    for document, published, front in _published(case):
        was = _heading(split(published, known_keys(case.handbook.settings)).body)
        heading = next((h for h in document.headings if h.level == 1), None)
        title = document.front.title
        if heading is None or title is None or was is None or was != front.title:
            continue
        if heading.text == title or front.title not in (heading.text, title):
            continue
        if front.title == title:
            key = key_of(document, "title", case.handbook.settings)
            edit, name = with_value(document, key, title, heading.text), heading.text
        else:
            line = document.text.split("\n")[heading.place.line - 1]
            plain = line.count(heading.text) == 1 and not MARKUP.search(title)
            at = Place(document.path, heading.place.line, line.find(heading.text) + 1)
            edit, name = Edit(at, heading.text, title) if plain else None, title
        yield Trouble(
            heading.place,
            f"The heading says '{heading.text}', and the title '{title}'. Both were '{front.title}' until now.",
            fix=Fix(f"Call it '{name}' in both places", (edit,), safe=True) if edit is not None else None,
        )


def _heading(body: str) -> str | None:
    """The first heading of the first level in a text."""
    found = _HEADING.search(body)
    return found[1].rstrip().rstrip("#").rstrip() if found else None


def _published(case: Case) -> Iterator[tuple[Document, str, FrontMatter]]:
    """The documents that differ from the published branch, with the text and the front matter that they have there."""
    settings = case.handbook.settings
    known = known_keys(settings)
    for document in case.handbook.documents:
        states = case.handbook.history.of(document.path)
        text = states[-1].text if states else None
        if text is not None and normalised(text) != document.text:
            yield document, normalised(text), front_matter_of(text, document.path, settings, known)


@rule("PG406", "unknown-role", Severity.ERROR)
def unknown_role(case: Case) -> Iterator[Trouble]:
    """An owner or approver is no role in the organisation's register.

    Why it matters:
        A document owned by a role that nobody knows has no owner.

    Example:
        ```yaml
        owner: risk-manger
        ```

    Remedy:
        Correct the role's id, or add the role to registers/organisation.yml.
    """
    yield from reported(case, ProblemKind.UNKNOWN_ROLE)


@rule("PG407", "unknown-audience", Severity.ERROR)
def unknown_audience(case: Case) -> Iterator[Trouble]:
    """A document applies to an audience that the organisation's register does not know.

    Why it matters:
        Those meant will not find it among what is expected of them.

    Example:
        ```yaml
        applies_to: [enginering]
        ```

    Remedy:
        Correct the audience's id, or add it to registers/organisation.yml.
    """
    yield from reported(case, ProblemKind.UNKNOWN_AUDIENCE)


@rule("PG402", "missing-title", Severity.WARNING)
def missing_title(case: Case) -> Iterator[Trouble]:
    """A document has no title: neither `title` in front matter nor a first heading.

    Why it matters:
        A register of file names is hard to read, and nobody can refer to a document without a name.

    Example:
        A file that begins with its first paragraph.

    Remedy:
        Add `title:` to the front matter.
    """
    for document in case.handbook.documents:
        if not document.titled and not _is_blank(document):
            message = f"The document has no title; its file name is shown as '{document.title}'."
            key = key_of(document, "title", case.handbook.settings)
            edit = with_title(document, key, document.title)
            fix = (
                Fix(f"Give it the title '{document.title}'", (edit,), _telling(document.title))
                if edit
                else None
            )
            yield Trouble(document.place, message, f'{key}: "{document.title}"', fix=fix)


@rule("PG403", "missing-owner", Severity.WARNING)
def missing_owner(case: Case) -> Iterator[Trouble]:
    """A document in force names no owner.

    Why it matters:
        Without an owner nobody answers questions, keeps the text right or is asked at the audit.

    Example:
        Front matter with a title and no `owner`.

    Remedy:
        Add `owner:` with a role from registers/organisation.yml.
    """
    for document in case.handbook.documents:
        if not document.owner and document.status is not Status.RETIRED and not _is_blank(document):
            yield Trouble(document.place, f"'{document.title}' has no owner.")


@rule("PG404", "missing-summary", Severity.INFO)
def missing_summary(case: Case) -> Iterator[Trouble]:
    """A document in force has no summary.

    Why it matters:
        Readers decide by the summary whether a document concerns them.

    Example:
        Front matter with a title and no `summary`.

    Remedy:
        Add `summary:` with one plain sentence.
    """
    for document in case.handbook.documents:
        if not document.summary and document.status is not Status.RETIRED and not _is_blank(document):
            yield Trouble(document.place, f"'{document.title}' has no summary.")


@rule("PG405", "empty-document", Severity.WARNING)
def empty_document(case: Case) -> Iterator[Trouble]:
    """A document in force has no text besides headings.

    Why it matters:
        It stands in the register and answers clauses, and says nothing.

    Example:
        A file with front matter and a title.

    Remedy:
        Write the text, set `status: draft` until it is written, or delete the file.
    """
    for document in case.handbook.documents:
        if _is_empty(document) and document.status is Status.ACTIVE:
            yield Trouble(document.place, f"'{document.title}' has no text.")


def _is_empty(document: Document) -> bool:
    return document.words <= sum(len(heading.text.split()) for heading in document.headings)


def _telling(title: str) -> bool:
    """Whether a title made from a file name is one: words, and not a number that somebody has given out."""
    words = title.split()
    return len(words) > 1 and all(word.isalpha() for word in words)


def _is_blank(document: Document) -> bool:
    """Whether there is nothing in the file at all: that it is empty says everything."""
    return not document.body.strip() and not document.front.places
