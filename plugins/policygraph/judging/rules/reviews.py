"""Rules about reviews, approvals, exceptions, and what other documents' changes put in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.people import holds
from policygraph.judging.rule import Trouble, rule
from policygraph.judging.standing import Approval
from policygraph.judging.substance_walk import SubstanceChange
from policygraph.judging.suspects import Suspect
from policygraph.model.document import Document, Status
from policygraph.model.exception import PolicyException
from policygraph.model.finding import Severity
from policygraph.model.promise import Kind, Timing

_MOST_REASONS = 3


@rule("PG430", "suspect-reference", Severity.WARNING)
def suspect_reference(case: Case) -> Iterator[Trouble]:
    """A document relies on another that has changed in substance since anybody looked at the first.

    Why it matters:
        What the document says may rest on words that stand there no longer. Nobody has checked yet.

    Example:
        The risk procedure depends on the impact assessment, in which "24 hours" became "72 hours" after the risk
        procedure was last reviewed.

    Remedy:
        Read the change, then review the document that relies on it: `policygraph review ID --outcome "confirmed unchanged" …`
        where it still holds, or correct its text.

        Spelling, spacing and typography are no change of substance. A review dated before the change does not count
        as a look at it, however late it was entered. A document that was never reviewed counts as
        looked at when its own text last changed in substance.
    """
    for suspect in case.suspects:
        source = case.handbook.by_path[suspect.reference.source]
        target = case.handbook.by_path[suspect.reference.target]
        yield Trouble(
            suspect.reference.occurrences[0].place,
            f"{source.id} {suspect.reference.relation.name} {target.id}, which changed in substance"
            f" {_changed(suspect.changed)}. {source.id} was last {_looked(suspect)}.",
            document=source.path,
        )


@rule("PG439", "late-translation", Severity.WARNING)
def late_translation(case: Case) -> Iterator[Trouble]:
    """A document has changed in substance since its translation was last touched.

    Why it matters:
        Whoever reads the translation follows a rule that is no longer in force, and cannot know.

    Example:
        "24 hours" became "72 hours" in ai-19.md last week; ai-19.de.md was last touched a year ago.

    Remedy:
        Bring the translation up to date. Spelling, spacing and typography of the original make no translation late.
        Until then its page says that the original has changed.
    """
    for late in case.late_translations:
        yield Trouble(
            late.translation.place,
            f"{late.original.id} '{late.original.title}' changed in substance {_changed(late.changed)}. This translation"
            f" was last touched on {late.touched}.",
            document=late.translation.path,
        )


def _changed(changed: SubstanceChange) -> str:
    if changed.new is None:
        return f"on disk, not yet committed: {reasons(changed.change.reasons)}"
    return f"on {changed.moment.day} ({changed.new.commit.id[:8]}): {reasons(changed.change.reasons)}"


def _looked(suspect: Suspect) -> str:
    if suspect.review is not None:
        return f"reviewed on {suspect.review.on}"
    return f"changed itself on {suspect.looked.day}, and never reviewed"


def reasons(found: tuple[str, ...]) -> str:
    """The weightiest reasons of a change as one phrase."""
    if not found:
        return "see the text"
    more = len(found) - _MOST_REASONS
    return "; ".join(found[:_MOST_REASONS]) + (f"; and {more} more" if more > 0 else "")


@rule("PG431", "review-overdue", Severity.WARNING, calendar=True)
def review_overdue(case: Case) -> Iterator[Trouble]:
    """A document in force was to be reviewed by a day that has passed.

    Why it matters:
        The organisation has said itself how often it looks at the document. An auditor holds it to that.

    Example:
        `review_every: 12 months`, and the last review was fourteen months ago.

    Remedy:
        Read the document and record what came of it: `policygraph review ID --outcome "confirmed unchanged" …`.

        The day is the last review that was not rejected plus `review_every` of the document or of the settings.
        Where a document was never reviewed, its `effective` date stands in. However long a review is overdue, it
        stays a warning; the settings may make it an error.
    """
    for path, standing in case.standings.items():
        if not standing.overdue or standing.next_review is None:
            continue
        document = case.handbook.by_path[path]
        late = (case.today - standing.next_review).days
        last = standing.last_review
        since = f"the last one was on {last.on}, by {last.by}" if last else "no review is recorded"
        yield Trouble(
            document.place_of("review_every"),
            f"The review of '{document.title}' was due on {standing.next_review}, {_days(late)} ago;"
            f" {since}. It is to be reviewed {Timing(Kind.FREQUENCY, standing.every)}.",
            document=path,
        )


def _days(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"


@rule("PG432", "not-approved", Severity.INFO)
def not_approved(case: Case) -> Iterator[Trouble]:
    """A text is in force that nobody has approved, or that changed in substance since it was approved.

    Why it matters:
        People are held to words that nobody entitled to has agreed to. A merge is not an approval.

    Example:
        "24 hours" became "72 hours" after the board had approved the policy.

    Remedy:
        Have the text approved by its approver: `policygraph review ID --outcome approved …`.

        Nothing is said in a handbook that keeps no reviews at all. Editorial changes need no new approval.
    """
    for path, standing in case.standings.items():
        if not standing.unapproved:
            continue
        document = case.handbook.by_path[path]
        approval = standing.approval
        if approval is None or standing.changed is None:
            message = f"'{document.title}' is in force, and no approval is recorded."
        else:
            message = (
                f"'{document.title}' has changed in substance since version {approval.version} was approved on"
                f" {approval.review.on}: {reasons(standing.changed.reasons)}."
            )
        yield Trouble(document.place_of("approver"), message, document=path)


@rule("PG433", "approved-without-the-role", Severity.WARNING)
def approved_without_the_role(case: Case) -> Iterator[Trouble]:
    """The approval that counts was given by somebody who does not hold the approving role.

    Why it matters:
        An approval is worth what the approver's authority is worth.

    Example:
        The board approves the AI policy, and the entry is by somebody who is not on the board.

    Remedy:
        Have the text approved by a holder of the role, or correct the document's `approver`.

        Holders are those of registers/organisation.yml today; where a role has changed hands, the approval of a
        former holder is reported until the new one has approved or the role's register says otherwise.
    """
    for path, standing in case.standings.items():
        if standing.approval is None:
            continue
        document = case.handbook.by_path[path]
        message = _lacks_role(case, document, standing.approval)
        if message:
            yield Trouble(standing.approval.review.place, message, document=path)


def _lacks_role(case: Case, document: Document, approval: Approval) -> str:
    """What is wrong with the approver's role; nothing where it is right, or where no register tells."""
    review = approval.review
    wanted = document.front.approver or review.role
    role = case.handbook.role(wanted)
    if role is None or holds(role, review.by):
        return ""
    return (
        f"Version {approval.version} of {document.id} was approved by {review.by}, who does not hold"
        f" the approving role '{role.title}' today."
    )


@rule("PG434", "exception-expired", Severity.ERROR, calendar=True)
def exception_expired(case: Case) -> Iterator[Trouble]:
    """An exception has expired, and nobody has closed it.

    Why it matters:
        A departure that was permitted for a time is permitted no longer. Either it ended, which nobody has said, or
        the rule is being broken.

    Example:
        `expires: 2026-09-30` and no `closed`.

    Remedy:
        Say when it ended with `closed: YYYY-MM-DD`, or have it granted anew with a new `expires`.
    """
    for exception, document in _departures(case):
        if exception.expired(case.today):
            owner = f" Owner: {exception.owner}." if exception.owner else ""
            target = document.id if document else f"'{exception.document}', which no single document is,"
            yield Trouble(
                exception.place,
                f"The exception '{exception.id}' from {target} expired on {exception.expires} and is not closed.{owner}",
                document=document.path if document else None,
            )


def _departures(case: Case) -> Iterator[tuple[PolicyException, Document | None]]:
    """Every exception with its document; None where its document is not to be found."""
    for exception in case.handbook.exceptions:
        yield exception, case.handbook.by_path[exception.document]
    for exception in case.handbook.stray_exceptions:
        yield exception, None


@rule("PG436", "document-expired", Severity.ERROR, calendar=True)
def document_expired(case: Case) -> Iterator[Trouble]:
    """A document has expired, and is still called active.

    Why it matters:
        It binds nobody any more, yet it reads as though it did, and the clauses that it answers are answered by nobody.

    Example:
        `status: active` and `expires: 2026-09-30`.

    Remedy:
        Renew it with a later `expires`, or set `status: retired` and name what replaces it in `replaced_by`.
    """
    for document in case.handbook.documents:
        expires = document.front.expires
        if expires is not None and expires < case.today and document.status is Status.ACTIVE:
            yield Trouble(
                document.place_of("expires"), f"'{document.title}' expired on {expires} and is still active."
            )


@rule("PG437", "review-ahead", Severity.WARNING)
def review_ahead(case: Case) -> Iterator[Trouble]:
    """A review is dated in the future.

    Why it matters:
        Nobody can have looked at a text on a day that has not come. The review does not count until then, so a
        document may look unapproved or overdue that somebody has looked at.

    Example:
        `date: "2062-11-25"` where 2026 was meant.

    Remedy:
        Correct the date, or take the entry away and write it down once the review has been made.
    """
    for path, reviews in case.handbook.reviews.items():
        document = case.handbook.by_path[path]
        for review in reviews:
            if review.on > case.today:
                yield Trouble(
                    review.place,
                    f"The review of {document.id} by {review.by} is dated {review.on}, which is still to come;"
                    " it does not count.",
                    document=path,
                )


@rule("PG438", "exception-dates", Severity.WARNING)
def exception_dates(case: Case) -> Iterator[Trouble]:
    """The dates of an exception cannot be as they are written.

    Why it matters:
        The dates say when a departure was permitted. Where they contradict each other, or speak of the future as
        done, nobody can say whether what happened was permitted.

    Example:
        `granted: 2026-07-06` and `expires: 2026-06-30`.

    Remedy:
        Correct the date. An exception is closed once it has ended, not before; when it is to end is said with `expires`.
    """
    for exception, document in _departures(case):
        for wrong in _impossible(exception, case.today):
            yield Trouble(
                exception.place,
                f"The exception '{exception.id}' {wrong}.",
                document=document.path if document else None,
            )


def _impossible(exception: PolicyException, today: dt.date) -> Iterator[str]:
    granted, expires, closed = exception.granted, exception.expires, exception.closed
    if closed is not None and closed > today:
        yield f"is closed on {closed}, which is still to come; until then it is not closed"
    if closed is not None and granted is not None and closed < granted:
        yield f"was closed on {closed}, before it was granted on {granted}"
    if expires is not None and granted is not None and expires < granted:
        yield f"expires on {expires}, before it is granted on {granted}"
