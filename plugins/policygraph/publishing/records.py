"""The records page: what shows that the documents are lived, when it was last made and when it is due again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.evidence import Evidence, Freshness
from policygraph.publishing.audit_pages import PROMISES, RECORDS, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.clause_places import clause_crumb
from policygraph.publishing.document_pages import date_words
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.record_views import RecordView, record_view, state_of
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.words import N_, _

_DESCRIPTION = N_(
    "The records that the documents name: where they are kept, when they were last made, when they are due."
)
_MOST_CLAUSES = 4
"""Clauses listed for one record's document; the audit sheet has all of them."""
_ORDER = (
    "overdue",
    "never made",
    "dated ahead",
    "due soon",
    "fresh",
    "made, no interval",
    "not recorded",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its document and the clauses that this answers."""

    document: DocumentLink
    record: RecordView
    clauses: tuple[Crumb, ...]
    more_clauses: int


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many records are in a state."""

    state: str
    look: str
    count: int


def record_pages(index: Index) -> Iterator[Page]:
    """All records of the documents in force, on one page or split by area."""
    evidence = tuple(e for e in index.case.evidence if e.in_force)
    links = PageLinks(index, RECORDS)
    late = sorted((e for e in evidence if e.freshness is Freshness.DUE), key=_longest_overdue_first)
    if len(evidence) <= MOST_ROWS:
        yield _page(index, links, _("Records"), evidence, late, evidence, ())
        return
    by_document = index.case.evidence_by_document
    parts = area_pieces(
        "records",
        index.shelves,
        lambda shelf: pieces(
            [e for d in shelf.documents for e in by_document.get(d.path, ()) if e.in_force],
        ),
        lambda e: index.documents[e.record.document].id,
    )
    crumbs = tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in parts)
    yield _page(index, links, _("Records"), evidence, late, (), crumbs)
    for part in parts:
        title = _("Records: %(part)s", part=part.title)
        yield _page(index, PageLinks(index, part.uri), title, part.rows, (), part.rows, ())


def _page(
    index: Index,
    links: PageLinks,
    title: str,
    counted: Sequence[Evidence],
    late: Sequence[Evidence],
    rows: Sequence[Evidence],
    parts: tuple[Crumb, ...],
) -> Page:
    return audit_page(
        links.uri,
        title,
        "records.md.j2",
        links,
        section=RECORDS,
        description=_(_DESCRIPTION),
        wide=True,
        total=len(counted),
        states=tuple(_states(counted)),
        late=tuple(_row(index, links, e) for e in late[:MOST_ROWS]),
        late_more=max(0, len(late) - MOST_ROWS),
        rows=tuple(_row(index, links, e) for e in rows),
        parts=parts,
        today=date_words(index.today),
        promises=links.to(PROMISES),
    )


def _longest_overdue_first(evidence: Evidence) -> tuple[str, str, str]:
    return str(evidence.record.due), evidence.record.document, evidence.record.what


def _states(evidence: Sequence[Evidence]) -> Iterator[StateCount]:
    counts = Counter(state_of(e) for e in evidence)
    for state, look in sorted(counts, key=lambda found: _ORDER.index(found[0])):
        yield StateCount(_(state), look, counts[state, look])


def _row(index: Index, links: PageLinks, evidence: Evidence) -> Row:
    path = evidence.record.document
    keys = tuple(dict.fromkeys(m.clause for m in index.mappings.get(path, ())))
    return Row(
        document_link(index, links, path),
        record_view(index, links, evidence),
        tuple(clause_crumb(index, links, key) for key in keys[:_MOST_CLAUSES]),
        max(0, len(keys) - _MOST_CLAUSES),
    )
