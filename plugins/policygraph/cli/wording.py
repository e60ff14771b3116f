"""Phrases that several commands print: documents, references, roles."""

from __future__ import annotations

import click

from policygraph.cli.opening import Files
from policygraph.cli.terminal import plain, wrapped
from policygraph.model.document import Document
from policygraph.model.history import Moment
from policygraph.model.reference import Occurrence, Reference
from policygraph.resolving.handbook import Handbook


def named(document: Document) -> str:
    """A document's id and title."""
    id = click.style(plain(document.id), bold=True)
    if document.title.casefold() == document.id.casefold():
        return id
    return f"{id} {plain(document.title)}"


def as_it_stood(moment: Moment) -> str:
    """The day and the commit that are shown instead of what is on disk."""
    branch = plain(moment.branch)
    where = f" of {branch}" if branch and moment.landed else f", which is not on {branch}" if branch else ""
    return f"As it stood on {moment.day.isoformat()}: commit {moment.short}{where}"


def at_data(moment: Moment | None) -> dict[str, dict[str, str]]:
    """The same as data; nothing where the handbook on disk is shown."""
    if moment is None:
        return {}
    return {"at": {"date": moment.day.isoformat(), "commit": moment.commit, "branch": moment.branch}}


def heading(text: str) -> str:
    """A line above a group of lines."""
    return click.style(text, bold=True, underline=False)


def holder(handbook: Handbook, role: str | None) -> str:
    """A role with who holds it, as far as that is known."""
    if not role:
        return "nobody is named"
    found = handbook.role(role)
    if found is None:
        return plain(role)
    if not found.holders:
        return f"{plain(found.title)} (nobody holds it at present)"
    return f"{plain(found.title)} ({plain(', '.join(found.holders))})"


def reason(reference: Reference) -> str | None:
    """The reason that the author declared, if there is one."""
    return next((o.because for o in reference.occurrences if o.because), None)


def reason_line(reference: Reference, indent: str) -> list[str]:
    """The declared reason as lines of text."""
    because = reason(reference)
    return [wrapped(f"because {because}", f"{indent}  ", indent)] if because else []


def occurrence_lines(occurrence: Occurrence, files: Files, indent: str) -> list[str]:
    """Where a reference is written, and the sentence that carries it."""
    where = [plain(files.at(occurrence.place))]
    passage = occurrence.passage
    if passage is None:
        where.append("in the front matter")
    elif passage.headings:
        where.append(f"under {plain(' > '.join(passage.headings))}")
    if occurrence.section:
        where.append(f"pointing at #{plain(occurrence.section)}")
    lines = [f"{indent}{click.style(', '.join(where), dim=True)}"]
    if passage is not None:
        lines.append(wrapped(f"“{passage.sentence}”", f"{indent}  "))
    return lines


def chain(handbook: Handbook, references: tuple[Reference, ...]) -> str:
    """A chain of references as one phrase: AI-09 depends on AI-06, which implements AI-02."""
    parts = []
    for number, reference in enumerate(references):
        target = plain(handbook.by_path[reference.target].id)
        if number == 0:
            parts.append(f"{plain(handbook.by_path[reference.source].id)} {_verb(reference)} {target}")
        else:
            parts.append(f"which {_verb(reference)} {target}")
    return ", ".join(parts)


def _verb(reference: Reference) -> str:
    name = plain(reference.relation.name)
    return "points to" if name == "see also" else name
