"""Which branch counts as published, and which is checked out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.reading.git import GitError, NoGitError, Repository

USUAL = ("main", "master")
"""Names that a published branch has where nobody says otherwise."""

BRANCH = re.compile(r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)))[\w][\w./+#@-]*(?<![./])")
"""What a branch may be called in the settings."""

_HEADS = "refs/heads/"
_REMOTE = "refs/remotes/origin/"


@dataclass(frozen=True, slots=True)
class Branches:
    """The published branch with its newest commit, and the commit that is checked out with its branch.

    `head` is None where nothing has been committed; `checked_out` is empty where no branch is.
    """

    name: str
    tip: str | None
    head: str | None
    checked_out: str

    @property
    def on_published(self) -> bool:
        """Whether the commit that is checked out belongs to the published branch's own tip."""
        return self.checked_out == self.name or self.head == self.tip


def branches_of(repository: Repository, wanted: str = "") -> Branches:
    """Find the branches. `wanted` is the published branch that the settings name."""
    head = repository.commit("HEAD")
    try:
        current = repository.ask("symbolic-ref", "--quiet", "HEAD").decode("utf-8", "replace").strip()
    except NoGitError:
        raise
    except GitError:
        current = ""
    checked_out = current.removeprefix(_HEADS)
    names = [wanted] if wanted else list(USUAL)
    refs = repository.refs(
        f"{_REMOTE}HEAD", *(f"{place}{name}" for name in names for place in (_HEADS, _REMOTE))
    )
    if not wanted and (default := refs.get(f"{_REMOTE}HEAD")) and default[1].startswith(_REMOTE):
        names.insert(0, default[1].removeprefix(_REMOTE))
        refs.update(repository.refs(f"{_HEADS}{names[0]}", default[1]))
    for name in names:
        for place in (_HEADS, _REMOTE):
            if (found := refs.get(f"{place}{name}")) is not None:
                return Branches(name, found[0], head, checked_out)
    return Branches(wanted or checked_out, None if wanted else head, head, checked_out)
