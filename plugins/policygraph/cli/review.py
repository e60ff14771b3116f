"""`policygraph review ID`: write down that somebody has looked at a document."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.naming import named_document
from policygraph.cli.opening import Opened, open_handbook
from policygraph.cli.options import colour_option, format_option, handbook_option, today_option
from policygraph.cli.terminal import plain, wrapped
from policygraph.cli.wording import named
from policygraph.judging.case import Case
from policygraph.judging.people import holds, person_key
from policygraph.judging.standing import Standing
from policygraph.model.document import Document
from policygraph.model.place import Place
from policygraph.model.review import Outcome, Review
from policygraph.publishing.review_entry import ReviewEntry, reviews_folder
from policygraph.reading.fingerprint import fingerprint
from policygraph.reading.text import on_one_line
from policygraph.reading.values import nearest

_OUTCOMES = {outcome.value.replace(" ", "-"): outcome for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a review: its file, how the document stood and stands, and what to beware of."""

    file: str
    entry: ReviewEntry
    before: Standing
    after: Standing
    cleared: int
    warnings: tuple[str, ...]


@click.command(name="review")
@click.argument("id")
@click.option("--by", metavar="PERSON", required=True, help="Who has looked at it.")
@click.option("--as", "role", metavar="ROLE", required=True, help="In which role, by its id or title.")
@click.option(
    "--outcome",
    metavar="OUTCOME",
    required=True,
    help=f"What came of it: {', '.join(_OUTCOMES)}.",
)
@click.option("--note", metavar="TEXT", default="", help="What there is to say about it.")
@click.option("--pull-request", metavar="LINK", default="", help="Where it was talked over.")
@click.option(
    "--date",
    "on",
    metavar="YYYY-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the review. Without it: today.",
)
@click.option("--dry-run", is_flag=True, help="Print the entry instead of writing it.")
@handbook_option
@format_option("text", "json")
@today_option
@colour_option
@click.pass_context
def command(
    ctx: click.Context,
    id: str,
    by: str,
    role: str,
    outcome: str,
    note: str,
    pull_request: str,
    on: dt.datetime | None,
    dry_run: bool,
    form: str,
) -> None:
    """Write down that somebody has looked at a document, and what came of it.

    The entry is a small file of its own in registers/reviews/, with the hashes of the text as it stands now. It
    counts as soon as it is there; commit it, so that others can see it.

    Example: policygraph review AI-06 --by "Nadia Okafor" --as ai-governance-lead --outcome approved
    """
    opened = open_handbook(ctx)
    document = named_document(opened, id)
    day = on.date() if on else opened.today
    if day > opened.today:
        raise Refusal(f"{day} is still to come; a review is written down once it has been made.")
    warnings: list[str] = []
    person = _person(opened, on_one_line(by))
    entry = ReviewEntry(
        document.id,
        person,
        _role(opened, on_one_line(role), person, warnings),
        day,
        _outcome(outcome),
        fingerprint(document.text),
        on_one_line(note),
        on_one_line(pull_request),
    )
    if day < opened.today:
        warnings.append(f"The entry is dated {day}, and names the text as it stands today.")
    if document.front.approver and entry.outcome.approves and not _is_approver(document, entry):
        warnings.append(
            f"The approver of {document.id} is '{document.front.approver}', not '{entry.role}'. It will be shown."
        )
    written = _written(opened, document, entry, tuple(warnings), None if dry_run else opened.files.root)
    if form == "json":
        click.echo(as_json(written, dry_run))
    else:
        for warning in written.warnings:
            click.echo(wrapped(warning, "  ", click.style("note: ", fg="yellow")), err=True)
        click.echo(as_text(opened, document, written, dry_run))


def _outcome(text: str) -> Outcome:
    key = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    if key not in _OUTCOMES:
        near = nearest(key, _OUTCOMES)
        hint = f" Did you mean '{near}'?" if near else f" It is one of: {', '.join(_OUTCOMES)}."
        raise Refusal(f"'{text}' is no outcome of a review.{hint}")
    return _OUTCOMES[key]


def _person(opened: Opened, name: str) -> str:
    """The person as the register of the organisation spells the name.

    Raises:
        Refusal: where the register names people, and not this one.
    """
    if not name:
        raise Refusal("Say with --by who has looked at the document.")
    people = {
        person_key(holder): holder
        for role in opened.handbook.organisation.roles.values()
        for holder in role.holders
    }
    if not people or person_key(name) in people:
        return people.get(person_key(name), name)
    near = nearest(name, people.values()) or _by_one_name(name, people.values())
    hint = f" Did you mean '{near}'?" if near else " Add the person to a role in registers/organisation.yml."
    raise Refusal(f"'{name}' holds no role in the register of the organisation.{hint}")


def _by_one_name(name: str, people: Iterable[str]) -> str | None:
    """The one person whose first or last name was typed alone."""
    key = person_key(name)
    found = [person for person in people if key in person_key(person).split()]
    return found[0] if len(found) == 1 else None


def _role(opened: Opened, text: str, person: str, warnings: list[str]) -> str:
    """The role's id.

    Raises:
        Refusal: where the register has roles, and not this one.
    """
    if not text:
        raise Refusal("Say with --as in which role the person has looked at it.")
    roles = opened.handbook.organisation.roles
    by_title = {role.title.casefold(): role for role in roles.values()}
    role = roles.get(text.lower()) or by_title.get(text.casefold())
    if role is None:
        if not roles:
            return text
        near = nearest(text, [*(r.id for r in roles.values()), *(r.title for r in roles.values())])
        hint = (
            f" Did you mean '{near}'?" if near else f" There are: {', '.join(r.id for r in roles.values())}."
        )
        raise Refusal(f"There is no role '{text}' in the register of the organisation.{hint}")
    if not holds(role, person):
        held = f"held by {', '.join(role.holders)}" if role.holders else "held by nobody"
        warnings.append(
            f"{person} does not hold the role '{role.title}' ({held}). That stops no entry, and will be shown."
        )
    return role.id


def _is_approver(document: Document, entry: ReviewEntry) -> bool:
    return (document.front.approver or "").casefold() == entry.role.casefold()


def _written(
    opened: Opened, document: Document, entry: ReviewEntry, warnings: tuple[str, ...], root: Path | None
) -> Written:
    """Write the entry below the project's root, or nowhere where there is none, and say what it changes."""
    folder = reviews_folder(opened.handbook)
    name = _put(root, folder, entry) if root is not None else entry.name
    file = f"{folder}/{name}"
    review = Review(
        document.path,
        entry.by,
        entry.role,
        entry.on,
        entry.outcome,
        Place(file),
        entry.looked_at,
        entry.note,
        entry.pull_request,
    )
    handbook, path = opened.handbook, document.path
    logged = {**handbook.reviews, path: (*handbook.reviews.get(path, ()), review)}
    # The entry is in no commit yet, so it comes after everything that is.
    history = replace(handbook.history, uncommitted=handbook.history.uncommitted | {file})
    before = Case(handbook, opened.today)
    after = Case(replace(handbook, reviews=logged, history=history), opened.today)
    return Written(
        file,
        entry,
        before.standings[path],
        after.standings[path],
        len(_doubts(before, path) - _doubts(after, path)),
        warnings,
    )


def _doubts(case: Case, path: str) -> set[tuple[str, str]]:
    """The suspect references of a document, by target and relation."""
    found = (suspect.reference for suspect in case.suspects if suspect.reference.source == path)
    return {(reference.target, reference.relation.name) for reference in found}


def _put(root: Path, folder: str, entry: ReviewEntry) -> str:
    """Write the entry to a file that is not there yet, and return its name.

    Raises:
        Refusal: where the folder leads out of the handbook.
        OSError: where it cannot be written.
    """
    directory = root / folder
    # A folder behind a symbolic link is not read either.
    if directory.is_symlink() or not directory.resolve().is_relative_to(root.resolve()):
        raise Refusal(f"{folder} leads out of the handbook, so nothing is written there.")
    directory.mkdir(parents=True, exist_ok=True)
    stem = entry.name.removesuffix(".yml")
    number = 1
    while True:
        name = entry.name if number == 1 else f"{stem}-{number}.yml"
        try:
            with (directory / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(entry.text())
        except FileExistsError:
            number += 1
        else:
            return name


def as_json(written: Written, dry_run: bool) -> str:
    """What became of it, as data."""
    return json.dumps(
        {
            "file": written.file,
            "written": not dry_run,
            "entry": written.entry.text(),
            "before": _standing(written.before),
            "after": _standing(written.after),
            "suspect_references_cleared": written.cleared,
            "warnings": list(written.warnings),
        },
        indent=2,
        ensure_ascii=False,
    )


def _standing(standing: Standing) -> dict[str, str | None]:
    return {
        "version": str(standing.version) if standing.version else None,
        "next_review": standing.next_review.isoformat() if standing.next_review else None,
    }


def as_text(opened: Opened, document: Document, written: Written, dry_run: bool) -> str:
    """What became of it, in words."""
    entry = written.entry
    if dry_run:
        lines = [f"# {plain(written.file)}", entry.text().rstrip("\n"), ""]
    else:
        lines = [f"Wrote {plain(opened.files.shown(written.file))}", ""]
    lines.append(named(document))
    lines.append(wrapped(f"{entry.outcome} by {entry.by} as {entry.role} on {entry.on}", "    ", "  "))
    lines.append(wrapped(_version_words(written), "    ", "  version: "))
    lines.append(wrapped(_next_words(written), "    ", "  next review: "))
    if written.cleared:
        count = "one reference is" if written.cleared == 1 else f"{written.cleared} references are"
        lines.append(f"  {count} no longer suspect")
    if dry_run:
        lines += ["", "Nothing was written."]
    return "\n".join(lines)


def _version_words(written: Written) -> str:
    before, after = written.before.version, written.after.version
    if before == after:
        return f"{after}, as before" if after else "none, since no text has been approved"
    change = written.after.approvals[-1].change
    if before is None:
        return f"{after}, the first approved text"
    reasons = f": {'; '.join(change.reasons[:3])}" if change and change.reasons else ""
    kind = f"changed in {change.kind}" if change and change.of_substance else "changed editorially"
    return f"{before} becomes {after} ({kind if change else 'the texts cannot be compared'}{reasons})"


def _next_words(written: Written) -> str:
    before, after = written.before.next_review, written.after.next_review
    if after is None:
        return "not recorded, since no interval is set"
    return (
        f"{after}, as before" if before == after else f"{after}" + (f" instead of {before}" if before else "")
    )
