"""What a branch has touched: the files that differ from where it left another one, and what they were called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policygraph.model.document import FrontMatter
from policygraph.reading.files import MAX_BYTES, decoded, is_document
from policygraph.reading.git import GitError, NoGitError, Repository
from policygraph.reading.handbook_files import known_keys, read_document
from policygraph.settings import Settings

_NO_BLOB = "0" * 40


@dataclass(frozen=True, slots=True)
class Touched:
    """Files that a branch has changed, added or taken away, by path from the project's root.

    `gone` are those that are no more; `former` is the front matter that documents had before.
    """

    files: frozenset[str]
    gone: frozenset[str]
    former: Mapping[str, FrontMatter]


def touched_since(
    repository: Repository, revision: str, root: Path, settings: Settings, uncommitted: Iterable[str]
) -> Touched:
    """Compare the commit that is checked out with where it left `revision`, and add what is not committed yet.

    `root` is the project's root.

    Raises:
        GitError: where the revision is not known, or shares no history with the commit that is checked out.
    """
    base, head = repository.commit(revision), repository.commit("HEAD")
    if base is None:
        raise GitError(
            f"there is no commit, branch or tag '{revision}' here. On a build server, fetch it first"
            " (in GitHub Actions with `fetch-depth: 0`)"
        )
    if head is None:
        raise GitError("nothing has been committed here yet, so there is nothing to compare with")
    try:
        # Of two commits and not of the files on disk: git would run filters on those.
        answer = repository.ask("diff", "--raw", "-z", "--no-abbrev", "--no-renames", f"{base}...{head}")
    except NoGitError:
        raise
    except GitError as error:
        if "no merge base" not in str(error):
            raise
        raise GitError(
            f"'{revision}' and the commit that is checked out share no history here. Fetch all of it:"
            " `git fetch --unshallow`, or in CI `fetch-depth: 0`"
        ) from None
    files, gone = set(uncommitted), set()
    blobs: dict[str, str] = {}
    parts = answer.decode("utf-8", "surrogateescape").split("\0")
    top, inside = repository.top, root.resolve()
    for details, name in zip(parts[::2], parts[1::2], strict=False):
        try:
            path = (top / name).relative_to(inside).as_posix()
        except ValueError:
            continue  # outside the project
        _, _, old, _, status = details.split(" ")
        files.add(path)
        if status == "D":
            gone.add(path)
        if is_document(path) and not old.startswith(_NO_BLOB):
            blobs[path] = old
    return Touched(frozenset(files), frozenset(gone), _former(repository, blobs, settings))


def _former(
    repository: Repository, blobs: Mapping[str, str], settings: Settings
) -> Mapping[str, FrontMatter]:
    known = known_keys(settings)
    texts = repository.blobs(blobs.values(), MAX_BYTES) if blobs else ()
    return {
        path: read_document(decoded(blob.data, path)[0], path, settings, known).front
        for path, blob in zip(blobs, texts, strict=False)
        if blob.data is not None
    }
