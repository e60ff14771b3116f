"""The handbook's things as plain data: what exports and `--format json` are made of.

Documents are named by their id, with their file beside it, which tells them apart even where two claim one id.
"""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from policygraph.model.document import Document, Statement
from policygraph.model.finding import Finding
from policygraph.model.framework import ClauseMapping, ClauseMention, Framework
from policygraph.model.organisation import Audience, Role, Term
from policygraph.model.place import Passage, Place
from policygraph.model.record_pointer import RecordPointer
from policygraph.model.reference import Decision, Mention, Occurrence, Reference
from policygraph.resolving.handbook import Handbook

Data = dict[str, Any]


def place_data(place: Place) -> Data:
    """Where something stands."""
    return {"file": portable(place.file), "line": place.line, "column": place.column}


def portable(file: str) -> str:
    """A file's path as it may leave this machine: never one that begins at the root of a disk."""
    if PurePosixPath(file).is_absolute() or PureWindowsPath(file).is_absolute():
        return PureWindowsPath(file).name
    return file


def passage_data(passage: Passage | None) -> Data | None:
    """A sentence, its anchor on the published page and the headings above it."""
    if passage is None:
        return None
    return {
        "id": passage.id,
        "section": passage.section,
        "headings": list(passage.headings),
        "sentence": passage.sentence,
    }


def document_data(handbook: Handbook, document: Document) -> Data:
    """A document with everything that is known of it alone."""
    front = document.front
    return {
        "id": document.id,
        "file": document.path,
        "title": document.title,
        "type": document.type,
        "status": document.status.value,
        "area": document.area,
        "lang": document.lang,
        "owner": document.owner,
        "approver": front.approver,
        "summary": document.summary,
        "why": front.why,
        "aliases": list(front.aliases),
        "tags": list(front.tags),
        "applies_to": list(front.applies_to),
        "visibility": front.visibility.value if front.visibility else None,
        "review_every": str(front.review_every) if front.review_every else None,
        "effective": date_data(front.effective),
        "expires": date_data(front.expires),
        "basis": front.basis,
        "former_ids": list(front.former_ids),
        "words": document.words,
        "reading_minutes": document.reading_minutes,
        "records": [_record(record) for record in front.records],
        "headings": [
            {"level": h.level, "text": h.text, "anchor": h.anchor, "line": h.place.line}
            for h in document.headings
        ],
        "statements": [_statement(statement) for statement in document.statements],
        "translations": [
            {"lang": t.lang, "file": t.path, "title": t.title} for t in handbook.translations_of(document)
        ],
        "other_keys": dict(front.extra),
    }


def _record(record: RecordPointer) -> Data:
    return {
        "what": record.what,
        "where": record.where,
        "owner": record.owner or None,
        "every": str(record.every) if record.every else None,
    }


def _statement(statement: Statement) -> Data:
    return {
        "modality": statement.modality.value,
        "words": statement.words,
        "address": statement.address,
        "line": statement.passage.place.line,
        "passage": passage_data(statement.passage),
    }


def date_data(day: dt.date | None) -> str | None:
    """A day, if there is one."""
    return day.isoformat() if day else None


def pair_data(handbook: Handbook, source: str, target: str) -> Data:
    """The two ends of something, by id and file."""
    return {
        "source": handbook.by_path[source].id,
        "source_file": source,
        "target": handbook.by_path[target].id,
        "target_file": target,
    }


def reference_data(handbook: Handbook, reference: Reference) -> Data:
    """A reference with every place where it is written."""
    relation = reference.relation
    return {
        **pair_data(handbook, reference.source, reference.target),
        "relation": relation.name,
        "inverse": relation.inverse,
        "relies": relation.relies,
        "because": reference.because,
        "occurrences": [occurrence_data(occurrence) for occurrence in reference.occurrences],
    }


def occurrence_data(occurrence: Occurrence) -> Data:
    """One place where a reference is written; `section` is the anchor in the target that it points at."""
    return {
        "origin": occurrence.origin.value,
        **place_data(occurrence.place),
        "section": occurrence.section,
        "because": occurrence.because,
        "passage": passage_data(occurrence.passage),
    }


def mapping_data(handbook: Handbook, mapping: ClauseMapping) -> Data:
    """A document, or a statement of it, that says it answers a clause."""
    return _clause_data(handbook, mapping)


def clause_mention_data(handbook: Handbook, mention: ClauseMention) -> Data:
    """A clause linked in a text, which answers nothing."""
    return _clause_data(handbook, mention)


def _clause_data(handbook: Handbook, found: ClauseMapping | ClauseMention) -> Data:
    framework, _, clause = found.clause.partition(":")
    return {
        "document": handbook.by_path[found.document].id,
        "document_file": found.document,
        "framework": framework,
        "clause": clause,
        **place_data(found.place),
        "passage": passage_data(found.passage),
    }


def mention_data(handbook: Handbook, mention: Mention) -> Data:
    """A document's name in another's text without a link."""
    return {
        **pair_data(handbook, mention.source, mention.target),
        "text": mention.text,
        "strength": strength(mention),
        **place_data(mention.place),
        "passage": passage_data(mention.passage),
    }


def strength(mention: Mention) -> str:
    """How sure it is that a mention is one: `strong` or `weak`."""
    return "strong" if mention.strong else "weak"


def decision_data(handbook: Handbook, decision: Decision) -> Data:
    """A recorded decision that no reference is needed."""
    return {
        **pair_data(handbook, decision.source, decision.target),
        "because": decision.because,
        "decided": date_data(decision.decided),
        "by": decision.by or None,
        **place_data(decision.place),
    }


def framework_data(framework: Framework) -> Data:
    """A framework in the edition that the handbook works to."""
    return {
        "id": framework.id,
        "title": framework.title,
        "edition": framework.edition,
        "issuer": framework.issuer,
        "clauses": len(framework.leaves),
        "amendments": [
            {"act": amendment.act, "incorporated": amendment.incorporated}
            for amendment in framework.amendments
        ],
    }


def role_data(role: Role) -> Data:
    """A role and who holds it."""
    return {
        "id": role.id,
        "title": role.title,
        "holders": list(role.holders),
        "contact": role.contact or None,
        "purpose": role.purpose or None,
    }


def audience_data(audience: Audience) -> Data:
    """A group of readers."""
    return {"id": audience.id, "title": audience.title, "description": audience.description or None}


def term_data(term: Term) -> Data:
    """A word of the glossary."""
    return {
        "term": term.term,
        "definition": term.definition,
        "abbreviation": term.abbreviation or None,
        "aliases": list(term.aliases),
    }


def finding_data(handbook: Handbook, finding: Finding) -> Data:
    """What a rule has to say; `allowed` is the author's reason for living with it."""
    document = handbook.by_path.get(finding.document or "")
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        **place_data(finding.place),
        "document": document.id if document else None,
        "message": finding.message,
        "help": finding.help,
        "suggestion": finding.suggestion,
        "allowed": finding.allowed,
    }
