"""The rules. Importing this package registers them; `policygraph rules` lists them.

Codes: PG1 files and front matter, PG2 references, PG3 frameworks, PG4 documents, PG5 registers, PG6 time.
"""

from policygraph.judging.rule import Rule, registered
from policygraph.judging.rules import (
    applicability,
    documents,
    files,
    frameworks,
    promises,
    questions,
    records,
    references,
    registers,
    reviews,
    similarity,
    time,
    why_lines,
    wording,
)

__all__ = [
    "all_rules",
    "applicability",
    "documents",
    "files",
    "frameworks",
    "promises",
    "questions",
    "records",
    "references",
    "registers",
    "reviews",
    "similarity",
    "time",
    "why_lines",
    "wording",
]


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return registered()
