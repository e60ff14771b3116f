"""The controls that apply, as an OSCAL profile of the catalogs they come from."""

from __future__ import annotations

from policygraph.judging.applicability import ApplicabilityStatement, ControlLine, Decision
from policygraph.publishing.exports.oscal.parts import catalog_file, control_id, metadata, whole
from policygraph.publishing.exports.records import Data
from policygraph.publishing.index import Index


def profile(index: Index, statement: ApplicabilityStatement) -> Data:
    """The profile of a statement of applicability. What is left out or not decided is no part of it."""
    by_framework: dict[str, list[ControlLine]] = {}
    for line in statement.all:
        by_framework.setdefault(line.control.framework.lower(), []).append(line)
    title = f"Controls of {statement.framework.title} that apply"
    remarks = "The controls that the organisation has decided to apply, from its statement of applicability."
    content = {
        "metadata": metadata(index, title, remarks),
        "imports": [
            _import(catalog_file(index.handbook.frameworks[name]), lines)
            for name, lines in by_framework.items()
        ],
        "merge": {"as-is": True},
    }
    return whole("profile", (statement.framework.id,), content)


def _import(href: str, lines: list[ControlLine]) -> Data:
    applying = [control_id(line.control) for line in lines if line.decision is Decision.APPLIES]
    if applying:
        return {"href": href, "include-controls": [{"with-ids": applying}]}
    everything = [control_id(line.control) for line in lines]
    return {"href": href, "include-all": {}, "exclude-controls": [{"with-ids": everything}]}
