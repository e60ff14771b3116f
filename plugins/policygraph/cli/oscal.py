"""Which framework or statement an OSCAL document is made of, and the document itself."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.cli.failure import Refusal
from policygraph.judging.applicability import ApplicabilityStatement
from policygraph.model.framework import Framework
from policygraph.publishing.exports.oscal import catalog, component_definition, profile, system_security_plan
from policygraph.publishing.exports.records import Data
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.publishing.index import Index
from policygraph.reading.values import nearest

FORMS = {
    "oscal-catalog": "a framework in OSCAL: its ids and titles",
    "oscal-profile": "the controls that apply, in OSCAL",
    "oscal-component-definition": "the documents and what they say they answer, in OSCAL",
    "oscal-ssp": "the statement of applicability in OSCAL, as a system security plan",
}
"""Forms of export in OSCAL, and what each holds."""


def oscal_bytes(form: str, index: Index, framework: str | None) -> bytes:
    """An OSCAL document about one framework: the one named, or else the first that there is something to say on.

    A component definition speaks of all frameworks in use unless one is named.

    Raises:
        Refusal: where the framework is not known, or nothing is decided about its controls.
    """
    return json_bytes(_data(form, index, framework))


def _data(form: str, index: Index, name: str | None) -> Data:
    if form == "oscal-catalog":
        return catalog(index, _frameworks(index, name)[0])
    if form == "oscal-component-definition":
        return component_definition(index, _frameworks(index, name))
    make: Callable[[Index, ApplicabilityStatement], Data] = (
        profile if form == "oscal-profile" else system_security_plan
    )
    return make(index, _statement(index, name))


def _frameworks(index: Index, name: str | None) -> tuple[Framework, ...]:
    known = index.handbook.frameworks
    if name is None:
        if not index.frameworks:
            raise Refusal("The handbook names no framework; list one under 'frameworks' in handbook.yml.")
        return index.frameworks
    found = known.get(name.lower())
    if found is None:
        raise Refusal(_unknown(name, list(known)))
    return (found,)


def _statement(index: Index, name: str | None) -> ApplicabilityStatement:
    statements = index.case.applicability
    if not statements:
        raise Refusal("Nothing is decided about any control: there is no registers/applicability.yml.")
    if name is None:
        return statements[0]
    known = {statement.framework.id.lower(): statement for statement in statements}
    found = known.get(name.lower())
    if found is None:
        raise Refusal(f"There is no statement of applicability on it. {_unknown(name, list(known))}")
    return found


def _unknown(name: str, known: list[str]) -> str:
    guess = nearest(name, known)
    meant = f" Did you mean '{guess}'?" if guess else ""
    return f"There is no framework '{name}' here.{meant} Known: {', '.join(known) or 'none'}."
