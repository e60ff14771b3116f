"""The report of a change, as a comment on a pull request: what it means for everybody else, short where it is small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import dedent

from policygraph.judging.arrangements import Arrangements
from policygraph.judging.comparison import Comparison
from policygraph.judging.consequences import Concerned, Consequences, Outdated
from policygraph.model.change import ChangeKind
from policygraph.model.document import Document
from policygraph.model.finding import Finding, Severity
from policygraph.publishing.change_redline import redline_lines
from policygraph.publishing.comment_text import (
    MOST_OF_A_VALUE,
    code_text,
    comment_html,
    comment_text,
    defused,
    fenced,
)
from policygraph.publishing.escaping import shortened
from policygraph.publishing.exports.comparison import change_lines, counts, question_line, reference_line
from policygraph.publishing.review_entry import proposed_entry
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.queries import Dependent

MARKER = "<!-- policygraph-report -->"
"""By this line, which nobody sees, a workflow finds its own comment to renew it."""

MOST_CHARACTERS = 60_000
"""GitHub takes comments of up to 65,536 characters."""

_SUSPECT, _UNAPPROVED = "PG430", "PG432"
_MOST_LINES = 25
_MOST_REDLINES = 20
_MOST_ENTRIES = 10
_OPEN_REDLINE = 900
_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}


@dataclass(frozen=True, slots=True)
class ReportStyle:
    """How a report is written: what its readers compared with, which pull request it belongs to, how long it may be,
    whether it says that there is nothing to say, and how files are called from the top of the repository."""

    since: str
    pull_request: str = ""
    always: bool = False
    most_characters: int = MOST_CHARACTERS
    named: Callable[[str], str] = str


def report_markdown(found: Consequences, style: ReportStyle) -> str:
    """The report as Markdown for GitHub and GitLab; empty where nothing matters to others, unless it is to say so."""
    if found.editorial_only:
        return f"{MARKER}\n{_nothing(found)}\n" if style.always else ""
    findings = tuple(one for one in found.findings if not _told_elsewhere(one, found))
    head = [MARKER, "## What this change means for the handbook", "", f"{_summary(found, len(findings))}."]
    return _bounded(["\n".join(head), *_findings(findings, style.named), *_pieces(found, style)], style)


def _told_elsewhere(finding: Finding, found: Consequences) -> bool:
    """Whether the report says the same under those who should know, or under approvals."""
    if finding.code == _SUSPECT:
        return any(d.document.path == finding.document for one in found.concerned for d in one.near)
    outdated = (*(one.document for one in found.outdated), *found.unsigned)
    return finding.code == _UNAPPROVED and any(d.path == finding.document for d in outdated)


def _nothing(found: Consequences) -> str:
    edited = len(found.comparison.changed)
    only = f": only spelling or layout differs, in {_count(edited, 'document')}" if edited else ""
    mended = f" {_count(found.mended, 'finding')} mended." if found.mended else ""
    return f"Nothing in this change concerns anybody else in the handbook{only}.{mended}"


def _summary(found: Consequences, findings: int) -> str:
    relying = {d.document.path for one in found.concerned for d in (*one.near, *one.far)}
    parts = [
        _count(findings, "new finding") if findings else "",
        f"{_count(found.mended, 'finding')} mended" if found.mended else "",
        counts(found.comparison),
        f"{_count(len(relying), 'document')} {'relies' if len(relying) == 1 else 'rely'} on what changed"
        if relying
        else "",
        f"{_count(len(found.outdated), 'approval')} outdated" if found.outdated else "",
    ]
    text = ", ".join(filter(None, parts))
    return (
        f"{text[:1].upper()}{text[1:]}" or "No document has changed; roles, rules, reviews or exceptions have"
    )


def _bounded(pieces: Iterable[str], style: ReportStyle) -> str:
    """As many pieces as there is room for, each whole: half of a folded part would swallow what follows."""
    kept: list[str] = []
    cut = (
        "**This report is cut here**, since a comment can be no longer. All of it: "
        f"`policygraph report --since {code_text(style.since)}`"
    )
    room = style.most_characters - len(cut) - 4
    for piece in pieces:
        if len(piece) + 2 > room:
            return "\n\n".join([*kept, cut]) + "\n"
        kept.append(piece)
        room -= len(piece) + 2
    return "\n\n".join(kept) + "\n"


def _pieces(found: Consequences, style: ReportStyle) -> Iterator[str]:
    """The parts in the order of their weight, so that what is cut matters least."""
    compared = found.comparison
    yield from _section("What changed", _changes(compared))
    yield from _redlines(compared)
    yield from _section("Roles, rules and reviews", _arranged(compared.after.handbook, found.arrangements))
    yield from _section(
        "Who should know", _asked(compared, found.concerned), "These documents rely on what changed."
    )
    yield from _section("Approvals that no longer hold", [_outdated_line(one) for one in found.outdated])
    old, new = compared.before.handbook.by_path, compared.after.handbook.by_path
    yield from _section(
        "References",
        [_marked("gained", reference_line(one, new)) for one in compared.gained]
        + [_marked("lost", reference_line(one, old)) for one in compared.lost],
    )
    yield from _section(
        "Questions an auditor may ask",
        [_marked("now open", question_line(one, new)) for one in compared.opened]
        + [_marked(one.state.value, question_line(one, new)) for one in compared.answered]
        + [_marked("no longer asked", question_line(one, old)) for one in compared.dropped],
    )
    yield from _section(
        "Clauses",
        [
            f"- {comment_text(one.clause)} {comment_text(one.title)}: {one.before} → **{one.after}**"
            for one in sorted(compared.moved, key=lambda one: one.risen)
        ],
    )
    yield from _entries(compared.after.handbook, found, style)


def _section(title: str, lines: list[str], introduction: str = "") -> Iterator[str]:
    if not lines:
        return
    head = [f"### {title}", "", *([introduction, ""] if introduction else [])]
    shown, rest = lines[:_MOST_LINES], lines[_MOST_LINES:]
    yield "\n".join([*head, *shown])
    if rest:
        yield _folded(f"{len(rest)} more", "\n".join(_at_most(rest, 8 * _MOST_LINES)))


def _at_most(lines: list[str], most: int) -> list[str]:
    left = len(lines) - most
    return [*lines[:most], f"- and {left} more lines, which are not shown"] if left > 0 else lines


def _folded(title: str, body: str) -> str:
    """A part that opens on a click. The empty line lets Markdown begin anew."""
    return f"<details><summary>{comment_html(title)}</summary>\n\n{body}\n\n</details>"


def _marked(word: str, line: str) -> str:
    """One of the lines that `diff` prints too, with what became of it in front."""
    return f"- **{word}:** {_ours(line.removeprefix('- '))}"


def _ours(line: str) -> str:
    """A line of Markdown that is ours, shortened where names in it are endless."""
    most = 3 * MOST_OF_A_VALUE
    return defused(line if len(line) <= most else line[:most].rstrip("\\") + " …")


# Findings ------------------------------------------------------------------------------------------------------


def _findings(findings: tuple[Finding, ...], named: Callable[[str], str]) -> Iterator[str]:
    weighty = [_finding_line(f, named) for f in findings if f.severity is not Severity.INFO]
    notes = [_finding_line(f, named) for f in findings if f.severity is Severity.INFO]
    yield from _section("New findings", weighty)
    if notes:
        title = _count(len(notes), "new note")
        yield _folded(title, "\n".join(_at_most(notes, 2 * _MOST_LINES)))


def _finding_line(finding: Finding, named: Callable[[str], str]) -> str:
    place = code_text(f"{named(finding.place.file)}:{finding.place.line}")
    line = f"- **{_WORDS[finding.severity]} {finding.code}** `{place}`: {_prose(finding.message)}"
    suggestion = dedent(finding.suggestion or "").strip("\n")
    if not suggestion:
        return f"{line} {_prose(finding.help)}".rstrip()
    if finding.suggestion_word != "fix:":
        return f"{line} Did you mean `{code_text(suggestion)}`?"
    if "\n" not in suggestion:
        return f"{line} Write `{code_text(suggestion)}`."
    block = fenced(suggestion[: 4 * MOST_OF_A_VALUE], "yaml").replace("\n", "\n  ")
    return f"{line} {_prose(finding.help)}\n\n  {block}"


def _prose(text: str) -> str:
    """Our own words, in which what stands between backticks is code, and a name may be anything."""
    parts = shortened(text, 2 * MOST_OF_A_VALUE).split("`")
    if len(parts) % 2 == 0:
        return comment_text(text)
    return "".join(
        f"`{code_text(part)}`" if number % 2 and part.strip() else _spaced(part)
        for number, part in enumerate(parts)
    )


def _spaced(text: str) -> str:
    """Text between two spans of code with the spaces at its ends."""
    inner = comment_text(text, 2 * MOST_OF_A_VALUE)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[1:] and text[-1:].isspace() else ''}"


# What changed --------------------------------------------------------------------------------------------------


def _changes(compared: Comparison) -> list[str]:
    lines = [f"- **{_named(document)}** is new" for document in compared.added]
    lines += [f"- **{_named(document)}** is removed" for document in compared.removed]
    lines += [_ours(line) for line in change_lines(compared.of_kind(ChangeKind.SUBSTANCE))]
    others = compared.of_kind(ChangeKind.NONE)
    edited = compared.of_kind(ChangeKind.EDITORIAL)
    told = (*others, *(change for change in edited if change.facts or change.renamed))
    lines += [_ours(line) for line in change_lines(told)]
    quiet = [change for change in edited if not (change.facts or change.renamed)]
    if quiet:
        names = ", ".join(_named(change.after) for change in quiet[:_MOST_LINES])
        more = f" and {len(quiet) - _MOST_LINES} more" if len(quiet) > _MOST_LINES else ""
        lines.append(f"- Spelling or layout only: {names}{more}")
    return lines


def _named(document: Document) -> str:
    if document.title.casefold() == document.id.casefold():
        return comment_text(document.id, 120)
    return f"{comment_text(document.id, 60)} {comment_text(document.title, 120)}"


def _arranged(handbook: Handbook, found: Arrangements) -> list[str]:
    lines = [
        f"- {one.kind.capitalize()} **{comment_text(one.name, 80)}**: {comment_text(one.before, 160)} → "
        f"{comment_text(one.after, 160)}"
        for one in found.shifts
    ]
    lines += [
        f"- Review: {_named(handbook.by_path[one.document])} was {one.outcome.value} on {one.on.isoformat()} by "
        f"{comment_text(one.by, 80)} as {comment_text(one.role, 80)}"
        for one in found.reviews
    ]
    lines += [
        f"- Exception **{comment_text(one.id, 60)}**: {comment_text(one.title, 160)}, until "
        f"{one.expires.isoformat() if one.expires else 'no end is given'}"
        for one in found.exceptions
    ]
    return lines


def _redlines(compared: Comparison) -> Iterator[str]:
    changes = compared.of_kind(ChangeKind.SUBSTANCE)
    shown = [(change, redline_lines(change)) for change in changes[:_MOST_REDLINES]]
    shown = [(change, lines) for change, lines in shown if lines]
    if not shown:
        return
    if len(shown) == 1 and len(body := "\n>\n".join(shown[0][1])) <= _OPEN_REDLINE:
        yield f"### Word by word\n\n{body}"
        return
    yield "### Word by word"
    for change, lines in shown:
        title = f"{change.after.id} {shortened(change.after.title, 120)}"
        yield _folded(title, "\n>\n".join(lines))
    if (left := len(changes) - _MOST_REDLINES) > 0:
        yield f"{_count(left, 'more document')} changed; the history in the handbook shows each word."


# Who should know -----------------------------------------------------------------------------------------------


def _asked(compared: Comparison, concerned: tuple[Concerned, ...]) -> list[str]:
    """Documents by the role to ask, each with the reason for which it relies on what changed."""
    asked: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    handbook = compared.after.handbook
    for one in concerned:
        for dependent in one.near:
            key = (dependent.document.path, one.changed.path)
            if key not in seen:
                seen.add(key)
                line = f"  - {_relies(dependent, one.changed)}"
                asked.setdefault(_who(handbook, dependent.document), []).append(line)
    lines: list[str] = []
    for who in sorted(asked):
        lines += [f"- {who}", *asked[who]]
    near = {path for path, _ in seen}
    far = {d.document.path: d.document for one in concerned for d in one.far if d.document.path not in near}
    if far:
        names = ", ".join(comment_text(document.id, 60) for document in list(far.values())[:_MOST_LINES])
        more = f" and {len(far) - _MOST_LINES} more" if len(far) > _MOST_LINES else ""
        lines.append(f"- Through these, also: {names}{more}")
    return lines


def _relies(dependent: Dependent, changed: Document) -> str:
    reference = dependent.chain[0]
    because = f": {comment_text(reference.because)}" if reference.because else ""
    return f"{_named(dependent.document)} {comment_text(reference.relation.name)} {_named(changed)}{because}"


def _who(handbook: Handbook, document: Document) -> str:
    if not document.owner:
        return "**No owner is named**"
    role = handbook.role(document.owner)
    if role is None:
        return f"**{comment_text(document.owner, 80)}** (not in the register of roles)"
    held = ", ".join(comment_text(holder, 60) for holder in role.holders[:5]) or "nobody holds it at present"
    return f"**{comment_text(role.title, 80)}** ({held})"


def _outdated_line(one: Outdated) -> str:
    review = one.approval.review
    return (
        f"- {_named(one.document)}: version {one.approval.version}, approved {review.on.isoformat()} by "
        f"{comment_text(review.by, 80)}, is of the earlier text"
    )


# Approving -----------------------------------------------------------------------------------------------------


def _entries(handbook: Handbook, found: Consequences, style: ReportStyle) -> Iterator[str]:
    if not found.unsigned:
        return
    today = found.comparison.after.today
    blocks = [
        "Whoever has read a text and approves it adds a file to this branch: its name stands above, its contents "
        "below. The name in `by` must be the name of the person who approves."
    ]
    for document in found.unsigned[:_MOST_ENTRIES]:
        path, text = proposed_entry(handbook, document, today, style.pull_request)
        blocks.append(f"`{code_text(path)}`\n\n{fenced(text, 'yaml')}")
    if (left := len(found.unsigned) - _MOST_ENTRIES) > 0:
        blocks.append(f"{_count(left, 'more text')} can be approved with `policygraph review`.")
    yield _folded(
        f"To approve without a terminal: {_count(len(found.unsigned), 'text')}", "\n\n".join(blocks)
    )


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else f'{one}s'}"
