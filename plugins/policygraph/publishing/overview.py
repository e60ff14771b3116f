"""The auditor's first page: what there is, where to start, and what each page answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.finding import Severity
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
from policygraph.publishing.dates import date_words
from policygraph.publishing.exports.graphml import GRAPH_FILE
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.exports.workbook import WORKBOOK
from policygraph.publishing.findings import count_words
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.ladder import Tally, tally
from policygraph.publishing.links import framework_uri
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import note_on
from policygraph.publishing.templates import message
from policygraph.publishing.tongues import told
from policygraph.words import N_, _, ngettext


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
        _("For auditors"),
        "overview.md.j2",
        links,
        section=OVERVIEW,
        description=_("What there is to audit, and where to start."),
        wide=True,
        partial=not index.handbook.edition.whole,
        name=index.handbook.settings.name,
        date=date_words(index.today),
        figures=_figures(index, links),
        chapters=tuple(
            ChapterView(
                _(chapter.title),
                tuple(Question(_(s.title), links.to(s.uri), _(s.question)) for s in chapter.sections),
            )
            for chapter in CHAPTERS
            if chapter.sections[0].uri != OVERVIEW
        ),
        frameworks=tuple(
            FrameworkLine(told(f.title, f.lang), links.to(framework_uri(f.id)), tally(index, f.leaves))
            for f in index.frameworks
        ),
        downloads=tuple(Download(name, links.to(name), what) for name, what in _downloads(index)),
        register=links.to(REGISTER),
        findings=links.to(FINDINGS),
    )


def _downloads(index: Index) -> Iterator[tuple[str, str]]:
    """Files at the top of the site, with what they hold."""
    yield "handbook.json", _("Everything, for machines")
    yield WORKBOOK, _("Every table in one workbook, with filters and links back to these pages")
    for name, table in TABLES.items():
        what = _(table.what)
        yield f"{name}.csv", f"{what[0].upper()}{what[1:]}"
    yield GRAPH_FILE, _("Documents, clauses and references as a graph, for yEd or Gephi")
    for statement in index.case.applicability:
        name = statement_file(statement.framework.id, "xlsx")
        title = told(statement.framework.title, statement.framework.lang)
        yield name, message(N_("The statement of applicability to %(framework)s"), framework=title)


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
    unowned_words = _("%(number)s without an owner", number=unowned) if unowned else ""
    tied = _("%(number)s declared with a relation", number=declared)
    alone = (
        ngettext("%(num)s document without any", "%(num)s documents without any", isolated)
        if isolated
        else ""
    )
    answered = {m.clause for m in handbook.mappings if handbook.by_path[m.document].in_force(index.today)}
    questions = index.case.questions
    still_open = sum(question.state is State.OPEN for question in questions)
    found = ", ".join(count_words(severities[s], s) for s in Severity if severities[s])
    return (
        Figure(
            len(handbook.documents),
            ngettext("document", "documents", len(handbook.documents)),
            ", ".join(words for words in (idle or _("all in force"), unowned_words) if words),
            links.to(REGISTER),
        ),
        Figure(
            len(handbook.references),
            ngettext("reference", "references", len(handbook.references)),
            ", ".join(words for words in (tied, alone) if words),
            links.to(REFERENCES),
        ),
        Figure(
            len(answered),
            ngettext("clause answered", "clauses answered", len(answered)),
            ngettext("in %(num)s framework", "in %(num)s frameworks", len(index.frameworks)),
            links.to(FRAMEWORKS),
        ),
        Figure(
            still_open,
            ngettext("open question", "open questions", still_open),
            _("of %(number)s that are likely to be asked", number=len(questions))
            if questions
            else _("nothing is likely to be asked"),
            links.to(QUESTIONS),
        ),
        Figure(
            len(index.judgement.findings),
            ngettext("finding", "findings", len(index.judgement.findings)),
            found or _("nothing to report"),
            links.to(FINDINGS),
        ),
    )
