"""reviews/: one small file for each review, so that two branches never change the same file."""

from __future__ import annotations

import re

from policygraph.model.fingerprint import Fingerprint
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.model.review import Outcome, Review
from policygraph.reading.registers.register import RegisterReader

KEYS = ("document", "by", "as", "date", "outcome", "text", "substance", "note", "pull_request")
_HASH = re.compile(r"(?:sha256:)?([0-9a-f]{64})$")


def read_review(text: str, path: str) -> tuple[Review | None, tuple[Problem, ...]]:
    """Read one entry; None where it lacks what makes it one."""
    reader = RegisterReader()
    table = reader.open(text, path, "A review")
    if table is None:
        if not reader.problems:
            reader.report(Place(path), "This review is empty.")
        return None, reader.finished()
    values = reader.values(table, KEYS, "A review")
    texts = reader.required(values, Place(path), ("document", "by", "as", "date", "outcome"), "This review")
    outcome = reader.choice(values.get("outcome"), "outcome", Outcome)
    day = reader.date(values.get("date"), "date")
    if texts is None or outcome is None or day is None:
        return None, reader.finished()
    hashes: list[str] = []
    for name in ("text", "substance"):
        typed = reader.line(values, name)
        match = _HASH.match(typed.lower())
        if match:
            hashes.append(match[1])
        elif typed:
            reader.report(
                values[name].place,
                f"'{name}' is not the fingerprint of a text (64 characters from 0 to 9 and a to f), as `policygraph review` writes it.",
            )
    if len(hashes) < 2:
        reader.report(
            Place(path),
            "This review does not say which text it looked at.",
            kind=ProblemKind.INCOMPLETE_REVIEW,
            mend="Write reviews with `policygraph review`, which notes by itself which text it was.",
        )
    return (
        Review(
            texts[0],
            texts[1],
            texts[2],
            day,
            outcome,
            Place(path),
            Fingerprint(hashes[0], hashes[1]) if len(hashes) == 2 else None,
            reader.line(values, "note"),
            reader.line(values, "pull_request"),
        ),
        reader.finished(),
    )
