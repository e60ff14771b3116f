"""external.yml: documents of external origin, with version, owner and who uses them."""

from __future__ import annotations

from policygraph.model.external import ExternalDocument
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader

KEYS = ("id", "title", "kind", "version", "owner", "where", "framework", "used_by", "checked", "check_every")


def read_external(text: str, path: str) -> tuple[tuple[ExternalDocument, ...], tuple[Problem, ...]]:
    """Read the entries in the order in which they stand."""
    reader = RegisterReader()
    found: list[ExternalDocument] = []
    table = reader.open(text, path, "external.yml")
    for place, values in (
        reader.entries(table, "documents", "external.yml", KEYS, "A document of external origin")
        if table
        else ()
    ):
        texts = reader.required(values, place, ("title",), "This document of external origin")
        if texts is None:
            continue
        found.append(
            ExternalDocument(
                reader.line(values, "id") or texts[0],
                texts[0],
                place,
                reader.line(values, "kind"),
                reader.line(values, "version"),
                reader.line(values, "owner"),
                reader.line(values, "where"),
                reader.line(values, "framework").lower(),
                tuple(name for name, _ in reader.texts(values.get("used_by"), "used_by")),
                reader.date(values.get("checked"), "checked"),
                reader.interval(values.get("check_every"), "check_every"),
            )
        )
    return tuple(found), reader.finished()
