"""`policygraph why A B`: why one document references another, or why it does not."""

from __future__ import annotations

import json

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.naming import named_document
from policygraph.cli.opening import Files, Opened, open_handbook
from policygraph.cli.options import at_option, colour_option, format_option, handbook_option, today_option
from policygraph.cli.terminal import plain, wrapped
from policygraph.cli.wording import as_it_stood, at_data, chain, named, occurrence_lines, reason, reason_line
from policygraph.judging.case import Case
from policygraph.judging.front_matter_lines import Slot, name_of
from policygraph.model.question import Question, Rewording
from policygraph.model.reference import Decision, Mention, Reference
from policygraph.publishing.exports.answers import answer_data, changes_of, slots
from policygraph.publishing.ground_words import ground_words
from policygraph.resolving.connection import Answer, Connection
from policygraph.resolving.handbook import Handbook

_MOST_PLACES = 4
_MOST_PATHS = 3
_MOST_CLAUSES = 8


@click.command(name="why")
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@handbook_option
@format_option("text", "json")
@at_option
@today_option
@colour_option
@click.pass_context
def command(ctx: click.Context, source: str, target: str, form: str) -> None:
    """Say why one document references another, or why it does not.

    Shows every place where A references B, with its reason. Where there is none: the recorded decision that
    none is needed, or the way from A to B over other documents, or what else connects them.

    Example: policygraph why AI-06 AI-08
    """
    opened = open_handbook(ctx)
    one, other = named_document(opened, source), named_document(opened, target)
    if one is other:
        raise Refusal(f"'{source}' and '{target}' are the same document: {one.id}.")
    case = Case(opened.handbook, opened.today)
    if form == "json":
        click.echo(json.dumps({**at_data(opened.moment), **answer_data(case, one, other)}, indent=2))
    else:
        click.echo(as_text(case, case.connections.between(one, other), opened))


def as_text(case: Case, found: Connection, opened: Opened) -> str:
    """The answer on one screen."""
    handbook, files = case.handbook, opened.files
    source, target = plain(found.source.id), plain(found.target.id)
    lines = [as_it_stood(opened.moment), ""] if opened.moment else []
    lines += [f"{named(found.source)}  →  {named(found.target)}", ""]
    match found.answer:
        case Answer.REFERENCE:
            for reference in found.references:
                lines += _reference(reference, source, target, files)
        case Answer.DECISION:
            for decision in found.decisions:
                lines += _decision(decision, source, target, files)
            lines += _changes(changes_of(case, found), handbook)
        case Answer.PATH:
            lines += _paths(found, handbook, source, target)
        case Answer.SHARED_CLAUSES | Answer.MENTION | Answer.NOTHING:
            lines.append(f"Nothing recorded: {source} does not reference {target}, neither directly nor")
            lines.append("over one other document, and no decision says that it need not.")
    question = case.asked.about(found.source.path, found.target.path)
    if question is not None:
        lines += ["", *_grounds(question)]
    if not found.references:
        if found.reverse:
            lines += ["", *_reverse(found, handbook, source, target, files)]
        if found.answer in (Answer.SHARED_CLAUSES, Answer.MENTION) and found.clauses:
            lines += ["", *_clauses(found, handbook)]
        if found.mentions and found.answer is not Answer.DECISION:
            lines += ["", *_mentions(found.mentions, source, target, files)]
        if found.answer in (Answer.SHARED_CLAUSES, Answer.MENTION, Answer.NOTHING):
            lines += ["", *_how_to_record(case, found, files)]
    return "\n".join(lines)


def _reference(reference: Reference, source: str, target: str, files: Files) -> list[str]:
    relation = click.style(plain(reference.relation.name), bold=True)
    lines = [f"{source} {relation} {target}", *reason_line(reference, "  ")]
    for occurrence in reference.occurrences[:_MOST_PLACES]:
        lines += occurrence_lines(occurrence, files, "  ")
    if (more := len(reference.occurrences) - _MOST_PLACES) > 0:
        lines.append(f"  and {more} more (--format json shows all)")
    return lines


def _decision(decision: Decision, source: str, target: str, files: Files) -> list[str]:
    by = " ".join(
        part
        for part in (
            f"on {decision.decided.isoformat()}" if decision.decided else "",
            f"by {plain(decision.by)}" if decision.by else "",
        )
        if part
    )
    return [
        f"{source} needs no reference to {target}{f': decided {by}' if by else ': recorded decision'}",
        wrapped(f"because {decision.because}", "    ", "  "),
        f"  {click.style(plain(files.at(decision.place)), dim=True)}",
    ]


def _paths(found: Connection, handbook: Handbook, source: str, target: str) -> list[str]:
    lines = [f"{source} does not reference {target} itself; it leads there over one other document:"]
    for path in found.paths[:_MOST_PATHS]:
        lines += ["", wrapped(chain(handbook, path), "    ", "  ")]
        for step in path:
            ids = f"{handbook.by_path[step.source].id} → {handbook.by_path[step.target].id}"
            because = reason(step) or (f"“{step.because}”" if step.because else "no reason is recorded")
            lines.append(wrapped(f"{ids}: {because}", "      ", "    "))
    if (more := len(found.paths) - _MOST_PATHS) > 0:
        lines += ["", f"  and {more} more as short (--format json shows them)"]
    return lines


def _reverse(found: Connection, handbook: Handbook, source: str, target: str, files: Files) -> list[str]:
    lines = [f"The other way round, which answers nothing about {source}:"]
    for reference in found.reverse:
        place = plain(files.at(reference.occurrences[0].place))
        lines.append(f"  {chain(handbook, (reference,))}  {click.style(place, dim=True)}")
        lines += reason_line(reference, "    ")
    return lines


def _clauses(found: Connection, handbook: Handbook) -> list[str]:
    lines = ["Both answer:"]
    for key in found.clauses[:_MOST_CLAUSES]:
        clause = handbook.clause(key)
        title = f"  {plain(clause.title)}" if clause and clause.title not in ("", clause.id) else ""
        lines.append(f"  {plain(key)}{title}")
    if (more := len(found.clauses) - _MOST_CLAUSES) > 0:
        lines.append(f"  and {more} more")
    return lines


def _grounds(question: Question) -> list[str]:
    lines = ["Why an auditor would ask:"]
    for ground in question.grounds:
        if ground.strength:
            ends = f"{ground.clauses[0]} leans on {ground.clauses[1]} ({ground.strength.value})"
            words = f"{ends}: {ground.because}" if ground.because else ends
        else:
            words = ground_words(ground)
        lines.append(wrapped(words, "    ", "  "))
    return lines


def _changes(changes: tuple[Rewording, ...], handbook: Handbook) -> list[str]:
    if not changes:
        return []
    ends = [
        f"{handbook.by_path[c.document].id} on {c.day.isoformat()}{'' if c.commit else ', not committed yet'}"
        for c in changes
    ]
    return [wrapped(f"Decided before the text changed: {', '.join(ends)}.", "    ", "  ")]


def _how_to_record(case: Case, found: Connection, files: Files) -> list[str]:
    source, target = plain(found.source.id), plain(found.target.id)
    name = name_of(case.handbook, found.target)
    reference, decision = slots(case, found.source, case.asked.about(found.source.path, found.target.path))
    return [
        f"If {source} relies on {target}, link it where the text does, or say so at the top of",
        f"{plain(files.shown(found.source.path))}:",
        *_lines(reference, name),
        "If it need not, say that:",
        *_lines(decision, name),
    ]


def _lines(slot: Slot, name: str) -> list[str]:
    head = [f"  (under {plain(slot.under)})"] if slot.under else []
    return [*head, *(f"  {plain(line)}" for line in slot.lines(name).split("\n"))]


def _mentions(mentions: tuple[Mention, ...], source: str, target: str, files: Files) -> list[str]:
    lines = [f"{source} names {target} without a link:"]
    for mention in mentions[:_MOST_PLACES]:
        sure = "" if mention.strong else " (which may be ordinary prose)"
        lines.append(
            f"  {click.style(plain(files.at(mention.place)), dim=True)} ‘{plain(mention.text)}’{sure}"
        )
        lines.append(wrapped(f"“{mention.passage.sentence}”", "    "))
    if (more := len(mentions) - _MOST_PLACES) > 0:
        lines.append(f"  and {more} more")
    return lines
