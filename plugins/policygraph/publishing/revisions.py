"""Revisions as pages show them: who changed what, when, what kind of change it was, and how it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policygraph.model.change import Change, ChangeKind
from policygraph.model.history import Commit, History, Keeping, Landing, Revision
from policygraph.publishing.dates import date_words
from policygraph.publishing.escaping import html_text
from policygraph.publishing.index import Index
from policygraph.publishing.names import name_of
from policygraph.publishing.tongues import told
from policygraph.words import _

_MOST_AUTHORS = 8


@dataclass(frozen=True, slots=True)
class KindView:
    """What kind of change a revision is: a word for it, and the word that styles it."""

    word: str
    style: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A state of a document on the published branch.

    `id` is short enough to read and long enough to be found with git; `marks` say what the commit is (a merge, a
    squash merge, made by a bot).
    """

    id: str
    when: str
    moment: str
    author: str
    others: tuple[str, ...]
    committer: str
    subject: str
    pull_request: str
    marks: tuple[str, ...]
    renamed_from: str
    kind: KindView


def revision_view(index: Index, states: Sequence[Revision], at: int) -> RevisionView:
    """Make the view of one of a document's states, which stand with the oldest first."""
    revision = states[at]
    commit = revision.commit
    others = tuple(name for name in commit.authors if name != commit.author)
    shown = others[:_MOST_AUTHORS]
    if len(others) > len(shown):
        shown = (*shown, _("%(number)s more", number=len(others) - len(shown)))
    return RevisionView(
        short(commit),
        moment_words(commit.when),
        commit.when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        commit.author,
        shown,
        commit.committer if commit.committer != commit.author else "",
        commit.subject,
        "" if commit.pull_request in commit.subject else commit.pull_request,
        tuple(_marks(commit)),
        revision.renamed_from or "",
        kind_of(index, states, at),
    )


def short(commit: Commit) -> str:
    """The id of a commit as it is shown."""
    return commit.id[:10]


def moment_words(moment: dt.datetime) -> str:
    """A moment in words, in UTC: 24 November 2026, 14:03."""
    moment = moment.astimezone(dt.UTC)
    return f"{date_words(moment)}, {moment:%H:%M}"


def _marks(commit: Commit) -> list[str]:
    marks = [name_of(commit.landing)] if commit.landing is not Landing.ORDINARY else []
    return [*marks, name_of("bot")] if commit.bot else marks


def change_of(index: Index, states: Sequence[Revision], at: int) -> Change | None:
    """What a revision changed; None where there is nothing to compare. Worked out once a build."""
    revision, before = states[at], states[at - 1] if at else None
    if before is None or before.text is None or revision.text is None:
        return None
    return index.case.texts.change(before.text, revision.text)


def kind_of(index: Index, states: Sequence[Revision], at: int) -> KindView:
    """What kind of change a revision is, in a word."""
    revision = states[at]
    if revision.deleted:
        return KindView(name_of("removed"), "removed")
    if revision.text is None:
        return KindView(name_of("not readable as text"), "unknown")
    change = change_of(index, states, at)
    if change is None:
        if at and states[at - 1].deleted:
            return KindView(name_of("brought back"), "first")
        if at:
            reason = _("the text before it cannot be read")
            return KindView(name_of("cannot be compared"), "unknown", (reason,))
        held_back = index.handbook.history.keeping is Keeping.SHALLOW
        return KindView(name_of("oldest known here" if held_back else "first version"), "first")
    if change.kind is ChangeKind.NONE:
        return KindView(name_of("moved" if revision.renamed_from else "text unchanged"), "editorial")
    return KindView(name_of(change.kind), change.kind.value, change.said)


def limits(history: History) -> str:
    """What the reader must know of how much history could be read; empty where it is whole and the branch the right
    one."""
    note = told(f"{history.note.rstrip('.')}.") if history.note else ""
    return Markup(" ").join(html_text(part) for part in (_limit(history), note, _remedy(history)) if part)


def _limit(history: History) -> str:
    match history.keeping:
        case Keeping.WHOLE:
            if not history.instead:
                return ""
            if not history.branch:
                return _(
                    "The published branch could not be read; this is the history of %(instead)s.",
                    instead=history.instead,
                )
            return _(
                "The published branch (%(branch)s) could not be read; this is the history of %(instead)s.",
                branch=history.branch,
                instead=history.instead,
            )
        case Keeping.SHALLOW:
            return _(
                "This site was built from a shallow clone, which holds only the latest part of the history. Older "
                "versions are missing here, not in the repository."
            )
        case Keeping.NO_GIT:
            return _(
                "Git could not be run where this site was built, so nothing is known here of earlier versions, of who "
                "wrote them, or when."
            )
        case Keeping.NO_REPOSITORY:
            return _(
                "The handbook does not lie in a git repository, so nobody has kept its earlier versions."
            )
        case Keeping.NO_COMMITS:
            return _("The repository has no commit yet, so there are no earlier versions.")
        case Keeping.UNREADABLE:
            return _("Git gave no answer that could be read, so nothing is known here of earlier versions.")


def _remedy(history: History) -> str:
    if history.keeping is not Keeping.SHALLOW:
        return ""
    return _(
        "Whoever builds the site can mend that by fetching the whole history (git fetch --unshallow; "
        "fetch-depth: 0 in a workflow)."
    )
