"""The references pages: X references Y, where and why, in both directions, grouped by document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.reference import Reference
from policygraph.publishing.audit_pages import REFERENCES, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, packed
from policygraph.publishing.index import Index, PageLinks, Shelf
from policygraph.publishing.links import file_name
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import (
    DocumentLink,
    ReferenceView,
    document_link,
    incoming_views,
    outgoing_views,
)
from policygraph.words import N_, _

_DESCRIPTION = N_("Every reference between documents: where it stands, why, and what it leads to.")


@dataclass(frozen=True, slots=True)
class Group:
    """A document with its references, or with a part of them where it has very many."""

    document: Document
    outgoing: tuple[Reference, ...]
    incoming: tuple[Reference, ...]
    continued: bool = False

    @property
    def weight(self) -> int:
        """Rows of the group."""
        return len(self.outgoing) + len(self.incoming) + 1


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as its page shows it."""

    anchor: str
    document: DocumentLink
    heading: str
    continued: bool
    outgoing: tuple[ReferenceView, ...]
    incoming: tuple[ReferenceView, ...]


def reference_pages(index: Index) -> Iterator[Page]:
    """All references, on one page or split by area."""
    groups = [group for shelf in index.shelves for group in _groups(index, shelf)]
    total = len(index.handbook.references)
    if sum(group.weight for group in groups) <= MOST_ROWS:
        yield _page(index, REFERENCES, _("References"), groups, (), total)
        return
    parts = area_pieces(
        "references",
        index.shelves,
        lambda shelf: packed(_groups(index, shelf), _weight),
        lambda g: g.document.id,
    )
    links = PageLinks(index, REFERENCES)
    crumbs = tuple(Crumb(p.title, links.to(p.uri), sum(len(g.outgoing) for g in p.rows)) for p in parts)
    yield _page(index, REFERENCES, _("References"), (), crumbs, total)
    for part in parts:
        count = sum(len(group.outgoing) for group in part.rows)
        title = _("References: %(part)s", part=part.title)
        yield _page(index, part.uri, title, part.rows, (), count)


def anchor_of(index: Index, path: str) -> str:
    """The anchor of a document's references on its references page."""
    return f"ref-{file_name(index.sheets[path].rpartition('/')[2].removesuffix('.md'))}"


def _weight(group: Group) -> int:
    return group.weight


def _groups(index: Index, shelf: Shelf) -> list[Group]:
    found: list[Group] = []
    for document in shelf.documents:
        outgoing = index.handbook.outgoing.get(document.path, ())
        incoming = index.handbook.incoming.get(document.path, ())
        while True:
            first = Group(document, outgoing[:MOST_ROWS], incoming[: max(0, MOST_ROWS - len(outgoing))])
            found.append(
                first
                if not found or found[-1].document is not document
                else Group(document, first.outgoing, first.incoming, continued=True)
            )
            outgoing, incoming = outgoing[len(first.outgoing) :], incoming[len(first.incoming) :]
            if not outgoing and not incoming:
                break
    return found


def _page(
    index: Index,
    uri: str,
    title: str,
    groups: Sequence[Group],
    parts: tuple[Crumb, ...],
    total: int,
) -> Page:
    links = PageLinks(index, uri)
    return audit_page(
        uri,
        title,
        "references.md.j2",
        links,
        section=REFERENCES,
        description=_(_DESCRIPTION),
        groups=tuple(_view(index, links, group) for group in groups),
        parts=parts,
        total=total,
        download=links.to("references.csv"),
    )


def _view(index: Index, links: PageLinks, group: Group) -> GroupView:
    document = group.document
    heading = f"{document.id} {document.title}"
    return GroupView(
        anchor_of(index, document.path) + ("-continued" if group.continued else ""),
        document_link(index, links, document.path),
        _("%(heading)s (continued)", heading=heading) if group.continued else heading,
        group.continued,
        outgoing_views(index, links, group.outgoing),
        incoming_views(index, links, group.incoming),
    )
