"""Suspect references: a document was last looked at before one that it relies on changed in substance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.judging.standing import Standing
from policygraph.judging.substance_walk import Occasion, SubstanceChange, SubstanceWalk
from policygraph.judging.texts import Texts
from policygraph.model.document import Status
from policygraph.model.history import History
from policygraph.model.reference import Reference
from policygraph.model.review import Review
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Suspect:
    """A reference whose source was last looked at (`looked`) before its target changed in substance.

    `review` is that last look; None where the source was never reviewed, so that its own last change of
    substance, or its beginning, counts as a look.
    """

    reference: Reference
    changed: SubstanceChange
    looked: Occasion
    review: Review | None


def suspects(
    handbook: Handbook, today: dt.date, standings: Mapping[str, Standing], texts: Texts
) -> tuple[Suspect, ...]:
    """Every suspect reference, in the order of the references. Where no history is at hand there are none."""
    if not handbook.history.revisions:
        return ()
    walks = {d.path: SubstanceWalk(handbook.history, d, today, texts) for d in handbook.documents}
    found = []
    for reference in handbook.references:
        source = handbook.by_path[reference.source]
        if not reference.relation.relies or source.status is not Status.ACTIVE:
            continue
        review = standings[source.path].last_review
        looked = _of_review(handbook.history, review) if review else walks[source.path].last_look()
        if looked is None:
            continue
        changed = walks[reference.target].since(looked)
        if changed is not None:
            found.append(Suspect(reference, changed, looked, review))
    return tuple(found)


def _of_review(history: History, review: Review) -> Occasion:
    """When a review was made: when its file came onto the published branch, or now if that is yet to come, and
    no later than its date says."""
    revisions = history.of(review.place.file)
    if revisions:
        return Occasion(review.on, revisions[0].commit.order, said=True)
    return Occasion(review.on, now=review.place.file in history.uncommitted, said=True)
