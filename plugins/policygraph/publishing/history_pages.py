"""The history of the handbook: what git proves and what it does not, what changed lately, and every document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.history import Revision
from policygraph.publishing.audit_pages import HISTORY, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.document_history import document_history_pages
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.publishing.revisions import RevisionView, limits, revision_view
from policygraph.reading.files import is_document
from policygraph.words import _

MOST_RECENT = 50
"""Changes listed as the latest."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A change of a document, as one of the latest."""

    document: DocumentLink
    href: str
    revision: RevisionView


@dataclass(frozen=True, slots=True)
class Row:
    """A document with the number of its states and the last of them."""

    document: DocumentLink
    href: str
    count: int
    uncommitted: bool
    last: RevisionView | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that no longer exists."""

    path: str
    count: int
    last: RevisionView


_Removed = tuple[int, str, tuple[Revision, ...]]
"""When a document was removed, as the place of the commit; its path, and its states."""


def history_pages(index: Index) -> Iterator[Page]:
    """The page of the whole handbook's history, lists of documents where there are many, and a page for each
    document."""
    yield from document_history_pages(index)
    links = PageLinks(index, HISTORY)
    documents = (*index.handbook.documents, *index.handbook.translations)
    crumbs: tuple[Crumb, ...] = ()
    rows: tuple[Row, ...] = ()
    if len(documents) <= MOST_ROWS:
        rows = _rows(index, links, documents)
    else:
        parts = area_pieces("changes", index.shelves, lambda shelf: pieces(shelf.documents), lambda d: d.id)
        crumbs = tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in parts)
        for part in parts:
            yield _list(index, part.uri, part.title, part.rows)
    history = index.handbook.history
    gone = _gone(index)
    yield audit_page(
        HISTORY,
        _("History"),
        "history.md.j2",
        links,
        section=HISTORY,
        description=_("What git has kept of every document: who changed what, when, and how it read before."),
        wide=True,
        limits=limits(history),
        branch=history.instead or history.branch,
        tip=history.tip[:10],
        known=bool(history.revisions),
        recent=_recent(index, links),
        rows=rows,
        crumbs=crumbs,
        gone=_gone_views(index, gone),
        gone_more=max(0, len(gone) - MOST_ROWS),
    )


def _list(index: Index, uri: str, title: str, documents: Sequence[Document]) -> Page:
    links = PageLinks(index, uri)
    return audit_page(
        uri,
        _("History: %(title)s", title=title),
        "history_list.md.j2",
        links,
        section=HISTORY,
        wide=True,
        rows=_rows(index, links, documents),
        history=links.to(HISTORY),
    )


def _rows(index: Index, links: PageLinks, documents: Sequence[Document]) -> tuple[Row, ...]:
    history = index.handbook.history
    rows = []
    for document in documents:
        states = history.of(document.path)
        rows.append(
            Row(
                document_link(index, links, document.path),
                history_link(index, links, document.path),
                len(states),
                document.path in history.uncommitted,
                revision_view(index, states, len(states) - 1) if states else None,
            )
        )
    return tuple(rows)


def history_link(index: Index, links: PageLinks, path: str) -> str:
    """A link to the history of a document: its page, or where there is but one state the section of its sheet."""
    uri = index.histories.get(path)
    return links.to(uri) if uri else links.sheet(path, "pg-history")


def _recent(index: Index, links: PageLinks) -> tuple[Recent, ...]:
    history = index.handbook.history
    # What came with the first commit of all is where the history begins, and no change.
    begun = min((states[0].commit.order for states in history.revisions.values() if states), default=0)
    found = [
        (state.commit.order, path, at)
        for path in index.documents
        for at, state in enumerate(history.of(path))
        if at or state.commit.order > begun
    ]
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    return tuple(
        Recent(
            document_link(index, links, path),
            history_link(index, links, path),
            revision_view(index, history.of(path), at),
        )
        for _, path, at in found[:MOST_RECENT]
    )


def _gone(index: Index) -> list[_Removed]:
    """Documents that are deleted, the latest first."""
    history = index.handbook.history
    lines = [
        *history.revisions.items(),
        *((states[-1].path, states) for states in history.displaced if states),
    ]
    gone = [
        (states[-1].commit.order, path, states)
        for path, states in lines
        if states and states[-1].deleted and is_document(path) and path not in index.documents
    ]
    gone.sort(key=lambda entry: (-entry[0], entry[1]))
    return gone


def _gone_views(index: Index, gone: Sequence[_Removed]) -> tuple[Gone, ...]:
    return tuple(
        Gone(path, len(states) - 1, revision_view(index, states, len(states) - 1))
        for _, path, states in gone[:MOST_ROWS]
    )
