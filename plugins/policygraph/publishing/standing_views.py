"""Reviews, standings, exceptions and suspect references as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.judging.remarks import BACKDATED, RemarkKind, entered_by
from policygraph.judging.standing import Approval, Standing
from policygraph.judging.suspects import Suspect
from policygraph.model.change import Change, ChangeKind
from policygraph.model.document import Document
from policygraph.model.exception import ExceptionState
from policygraph.model.history import Keeping, Revision
from policygraph.model.promise import Kind, Timing
from policygraph.model.review import Outcome, Review
from policygraph.publishing.dates import date_words, days_words, moment
from policygraph.publishing.escaping import safe_url, shortened
from policygraph.publishing.index import Index, ListedException, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.reference_views import (
    DocumentLink,
    PassageLink,
    at,
    document_link,
    note_on,
    passage_link,
)
from policygraph.words import _

_LONGEST_NOTE = 300
_STYLES = {
    Outcome.APPROVED: "good",
    Outcome.APPROVED_WITH_CHANGES: "good",
    Outcome.CONFIRMED: "seen",
    Outcome.REJECTED: "bad",
}
_STANDING_KINDS = (RemarkKind.REJECTED, RemarkKind.LATER)
"""Remarks that concern the document's standing, whichever review they are on."""
_LOG_KINDS = (RemarkKind.ENTERED_BY_OTHER, RemarkKind.BULK, *BACKDATED)
"""Remarks for the log alone."""
_STATES = {
    ExceptionState.EXPIRED: "expired",
    ExceptionState.OPEN: "open",
    ExceptionState.COMING: "coming",
    ExceptionState.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class ChangedView:
    """Whether a text has changed since it was approved: in a word, with the word that styles it and the reasons."""

    word: str
    style: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One review. `text` says which text was looked at; `remarks` what should not go unseen."""

    document: DocumentLink
    when: str
    moment: str
    outcome: str
    style: str
    by: str
    role: str
    version: str
    text: str
    text_href: str
    note: str
    pull_request: str
    pull_request_href: str | None
    entered_by: str
    remarks: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """How a document stands. What is empty is not recorded; `late` says how long a review is overdue."""

    document: DocumentLink
    status: str
    version: str
    approved: str
    approved_moment: str
    approved_by: str
    approved_as: str
    approved_href: str
    approver: str
    last: str
    last_moment: str
    last_outcome: str
    due: str
    due_moment: str
    due_ground: str
    late: str
    changed: ChangedView | None
    unapproved: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuspectView:
    """A suspect reference, with what changed since the source was looked at.

    `changed` is the day on which the target did; empty where that is not committed yet.
    """

    source: DocumentLink
    target: DocumentLink
    relation: str
    changed: str
    reasons: tuple[str, ...]
    redline: str
    looked: str
    place: str


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """An exception from a document, or from the statement quoted. What is empty is not recorded.

    `document` is None where the `target`, as typed, is no single document.
    """

    id: str
    title: str
    anchor: str
    href: str
    document: DocumentLink | None
    target: str
    passage: PassageLink | None
    quote: str
    owner: str
    because: str
    granted: str
    by: str
    expires: str
    closed: str
    late: str
    state: str
    closed_now: bool
    style: str
    place: str


def role_title(index: Index, role: str) -> str:
    """A role's title by its id; as typed where no register knows it."""
    found = index.handbook.role(role)
    return found.title if found else role


def revision_href(index: Index, links: PageLinks, path: str, revision: Revision | None) -> str:
    """A link to a version of a document on the page of its history; empty where history does not hold it."""
    if revision is None:
        return ""
    uri = index.histories.get(path)
    return links.to(uri, f"r-{revision.commit.id[:10]}") if uri else links.sheet(path, "pg-history")


def review_view(index: Index, links: PageLinks, standing: Standing, review: Review) -> ReviewView:
    """Make the view of one of a document's reviews."""
    approval = next((a for a in standing.approvals if a.review is review), None)
    text, href = _text_words(index, links, review)
    return ReviewView(
        document_link(index, links, standing.document),
        date_words(review.on),
        moment(review.on),
        name_of(review.outcome.value),
        _STYLES[review.outcome],
        review.by,
        role_title(index, review.role),
        str(approval.version) if approval else "",
        text,
        href,
        shortened(review.note, _LONGEST_NOTE),
        review.pull_request,
        safe_url(review.pull_request),
        _committer(index, review),
        tuple(
            remark.words
            for remark in standing.remarks_on(review)
            if remark.kind is not RemarkKind.ENTERED_BY_OTHER
        ),
        at(review.place),
    )


def _committer(index: Index, review: Review) -> str:
    """Who entered a review, where that was somebody else than the reviewer."""
    found = entered_by(index.handbook.history, review)
    if found is None:
        return ""
    return _("%(name)s (a bot)", name=found.name) if found.bot else found.name


def _text_words(index: Index, links: PageLinks, review: Review) -> tuple[str, str]:
    """Which text a review looked at, and a link to it."""
    if review.looked_at is None:
        return _("not named"), ""
    document, texts = index.documents[review.document], index.case.texts
    if review.looked_at.text == texts.hash_of(document):
        return _("the text of today"), links.document(document.path)
    revision = texts.looked_at(review)
    if revision is not None:
        words = _("version of %(day)s", day=date_words(revision.commit.when))
        return words, revision_href(index, links, document.path, revision)
    whole = index.handbook.history.keeping is Keeping.WHOLE
    return _("not in the history") if whole else _("not known here"), ""


def standing_view(index: Index, links: PageLinks, document: Document) -> StandingView:
    """Make the view of how a document stands."""
    standing = index.case.standings[document.path]
    approval, last = standing.approval, standing.last_review
    approver = document.front.approver
    return StandingView(
        document_link(index, links, document.path),
        note_on(document, index.today) or _("in force"),
        str(standing.version) if standing.version else "",
        date_words(approval.review.on) if approval else "",
        moment(approval.review.on if approval else None),
        approval.review.by if approval else "",
        role_title(index, approval.review.role) if approval else "",
        _approved_href(index, links, document, approval),
        role_title(index, approver) if approver else "",
        date_words(last.on) if last else "",
        moment(last.on if last else None),
        name_of(last.outcome.value) if last else "",
        date_words(standing.next_review) if standing.next_review else "",
        moment(standing.next_review),
        _ground(document, standing),
        late(index, standing),
        changed_view(standing.changed) if approval else None,
        standing.unapproved,
        _main_remarks(standing),
    )


def _approved_href(index: Index, links: PageLinks, document: Document, approval: Approval | None) -> str:
    if approval is None or approval.review.looked_at is None:
        return ""
    if approval.review.looked_at.text == index.case.texts.hash_of(document):
        return links.document(document.path)
    return revision_href(index, links, document.path, approval.revision)


def _main_remarks(standing: Standing) -> tuple[str, ...]:
    """The remarks on the approval that counts and on the last look, and a rejection that stands."""
    approval = standing.approval
    shown = [
        remark.words
        for remark in standing.remarks
        if remark.kind in _STANDING_KINDS
        or (remark.kind not in _LOG_KINDS and approval is not None and remark.review is approval.review)
        or (remark.kind not in _LOG_KINDS and remark.review is standing.last_review)
    ]
    return tuple(dict.fromkeys(shown))


def _ground(document: Document, standing: Standing) -> str:
    """Why the next review is due when it is."""
    if standing.next_review is None:
        return ""
    every = Timing(Kind.FREQUENCY, standing.every)
    if standing.last_review:
        if document.front.review_every:
            return _("%(every)s, from the last review", every=every)
        return _("%(every)s, as the settings say, from the last review", every=every)
    if document.front.review_every:
        return _("%(every)s, from when it came into force, as no review is recorded", every=every)
    return _(
        "%(every)s, as the settings say, from when it came into force, as no review is recorded",
        every=every,
    )


def late(index: Index, standing: Standing) -> str:
    """How long the next review is overdue; empty where it is not."""
    if not standing.overdue or standing.next_review is None:
        return ""
    return days_words((index.today - standing.next_review).days)


def changed_view(change: Change | None) -> ChangedView:
    """Whether a text has changed since it was approved."""
    if change is None:
        return ChangedView(_("not known"), "unknown", ())
    match change.kind:
        case ChangeKind.NONE:
            return ChangedView(_("no"), "first", ())
        case ChangeKind.EDITORIAL:
            return ChangedView(_("editorially"), "editorial", change.said)
        case _:
            return ChangedView(_("in substance"), "substance", change.said)


def suspect_views(index: Index, links: PageLinks, found: Iterable[Suspect]) -> tuple[SuspectView, ...]:
    """Suspect references for a page."""
    views = []
    for suspect in found:
        reference, changed = suspect.reference, suspect.changed
        if suspect.review is not None:
            looked = _(
                "reviewed on %(day)s by %(name)s",
                day=date_words(suspect.review.on),
                name=suspect.review.by,
            )
        else:
            looked = _("never reviewed, last changed on %(day)s", day=date_words(suspect.looked.day))
        views.append(
            SuspectView(
                document_link(index, links, reference.source),
                document_link(index, links, reference.target),
                name_of(reference.relation.name),
                date_words(changed.moment.day) if changed.new else "",
                changed.change.said,
                revision_href(index, links, reference.target, changed.new),
                looked,
                at(reference.occurrences[0].place),
            )
        )
    return tuple(views)


def exception_views(
    index: Index, links: PageLinks, found: Iterable[ListedException]
) -> tuple[ExceptionView, ...]:
    """Exceptions for a page."""
    views = []
    for listed in found:
        exception = listed.exception
        days = (index.today - exception.expires).days if exception.expires else 0
        views.append(
            ExceptionView(
                exception.id,
                exception.title,
                listed.anchor,
                links.to(listed.uri, listed.anchor),
                None if listed.stray else document_link(index, links, exception.document),
                "#".join(part for part in (exception.document, exception.statement) if part),
                passage_link(links, exception.document, exception.passage) if exception.passage else None,
                exception.quote,
                _owner(index, exception.owner),
                exception.because,
                date_words(exception.granted) if exception.granted else "",
                exception.by,
                date_words(exception.expires) if exception.expires else "",
                date_words(exception.closed) if exception.closed else "",
                days_words(days) if listed.state is ExceptionState.EXPIRED else "",
                name_of(listed.state.value),
                listed.state is ExceptionState.CLOSED,
                _STATES[listed.state],
                at(exception.place),
            )
        )
    return tuple(views)


def _owner(index: Index, owner: str) -> str:
    role = index.handbook.role(owner)
    if role is None:
        return owner
    if not role.holders:
        return _("%(role)s (held by nobody)", role=role.title)
    return f"{role.title} ({', '.join(role.holders)})"
