"""The matrix of a framework: which document answers which clause, and how far it carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygraph.judging.coverage import Answering, Coverage, Rung
from policygraph.model.document import Document
from policygraph.model.framework import Clause, Framework
from policygraph.publishing.audit_pages import FRAMEWORKS, Crumb, audit_page
from policygraph.publishing.chunking import packed, pieces, span
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.ladder import short_title
from policygraph.publishing.links import clause_anchor, clause_uri, framework_name, framework_uri
from policygraph.publishing.publication import Page
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.publishing.tongues import told
from policygraph.words import N_, _

MOST_COLUMNS = 60
MOST_MARKS = 2_400
"""Marks on one page: few documents have more than a handful, and where many do a page holds fewer documents."""

_LEAST = MOST_MARKS // 100  # so that no page has more than a hundred rows

_MARKS = {
    Rung.FRESH: ("●", N_("answers it, with a fresh record")),
    Rung.EVIDENCED: ("◕", N_("answers it, with a record")),
    Rung.OWNED: ("◑", N_("answers it and is owned")),
    Rung.ANSWERED: ("○", N_("answers it")),
    Rung.MENTIONED: ("·", N_("mentions it, or is not in force")),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A square: a document against a clause. Its link leads to the passage, or to the document's audit sheet."""

    mark: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A clause as a column."""

    id: str
    title: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a row."""

    document: DocumentLink
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ClauseMatrix:
    """One page's part of the matrix."""

    columns: tuple[ColumnHead, ...]
    rows: tuple[DocumentRow, ...]


_EMPTY = Cell("", "", "")


@dataclass(frozen=True, slots=True)
class _Mark:
    rung: Rung
    anchor: str
    sheet: bool


@dataclass(frozen=True, slots=True)
class _Part:
    uri: str
    title: str
    clauses: tuple[Clause, ...]
    documents: tuple[Document, ...]


def matrix_uri(framework: str) -> str:
    """The source path of the matrix of a framework."""
    return f"audit/coverage/{framework_name(framework)}.md"


def clause_matrix_pages(index: Index) -> Iterator[Page]:
    """A matrix for each framework in use, split where it is large."""
    for framework in index.frameworks:
        marks = _marks(index, framework)
        parts = tuple(_parts(index, framework, marks))
        uri = matrix_uri(framework.id)
        links = PageLinks(index, uri)
        alone = len(parts) == 1 and parts[0].uri == uri
        crumbs = () if alone else tuple(Crumb(p.title, links.to(p.uri), len(p.documents)) for p in parts)
        whole = _matrix(index, links, parts[0], marks) if alone else None
        yield _page(index, framework, uri, short_title(framework), whole, crumbs)
        for part in () if alone else parts:
            title = f"{short_title(framework)}, {part.title}"
            matrix = _matrix(index, PageLinks(index, part.uri), part, marks)
            yield _page(index, framework, part.uri, title, matrix, ())


def _page(
    index: Index,
    framework: Framework,
    uri: str,
    title: str,
    matrix: ClauseMatrix | None,
    parts: tuple[Crumb, ...],
) -> Page:
    links = PageLinks(index, uri)
    return audit_page(
        uri,
        _("Matrix: %(part)s", part=title),
        "clause_matrix.md.j2",
        links,
        section=FRAMEWORKS,
        description=_("Which document answers which clause of %(framework)s.", framework=framework.title),
        wide=True,
        name=told(framework.title, framework.lang),
        framework=links.to(framework_uri(framework.id)),
        whole=links.to(matrix_uri(framework.id)) if uri != matrix_uri(framework.id) else "",
        matrix=matrix,
        parts=parts,
        legend=tuple((sign, _(words)) for sign, words in _MARKS.values()),
    )


def _marks(index: Index, framework: Framework) -> dict[tuple[str, str], _Mark]:
    """Marks by document and clause."""
    found: dict[tuple[str, str], _Mark] = {}
    for clause in framework.leaves:
        covered: Coverage = index.case.coverage[clause.key]
        for answering in covered.answers:
            found[answering.document.path, clause.key] = _answer(answering)
        for mention in covered.mentions:
            anchor = mention.passage.id
            found.setdefault((mention.document, clause.key), _Mark(Rung.MENTIONED, anchor, False))
    return found


def _answer(answering: Answering) -> _Mark:
    passage = next((m.passage for m in answering.mappings if m.passage), None)
    return _Mark(answering.footing.rung, passage.id if passage else "", passage is None)


def _parts(index: Index, framework: Framework, marks: Mapping[tuple[str, str], _Mark]) -> Iterator[_Part]:
    """Squares of at most so many columns and rows; a document stands only where it has a mark."""
    uri = matrix_uri(framework.id)
    leaves = framework.leaves
    # Parts of about the same width: 70 clauses are 35 and 35, not 60 and 10.
    count = max(1, -(-len(leaves) // MOST_COLUMNS))
    columns = pieces(leaves, max(1, -(-len(leaves) // count)))
    touched: dict[str, set[str]] = {}
    for path, key in marks:
        touched.setdefault(path, set()).add(key)
    squares = []
    for clauses in columns:
        keys = {clause.key for clause in clauses}
        marked = [(d, len(touched.get(d.path, set()) & keys)) for d in index.handbook.documents]
        runs = packed([row for row in marked if row[1]], lambda row: max(_LEAST, row[1]), MOST_MARKS)
        squares += [(clauses, tuple(document for document, _ in run)) for run in runs] or [(clauses, ())]
    if len(squares) == 1:
        yield _Part(uri, "", *squares[0])
        return
    for number, (clauses, run) in enumerate(squares, start=1):
        title = span(clauses, lambda clause: clause.id)
        if len(squares) > len(columns) and run:
            title += f", {span(run, lambda document: document.id)}"
        yield _Part(f"{uri.removesuffix('.md')}/{number}.md", title, clauses, run)


def _matrix(
    index: Index, links: PageLinks, part: _Part, marks: Mapping[tuple[str, str], _Mark]
) -> ClauseMatrix:
    framework = index.handbook.frameworks[part.clauses[0].framework.lower()] if part.clauses else None
    return ClauseMatrix(
        tuple(
            ColumnHead(
                clause.id,
                clause.title,
                clause.lang,
                links.to(clause_uri(framework, clause), clause_anchor(clause.id)),
            )
            for clause in part.clauses
            if framework
        ),
        tuple(
            DocumentRow(document_link(index, links, d.path), tuple(_cells(links, d, part.clauses, marks)))
            for d in part.documents
        ),
    )


def _cells(
    links: PageLinks,
    document: Document,
    clauses: Sequence[Clause],
    marks: Mapping[tuple[str, str], _Mark],
) -> Iterator[Cell]:
    for clause in clauses:
        mark = marks.get((document.path, clause.key))
        if mark is None:
            yield _EMPTY
            continue
        sign, words = _MARKS[mark.rung]
        href = links.sheet(document.path) if mark.sheet else links.document(document.path, mark.anchor)
        yield Cell(sign, f"{document.id} {_(words)}: {clause.id}", href)
