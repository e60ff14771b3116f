"""The auditor's first page: what there is, where to start, and what each page answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.finding import Severity
from policygraph.model.in_words import counted
from policygraph.model.question import State
from policygraph.publishing.applicability_places import statement_file
from policygraph.publishing.audit_pages import (
    CHAPTERS,
    FINDINGS,
    FRAMEWORKS,
    OVERVIEW,
    QUESTIONS,
    REFERENCES,
    REGISTER,
    audit_page,
)
from policygraph.publishing.document_pages import date_words
from policygraph.publishing.exports.graphml import GRAPH_FILE
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.exports.workbook import WORKBOOK
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.ladder import Tally, tally
from policygraph.publishing.links import framework_uri
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import note_on

DOWNLOADS = (
    ("handbook.json", "Everything, for machines"),
    (WORKBOOK, "Every table in one workbook, with filters and links back to these pages"),
    *((f"{name}.csv", f"{table.what[0].upper()}{table.what[1:]}") for name, table in TABLES.items()),
    (GRAPH_FILE, "Documents, clauses and references as a graph, for yEd or Gephi"),
)
"""Files at the top of the site, with what they hold."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word, and a note that puts it right."""

    number: int
    word: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a page answers."""

    title: str
    href: str
    question: str


@dataclass(frozen=True, slots=True)
class ChapterView:
    """Pages that belong together."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A framework with its tally."""

    title: str
    href: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away."""

    name: str
    href: str
    what: str


def overview_page(index: Index) -> Page:
    """The overview of the audit pages."""
    links = PageLinks(index, OVERVIEW)
    return audit_page(
        OVERVIEW,
        "For auditors",
        "overview.md.j2",
        links,
        section=OVERVIEW,
        description="What there is to audit, and where to start.",
        wide=True,
        name=index.handbook.settings.name,
        date=date_words(index.today),
        figures=_figures(index, links),
        chapters=tuple(
            ChapterView(
                chapter.title,
                tuple(Question(s.title, links.to(s.uri), s.question) for s in chapter.sections),
            )
            for chapter in CHAPTERS
            if chapter.sections[0].uri != OVERVIEW
        ),
        frameworks=tuple(
            FrameworkLine(f.title, links.to(framework_uri(f.id)), tally(index, f.leaves))
            for f in index.frameworks
        ),
        downloads=tuple(
            Download(name, links.to(name), what) for name, what in (*DOWNLOADS, *_statements(index))
        ),
        register=links.to(REGISTER),
        findings=links.to(FINDINGS),
    )


def _statements(index: Index) -> Iterator[tuple[str, str]]:
    for statement in index.case.applicability:
        name = statement_file(statement.framework.id, "xlsx")
        yield name, f"The statement of applicability to {statement.framework.title}"


_SEVERITY_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def _figures(index: Index, links: PageLinks) -> tuple[Figure, ...]:
    handbook = index.handbook
    waiting = Counter(note for d in handbook.documents if (note := note_on(d, index.today)))
    severities = Counter(f.severity for f in index.judgement.findings)
    isolated = sum(
        not handbook.outgoing.get(d.path) and not handbook.incoming.get(d.path) for d in handbook.documents
    )
    unowned = sum(not d.owner for d in handbook.documents)
    declared = sum(r.declared for r in handbook.references)
    idle = ", ".join(f"{waiting[note]} {note}" for note in sorted(waiting))
    unowned_words = f"{unowned} without an owner" if unowned else ""
    answered = {m.clause for m in handbook.mappings if handbook.by_path[m.document].in_force(index.today)}
    questions = index.case.questions
    still_open = sum(question.state is State.OPEN for question in questions)
    found = ", ".join(counted(severities[s], _SEVERITY_WORDS[s]) for s in Severity if severities[s])
    return (
        Figure(
            len(handbook.documents),
            "document" if len(handbook.documents) == 1 else "documents",
            ", ".join(words for words in (idle or "all in force", unowned_words) if words),
            links.to(REGISTER),
        ),
        Figure(
            len(handbook.references),
            "reference" if len(handbook.references) == 1 else "references",
            f"{declared} declared with a relation"
            + (f", {isolated} documents without any" if isolated else ""),
            links.to(REFERENCES),
        ),
        Figure(
            len(answered),
            "clause answered" if len(answered) == 1 else "clauses answered",
            f"in {counted(len(index.frameworks), 'framework')}",
            links.to(FRAMEWORKS),
        ),
        Figure(
            still_open,
            "open question" if still_open == 1 else "open questions",
            f"of {len(questions)} that are likely to be asked"
            if questions
            else "nothing is likely to be asked",
            links.to(QUESTIONS),
        ),
        Figure(
            len(index.judgement.findings),
            "finding" if len(index.judgement.findings) == 1 else "findings",
            found or "nothing to report",
            links.to(FINDINGS),
        ),
    )
