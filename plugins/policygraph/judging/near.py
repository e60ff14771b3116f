"""Findings that one document's own text makes, found without judging the whole handbook."""

from __future__ import annotations

import datetime as dt

from policygraph.judging.judge import judge
from policygraph.model.finding import Finding
from policygraph.resolving.handbook import Handbook

NEAR = frozenset(
    """
    PG105 PG106 PG107 PG108 PG109 PG110 PG111 PG112 PG201 PG202 PG203 PG204 PG206 PG209 PG210 PG211 PG212 PG214
    PG215 PG216 PG222 PG223 PG301 PG302 PG303 PG304 PG402 PG403 PG404 PG405 PG406 PG407 PG408 PG409
    PG410 PG422
    """.split()
)
"""The rules whose findings in a document follow from its own text and from the names in the handbook."""


def near_findings(handbook: Handbook, path: str, today: dt.date) -> tuple[Finding, ...]:
    """What the rules in `NEAR` find in a document, by the handbook that `with_document` gives."""
    return tuple(f for f in judge(handbook, today, NEAR).findings if f.place.file == path)
