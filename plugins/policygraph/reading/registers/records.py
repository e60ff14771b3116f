"""records.yml: when each record was last made, and how long it is kept."""

from __future__ import annotations

from policygraph.model.evidence import RecordMade
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader

KEYS = ("document", "what", "made", "by", "retention", "note")


def read_records(text: str, path: str) -> tuple[tuple[RecordMade, ...], tuple[Problem, ...]]:
    """Read the entries in the order in which they stand."""
    reader = RegisterReader()
    found: list[RecordMade] = []
    table = reader.open(text, path, "records.yml")
    for place, values in reader.entries(table, "records", "records.yml", KEYS, "A record") if table else ():
        texts = reader.required(values, place, ("document", "what"), "This record")
        if texts is not None:
            found.append(
                RecordMade(
                    texts[0],
                    texts[1],
                    place,
                    reader.date(values.get("made"), "made"),
                    reader.line(values, "by"),
                    reader.interval(values.get("retention"), "retention"),
                    reader.line(values, "note"),
                )
            )
    return tuple(found), reader.finished()
