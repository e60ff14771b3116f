"""The exceptions page: who may depart from what, why, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policygraph.model.exception import ExceptionState
from policygraph.publishing.audit_pages import EXCEPTIONS, Crumb, audit_page
from policygraph.publishing.index import Index, PageLinks, grouped
from policygraph.publishing.publication import Page
from policygraph.publishing.standing_views import exception_views


def exception_pages(index: Index) -> Iterator[Page]:
    """All exceptions, what wants attention first; further pages where there are many."""
    by_page = grouped(index.exceptions, lambda listed: listed.uri) or {EXCEPTIONS: ()}
    counts = Counter(listed.state for listed in index.exceptions)
    for uri, listed in by_page.items():
        links = PageLinks(index, uri)
        views = exception_views(index, links, listed)
        yield audit_page(
            uri,
            "Exceptions" if uri == EXCEPTIONS else f"Exceptions, part {list(by_page).index(uri) + 1}",
            "exceptions.md.j2",
            links,
            section=EXCEPTIONS,
            description="Permitted departures from documents: owner, reason and end of each.",
            wide=True,
            counts=tuple((state.value, counts[state]) for state in ExceptionState if counts[state]),
            shown=tuple(view for view in views if view.state != ExceptionState.CLOSED),
            closed=tuple(view for view in views if view.state == ExceptionState.CLOSED),
            parts=tuple(
                Crumb(f"Part {number}", links.to(other), len(group))
                for number, (other, group) in enumerate(by_page.items(), start=1)
                if other != uri
            ),
        )
