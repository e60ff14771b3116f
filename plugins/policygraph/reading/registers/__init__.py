"""Registers kept by hand: one module for each, and all of them together.

Every register is optional. What is wrong with one of them, or with one entry, harms no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from policygraph.model.applicability import Applicability
from policygraph.model.evidence import RecordMade
from policygraph.model.exception import PolicyException
from policygraph.model.external import ExternalDocument
from policygraph.model.framework import Clause, Expectation
from policygraph.model.organisation import Audience, Organisation, Role, Term
from policygraph.model.problem import Problem
from policygraph.model.review import Review
from policygraph.reading.registers.applicability import read_applicability
from policygraph.reading.registers.exceptions import read_exceptions
from policygraph.reading.registers.expectations import read_own_expectations
from policygraph.reading.registers.external import read_external
from policygraph.reading.registers.organisation import read_organisation
from policygraph.reading.registers.records import read_records
from policygraph.reading.registers.reviews import read_review
from policygraph.reading.registers.terms import read_terms

Found = TypeVar("Found")

ORGANISATION = "organisation.yml"
TERMS = "terms.yml"
APPLICABILITY = "applicability.yml"
RECORDS = "records.yml"
EXCEPTIONS = "exceptions.yml"
EXTERNAL = "external.yml"
EXPECTATIONS = "expectations.yml"
REVIEWS = "reviews"
"""The folder of reviews, one small file for each, so that two branches never change the same file."""

NAMING_KEYS = frozenset({"document", "used_by", "rests_on", "departs_from"})
"""The keys, in whatever register, whose values name documents."""

FILES = (ORGANISATION, TERMS, APPLICABILITY, RECORDS, EXCEPTIONS, EXTERNAL, EXPECTATIONS)
"""Every register that is one file."""


@dataclass(frozen=True, slots=True)
class Registers:
    """What the registers say, with names as they were typed.

    `own_controls` are the controls that the organisation has added to those of the frameworks. An expectation in
    `dropped` (source and target) is one that the organisation does not share. `texts` are the files by their paths.
    """

    organisation: Organisation = field(default_factory=Organisation)
    applicability: tuple[Applicability, ...] = ()
    own_controls: tuple[Clause, ...] = ()
    records: tuple[RecordMade, ...] = ()
    reviews: tuple[Review, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    external: tuple[ExternalDocument, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    dropped: frozenset[tuple[str, str]] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)


def read_registers(texts: Mapping[str, tuple[str, str]]) -> tuple[Registers, tuple[Problem, ...]]:
    """Read the registers. `texts` gives, by register name, the file's path and its text.

    Reviews go by their name in the folder of registers: `reviews/2026-04-01-ai-06.yml`.
    """
    problems: list[Problem] = []

    def read(
        name: str, reader: Callable[[str, str], tuple[Found, tuple[Problem, ...]]], empty: Found
    ) -> Found:
        if name not in texts:
            return empty
        path, text = texts[name]
        found, more = reader(text, path)
        problems.extend(more)
        return found

    nobody: tuple[Mapping[str, Role], Mapping[str, Audience]] = ({}, {})
    roles, audiences = read(ORGANISATION, read_organisation, nobody)
    no_terms: tuple[Term, ...] = ()
    terms = read(TERMS, read_terms, no_terms)
    no_controls: tuple[tuple[Applicability, ...], tuple[Clause, ...]] = ((), ())
    applicability, own_controls = read(APPLICABILITY, read_applicability, no_controls)
    no_expectations: tuple[tuple[Expectation, ...], frozenset[tuple[str, str]]] = ((), frozenset())
    expectations, dropped = read(EXPECTATIONS, read_own_expectations, no_expectations)
    reviews = [
        review
        for name in sorted(texts)
        if name.startswith(f"{REVIEWS}/") and (review := read(name, read_review, None)) is not None
    ]
    return (
        Registers(
            Organisation(roles, audiences, terms),
            applicability,
            own_controls,
            read(RECORDS, read_records, ()),
            tuple(reviews),
            read(EXCEPTIONS, read_exceptions, ()),
            read(EXTERNAL, read_external, ()),
            expectations,
            dropped,
            MappingProxyType(dict(texts.values())),
        ),
        tuple(problems),
    )
