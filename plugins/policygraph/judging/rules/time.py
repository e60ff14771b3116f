"""Rules about time: what git and the calendar have to say."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, rule
from policygraph.model.finding import Severity
from policygraph.model.history import Keeping
from policygraph.model.place import Place

_MENDS = {
    Keeping.SHALLOW: "Fetch all of it: `git fetch --unshallow`, or in CI `fetch-depth: 0` where the files are checked out.",
    Keeping.NO_GIT: "Install git where the handbook is built.",
}


@rule("PG601", "incomplete-history", Severity.INFO)
def incomplete_history(case: Case) -> Iterator[Trouble]:
    """The history of the documents could not be read, or only its latest part.

    Why it matters:
        Dates of change, redlines, and whether a text has changed since it was approved all come from git. What
        git does not give is shown as not recorded, which is less than the organisation could show.

    Example:
        A build server that fetches the latest commit only.

    Remedy:
        Give the build the whole history.

        In GitHub Actions, `actions/checkout` needs `fetch-depth: 0`; in GitLab CI, set the variable
        `GIT_DEPTH: 0`. On a clone of your own, `git fetch --unshallow` does it once.
    """
    history = case.handbook.history
    place = Place(case.handbook.settings.file or case.handbook.folder)
    if history.keeping in (Keeping.NO_REPOSITORY, Keeping.NO_COMMITS) and case.handbook.reviews:
        yield Trouble(
            place,
            "The documents are in no git repository, so nobody can see which texts the reviews looked at.",
            mend="Keep the handbook in git, or build it where its repository is.",
        )
    message = {
        Keeping.SHALLOW: history.note
        or "Only the latest commits are here (a shallow clone), so older revisions are missing.",
        Keeping.NO_GIT: f"The documents are in git, but their history cannot be read: {history.note}",
        Keeping.UNREADABLE: f"Git cannot read the history: {history.note}",
    }.get(history.keeping)
    if message:
        yield Trouble(place, message, mend=_MENDS.get(history.keeping))
