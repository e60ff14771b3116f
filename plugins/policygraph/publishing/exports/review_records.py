"""Reviews, standings, suspect references and exceptions as plain data."""

from __future__ import annotations

from policygraph.judging.case import Case
from policygraph.judging.standing import Standing
from policygraph.judging.suspects import Suspect
from policygraph.model.exception import PolicyException
from policygraph.model.review import Review
from policygraph.publishing.exports.records import Data, date_data, passage_data, place_data


def review_data(case: Case, review: Review) -> Data:
    """An entry of the review log. `version` is the one that an approval gave, `remarks` what should not go unseen."""
    standing = case.standings[review.document]
    looked_at = review.looked_at
    approval = next((a for a in standing.approvals if a.review is review), None)
    return {
        "document": case.handbook.by_path[review.document].id,
        "document_file": review.document,
        "date": review.on.isoformat(),
        "by": review.by,
        "as": review.role,
        "outcome": review.outcome.value,
        "version": str(approval.version) if approval else None,
        "text": looked_at.text if looked_at else None,
        "substance": looked_at.substance if looked_at else None,
        "note": review.note or None,
        "pull_request": review.pull_request or None,
        "remarks": [{"kind": r.kind.value, "message": r.message} for r in standing.remarks_on(review)],
        **place_data(review.place),
    }


def standing_data(case: Case, standing: Standing) -> Data:
    """How a document stands: what is null is not recorded, or cannot be known."""
    approval, last, changed = standing.approval, standing.last_review, standing.changed
    return {
        "document": case.handbook.by_path[standing.document].id,
        "document_file": standing.document,
        "version": str(standing.version) if standing.version else None,
        "approved": date_data(approval.review.on) if approval else None,
        "approved_by": approval.review.by if approval else None,
        "approved_as": approval.review.role if approval else None,
        "approved_commit": approval.revision.commit.id if approval and approval.revision else None,
        "changed_since_approval": changed.kind.value if changed else None,
        "changes": list(changed.reasons) if changed else [],
        "in_force_without_approval": standing.unapproved,
        "last_review": date_data(last.on) if last else None,
        "review_every": str(standing.every) if standing.every else None,
        "next_review": date_data(standing.next_review),
        "overdue": standing.overdue,
    }


def suspect_data(case: Case, suspect: Suspect) -> Data:
    """A suspect reference: what its target changed after its source was last looked at."""
    reference, changed = suspect.reference, suspect.changed
    return {
        "source": case.handbook.by_path[reference.source].id,
        "source_file": reference.source,
        "target": case.handbook.by_path[reference.target].id,
        "target_file": reference.target,
        "relation": reference.relation.name,
        "changed": date_data(changed.moment.day),
        "commit": changed.new.commit.id if changed.new else None,
        "changes": list(changed.change.reasons),
        "looked_at": date_data(suspect.looked.day),
        "reviewed": suspect.review is not None,
    }


def exception_data(case: Case, exception: PolicyException) -> Data:
    """A permitted departure, and how it stands on the day of the inventory."""
    return {
        "id": exception.id,
        "title": exception.title,
        "document": case.handbook.by_path[exception.document].id,
        "document_file": exception.document,
        "passage": passage_data(exception.passage),
        **_departure(case, exception),
    }


def stray_exception_data(case: Case, exception: PolicyException) -> Data:
    """A permitted departure from what no single document is: `document` is as typed."""
    return {
        "id": exception.id,
        "title": exception.title,
        "document": exception.document,
        **_departure(case, exception),
    }


def _departure(case: Case, exception: PolicyException) -> Data:
    return {
        "statement": exception.statement or None,
        "quote": exception.quote or None,
        "owner": exception.owner or None,
        "because": exception.because,
        "granted": date_data(exception.granted),
        "by": exception.by or None,
        "expires": date_data(exception.expires),
        "closed": date_data(exception.closed),
        "state": exception.state(case.today).value,
        **place_data(exception.place),
    }
