"""The matrix: which document references which, to be read as a pattern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.reference import Reference
from policygraph.publishing.audit_pages import MATRIX, REFERENCES, Crumb, audit_page
from policygraph.publishing.chunking import pieces, span
from policygraph.publishing.index import Index, PageLinks, Shelf, grouped
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import DocumentLink, document_link

MOST = 60
"""Documents along one side of a matrix."""

_MARKS = {"depends on": "●", "implements": "■", "references": "○", "supersedes": "▲", "see also": "◇"}
_MORE_MARKS = "◆★□△✚"


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the matrix. `place` names what it touches: the diagonal, the first column of an area."""

    mark: str
    label: str
    href: str
    place: str


@dataclass(frozen=True, slots=True)
class Side:
    """A row's or a column's document; `first` where an area begins."""

    document: DocumentLink
    first: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the matrix."""

    side: Side
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What a mark stands for."""

    mark: str
    relation: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix of documents."""

    columns: tuple[Side, ...]
    rows: tuple[Row, ...]
    legend: tuple[Legend, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an area's matrix that has a page of its own."""

    uri: str
    title: str
    rows: tuple[Document, ...]
    columns: tuple[Document, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with the number of references from it to each area."""

    area: Crumb
    counts: tuple[int, ...]


_EMPTY = {place: Cell("", "", "", place) for place in ("", "pg-own", "pg-first")}


def matrix_pages(index: Index) -> Iterator[Page]:
    """One matrix, or one of areas with a matrix within each."""
    handbook = index.handbook
    links = PageLinks(index, MATRIX)
    pairs = grouped(handbook.references, lambda r: (r.source, r.target))
    if len(handbook.documents) <= MOST:
        matrix = _matrix(index, links, handbook.documents, handbook.documents, pairs)
        yield _page(links, "Matrix", matrix=matrix, areas=(), crumbs=(), total=len(handbook.references))
        return
    blocks = [block for shelf in index.shelves for block in _blocks(index, shelf)]
    yield _page(
        links,
        "Matrix",
        matrix=None,
        areas=_areas(index, links) if 1 < len(index.shelves) <= MOST else (),
        crumbs=tuple(Crumb(b.title, links.to(b.uri), b.count) for b in blocks),
        total=len(handbook.references),
    )
    for block in blocks:
        links = PageLinks(index, block.uri)
        matrix = _matrix(index, links, block.rows, block.columns, pairs)
        yield _page(links, f"Matrix: {block.title}", matrix=matrix, areas=(), crumbs=(), total=block.count)


def marks(relations: Iterable[str]) -> dict[str, str]:
    """A mark for each relation; those of an organisation's own get marks of their own, as far as these reach."""
    own = iter(_MORE_MARKS)
    return {name: _MARKS.get(name) or next(own, "✱") for name in relations}


def _page(
    links: PageLinks,
    title: str,
    *,
    matrix: Matrix | None,
    areas: tuple[AreaRow, ...],
    crumbs: tuple[Crumb, ...],
    total: int,
) -> Page:
    return audit_page(
        links.uri,
        title,
        "matrix.md.j2",
        links,
        section=MATRIX,
        description="Which document references which.",
        wide=True,
        matrix=matrix,
        areas=areas,
        parts=crumbs,
        total=total,
        references=links.to(REFERENCES),
    )


def _matrix(
    index: Index,
    links: PageLinks,
    rows: Sequence[Document],
    columns: Sequence[Document],
    pairs: dict[tuple[str, str], tuple[Reference, ...]],
) -> Matrix:
    signs = marks(index.handbook.settings.relations)
    used: dict[str, None] = {}
    top = _sides(index, links, columns)
    left = _sides(index, links, rows)
    body = []
    for row, side in zip(rows, left, strict=True):
        cells = []
        for column, above in zip(columns, top, strict=True):
            place = "pg-own" if row.path == column.path else "pg-first" if above.first else ""
            references = pairs.get((row.path, column.path))
            if not references:
                cells.append(_EMPTY[place])
                continue
            strongest = min(references, key=_strength)
            used[strongest.relation.name] = None
            label = "; ".join(f"{row.id} {r.relation.name} {column.id}" for r in references)
            passage = next((p for r in references for p in r.passages), None)
            # Without a passage the reference is declared only: the sheet says where.
            href = links.document(row.path, passage.id) if passage else links.sheet(row.path, "references")
            cells.append(Cell(signs.get(strongest.relation.name, "✱"), label, href, place))
        body.append(Row(side, tuple(cells)))
    ordered = [name for name in index.handbook.settings.relations if name in used]
    return Matrix(top, tuple(body), tuple(Legend(signs[name], name) for name in ordered))


def _strength(reference: Reference) -> tuple[bool, bool]:
    """The relation that says most comes first: reliance, then any that is not the default."""
    return (not reference.relation.relies, reference.relation.name == "references")


def _sides(index: Index, links: PageLinks, documents: Sequence[Document]) -> tuple[Side, ...]:
    area = documents[0].area if documents else ""
    sides = []
    for document in documents:
        sides.append(Side(document_link(index, links, document.path), document.area != area))
        area = document.area
    return tuple(sides)


def _blocks(index: Index, shelf: Shelf) -> Iterator[Block]:
    """An area's matrix in squares; documents without a reference inside the area are left out."""
    inside = {d.path for d in shelf.documents}
    outgoing = index.handbook.outgoing
    within = {
        d.path: {r.target for r in outgoing.get(d.path, ()) if r.target in inside} for d in shelf.documents
    }
    targets = {path for found in within.values() for path in found}
    if len(shelf.documents) <= MOST:
        sources = columns = shelf.documents
    else:
        sources = tuple(d for d in shelf.documents if within[d.path])
        columns = tuple(d for d in shelf.documents if d.path in targets)
    squares = [
        (rows, part)
        for rows in pieces(sources, MOST)
        for part in pieces(columns, MOST)
        if any(within[r.path] & {c.path for c in part} for r in rows)
    ]
    for number, (rows, part) in enumerate(squares, start=1):
        paths = {c.path for c in part}
        count = sum(len(within[r.path] & paths) for r in rows)
        title = shelf.title
        if len(squares) > 1:
            title += f", {span(rows, lambda d: d.id)} against {span(part, lambda d: d.id)}"
        yield Block(f"audit/matrix/{shelf.name}-{number}.md", title, tuple(rows), tuple(part), count)


def _areas(index: Index, links: PageLinks) -> tuple[AreaRow, ...]:
    area_of = {d.path: d.area for d in index.handbook.documents}
    counts = Counter((area_of[r.source], area_of[r.target]) for r in index.handbook.references)
    return tuple(
        AreaRow(
            Crumb(row.title, links.to(row.uri), len(row.documents)),
            tuple(counts[row.id, column.id] for column in index.shelves),
        )
        for row in index.shelves
    )
