"""What a change means for others, as data."""

from __future__ import annotations

from policygraph.judging.consequences import Consequences
from policygraph.model.document import Document
from policygraph.publishing.exports.comparison import comparison_data
from policygraph.publishing.exports.records import Data, finding_data, portable


def consequences_data(found: Consequences) -> Data:
    """The comparison, with new findings, the documents that rely on what changed, and approvals outdated."""
    handbook = found.comparison.after.handbook

    def record(document: Document) -> Data:
        return {"id": document.id, "file": portable(document.path), "title": document.title}

    return {
        **comparison_data(found.comparison),
        "findings": {"new": [finding_data(handbook, one) for one in found.findings], "mended": found.mended},
        "concerned": [
            {
                "changed": record(one.changed),
                "relying": [
                    {
                        **record(dependent.document),
                        "distance": dependent.distance,
                        "owner": dependent.document.owner,
                        "holders": list(role.holders)
                        if (role := handbook.role(dependent.document.owner))
                        else [],
                        "because": dependent.chain[0].because,
                    }
                    for dependent in (*one.near, *one.far)
                ],
            }
            for one in found.concerned
        ],
        "outdated": [
            {
                **record(one.document),
                "version": str(one.approval.version),
                "by": one.approval.review.by,
                "date": one.approval.review.on.isoformat(),
            }
            for one in found.outdated
        ],
        "unsigned": [record(document) for document in found.unsigned],
        "arrangements": {
            "shifts": [
                {"kind": one.kind, "name": one.name, "before": one.before, "after": one.after}
                for one in found.arrangements.shifts
            ],
            "reviews": [
                {
                    **record(handbook.by_path[one.document]),
                    "by": one.by,
                    "role": one.role,
                    "date": one.on.isoformat(),
                    "outcome": one.outcome.value,
                }
                for one in found.arrangements.reviews
            ],
            "exceptions": [{"id": one.id, "title": one.title} for one in found.arrangements.exceptions],
        },
    }
