"""The reviews page: how each document stands, what has come into doubt, and the log of all reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.people import person_key
from policygraph.judging.remarks import BACKDATED, BULK, LATE, Remark, RemarkKind
from policygraph.judging.standing import Standing
from policygraph.model.change import ChangeKind
from policygraph.model.document import Document
from policygraph.model.history import Keeping
from policygraph.model.review import Review
from policygraph.publishing.audit_pages import FINDINGS, REVIEWS, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.dates import date_words
from policygraph.publishing.index import Index, PageLinks, grouped
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.publishing.review_timeline import timeline
from policygraph.publishing.standing_views import (
    ReviewView,
    StandingView,
    review_view,
    standing_view,
    suspect_views,
)
from policygraph.words import N_, _

_DESCRIPTION = N_(
    "Which version of each document was approved by whom, when it is looked at again, and every review."
)
_MOST_LISTED = 100
"""Suspect references, bulks and remarks of one kind on dates listed on the page; findings and log have all of them."""

_DATED_WORDS = {
    RemarkKind.ENTERED_LATE: N_("Entered long after their date"),
    RemarkKind.TEXT_LATE: N_("The text they name came onto the branch long after their date"),
    RemarkKind.NOTHING_THERE: N_("Dated long before the branch had any text of the document"),
}

_MOST_IN_A_BULK = 20
"""Documents named for one bulk; the log has all of them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the page begins with, as counts."""

    documents: int
    approved: int
    substance: int
    unapproved: int
    overdue: int
    reviews: int
    entered_by_others: int
    backdated: int


@dataclass(frozen=True, slots=True)
class Bulk:
    """Many reviews by one person on one day."""

    by: str
    when: str
    count: int
    documents: tuple[DocumentLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DatedRemark:
    """A remark on a review's date, with the review it is on."""

    document: DocumentLink
    when: str
    by: str
    message: str


@dataclass(frozen=True, slots=True)
class DatedRemarks:
    """The remarks of one kind on the dates of reviews, the first of them."""

    words: str
    count: int
    first: tuple[DatedRemark, ...]
    more: int


_Logged = tuple[Standing, Review]


def review_pages(index: Index) -> Iterator[Page]:
    """The page of all reviews; where there are many documents or reviews, further pages with parts of it."""
    documents = index.handbook.documents
    log = _log(index)
    links = PageLinks(index, REVIEWS)
    standing_parts = (
        area_pieces("reviews", index.shelves, lambda shelf: pieces(shelf.documents), lambda d: d.id)
        if len(documents) > MOST_ROWS
        else ()
    )
    log_parts = pieces(log) if len(log) > MOST_ROWS else ()
    yield audit_page(
        REVIEWS,
        _("Reviews and approvals"),
        "reviews.md.j2",
        links,
        section=REVIEWS,
        description=_(_DESCRIPTION),
        wide=True,
        tally=_tally(index),
        standings=() if standing_parts else _standings(index, links, documents),
        standing_parts=tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in standing_parts),
        suspects=suspect_views(index, links, index.case.suspects[:_MOST_LISTED]),
        suspects_total=len(index.case.suspects),
        history_known=bool(index.handbook.history.revisions),
        history_whole=index.handbook.history.keeping is Keeping.WHOLE,
        bulks=_bulks(index, links, log),
        bulk=BULK,
        dated=_dated(index, links, log),
        late=LATE,
        log=() if log_parts else _views(index, links, log),
        log_parts=tuple(
            Crumb(_span(part), links.to(_log_uri(number)), len(part)) for number, part in enumerate(log_parts)
        ),
        timeline=timeline(index, links, {p.rows[0].area: links.to(p.uri) for p in reversed(standing_parts)}),
        findings=links.to(FINDINGS),
        back="",
    )
    for piece in standing_parts:
        links = PageLinks(index, piece.uri)
        rows = _standings(index, links, piece.rows)
        yield _part(links, _("Reviews: %(part)s", part=piece.title), standings=rows, log=())
    for number, part in enumerate(log_parts):
        links = PageLinks(index, _log_uri(number))
        title = _("Review log: %(days)s", days=_span(part))
        yield _part(links, title, standings=(), log=_views(index, links, part))


def _part(
    links: PageLinks, title: str, *, standings: tuple[StandingView, ...], log: tuple[ReviewView, ...]
) -> Page:
    return audit_page(
        links.uri,
        title,
        "reviews_part.md.j2",
        links,
        section=REVIEWS,
        description=_(_DESCRIPTION),
        wide=True,
        standings=standings,
        log=log,
        back=links.to(REVIEWS),
    )


def _log_uri(number: int) -> str:
    # No area's file name ends in a hyphen, so this cannot clash with an area's.
    return f"audit/reviews/log--{number + 1}.md"


def _span(part: Sequence[_Logged]) -> str:
    newest, oldest = part[0][1].on, part[-1][1].on
    if newest == oldest:
        return date_words(newest)
    return _("%(first)s to %(last)s", first=date_words(oldest), last=date_words(newest))


def _log(index: Index) -> tuple[_Logged, ...]:
    """Every review that counts today, the newest first."""
    found = [(s, review) for s in index.case.standings.values() for review in s.reviews]
    found.sort(key=lambda entry: entry[1].place)
    return tuple(sorted(found, key=lambda entry: entry[1].on, reverse=True))


def _views(index: Index, links: PageLinks, log: Sequence[_Logged]) -> tuple[ReviewView, ...]:
    return tuple(review_view(index, links, standing, review) for standing, review in log)


def _standings(index: Index, links: PageLinks, documents: Sequence[Document]) -> tuple[StandingView, ...]:
    return tuple(standing_view(index, links, document) for document in documents)


def _tally(index: Index) -> Tally:
    standings = index.case.standings
    binding = [s for s in standings.values() if index.documents[s.document].in_force(index.today)]
    changed = [s for s in binding if s.changed is not None and s.changed.kind is ChangeKind.SUBSTANCE]
    return Tally(
        len(binding),
        sum(s.approval is not None and not s.unapproved for s in binding),
        len(changed),
        sum(s.approval is None for s in binding),
        sum(s.overdue for s in binding),
        sum(len(s.reviews) for s in standings.values()),
        sum(r.kind is RemarkKind.ENTERED_BY_OTHER for s in standings.values() for r in s.remarks),
        len({id(r.review) for s in standings.values() for r in s.remarks if r.kind in BACKDATED}),
    )


def _dated(index: Index, links: PageLinks, log: Sequence[_Logged]) -> tuple[DatedRemarks, ...]:
    """The remarks on dates by kind, the latest reviews first."""
    found: dict[RemarkKind, list[tuple[str, Remark]]] = {kind: [] for kind in BACKDATED}
    for standing, review in log:
        for remark in standing.remarks_on(review):
            if remark.kind in found:
                found[remark.kind].append((standing.document, remark))
    return tuple(
        DatedRemarks(
            _(_DATED_WORDS[kind]),
            len(group),
            tuple(
                DatedRemark(
                    document_link(index, links, path),
                    date_words(remark.review.on),
                    remark.review.by,
                    remark.words,
                )
                for path, remark in group[:_MOST_LISTED]
            ),
            max(0, len(group) - _MOST_LISTED),
        )
        for kind, group in found.items()
        if group
    )


def _bulks(index: Index, links: PageLinks, log: Sequence[_Logged]) -> tuple[Bulk, ...]:
    """Days on which one person reviewed many documents, the latest first."""
    groups = grouped(log, lambda entry: (entry[1].on, person_key(entry[1].by)))
    found = []
    for (day, _person), group in groups.items():
        if len(group) >= BULK:
            found_in = {standing.document for standing, _review in group}
            paths = sorted(found_in, key=lambda path: (index.documents[path].id, path))
            found.append(
                Bulk(
                    group[0][1].by,
                    date_words(day),
                    len(group),
                    tuple(document_link(index, links, path) for path in paths[:_MOST_IN_A_BULK]),
                    max(0, len(paths) - _MOST_IN_A_BULK),
                )
            )
    return tuple(found[:_MOST_LISTED])
