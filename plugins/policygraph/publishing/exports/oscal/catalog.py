"""A framework as an OSCAL catalog: its ids and titles, and not a word of its text."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.model.framework import Clause, Framework
from policygraph.publishing.exports.oscal.parts import control_id, filled, metadata, prop, text, token, whole
from policygraph.publishing.exports.records import Data
from policygraph.publishing.index import Index


def catalog(index: Index, framework: Framework) -> Data:
    """The catalog of a framework."""
    known = framework.clauses
    children: dict[str, list[Clause]] = {}
    seen: set[str] = set()
    for clause in known.values():
        # A parent that is missing, no group, or comes later leaves its item at the top, so nothing is lost.
        parent = clause.parent if clause.parent in seen and known[clause.parent].group else ""
        children.setdefault(parent or "", []).append(clause)
        seen.add(clause.id)
    remarks = (
        f"Ids and short titles of {framework.title}, edition {framework.edition or 'not recorded'}; "
        "no requirement text. Licence: " + (framework.licence or "not recorded")
    )
    content = {"metadata": metadata(index, framework.title, remarks), **_below("", children)}
    return whole("catalog", (framework.id,), content)


def _below(parent: str, children: dict[str, list[Clause]]) -> dict[str, list[Data]]:
    below: Sequence[Clause] = children.get(parent, ())
    return filled(
        groups=(_group(clause, children) for clause in below if clause.group),
        controls=(_control(clause) for clause in below if not clause.group),
    )


def _within(clause: Clause, children: dict[str, list[Clause]]) -> dict[str, list[Data]]:
    """What stands in a group. OSCAL wants groups or controls there, so controls beside groups get one of their own."""
    found = _below(clause.id, children)
    if "groups" in found and "controls" in found:
        loose = {
            "id": token(f"{control_id(clause)}_items"),
            "title": text(clause.title, clause.id),
            "controls": found.pop("controls"),
        }
        found["groups"].insert(0, loose)
    return found


def _group(clause: Clause, children: dict[str, list[Clause]]) -> Data:
    return {
        "id": control_id(clause),
        "class": clause.kind if clause.kind.replace("-", "").isalnum() and clause.kind.isascii() else "group",
        "title": text(clause.title, clause.id),
        "props": [prop("label", clause.id)],
        **_within(clause, children),
    }


def _control(clause: Clause) -> Data:
    return {
        "id": control_id(clause),
        "title": text(clause.title, clause.id),
        "props": [prop("label", clause.id)],
    }
