"""terms.yml: the glossary."""

from __future__ import annotations

from policygraph.model.organisation import Term
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader

KEYS = ("term", "definition", "abbreviation", "aliases")


def read_terms(text: str, path: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Read the terms in the order in which they stand."""
    reader = RegisterReader()
    found: list[Term] = []
    table = reader.open(text, path, "terms.yml")
    for place, values in reader.entries(table, "terms", "terms.yml", KEYS, "A term") if table else ():
        texts = reader.required(values, place, ("term", "definition"), "This term")
        if texts is None:
            continue
        aliases = tuple(
            alias for item in reader.items(values.get("aliases")) if (alias := reader.text(item, "aliases"))
        )
        found.append(Term(texts[0], texts[1], place, reader.line(values, "abbreviation"), aliases))
    return tuple(found), reader.finished()
