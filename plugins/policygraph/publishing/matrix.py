"""The matrix: which document references which, to be read as a pattern.

Where there are more documents than fit, it is a matrix of areas; each of its numbers leads to the matrix of the
documents that are behind it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.model.document import Document
from policygraph.model.reference import Reference
from policygraph.publishing.audit_pages import MATRIX, REFERENCES, Crumb, audit_page
from policygraph.publishing.chunking import packed, pieces, span
from policygraph.publishing.escaping import html_text
from policygraph.publishing.index import Index, PageLinks, Shelf, grouped
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.words import _, ngettext

MOST = 60
"""Documents along one side of a matrix."""

_MOST_CELLS = 8_000
"""Squares on one page of matrices."""

_MARKS = {"depends on": "●", "implements": "■", "references": "○", "supersedes": "▲", "see also": "◇"}
_MORE_MARKS = "◆★□△✚"


@dataclass(frozen=True, slots=True)
class Side:
    """A row's or a column's document; `first` where an area begins."""

    document: DocumentLink
    first: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the matrix, its cells as HTML: most are empty, and there are very many."""

    side: Side
    cells: Markup


@dataclass(frozen=True, slots=True)
class Legend:
    """What a mark stands for."""

    mark: str
    relation: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix of documents, with its heading where there are several on a page."""

    anchor: str
    heading: str
    columns: tuple[Side, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """A piece of the matrix of one area against another. `count` is of the pairs of documents in it."""

    source: Shelf
    target: Shelf
    anchor: str
    heading: str
    rows: tuple[Document, ...]
    columns: tuple[Document, ...]
    count: int

    @property
    def cells(self) -> int:
        """How many squares are drawn."""
        return len(self.rows) * len(self.columns)


@dataclass(frozen=True, slots=True)
class Block:
    """The squares of one area that share a page."""

    uri: str
    title: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class AreaCell:
    """The references from one area to another; `heat` is 0 for none, and 5 for as many as there are between any."""

    count: int
    heat: int
    label: str
    href: str
    own: bool


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with the number of references from it to each area."""

    area: Crumb
    cells: tuple[AreaCell, ...]


def matrix_pages(index: Index) -> Iterator[Page]:
    """One matrix, or one of areas with the matrices behind its numbers."""
    handbook = index.handbook
    links = PageLinks(index, MATRIX)
    pairs = grouped(handbook.references, lambda r: (r.source, r.target))
    if len(handbook.documents) <= MOST:
        matrix = _matrix(index, links, handbook.documents, handbook.documents, pairs)
        yield _page(index, links, _("Matrix"), (matrix,), handbook.references)
        return
    blocks = [block for shelf in index.shelves for block in _blocks(index, shelf)]
    yield _page(
        index,
        links,
        _("Matrix"),
        (),
        handbook.references,
        areas=_areas(index, links, blocks) if 1 < len(index.shelves) <= MOST else (),
        crumbs=tuple(Crumb(b.title, links.to(b.uri), sum(s.count for s in b.squares)) for b in blocks),
    )
    for block in blocks:
        links = PageLinks(index, block.uri)
        matrices, references = [], []
        for square in block.squares:
            matrices.append(
                _matrix(index, links, square.rows, square.columns, pairs, square.anchor, square.heading)
            )
            columns = {document.path for document in square.columns}
            for document in square.rows:
                found = index.handbook.outgoing.get(document.path, ())
                references += [r for r in found if r.target in columns]
        yield _page(index, links, _("Matrix: %(part)s", part=block.title), tuple(matrices), references)


def marks(relations: Iterable[str]) -> dict[str, str]:
    """A mark for each relation; those of an organisation's own get marks of their own, as far as these reach."""
    own = iter(_MORE_MARKS)
    return {name: _MARKS.get(name) or next(own, "✱") for name in relations}


def _page(
    index: Index,
    links: PageLinks,
    title: str,
    matrices: tuple[Matrix, ...],
    references: Sequence[Reference],
    *,
    areas: tuple[AreaRow, ...] = (),
    crumbs: tuple[Crumb, ...] = (),
) -> Page:
    relations = index.handbook.settings.relations
    signs = marks(relations)
    used = {reference.relation.name for reference in references} if matrices else set()
    return audit_page(
        links.uri,
        title,
        "matrix.md.j2",
        links,
        section=MATRIX,
        description=_("Which document references which."),
        wide=True,
        matrices=matrices,
        legend=tuple(Legend(signs[name], name_of(name)) for name in relations if name in used),
        areas=areas,
        parts=crumbs,
        total=len(references),
        whole=links.to(MATRIX) if links.uri != MATRIX else "",
        references=links.to(REFERENCES),
    )


def _matrix(
    index: Index,
    links: PageLinks,
    rows: Sequence[Document],
    columns: Sequence[Document],
    pairs: dict[tuple[str, str], tuple[Reference, ...]],
    anchor: str = "",
    heading: str = "",
) -> Matrix:
    signs = marks(index.handbook.settings.relations)
    top = _sides(index, links, columns)
    left = _sides(index, links, rows)
    places = ["pg-first" if above.first else "" for above in top]
    empty = [_cell("", place) for place in places]
    number_of = {column.path: number for number, column in enumerate(columns)}
    body = []
    for row, side in zip(rows, left, strict=True):
        cells = empty.copy()
        if row.path in number_of:
            cells[number_of[row.path]] = _cell("", "pg-own")
        for target in dict.fromkeys(r.target for r in index.handbook.outgoing.get(row.path, ())):
            number = number_of.get(target)
            if number is None:
                continue
            references = pairs[row.path, target]
            mark = signs.get(min(references, key=_strength).relation.name, "✱")
            place = "pg-own" if target == row.path else places[number]
            cells[number] = _cell(_mark(links, row, columns[number], references, mark), place)
        body.append(Row(side, Markup("".join(cells))))  # noqa: S704 - each made by _cell
    return Matrix(anchor, heading, top, tuple(body))


def _cell(content: str, place: str) -> str:
    """A square. `place` names what it touches: the diagonal, the first column of an area."""
    return f'<td class="{place}">{content}</td>' if place else f"<td>{content}</td>"


def _mark(
    links: PageLinks, row: Document, column: Document, references: Sequence[Reference], mark: str
) -> str:
    label = html_text("; ".join(f"{row.id} {name_of(r.relation.name)} {column.id}" for r in references))
    passage = next((p for r in references for p in r.passages), None)
    # Without a passage the reference is declared only: the sheet says where.
    href = links.document(row.path, passage.id) if passage else links.sheet(row.path, "references")
    return f'<a href="{html_text(href)}" title="{label}" aria-label="{label}">{mark}</a>'


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
    """An area's matrices, within it and against each other area, as many on a page as read well."""
    squares = tuple(_squares(index, shelf))
    runs = packed(squares, lambda square: square.cells, _MOST_CELLS)
    for number, run in enumerate(runs, start=1):
        title = shelf.title
        if len(runs) > 1:
            title = _("%(area)s, part %(number)s", area=shelf.title, number=number)
        yield Block(f"audit/matrix/{shelf.name}-{number}.md", title, run)


def _squares(index: Index, shelf: Shelf) -> Iterator[Square]:
    """Documents without a reference between two areas are left out, but for a small area's own matrix."""
    shelf_of = {d.path: other for other in index.shelves for d in other.documents}
    between: dict[str, dict[str, set[str]]] = {}
    for document in shelf.documents:
        for reference in index.handbook.outgoing.get(document.path, ()):
            found = between.setdefault(shelf_of[reference.target].id, {})
            found.setdefault(document.path, set()).add(reference.target)
    for target in index.shelves:
        tied = between.get(target.id)
        if not tied:
            continue
        sources: Sequence[Document] = shelf.documents
        columns: Sequence[Document] = target.documents
        if target is not shelf or len(shelf.documents) > MOST:
            targets = {path for paths in tied.values() for path in paths}
            sources = tuple(d for d in shelf.documents if d.path in tied)
            columns = tuple(d for d in target.documents if d.path in targets)
        anchor, many = f"to-{target.name}", len(sources) > MOST or len(columns) > MOST
        for rows in pieces(sources, MOST):
            for part in pieces(columns, MOST):
                paths = {c.path for c in part}
                count = sum(len(tied[r.path] & paths) for r in rows if r.path in tied)
                if not count:
                    continue
                heading = _heading(shelf, target)
                if many:
                    heading += f": {span(rows, lambda d: d.id)} × {span(part, lambda d: d.id)}"
                yield Square(shelf, target, anchor, heading, tuple(rows), tuple(part), count)
                anchor = ""  # the first of them is what links lead to


def _heading(source: Shelf, target: Shelf) -> str:
    if source is target:
        return _("Within %(area)s", area=source.title)
    return _("From %(area)s to %(other)s", area=source.title, other=target.title)


def _areas(index: Index, links: PageLinks, blocks: Sequence[Block]) -> tuple[AreaRow, ...]:
    area_of = {d.path: d.area for d in index.handbook.documents}
    counts = Counter((area_of[r.source], area_of[r.target]) for r in index.handbook.references)
    most = max(counts.values(), default=1)
    places = {
        (square.source.id, square.target.id): links.to(block.uri, square.anchor)
        for block in blocks
        for square in block.squares
        if square.anchor
    }
    rows = []
    for row in index.shelves:
        cells = []
        for column in index.shelves:
            count = counts[row.id, column.id]
            words = ngettext("%(num)s reference", "%(num)s references", count)
            label = f"{_heading(row, column)}: {words}"
            href = places.get((row.id, column.id), "")
            cells.append(AreaCell(count, math.ceil(5 * count / most), label, href, row is column))
        rows.append(AreaRow(Crumb(row.title, links.to(row.uri), len(row.documents)), tuple(cells)))
    return tuple(rows)
