"""The overhead pages: the mirror for the organisation itself. They end with the cuts that are most worthwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.cuts import MOST, Cut, CutKind
from policygraph.judging.overhead import AudienceLoad, DocumentLoad, HastyReviews, Overhead, minutes
from policygraph.judging.readability import Ease, ease_of
from policygraph.judging.similarity import SimilarDocuments, SimilarPassages
from policygraph.publishing.audit_pages import BASIS, OVERHEAD, PROMISES, Crumb, audit_page
from policygraph.publishing.bars import Bar, bar_chart
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.document_pages import audiences_of, date_words
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import (
    DocumentLink,
    PassageLink,
    document_link,
    mention_link,
)
from policygraph.words import N_, _, ngettext, spoken

_DESCRIPTION = N_("What the handbook costs those who read it, what it says twice, and what could go.")
_LONGEST = 10
_LISTED = 50
"""Entries of a list on the page; the rest are counted."""
_PLACES = 4
"""Places shown of one passage that stands in many documents."""
_QUOTE = 240

_SCALE = (
    (Ease.VERY_EASY, N_("below 30"), N_("a children's book")),
    (Ease.EASY, N_("30 to 39"), N_("a novel")),
    (Ease.MEDIUM, N_("40 to 49"), N_("a newspaper")),
    (Ease.HARD, N_("50 to 59"), N_("a report by specialists")),
    (Ease.VERY_HARD, N_("60 and more"), N_("a statute")),
)

_VERBS = {
    CutKind.IDLE: N_("Drop"),
    CutKind.COPY: N_("Merge"),
    CutKind.REPEATED: N_("Say once"),
    CutKind.UNBACKED: N_("Record, or stop promising"),
}


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A document in the table of documents. `density_sort` and `ease_sort` order by the figures, what was not measured last."""

    document: DocumentLink
    audience: str
    words: int
    minutes: int
    statements: int
    density: str
    density_sort: str
    lix: str
    ease: str
    ease_sort: str


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """An audience in its table."""

    title: str
    people: str
    documents: int
    words: int
    time: str
    statements: int


@dataclass(frozen=True, slots=True)
class EaseRow:
    """A step of the scale with the documents on it."""

    ease: str
    figure: str
    like: str
    documents: int


@dataclass(frozen=True, slots=True)
class RepeatedView:
    """A passage that stands in several documents, with some of its places; `same` where it says so in the same words."""

    quote: str
    same: bool
    words: int
    places: tuple[tuple[DocumentLink, PassageLink], ...]
    more: int


@dataclass(frozen=True, slots=True)
class CopyView:
    """A document that largely stands in another one."""

    document: DocumentLink
    other: DocumentLink
    shared: int
    words: int


@dataclass(frozen=True, slots=True)
class UnbackedView:
    """How many promises of a document no record shows."""

    document: DocumentLink
    count: int


@dataclass(frozen=True, slots=True)
class HastyView:
    """Confirmations by one person on one day."""

    by: str
    on: str
    documents: tuple[DocumentLink, ...]
    more: int
    count: int
    time: str
    unnamed: int


@dataclass(frozen=True, slots=True)
class CutView:
    """A cut: what to do, where, why, and what it would save."""

    verb: str
    documents: tuple[DocumentLink, ...]
    more: int
    kept: DocumentLink | None
    why: str
    quote: PassageLink | None
    words: int
    time: str


def overhead_pages(index: Index) -> Iterator[Page]:
    """The overhead, on one page, or with the table of documents split by area."""
    overhead = index.case.overhead
    loads = {load.document.path: load for load in overhead.documents}
    links = PageLinks(index, OVERHEAD)
    if len(loads) <= MOST_ROWS:
        yield _front(index, links, overhead, tuple(_rows(index, links, overhead.documents)), ())
        return
    parts = area_pieces(
        "overhead",
        index.shelves,
        lambda shelf: pieces([loads[d.path] for d in shelf.documents if d.path in loads]),
        lambda load: load.document.id,
    )
    yield _front(
        index, links, overhead, (), tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in parts)
    )
    for part in parts:
        links = PageLinks(index, part.uri)
        yield audit_page(
            part.uri,
            _("Overhead: %(part)s", part=part.title),
            "overhead_documents.md.j2",
            links,
            section=OVERHEAD,
            description=_(_DESCRIPTION),
            wide=True,
            rows=tuple(_rows(index, links, part.rows)),
            front=links.to(OVERHEAD),
        )


def _front(
    index: Index, links: PageLinks, overhead: Overhead, rows: tuple[LoadRow, ...], parts: tuple[Crumb, ...]
) -> Page:
    longest = sorted(overhead.documents, key=lambda load: -load.words)[:_LONGEST]
    eases = tuple(_eases(overhead))
    repeated = overhead.similar.passages
    unbacked = Counter(promise.document for promise in overhead.unbacked)
    total = sum(load.words * load.readers for load in overhead.documents)
    return audit_page(
        links.uri,
        _("Overhead"),
        "overhead.md.j2",
        links,
        section=OVERHEAD,
        description=_(_DESCRIPTION),
        documents=len(overhead.documents),
        words=overhead.words,
        time=duration(overhead.words),
        statements=sum(load.statements for load in overhead.documents),
        headcounts=overhead.headcounts,
        total=duration(total),
        audiences=tuple(_audience(load) for load in overhead.audiences),
        audience_chart=bar_chart(
            "pg-audiences",
            _("Reading time for each audience"),
            tuple(_audience_bar(load) for load in overhead.audiences[:_LISTED]),
        ),
        longest=len(longest),
        document_chart=bar_chart(
            "pg-longest",
            _("The longest documents"),
            tuple(Bar(load.document.title, _words(load.words), load.words) for load in longest),
        ),
        rows=rows,
        parts=parts,
        eases=eases,
        ease_chart=bar_chart(
            "pg-ease",
            _("Documents by how hard they are to read"),
            tuple(
                Bar(
                    _("%(ease)s, like %(like)s", ease=row.ease, like=row.like),
                    str(row.documents),
                    row.documents,
                )
                for row in eases
                if row.figure
            ),
        ),
        unmeasured=sum(load.lix is None for load in overhead.documents),
        repeated=tuple(_repeated(index, links, group) for group in repeated[:_LISTED]),
        repeated_more=len(repeated) - _LISTED,
        copies=tuple(_copy(index, links, close) for close in overhead.similar.documents[:_LISTED]),
        copies_more=len(overhead.similar.documents) - _LISTED,
        idle=tuple(_rows(index, links, overhead.idle[:_LISTED])),
        idle_more=len(overhead.idle) - _LISTED,
        own=tuple(_rows(index, links, overhead.own[:_LISTED])),
        own_count=len(overhead.own),
        own_time=duration(sum(load.words for load in overhead.own)),
        own_more=len(overhead.own) - _LISTED,
        basis=links.to(BASIS),
        unbacked=tuple(
            UnbackedView(document_link(index, links, path), count)
            for path, count in unbacked.most_common(_LISTED)
        ),
        unbacked_total=len(overhead.unbacked),
        promises=links.to(PROMISES),
        hasty=tuple(_hasty(index, links, reviews) for reviews in overhead.hasty[:_LISTED]),
        hasty_more=len(overhead.hasty) - _LISTED,
        reviewed=any(index.handbook.reviews.values()),
        cuts=tuple(_cut(index, links, cut) for cut in overhead.cuts),
        most=MOST,
    )


def duration(words: int) -> str:
    """How long so many words take to read, in hours and minutes."""
    hours, rest = divmod(max(1, minutes(words)) if words else 0, 60)
    if hours >= 10:
        return _("%(hours)s h", hours=hours + (rest >= 30))
    if hours and rest:
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)
    return _("%(hours)s h", hours=hours) if hours else _("%(minutes)s min", minutes=rest)


def _words(count: int) -> str:
    return ngettext("%(num)s word", "%(num)s words", count)


def _rows(index: Index, links: PageLinks, loads: Sequence[DocumentLoad]) -> Iterator[LoadRow]:
    for load in loads:
        yield LoadRow(
            document_link(index, links, load.document.path),
            audiences_of(index, load.document),
            load.words,
            load.document.reading_minutes,
            load.statements,
            spoken().decimal(load.density),
            f"{load.density:.1f}",
            "" if load.lix is None else f"{load.lix:.0f}",
            "" if load.lix is None else name_of(ease_of(load.lix)),
            "999" if load.lix is None else f"{load.lix:.2f}",
        )


def _audience(load: AudienceLoad) -> AudienceRow:
    return AudienceRow(
        load.title or _("Everyone"),
        "" if load.people is None else str(load.people),
        load.documents,
        load.words,
        duration(load.words),
        load.statements,
    )


def _audience_bar(load: AudienceLoad) -> Bar:
    return Bar(load.title or _("Everyone"), duration(load.words), load.common, load.own)


def _eases(overhead: Overhead) -> Iterator[EaseRow]:
    found = Counter(ease_of(load.lix) for load in overhead.documents if load.lix is not None)
    for ease, figure, like in _SCALE:
        yield EaseRow(name_of(ease), _(figure), _(like), found[ease])


def _repeated(index: Index, links: PageLinks, group: SimilarPassages) -> RepeatedView:
    places = tuple(
        (
            document_link(index, links, passage.place.file),
            mention_link(links, index.documents[passage.place.file], passage),
        )
        for passage in group.passages[:_PLACES]
    )
    first = group.passages[0].sentence
    return RepeatedView(
        first if len(first) <= _QUOTE else first[:_QUOTE].rpartition(" ")[0] + " …",
        group.likeness == 1.0,
        group.words[0],
        places,
        len(group.passages) - len(places),
    )


def _copy(index: Index, links: PageLinks, close: SimilarDocuments) -> CopyView:
    return CopyView(
        document_link(index, links, close.document),
        document_link(index, links, close.other),
        close.shared,
        close.words,
    )


def _hasty(index: Index, links: PageLinks, reviews: HastyReviews) -> HastyView:
    shown = reviews.documents[:_PLACES]
    return HastyView(
        reviews.by,
        date_words(reviews.on),
        tuple(document_link(index, links, document.path) for document in shown),
        len(reviews.documents) - len(shown),
        len(reviews.documents),
        duration(reviews.words),
        reviews.unnamed,
    )


def _cut(index: Index, links: PageLinks, cut: Cut) -> CutView:
    shown = cut.documents[:_PLACES]
    first = cut.passages[0] if cut.passages and cut.kind is not CutKind.COPY else None
    return CutView(
        _(_VERBS[cut.kind]),
        tuple(document_link(index, links, path) for path in shown),
        len(cut.documents) - len(shown),
        document_link(index, links, cut.kept) if cut.kept else None,
        _why(cut),
        mention_link(links, index.documents[first.place.file], first) if first else None,
        cut.words,
        duration(cut.saving),
    )


def _why(cut: Cut) -> str:
    match cut.kind:
        case CutKind.IDLE:
            return _("No other document references it or names it, and it answers no clause.")
        case CutKind.COPY:
            return ngettext(
                "%(num)s of its words stands in the other one too.",
                "%(num)s of its words stand in the other one too.",
                cut.words,
            )
        case CutKind.REPEATED if len(cut.documents) == 1:
            return _("The same passage stands in both.")
        case CutKind.REPEATED:
            return _("The same passage stands in %(number)s documents.", number=len(cut.documents) + 1)
    return ngettext(
        "Work promised again and again, and no record shows that it is done.",
        "%(num)s sentences promise work again and again, and no record shows that it is done.",
        len(cut.passages),
    )
