"""What a document's page and its audit sheet say of its reviews, its exceptions and references in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.publishing.audit_pages import REVIEWS
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.standing_views import (
    ExceptionView,
    ReviewView,
    StandingView,
    SuspectView,
    exception_views,
    review_view,
    standing_view,
    suspect_views,
)

_MOST = 50
"""Reviews, exceptions and suspect references that a sheet lists."""


@dataclass(frozen=True, slots=True)
class SheetReviews:
    """The reviews of a document as its sheet shows them; a translation has no standing of its own."""

    standing: StandingView | None
    log: tuple[ReviewView, ...]
    log_total: int
    page: str
    suspects: tuple[SuspectView, ...]
    casting_doubt: tuple[SuspectView, ...]
    exceptions: tuple[ExceptionView, ...]


def sheet_reviews(index: Index, links: PageLinks, document: Document) -> SheetReviews:
    """Gather what a sheet says of reviews."""
    path = document.path
    standing = index.case.standings.get(path)
    reviews = standing.reviews[::-1] if standing else ()
    return SheetReviews(
        standing_view(index, links, document) if standing else None,
        tuple(review_view(index, links, standing, review) for review in reviews[:_MOST]) if standing else (),
        len(reviews),
        links.to(REVIEWS, "log"),
        suspect_views(index, links, index.suspects.get(path, ())[:_MOST]),
        suspect_views(index, links, index.casting_doubt.get(path, ())[:_MOST]),
        exception_views(index, links, index.excepted.get(path, ())[:_MOST]),
    )
