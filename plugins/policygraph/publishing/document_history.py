"""A document's history: every state that git has kept, each with its redline, and any two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.model.document import Document
from policygraph.model.history import Revision
from policygraph.publishing.asset_files import FOLDER
from policygraph.publishing.audit_pages import HISTORY, Crumb, audit_page
from policygraph.publishing.history_data import count_of_versions, versions_uri
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Page
from policygraph.publishing.redline import Redline
from policygraph.publishing.revisions import RevisionView, change_of, limits, revision_view
from policygraph.publishing.templates import render
from policygraph.words import _

MOST_REDLINES = 50
"""Revisions of one document that come with a redline; older ones are listed without."""

MOST_REVISIONS = 1_000
"""Revisions of one document that are listed."""

PAGE_SIZE = 600_000
"""Bytes of HTML after which the history goes on on a further page."""

SCRIPTS = (f"{FOLDER}/vendor/diff.min.js", f"{FOLDER}/compare.js")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A revision as it is shown, with its redline; `left_out` says that it is too old to have one."""

    revision: RevisionView
    redline: Redline | None
    left_out: bool


@dataclass(frozen=True, slots=True)
class LatestRevisions:
    """The last revisions of a document, for its audit sheet."""

    revisions: tuple[RevisionView, ...]
    count: int
    href: str | None
    limits: str
    uncommitted: bool


def latest_revisions(index: Index, links: PageLinks, path: str) -> LatestRevisions:
    """The last three revisions of a document, the newest first."""
    history = index.handbook.history
    states = history.of(path)
    newest = range(len(states) - 1, max(-1, len(states) - 4), -1)
    uri = index.histories.get(path)
    return LatestRevisions(
        tuple(revision_view(index, states, at) for at in newest),
        len(states),
        links.to(uri) if uri else None,
        limits(history),
        path in history.uncommitted,
    )


def document_history_pages(index: Index) -> Iterator[Page]:
    """The history of every document that has more than one state."""
    for document in (*index.handbook.documents, *index.handbook.translations):
        if document.path in index.histories:
            yield from _pages(index, document)


def _pages(index: Index, document: Document) -> Iterator[Page]:
    uri = index.histories[document.path]
    states = index.handbook.history.of(document.path)
    parts = _packed(_entries(index, states, document.lang))
    uris = (uri, *(further_uri(uri, number) for number in range(2, len(parts) + 1)))
    name = f"{document.id} {document.title}"
    versions = sum(state.text is not None for state in states)
    comparable = count_of_versions(states)
    for number, (own, part) in enumerate(zip(uris, parts, strict=True), start=1):
        links = PageLinks(index, own)
        crumbs = tuple(
            Crumb(_span(at, len(parts)), links.to(other)) for at, other in enumerate(uris) if other != own
        )
        yield audit_page(
            own,
            _("History of %(document)s", document=name)
            if number == 1
            else _("History of %(document)s, part %(number)s", document=name, number=number),
            "document_history.md.j2",
            links,
            section=HISTORY,
            wide=True,
            description=_("Every version of %(id)s that git has kept.", id=document.id),
            document=document,
            href=links.document(document.path),
            sheet=links.sheet(document.path),
            history=links.to(HISTORY),
            limits=limits(index.handbook.history),
            uncommitted=document.path in index.handbook.history.uncommitted,
            total=len(states),
            entries=Markup("\n\f\n").join(part) if part else "",
            more=max(0, len(states) - MOST_REVISIONS),
            crumbs=crumbs,
            compare=number == 1 and versions > 1,
            comparable=comparable,
            versions=versions,
            scripts=tuple(links.to(script) for script in (versions_uri(uri), *SCRIPTS)),
        )


def further_uri(uri: str, number: int) -> str:
    """The page on which a long history goes on."""
    return f"{uri.removesuffix('.md')}/part-{number}.md"


def _span(at: int, parts: int) -> str:
    if at == 0:
        return _("the newest versions")
    return _("the oldest versions") if at == parts - 1 else _("part %(number)s", number=at + 1)


def _entries(index: Index, states: Sequence[Revision], lang: str) -> Iterator[Markup]:
    newest = len(states) - 1
    opened = False
    for at in range(newest, max(-1, newest - MOST_REVISIONS), -1):
        change = change_of(index, states, at)
        differs = change is not None and states[at].text != states[at - 1].text
        left_out = differs and newest - at >= MOST_REDLINES
        shown = (
            index.redline(states[at - 1].text or "", states[at].text or "")
            if differs and not left_out
            else None
        )
        entry = _Entry(revision_view(index, states, at), shown, left_out)
        yield render("revision.html.j2", entry=entry, lang=lang, open=shown is not None and not opened)
        opened = opened or shown is not None


def _packed(entries: Iterator[Markup]) -> list[list[Markup]]:
    """Entries in runs that a page can hold."""
    parts: list[list[Markup]] = [[]]
    size = 0
    for entry in entries:
        length = len(entry.encode("utf-8", "replace"))
        if parts[-1] and size + length > PAGE_SIZE:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += length
    return parts
