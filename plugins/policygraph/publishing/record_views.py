"""Records as pages show them: where they are kept, whose they are, when they were made and when they are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.judging.evidence import Evidence, Freshness
from policygraph.model.promise import Kind, Timing
from policygraph.publishing.document_pages import contact_of, date_words
from policygraph.publishing.escaping import relative_file, safe_url
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.reference_views import PassageLink, at, passage_link
from policygraph.words import N_, _

_MOST_BACKED = 20
"""Promises listed for one record."""


@dataclass(frozen=True, slots=True)
class BackedPromise:
    """A promise that a record backs."""

    timing: str
    passage: PassageLink


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record. `state` is what is known of its age, in a word; `look` names the sign before it; `late` tells that it
    is overdue.

    `last` and `due` are dates in words and `sort_last` and `sort_due` the same for sorting; empty where nobody
    knows.
    """

    what: str
    where: str
    href: str | None
    owner: str
    holders: str
    every: str
    last: str
    sort_last: str
    by: str
    retention: str
    note: str
    due: str
    sort_due: str
    state: str
    late: bool
    look: str
    place: str
    promises: tuple[BackedPromise, ...]
    more_promises: int


def record_view(index: Index, links: PageLinks, evidence: Evidence) -> RecordView:
    """Make a record's view on a page."""
    record = evidence.record
    pointer, made = record.pointer, record.made
    owner = contact_of(index, record.owner)
    file = relative_file(pointer.where, record.document.rpartition("/")[0])
    href = links.document(file) if file and file in index.pages else safe_url(pointer.where)
    state, look = state_of(evidence)
    return RecordView(
        record.what,
        pointer.where,
        href,
        owner.role if owner else "",
        owner.holders if owner else "",
        str(Timing(Kind.FREQUENCY, pointer.every)) if pointer.every else "",
        _date(record.last),
        str(record.last or ""),
        made.by if made else "",
        str(made.retention) if made and made.retention else "",
        made.note if made else "",
        _date(record.due),
        str(record.due or ""),
        _(state),
        evidence.freshness is Freshness.DUE,
        look,
        at(pointer.place),
        tuple(
            BackedPromise(str(p.timing), passage_link(links, p.document, p.passage, limit=140))
            for p in evidence.promises[:_MOST_BACKED]
        ),
        max(0, len(evidence.promises) - _MOST_BACKED),
    )


def state_of(evidence: Evidence) -> tuple[str, str]:
    """What is known of a record's age in a word yet to be said, and the class of the sign that goes with it."""
    match evidence.freshness:
        case Freshness.DUE:
            return N_("overdue"), "pg-severity pg-severity--error"
        case Freshness.FRESH if evidence.soon:
            return N_("due soon"), "pg-severity pg-severity--warning"
        case Freshness.FRESH:
            return N_("fresh"), "pg-status pg-status--active"
        case Freshness.NEVER:
            return N_("never made"), "pg-severity pg-severity--warning"
        case Freshness.AHEAD:
            return N_("dated ahead"), "pg-severity pg-severity--warning"
        case Freshness.NO_INTERVAL if evidence.record.last:
            return N_("made, no interval"), "pg-status"
        case _:
            return N_("not recorded"), "pg-unknown"


def _date(day: dt.date | None) -> str:
    return date_words(day) if day else ""
