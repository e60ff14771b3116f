"""The table of coverage: how far each clause is covered, and what that rests on."""

from __future__ import annotations

from policygraph.judging.coverage import Coverage
from policygraph.publishing.exports.table import Sheet, Value
from policygraph.publishing.exports.tables.cells import clause_cell, column, joined
from policygraph.publishing.index import Index


def coverage(index: Index) -> Sheet:
    """One row for each clause and control of the frameworks in use."""
    rows = [
        _row(index, framework.id, index.case.coverage[clause.key])
        for framework in index.frameworks
        for clause in framework.leaves
    ]
    return Sheet(
        "Coverage",
        (
            column("clause"),
            column("framework"),
            column("id"),
            column("title"),
            column("kind"),
            column("asks_for_documents"),
            column("rung", "Stands on"),
            column("answered_by"),
            column("not_in_force", "Answered, not in force"),
            column("owner"),
            column("records"),
            column("missing", "Missing for the next step"),
        ),
        rows,
    )


def _row(index: Index, framework: str, covered: Coverage) -> tuple[Value, ...]:
    clause, best = covered.clause, covered.best
    waiting = [a.document.id for a in covered.answers if not a.footing.in_force]
    role = best.footing.role if best else None
    return (
        clause_cell(index, clause.key),
        framework,
        clause.id,
        clause.title,
        clause.kind,
        "yes" if clause.documented else "no",
        covered.words,
        joined(a.document.id for a in covered.in_force),
        joined(waiting),
        f"{role.title} ({', '.join(role.holders)})" if role and role.holders else "",
        joined(evidence.record.what for evidence in best.footing.evidence) if best else "",
        covered.lack,
    )
