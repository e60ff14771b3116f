"""`policygraph show ID`: what is known about one document."""

from __future__ import annotations

import json

import click

from policygraph.cli.naming import named_document
from policygraph.cli.opening import Opened, open_handbook
from policygraph.cli.options import at_option, colour_option, format_option, handbook_option, today_option
from policygraph.cli.terminal import plain, wrapped
from policygraph.cli.wording import as_it_stood, at_data, heading, holder, named, reason_line
from policygraph.judging.case import Case
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.change import Change, ChangeKind
from policygraph.model.document import Document
from policygraph.model.reference import Reference
from policygraph.publishing.exports.records import (
    decision_data,
    document_data,
    finding_data,
    mapping_data,
    reference_data,
    role_data,
)
from policygraph.publishing.exports.review_records import (
    exception_data,
    review_data,
    standing_data,
    suspect_data,
)
from policygraph.publishing.reference_views import status_words
from policygraph.resolving.handbook import Handbook


@click.command(name="show")
@click.argument("id")
@handbook_option
@format_option("text", "json")
@at_option
@today_option
@colour_option
@click.pass_context
def command(ctx: click.Context, id: str, form: str) -> None:
    """Show what is known about one document.

    Who owns it, whom it applies to, which clauses it answers, what it references and what references it, with
    the reasons, and what is wrong with it.

    Example: policygraph show AI-06
    """
    opened = open_handbook(ctx)
    document = named_document(opened, id)
    judgement = judge(opened.handbook, opened.today)
    shown = as_json if form == "json" else as_text
    click.echo(shown(opened, document, judgement))


def as_json(opened: Opened, document: Document, judgement: Judgement) -> str:
    """The document as data, in the form of handbook.json."""
    handbook, path = opened.handbook, document.path
    owner = handbook.role(document.owner)
    return json.dumps(
        {
            **at_data(opened.moment),
            "document": document_data(handbook, document),
            "owner": role_data(owner) if owner else None,
            "mappings": [mapping_data(handbook, m) for m in handbook.mappings if m.document == path],
            "references": [reference_data(handbook, r) for r in handbook.outgoing.get(path, ())],
            "referenced_by": [reference_data(handbook, r) for r in handbook.incoming.get(path, ())],
            "decisions": [decision_data(handbook, d) for d in handbook.decisions if d.source == path],
            "standing": standing_data(judgement.case, judgement.case.standings[path]),
            "reviews": [review_data(judgement.case, r) for r in handbook.reviews.get(path, ())],
            "suspect_references": [
                suspect_data(judgement.case, s)
                for s in judgement.case.suspects
                if path in (s.reference.source, s.reference.target)
            ],
            "exceptions": [
                exception_data(judgement.case, e) for e in handbook.exceptions if e.document == path
            ],
            "findings": [finding_data(handbook, finding) for finding in judgement.of(path)],
        },
        indent=2,
    )


def as_text(opened: Opened, document: Document, judgement: Judgement) -> str:
    """The document for readers."""
    handbook = opened.handbook
    lines = [as_it_stood(opened.moment), ""] if opened.moment else []
    lines.append(named(document))
    if document.summary:
        lines.append(wrapped(document.summary))
    lines.append("")
    for name, value in (*_facts(opened, document), *_standing_facts(judgement.case, document)):
        lines.append(wrapped(value, " " * 15, f"  {name:<13}"))
    lines += _clauses(handbook, document)
    lines += _references(handbook, document)
    lines += _records(handbook, document)
    lines += _doubts(judgement.case, document)
    lines += _exceptions(judgement.case, document)
    decisions = [d for d in handbook.decisions if d.source == document.path and d.counts(opened.today)]
    if decisions:
        lines += ["", heading("No reference needed")]
        for decision in decisions:
            lines.append(f"  to {named(handbook.by_path[decision.target])}")
            lines.append(wrapped(f"because {decision.because}", "      ", "    "))
    findings = judgement.of(document.path)
    if findings:
        lines += ["", heading(f"Findings ({len(findings)})")]
        for finding in findings:
            place = f"{finding.place.line}:{finding.place.column}"
            lines.append(wrapped(f"{place} {finding.code} {finding.message}", "    ", "  "))
    return "\n".join(lines)


def _facts(opened: Opened, document: Document) -> list[tuple[str, str]]:
    handbook, front = opened.handbook, document.front
    minutes = document.reading_minutes
    audiences = (
        audience.title if (audience := handbook.organisation.audiences.get(name.lower())) else name
        for name in front.applies_to
    )
    facts = [
        ("file", opened.files.shown(document.path)),
        ("what", f"{document.type}, {status_words(document, opened.today)}"),
        ("area", handbook.area_of(document).title),
        ("owner", holder(handbook, document.owner)),
        ("approver", holder(handbook, front.approver) if front.approver else ""),
        ("applies to", ", ".join(audiences) or "everyone"),
        ("why", front.why or ""),
        ("effective", front.effective.isoformat() if front.effective else ""),
        ("expires", front.expires.isoformat() if front.expires else ""),
        ("review", f"every {front.review_every}" if front.review_every else ""),
        ("length", f"{document.words} words, {minutes} minute{'' if minutes == 1 else 's'} to read"),
        ("also called", ", ".join((*front.aliases, *front.former_ids))),
        ("translations", ", ".join(t.lang for t in handbook.translations_of(document))),
    ]
    return [(name, value) for name, value in facts if value]


def _standing_facts(case: Case, document: Document) -> list[tuple[str, str]]:
    standing = case.standings[document.path]
    facts = []
    if (approval := standing.approval) is not None:
        words = _since(standing.changed)
        review = approval.review
        facts.append(
            ("version", f"{approval.version}, approved {review.on} by {review.by} as {review.role}{words}")
        )
    elif standing.unapproved:
        facts.append(("version", "none: in force, and no approval is recorded"))
    if standing.last_review is not None:
        facts.append(("last review", f"{standing.last_review.on}, {standing.last_review.outcome}"))
    if standing.next_review is not None:
        facts.append(("next review", f"{standing.next_review}{', overdue' if standing.overdue else ''}"))
    return facts


def _since(changed: Change | None) -> str:
    """What has become of an approved text."""
    if changed is None:
        return "; whether the text has changed since is not known"
    if changed.kind is ChangeKind.NONE:
        return ""
    how = "in substance" if changed.of_substance else "editorially"
    reasons = f": {'; '.join(changed.reasons[:3])}" if changed.reasons else ""
    return f"; changed {how} since{reasons}"


def _doubts(case: Case, document: Document) -> list[str]:
    found = [s for s in case.suspects if document.path in (s.reference.source, s.reference.target)]
    if not found:
        return []
    lines = ["", heading(f"Suspect references ({len(found)})")]
    for suspect in found:
        source = case.handbook.by_path[suspect.reference.source].id
        target = case.handbook.by_path[suspect.reference.target].id
        reasons = "; ".join(suspect.changed.change.reasons[:3])
        words = f"{source} {suspect.reference.relation.name} {target}, changed {suspect.changed.moment.day}: {reasons}"
        lines.append(wrapped(words, "    ", "  "))
    return lines


def _exceptions(case: Case, document: Document) -> list[str]:
    found = [e for e in case.handbook.exceptions if e.document == document.path]
    if not found:
        return []
    lines = ["", heading(f"Exceptions ({len(found)})")]
    for exception in found:
        until = f" until {exception.expires}" if exception.expires else ""
        words = f"{exception.id} {exception.title} ({exception.state(case.today)}{until})"
        lines.append(wrapped(words, "    ", "  "))
        lines.append(wrapped(f"because {exception.because}", "      ", "    "))
    return lines


def _clauses(handbook: Handbook, document: Document) -> list[str]:
    keys = dict.fromkeys(m.clause for m in handbook.mappings if m.document == document.path)
    if not keys:
        return []
    lines = ["", heading(f"Answers ({len(keys)})")]
    longest = min(28, max(len(key) for key in keys))
    for key in keys:
        clause = handbook.clause(key)
        title = clause.title if clause and clause.title not in ("", clause.id) else ""
        lines.append(wrapped(f"{key:<{longest}}  {title}".rstrip(), " " * (longest + 4), "  "))
    return lines


def _references(handbook: Handbook, document: Document) -> list[str]:
    outgoing = handbook.outgoing.get(document.path, ())
    incoming = handbook.incoming.get(document.path, ())
    lines = ["", heading(f"References ({len(outgoing)})")]
    for reference in outgoing:
        lines += _reference(handbook, reference, reference.relation.name, reference.target)
    lines += ["", heading(f"Referenced by ({len(incoming)})")]
    for reference in incoming:
        lines += _reference(handbook, reference, reference.relation.inverse, reference.source)
    return lines


def _reference(handbook: Handbook, reference: Reference, relation: str, other: str) -> list[str]:
    lines = [f"  {plain(relation)} {named(handbook.by_path[other])}"]
    declared = reason_line(reference, "      ")
    if not declared and reference.because:
        declared = [wrapped(f"“{reference.because}”", "        ", "      ")]
    return lines + declared


def _records(handbook: Handbook, document: Document) -> list[str]:
    records = document.front.records
    if not records:
        return []
    lines = ["", heading("Records")]
    for record in records:
        every = f", every {record.every}" if record.every else ""
        where = f": {record.where}" if record.where else ""
        lines.append(wrapped(f"{record.what}{every}{where}", "    ", "  "))
    return lines
