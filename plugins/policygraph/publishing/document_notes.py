"""Quiet lines above a document's text: what a reader may have to know of it, said without alarm."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.model.exception import ExceptionState
from policygraph.publishing.change_places import CHANGES, change_places
from policygraph.publishing.dates import date_words
from policygraph.publishing.index import Index, ListedException, PageLinks
from policygraph.publishing.standing_views import revision_href
from policygraph.words import _, ngettext

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
            notes.append(_note(_("This text is in force, and no <a>approval</a> of it is recorded."), sheet))
        else:
            href = revision_href(index, links, path, approval.revision) or sheet
            said = _(
                "This text has changed in substance since it was approved, and is in force without approval. "
                "See <a>version %(version)s of %(day)s</a>, the approved one.",
                version=approval.version,
                day=date_words(approval.review.on),
            )
            notes.append(_note(said, href))
    if standing is not None and standing.overdue and standing.next_review is not None:
        due = date_words(standing.next_review)
        sheet = links.sheet(path, "pg-reviews")
        if standing.unapproved:
            said = _("A <a>review</a> of it was due on %(day)s and is not recorded yet.", day=due)
        else:
            said = _(
                "This text holds. A <a>review</a> of it was due on %(day)s and is not recorded yet.", day=due
            )
        notes.append(_note(said, sheet))
    wanted = (ExceptionState.EXPIRED, ExceptionState.OPEN)
    listed = [entry for entry in index.excepted.get(path, ()) if entry.state in wanted]
    notes += [
        _note(_excepted(entry), links.to(entry.uri, entry.anchor)) for entry in listed[:_MOST_EXCEPTIONS]
    ]
    if rest := len(listed[_MOST_EXCEPTIONS:]):
        said = ngettext(
            "There is <a>%(num)s more exception</a>.", "There are <a>%(num)s more exceptions</a>.", rest
        )
        notes.append(_note(said, links.sheet(path, "pg-exceptions")))
    return tuple(notes)


def _excepted(entry: ListedException) -> str:
    title, expires = entry.exception.title, entry.exception.expires
    if not expires:
        return _("An exception, <a>%(title)s</a>, is permitted.", title=title)
    day = date_words(expires)
    if entry.state is ExceptionState.EXPIRED:
        return _(
            "An exception, <a>%(title)s</a>, expired on %(day)s and was not closed.", title=title, day=day
        )
    return _("An exception, <a>%(title)s</a>, is permitted until %(day)s.", title=title, day=day)


def _note(said: str, href: str) -> HeadNote:
    """A sentence whose link is marked as `<a>` and `</a>`; what an author typed stands within the link alone."""
    before, _a, rest = said.partition("<a>")
    link, _a, after = rest.rpartition("</a>")
    return HeadNote(before, link, href, after)


def version_fact(index: Index, document: Document) -> VersionFact | None:
    """The approved version of a document; None where none is recorded."""
    standing = index.case.standings.get(document.translation_of or document.path)
    if standing is None or standing.approval is None:
        return None
    day = date_words(standing.approval.review.on)
    return VersionFact(
        str(standing.approval.version),
        _("approved %(day)s, changed since", day=day)
        if standing.unapproved
        else _("approved %(day)s", day=day),
    )
