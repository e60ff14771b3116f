"""Quiet lines above a document's text: what a reader may have to know of it, said without alarm."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.exception import ExceptionState
from policygraph.publishing.change_places import CHANGES, change_places
from policygraph.publishing.dates import date_words
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.standing_views import revision_href

_MOST_EXCEPTIONS = 5


@dataclass(frozen=True, slots=True)
class HeadNote:
    """A line with a link in it: `before`, the link, `after`."""

    before: str
    link: str
    href: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionFact:
    """The version approved last, for the facts below the summary; `more` says when, and what has become of it."""

    version: str
    more: str


@dataclass(frozen=True, slots=True)
class ChangedNote:
    """What a browser shows to whoever has last looked at another version; `mark` names the one that is shown here."""

    mark: str
    href: str


def changed_note(index: Index, links: PageLinks, document: Document) -> ChangedNote | None:
    """The line that is hidden until a browser finds it to hold; none on pages of a past day."""
    mark = index.mark(document.path)
    if not mark:
        return None
    original = document.translation_of or document.path
    latest = index.case.changes.latest.get(original)
    href = change_places(index).href(links, latest, original) if latest is not None else links.to(CHANGES)
    return ChangedNote(mark, href)


def head_notes(index: Index, links: PageLinks, document: Document) -> tuple[HeadNote, ...]:
    """The lines on a document; a translation shows those of its original, and the public edition none."""
    if not index.audited:
        return ()
    path = document.translation_of or document.path
    notes = []
    standing = index.case.standings.get(path)
    if standing is not None and standing.unapproved:
        sheet = links.sheet(path, "pg-reviews")
        approval = standing.approval
        if approval is None:
            notes.append(HeadNote("This text is in force, and no ", "approval", sheet, " of it is recorded."))
        else:
            href = revision_href(index, links, path, approval.revision) or sheet
            before = "This text has changed in substance since it was approved, and is in force without approval. See "
            version = f"version {approval.version} of {date_words(approval.review.on)}"
            notes.append(HeadNote(before, version, href, ", the approved one."))
    if standing is not None and standing.overdue and standing.next_review is not None:
        due = date_words(standing.next_review)
        sheet = links.sheet(path, "pg-reviews")
        notes.append(
            HeadNote(
                "This text holds. A ", "review", sheet, f" of it was due on {due} and is not recorded yet."
            )
        )
    wanted = (ExceptionState.EXPIRED, ExceptionState.OPEN)
    listed = [entry for entry in index.excepted.get(path, ()) if entry.state in wanted]
    for entry in listed[:_MOST_EXCEPTIONS]:
        expires = entry.exception.expires
        if expires and entry.state is ExceptionState.EXPIRED:
            after = f", expired on {date_words(expires)} and was not closed."
        else:
            after = f" is permitted until {date_words(expires)}." if expires else " is permitted."
        href = links.to(entry.uri, entry.anchor)
        notes.append(HeadNote("An exception, ", entry.exception.title, href, after))
    if len(listed) > _MOST_EXCEPTIONS:
        rest = f"{len(listed) - _MOST_EXCEPTIONS} more exceptions"
        notes.append(HeadNote("There are ", rest, links.sheet(path, "pg-exceptions"), "."))
    return tuple(notes)


def version_fact(index: Index, document: Document) -> VersionFact | None:
    """The approved version of a document; None where none is recorded."""
    standing = index.case.standings.get(document.translation_of or document.path)
    if standing is None or standing.approval is None:
        return None
    approved = f"approved {date_words(standing.approval.review.on)}"
    changed = ", changed since" if standing.unapproved else ""
    return VersionFact(str(standing.approval.version), approved + changed)
