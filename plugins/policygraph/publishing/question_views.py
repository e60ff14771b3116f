"""Questions as pages show them: the grounds, the answer with its passages, and what would answer an open one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.judging.front_matter_lines import Slot, name_of
from policygraph.model.document import Document
from policygraph.model.question import Ground, Question, Rewording, State
from policygraph.model.reference import Decision, Reference
from policygraph.publishing.audit_pages import QUESTIONS
from policygraph.publishing.clause_places import clause_place
from policygraph.publishing.document_pages import contact_of, date_words
from policygraph.publishing.exports.answers import slots
from policygraph.publishing.ground_words import ground_words
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of as word_for
from policygraph.publishing.reference_views import (
    DocumentLink,
    PassageLink,
    ReferenceView,
    at,
    document_link,
    mention_link,
    outgoing_views,
)
from policygraph.publishing.tongues import told
from policygraph.publishing.why_links import why_link
from policygraph.words import N_, _, ngettext

_QUOTE = 220
_MOST_SHOWN = 3
"""References, paths and passages shown for a question; the explorer has all of them."""

_MOST_LISTED = 60
"""Questions listed on an audit sheet; the questions page has all of them."""

_KEYS = {
    State.OPEN: "open",
    State.REFERENCE: "reference",
    State.DECISION: "decision",
    State.PATH: "indirect",
}

_COUNTED = {
    State.OPEN: N_("%(number)s open"),
    State.REFERENCE: N_("%(number)s answered by a reference"),
    State.DECISION: N_("%(number)s by a decision"),
    State.PATH: N_("%(number)s indirectly, over one other document"),
}


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """A clause by its qualified id; no link where no page shows it."""

    key: str
    title: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class GroundView:
    """A reason to ask. Of an expectation, `clauses` are the one that leans and the one it leans on."""

    kind: str
    because: str
    clauses: tuple[ClauseLink, ...]
    strength: str
    passage: PassageLink | None


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    """A decision that answers; `changed` says which text changed after it."""

    because: str
    decided: str
    by: str
    place: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One reference of a path: from which document, as what, to which, and why."""

    source: DocumentLink
    reference: ReferenceView


@dataclass(frozen=True, slots=True)
class LinesView:
    """Lines of front matter to copy; `under` is the key that is there already, `file` where they belong."""

    what: str
    under: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with everything that is shown of it; `reverse` are the relations the other way round, in words."""

    source: DocumentLink
    target: DocumentLink
    key: str
    state: str
    grounds: tuple[GroundView, ...]
    references: tuple[ReferenceView, ...]
    decisions: tuple[DecisionAnswer, ...]
    paths: tuple[tuple[StepView, ...], ...]
    reverse: tuple[str, ...]
    lines: tuple[LinesView, ...]
    why: str


def question_view(index: Index, links: PageLinks, question: Question) -> QuestionView:
    """Make a question's view."""
    source, target = index.documents[question.source], index.documents[question.target]
    return QuestionView(
        document_link(index, links, question.source),
        document_link(index, links, question.target),
        _KEYS[question.state],
        word_for(question.state),
        tuple(_ground(index, links, ground) for ground in question.grounds),
        outgoing_views(index, links, question.references[:_MOST_SHOWN], _QUOTE),
        tuple(_decision(index, decision, question.changes) for decision in question.decisions)
        if question.state is State.DECISION
        else (),
        tuple(_path(index, links, path) for path in question.paths[:_MOST_SHOWN])
        if question.state is State.PATH
        else (),
        # Where references answer, those the other way round only distract.
        ()
        if question.references
        else tuple(word_for(reference.relation.name) for reference in question.reverse[:_MOST_SHOWN]),
        _lines(index, question) if question.state is State.OPEN else (),
        why_link(links, source, target),
    )


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in the list of one document: the other end, and the answer in a word."""

    document: DocumentLink
    key: str
    state: str
    grounds: tuple[GroundView, ...]
    why: str


@dataclass(frozen=True, slots=True)
class DocumentQuestions:
    """What a document is asked about others, and what others are asked about it, open ones first."""

    of: tuple[QuestionRow, ...]
    to: tuple[QuestionRow, ...]
    of_total: int
    to_total: int
    page: str
    why: str


def document_questions(index: Index, links: PageLinks, document: Document) -> DocumentQuestions:
    """Gather the questions that a document is an end of."""
    asked = index.case.asked

    def rows(questions: tuple[Question, ...], own: bool) -> tuple[QuestionRow, ...]:
        first = sorted(questions, key=lambda q: q.state is not State.OPEN)
        return tuple(_row(index, links, question, own=own) for question in first[:_MOST_LISTED])

    of, to = asked.of(document.path), asked.to(document.path)
    return DocumentQuestions(
        rows(of, True),
        rows(to, False),
        len(of),
        len(to),
        links.to(QUESTIONS),
        why_link(links, document),
    )


def _row(index: Index, links: PageLinks, question: Question, *, own: bool) -> QuestionRow:
    return QuestionRow(
        document_link(index, links, question.target if own else question.source),
        _KEYS[question.state],
        word_for(question.state),
        tuple(_ground(index, links, ground) for ground in question.grounds),
        why_link(links, index.documents[question.source], index.documents[question.target]),
    )


def counted_words(questions: Iterable[Question]) -> str:
    """How many questions there are and what has become of them, in words."""
    states = Counter(question.state for question in questions)
    total = sum(states.values())
    head = ngettext("%(num)s question", "%(num)s questions", total)
    found = [_(text, number=states[state]) for state, text in _COUNTED.items() if states[state]]
    return _("%(questions)s: %(states)s", questions=head, states=", ".join(found)) if found else head


def _ground(index: Index, links: PageLinks, ground: Ground) -> GroundView:
    mention = ground.mention
    return GroundView(
        ground.kind.value,
        told(ground_words(ground), ground.lang),
        tuple(clause_link(index, links, key) for key in ground.clauses),
        word_for(ground.strength) if ground.strength else "",
        mention_link(links, index.documents[mention.source], mention.passage) if mention else None,
    )


def clause_link(index: Index, links: PageLinks, key: str) -> ClauseLink:
    """Make a clause's link on a page."""
    place = clause_place(index, key)
    return ClauseLink(key, place.title, place.lang, links.to(place.uri, place.anchor) if place.uri else "")


def _decision(index: Index, decision: Decision, changes: tuple[Rewording, ...]) -> DecisionAnswer:
    by = contact_of(index, decision.by)
    return DecisionAnswer(
        decision.because,
        date_words(decision.decided) if decision.decided else "",
        (f"{by.role} ({by.holders})" if by.holders else by.role) if by else "",
        at(decision.place),
        tuple(_change(index, change) for change in changes),
    )


def _change(index: Index, change: Rewording) -> str:
    id = index.documents[change.document].id
    day = date_words(change.day)
    if change.commit:
        return _("%(id)s on %(day)s", id=id, day=day)
    return _("%(id)s on %(day)s, not committed yet", id=id, day=day)


def _path(index: Index, links: PageLinks, path: tuple[Reference, ...]) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            document_link(index, links, step.source),
            outgoing_views(index, links, (step,), _QUOTE)[0],
        )
        for step in path
    )


def _lines(index: Index, question: Question) -> tuple[LinesView, ...]:
    case = index.case
    source, target = index.documents[question.source], index.documents[question.target]
    name = name_of(case.handbook, target)
    reference, decision = slots(case, source, question)

    def view(what: str, slot: Slot) -> LinesView:
        return LinesView(what, slot.under, source.path, slot.lines(name))

    return view(_("Reference it"), reference), view(_("Or decide that it need not"), decision)
