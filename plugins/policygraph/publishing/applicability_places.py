"""Where the statements of applicability stand in the site: their pages, the rows of these, and their files."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.applicability import ApplicabilityStatement, ControlLine
from policygraph.publishing.chunking import pieces, span
from policygraph.publishing.links import clause_anchor, file_name, framework_name
from policygraph.reading.registers.applicability import OWN

_ON_A_PAGE = 120
"""Controls on one page: each has several lines."""


def statement_uri(framework: str) -> str:
    """The source path of the page of a statement."""
    return f"audit/applicability/{framework_name(framework)}.md"


def statement_file(framework: str, suffix: str) -> str:
    """The name of a statement's file at the top of the site."""
    return f"applicability-{file_name(framework)}.{suffix}"


def statement_parts(
    statement: ApplicabilityStatement,
) -> Iterator[tuple[str, str, tuple[ControlLine, ...]]]:
    """The controls of each page: its source path, what it spans, and the controls."""
    uri = statement_uri(statement.framework.id)
    runs = pieces(statement.all, _ON_A_PAGE)
    for number, run in enumerate(runs, start=1):
        part = uri if len(runs) == 1 else f"{uri.removesuffix('.md')}/{number}.md"
        yield part, span(run, lambda line: line.control.id), run


def control_anchor(line: ControlLine) -> str:
    """The anchor of a control's row."""
    own = line.control.framework == OWN
    return clause_anchor(line.control.key if own else line.control.id)
