"""Standings: which version of a document counts, who approved it, and when it is looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from policygraph.judging.remarks import Remark, Remarks
from policygraph.judging.texts import Texts
from policygraph.model.change import Change, ChangeKind
from policygraph.model.document import Document, Status
from policygraph.model.history import Revision
from policygraph.model.interval import Interval
from policygraph.model.review import Review
from policygraph.resolving.handbook import Handbook


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """The version of an approved text: a change of substance makes a new major, an editorial one a new minor."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    def after(self, change: Change | None) -> Version:
        """The version of the text approved next. A change that nobody can judge counts as one of substance."""
        if change is None or change.of_substance:
            return Version(self.major + 1, 0)
        return self if change.kind is ChangeKind.NONE else Version(self.major, self.minor + 1)


FIRST = Version(1, 0)


@dataclass(frozen=True, slots=True)
class Approval:
    """An approved text. `change` is what separates it from the one approved before: None for the first, and where
    it cannot be known. `revision` holds the text, where the history has it."""

    review: Review
    version: Version
    change: Change | None
    revision: Revision | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands on a day.

    `reviews` are those that count by then, the oldest first. `changed` is what separates the text of today from the
    approved one; None where nothing is approved, or where it cannot be known. `unapproved` tells a text in
    force that nobody has approved, or that changed in substance since; it is false throughout a handbook that
    keeps no reviews, of which nothing is known.
    """

    document: str
    reviews: tuple[Review, ...]
    approvals: tuple[Approval, ...]
    changed: Change | None
    unapproved: bool
    last_review: Review | None
    every: Interval | None
    next_review: dt.date | None
    overdue: bool
    remarks: tuple[Remark, ...]

    @property
    def approval(self) -> Approval | None:
        """The approval that counts."""
        return self.approvals[-1] if self.approvals else None

    @property
    def version(self) -> Version | None:
        """The version of the text approved last."""
        return self.approvals[-1].version if self.approvals else None

    def remarks_on(self, review: Review) -> tuple[Remark, ...]:
        """What there is to say about one review."""
        return tuple(remark for remark in self.remarks if remark.review is review)


def standings(handbook: Handbook, today: dt.date, texts: Texts) -> Mapping[str, Standing]:
    """The standing of every document, by path."""
    remarks = Remarks(handbook, today, texts)
    return MappingProxyType(
        {d.path: standing_of(handbook, d, today, texts, remarks) for d in handbook.documents}
    )


def standing_of(
    handbook: Handbook, document: Document, today: dt.date, texts: Texts, remarks: Remarks
) -> Standing:
    """The standing of one document."""
    logged = handbook.reviews.get(document.path, ())
    counted = in_order(handbook, (review for review in logged if review.on <= today))
    approvals = _approvals(document, counted, texts)
    changed = texts.between(document, approvals[-1].review.looked_at) if approvals else None
    last = next((r for r in reversed(counted) if r.outcome.clears), None)
    every = document.front.review_every or handbook.settings.review_every
    due = _next_review(document, last, every)
    in_force = document.in_force(today)
    lacking = not approvals or (changed is not None and changed.of_substance)
    return Standing(
        document.path,
        counted,
        approvals,
        changed,
        bool(handbook.reviews) and in_force and lacking,
        last,
        every,
        due,
        due is not None and due < today and in_force,
        remarks.on(document, logged, counted),
    )


def in_order(handbook: Handbook, reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Reviews as they happened: by day, and within a day as their files came onto the published branch."""

    def moment(review: Review) -> tuple[dt.date, bool, int, str]:
        revisions = handbook.history.of(review.place.file)
        order = revisions[0].commit.order if revisions else 0
        return review.on, not revisions, order, review.place.file

    return tuple(sorted(reviews, key=moment))


def _approvals(document: Document, reviews: Iterable[Review], texts: Texts) -> tuple[Approval, ...]:
    found: list[Approval] = []
    for review in reviews:
        if not review.outcome.approves:
            continue
        version, change = FIRST, None
        if found:
            before = found[-1]
            if review.looked_at is not None:
                change = texts.between(document, before.review.looked_at, review.looked_at)
            version = before.version.after(change)
        found.append(Approval(review, version, change, texts.looked_at(review)))
    return tuple(found)


def _next_review(document: Document, last: Review | None, every: Interval | None) -> dt.date | None:
    """When the document must be looked at again; None where nothing says so, or where it no longer matters."""
    if every is None or document.status is not Status.ACTIVE:
        return None
    begins = last.on if last else document.front.effective
    return every.after(begins) if begins else None
