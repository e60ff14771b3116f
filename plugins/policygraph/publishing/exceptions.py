"""The exceptions page: who may depart from what, why, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policygraph.model.exception import ExceptionState
from policygraph.publishing.audit_pages import EXCEPTIONS, Crumb, audit_page
from policygraph.publishing.index import Index, PageLinks, grouped
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Page
from policygraph.publishing.standing_views import exception_views
from policygraph.words import _


def exception_pages(index: Index) -> Iterator[Page]:
    """All exceptions, what wants attention first; further pages where there are many."""
    by_page = grouped(index.exceptions, lambda listed: listed.uri) or {EXCEPTIONS: ()}
    counts = Counter(listed.state for listed in index.exceptions)
    for uri, listed in by_page.items():
        links = PageLinks(index, uri)
        views = exception_views(index, links, listed)
        yield audit_page(
            uri,
            _("Exceptions")
            if uri == EXCEPTIONS
            else _("Exceptions, part %(number)s", number=list(by_page).index(uri) + 1),
            "exceptions.md.j2",
            links,
            section=EXCEPTIONS,
            description=_("Permitted departures from documents: owner, reason and end of each."),
            wide=True,
            counts=tuple((name_of(state.value), counts[state]) for state in ExceptionState if counts[state]),
            shown=tuple(view for view in views if not view.closed_now),
            closed=tuple(view for view in views if view.closed_now),
            parts=tuple(
                Crumb(_("Part %(number)s", number=number), links.to(other), len(group))
                for number, (other, group) in enumerate(by_page.items(), start=1)
                if other != uri
            ),
        )
