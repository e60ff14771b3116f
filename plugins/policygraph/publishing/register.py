"""The document register: one row a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policygraph.model.document import Document, Status
from policygraph.publishing.audit_pages import REGISTER, Crumb, audit_page
from policygraph.publishing.chunking import area_pieces, pieces
from policygraph.publishing.document_pages import contact_of
from policygraph.publishing.index import Index, PageLinks, Shelf
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, document_link, note_on
from policygraph.words import N_, _

_DESCRIPTION = N_("Every document with its owner, status, references and findings.")


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the register; `key` is the status for programs."""

    document: DocumentLink
    type: str
    area: str
    owner: str
    key: str
    status: str
    not_in_force: str
    words: int
    outgoing: int
    incoming: int
    findings: int


def register_pages(index: Index) -> Iterator[Page]:
    """The register, on one page or split by area."""
    documents = index.handbook.documents
    if len(documents) <= MOST_ROWS:
        links = PageLinks(index, REGISTER)
        rows = _rows(index, links, documents)
        yield _page(REGISTER, _("Document register"), links, rows=rows, parts=(), total=len(documents))
        return
    parts = area_pieces("register", index.shelves, _split, lambda d: d.id)
    links = PageLinks(index, REGISTER)
    crumbs = tuple(Crumb(p.title, links.to(p.uri), len(p.rows)) for p in parts)
    yield _page(REGISTER, _("Document register"), links, rows=(), parts=crumbs, total=len(documents))
    for part in parts:
        links = PageLinks(index, part.uri)
        rows = _rows(index, links, part.rows)
        title = _("Register: %(part)s", part=part.title)
        yield _page(part.uri, title, links, rows=rows, parts=(), total=len(rows))


def _split(shelf: Shelf) -> tuple[tuple[Document, ...], ...]:
    return pieces(shelf.documents)


def _page(
    uri: str, title: str, links: PageLinks, *, rows: tuple[Row, ...], parts: tuple[Crumb, ...], total: int
) -> Page:
    return audit_page(
        uri,
        title,
        "register.md.j2",
        links,
        section=REGISTER,
        description=_(_DESCRIPTION),
        wide=True,
        rows=rows,
        parts=parts,
        total=total,
        download=links.to("register.csv"),
    )


def _rows(index: Index, links: PageLinks, documents: Iterable[Document]) -> tuple[Row, ...]:
    titles = {shelf.id: shelf.title for shelf in index.shelves}
    rows = []
    for document in documents:
        owner = contact_of(index, document.owner)
        rows.append(
            Row(
                document_link(index, links, document.path),
                name_of(document.type),
                titles[document.area],
                owner.role if owner else "",
                document.status.value,
                name_of(document.status),
                note_on(document, index.today) if document.status is Status.ACTIVE else "",
                document.words,
                len(index.handbook.outgoing.get(document.path, ())),
                len(index.handbook.incoming.get(document.path, ())),
                len(index.findings.get(document.path, ())),
            )
        )
    return tuple(rows)
