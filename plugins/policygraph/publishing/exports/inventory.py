"""handbook.json: everything the handbook knows, for other programs."""

from __future__ import annotations

from policygraph import __version__
from policygraph.judging.judgement import Judgement
from policygraph.model.framework import Framework
from policygraph.model.history import Moment
from policygraph.publishing.exports.judged_records import (
    coverage_data,
    evidence_data,
    external_data,
    promise_data,
    question_data,
    statement_data,
)
from policygraph.publishing.exports.records import (
    Data,
    audience_data,
    clause_mention_data,
    decision_data,
    document_data,
    finding_data,
    framework_data,
    mapping_data,
    mention_data,
    reference_data,
    role_data,
    term_data,
)
from policygraph.publishing.exports.review_records import (
    exception_data,
    review_data,
    standing_data,
    stray_exception_data,
    suspect_data,
)
from policygraph.publishing.exports.serialised import json_lines
from policygraph.resolving.handbook import Handbook

SCHEMA_VERSION = "1.2.0"
"""Semantic version of the inventory's form: a new key raises the second number, a changed one the first."""

SCHEMA_FILE = "handbook.schema.json"


def inventory(judgement: Judgement) -> Data:
    """The whole handbook as plain data, in the handbook's own order."""
    case = judgement.case
    handbook, today = case.handbook, case.today
    settings = handbook.settings
    return {
        "$schema": SCHEMA_FILE,
        "schema": SCHEMA_VERSION,
        "generator": {"name": "policygraph", "version": __version__},
        "date": today.isoformat(),
        "at": _moment(handbook.history.moment),
        "handbook": {
            "name": settings.name,
            "organisation": settings.organisation,
            "description": settings.description,
            "language": settings.language,
            "folder": handbook.folder,
        },
        "areas": [{"id": a.id, "title": a.title, "description": a.description} for a in handbook.areas],
        "documents": [document_data(handbook, document) for document in handbook.documents],
        "references": [reference_data(handbook, reference) for reference in handbook.references],
        "mappings": [mapping_data(handbook, mapping) for mapping in handbook.mappings],
        "clause_mentions": [clause_mention_data(handbook, mention) for mention in handbook.clause_mentions],
        "mentions": [mention_data(handbook, mention) for mention in handbook.mentions],
        "decisions": [
            {**decision_data(handbook, decision), "counts": decision.counts(today)}
            for decision in handbook.decisions
        ],
        "reviews": [review_data(case, review) for log in handbook.reviews.values() for review in log],
        "standings": [standing_data(case, standing) for standing in case.standings.values()],
        "suspect_references": [suspect_data(case, suspect) for suspect in case.suspects],
        "exceptions": [exception_data(case, exception) for exception in handbook.exceptions],
        "stray_exceptions": [stray_exception_data(case, one) for one in handbook.stray_exceptions],
        "questions": [question_data(case, question) for question in case.questions],
        "coverage": [
            coverage_data(case.coverage[clause.key])
            for framework in used_frameworks(handbook)
            for clause in framework.leaves
        ],
        "applicability": [statement_data(statement) for statement in case.applicability],
        "promises": [promise_data(case, promise) for promise in case.promises],
        "records": [evidence_data(case, evidence) for evidence in case.evidence],
        "external": [external_data(case, use) for use in case.external],
        "frameworks": [framework_data(framework) for framework in used_frameworks(handbook)],
        "roles": [role_data(role) for role in handbook.organisation.roles.values()],
        "audiences": [audience_data(audience) for audience in handbook.organisation.audiences.values()],
        "terms": [term_data(term) for term in handbook.organisation.terms],
        "findings": [
            finding_data(handbook, finding) for finding in (*judgement.findings, *judgement.allowed)
        ],
    }


def _moment(moment: Moment | None) -> Data | None:
    if moment is None:
        return None
    return {"date": moment.day.isoformat(), "commit": moment.commit, "branch": moment.branch}


def inventory_bytes(judgement: Judgement) -> bytes:
    """The inventory as the file handbook.json."""
    return json_lines(inventory(judgement))


def used_frameworks(handbook: Handbook) -> tuple[Framework, ...]:
    """The frameworks that the settings name or that a document answers or links, in a fixed order."""
    named = [name for name in handbook.settings.frameworks if name in handbook.frameworks]
    keys = [m.clause for m in handbook.mappings] + [m.clause for m in handbook.clause_mentions]
    answered = sorted({key.partition(":")[0].lower() for key in keys} & set(handbook.frameworks))
    return tuple(handbook.frameworks[name] for name in dict.fromkeys((*named, *answered)))
