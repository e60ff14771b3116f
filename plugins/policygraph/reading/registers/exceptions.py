"""exceptions.yml: permitted departures, each with its owner, its reason and its end."""

from __future__ import annotations

from policygraph.model.exception import PolicyException
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader

KEYS = ("id", "title", "departs_from", "quote", "owner", "because", "granted", "by", "expires", "closed")


def read_exceptions(text: str, path: str) -> tuple[tuple[PolicyException, ...], tuple[Problem, ...]]:
    """Read the entries in the order in which they stand."""
    reader = RegisterReader()
    found: list[PolicyException] = []
    ids: set[str] = set()
    table = reader.open(text, path, "exceptions.yml")
    for place, values in (
        reader.entries(table, "exceptions", "exceptions.yml", KEYS, "An exception") if table else ()
    ):
        texts = reader.required(values, place, ("id", "departs_from"), "This exception")
        if texts is None:
            continue
        id, target = texts
        if id.casefold() in ids:
            reader.report(place, f"Two exceptions have the id '{id}'.")
        ids.add(id.casefold())
        for key in ("owner", "because", "expires"):
            if key not in values:
                reader.report(place, f"The exception '{id}' has no '{key}'.", mend=f"Add '{key}: …'.")
        document, _, statement = target.partition("#")
        found.append(
            PolicyException(
                id,
                reader.line(values, "title") or id,
                document.strip(),
                place,
                reader.line(values, "owner"),
                reader.line(values, "because"),
                statement.strip(),
                reader.line(values, "quote"),
                reader.date(values.get("granted"), "granted"),
                reader.line(values, "by"),
                reader.date(values.get("expires"), "expires"),
                reader.date(values.get("closed"), "closed"),
            )
        )
    return tuple(found), reader.finished()
