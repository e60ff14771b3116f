"""The questions page: which references an auditor will miss, why, and what answers for each; open ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.questions import MOST_ANSWERING
from policygraph.model.document import Document
from policygraph.model.history import Keeping
from policygraph.model.question import Question, State
from policygraph.publishing.audit_pages import QUESTIONS, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, packed, pieces
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Page
from policygraph.publishing.question_views import (
    ClauseLink,
    QuestionView,
    clause_link,
    counted_words,
    question_view,
)
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.publishing.why_links import WHY, why_link
from policygraph.words import _

_MOST = 100
"""Questions on one page: each takes as much room as three rows of a table."""

_MOST_CROWDED = 30


@dataclass(frozen=True, slots=True)
class Group:
    """The open or the answered questions of one document, or a part of them where there are very many."""

    document: Document
    open: bool
    questions: tuple[Question, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as its page shows it."""

    document: DocumentLink
    heading: str
    why: str
    questions: tuple[QuestionView, ...]


def question_pages(index: Index) -> Iterator[Page]:
    """All questions, on one page or split by area."""
    questions = index.case.questions
    links = PageLinks(index, QUESTIONS)
    if len(questions) <= _MOST:
        yield _page(index, links, _("Questions"), _groups(index, index.handbook.documents), (), questions)
        return
    parts = area_pieces(
        "questions",
        index.shelves,
        lambda shelf: packed(_groups(index, shelf.documents), lambda g: len(g.questions), _MOST),
        lambda group: group.document.id,
    )
    crumbs = []
    for part in parts:
        asked = [question for group in part.rows for question in group.questions]
        still_open = sum(question.state is State.OPEN for question in asked)
        title = (
            _("%(part)s: %(number)s open", part=part.title, number=still_open) if still_open else part.title
        )
        crumbs.append(Crumb(title, links.to(part.uri), len(asked)))
    yield _page(index, links, _("Questions"), (), tuple(crumbs), questions)
    for part in parts:
        asked = [question for group in part.rows for question in group.questions]
        title = _("Questions: %(part)s", part=part.title)
        yield _page(index, PageLinks(index, part.uri), title, part.rows, (), asked)


def _groups(index: Index, documents: Sequence[Document]) -> list[Group]:
    """Open questions by document, and after all of these the answered ones."""
    found = []
    for still_open in (True, False):
        for document in documents:
            asked = [q for q in index.case.asked.of(document.path) if (q.state is State.OPEN) is still_open]
            found += [
                Group(document, still_open, part, continued=number > 0)
                for number, part in enumerate(pieces(asked, _MOST))
            ]
    return found


def _page(
    index: Index,
    links: PageLinks,
    title: str,
    groups: Sequence[Group],
    parts: tuple[Crumb, ...],
    counted: Sequence[Question],
) -> Page:
    whole = links.uri == QUESTIONS
    crowded = index.case.asked.crowded if whole else ()
    return audit_page(
        links.uri,
        title,
        "questions.md.j2",
        links,
        section=QUESTIONS,
        description=_("Which references an auditor will miss, why, and what answers for each."),
        counted=counted_words(counted),
        any=bool(counted),
        open=tuple(_view(index, links, group) for group in groups if group.open),
        answered=tuple(_view(index, links, group) for group in groups if not group.open),
        parts=parts,
        why=links.to(WHY),
        download=links.to("questions.csv"),
        most=MOST_ANSWERING,
        crowded=_crowded(index, links, crowded),
        crowded_more=max(0, len(crowded) - _MOST_CROWDED),
        undated=whole and _history_is_missed(index, counted),
    )


def _crowded(index: Index, links: PageLinks, keys: Sequence[str]) -> tuple[ClauseLink, ...]:
    return tuple(clause_link(index, links, key) for key in keys[:_MOST_CROWDED])


def _history_is_missed(index: Index, questions: Sequence[Question]) -> bool:
    """Whether decisions have dates that no whole history can be held against."""
    dated = any(d.decided for q in questions if q.state is State.DECISION for d in q.decisions)
    return dated and index.handbook.history.keeping is not Keeping.WHOLE


def _view(index: Index, links: PageLinks, group: Group) -> GroupView:
    document = group.document
    heading = f"{document.id} {document.title}"
    return GroupView(
        document_link(index, links, document.path),
        _("%(heading)s (continued)", heading=heading) if group.continued else heading,
        why_link(links, document),
        tuple(question_view(index, links, question) for question in group.questions),
    )
