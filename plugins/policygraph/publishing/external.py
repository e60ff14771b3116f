"""The page of documents of external origin: version, owner, where, who uses them, and when that was checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.judging.external import Check, ExternalUse, How
from policygraph.model.promise import Kind, Timing
from policygraph.publishing.audit_pages import EXTERNAL, Crumb, audit_page
from policygraph.publishing.chunking import pieces, span
from policygraph.publishing.document_pages import contact_of, date_words
from policygraph.publishing.escaping import safe_url
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import framework_uri
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import DocumentLink, at, document_link
from policygraph.publishing.tongues import told
from policygraph.words import N_, _

_DESCRIPTION = N_(
    "Standards, laws and contracts that the organisation works to: version, owner, use and last check."
)
_MOST_USERS = 40
"""Users listed for one document from outside."""
_LOOKS = {
    Check.CHECKED: "pg-status pg-status--active",
    Check.DUE: "pg-severity pg-severity--error",
    Check.AHEAD: "pg-severity pg-severity--warning",
    Check.NO_INTERVAL: "pg-status",
    Check.NO_DATE: "pg-unknown",
}


@dataclass(frozen=True, slots=True)
class User:
    """A document of ours that uses one from outside; `how` is said where it is more than answering its clauses."""

    document: DocumentLink
    how: str


@dataclass(frozen=True, slots=True)
class Row:
    """A document of external origin; `late` tells that its check is overdue."""

    id: str
    title: str
    kind: str
    version: str
    owner: str
    where: str
    where_href: str | None
    framework: str
    framework_href: str
    checked: str
    sort_checked: str
    every: str
    due: str
    sort_due: str
    state: str
    late: bool
    look: str
    place: str
    users: tuple[User, ...]
    more_users: int


def external_pages(index: Index) -> Iterator[Page]:
    """All documents of external origin, on one page or several."""
    uses = index.case.external
    links = PageLinks(index, EXTERNAL)
    runs = pieces(uses) or ((),)
    if len(runs) == 1:
        yield _page(index, links, _("External"), runs[0], (), uses)
        return
    uris = [f"audit/external/part-{number}.md" for number in range(1, len(runs) + 1)]
    titles = [span(run, lambda use: use.entry.id) for run in runs]
    crumbs = tuple(Crumb(t, links.to(u), len(r)) for t, u, r in zip(titles, uris, runs, strict=True))
    yield _page(index, links, _("External"), (), crumbs, uses)
    for uri, title, run in zip(uris, titles, runs, strict=True):
        yield _page(index, PageLinks(index, uri), _("External: %(part)s", part=title), run, (), run)


def _page(
    index: Index,
    links: PageLinks,
    title: str,
    uses: tuple[ExternalUse, ...],
    parts: tuple[Crumb, ...],
    counted: tuple[ExternalUse, ...],
) -> Page:
    return audit_page(
        links.uri,
        title,
        "external.md.j2",
        links,
        section=EXTERNAL,
        description=_(_DESCRIPTION),
        wide=True,
        rows=tuple(_row(index, links, use) for use in uses),
        parts=parts,
        total=len(counted),
        overdue=sum(use.check is Check.DUE for use in counted),
        today=date_words(index.today),
    )


def _row(index: Index, links: PageLinks, use: ExternalUse) -> Row:
    entry = use.entry
    owner = contact_of(index, entry.owner)
    framework = index.handbook.frameworks.get(entry.framework)
    shown = framework is not None and index.lists(framework.id)
    users = list(use.users.items())
    return Row(
        entry.id,
        entry.title,
        entry.kind,
        entry.version,
        owner.role if owner else "",
        entry.where,
        safe_url(entry.where),
        told(framework.title, framework.lang) if framework else entry.framework,
        links.to(framework_uri(framework.id)) if framework and shown else "",
        date_words(entry.checked) if entry.checked else "",
        str(entry.checked or ""),
        str(Timing(Kind.FREQUENCY, entry.check_every)) if entry.check_every else "",
        date_words(entry.due) if entry.due else "",
        str(entry.due or ""),
        name_of(use.check.value),
        use.check is Check.DUE,
        _LOOKS[use.check],
        at(entry.place),
        tuple(User(document_link(index, links, path), _how(hows)) for path, hows in users[:_MOST_USERS]),
        max(0, len(users) - _MOST_USERS),
    )


def _how(hows: tuple[How, ...]) -> str:
    return "; ".join(name_of(how.value) for how in hows)
