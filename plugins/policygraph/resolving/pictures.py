"""Pictures that a text shows and that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import join, normpath, relpath
from urllib.parse import unquote

from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.sources import Sources
from policygraph.reading.text import as_browsers_read

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def missing_pictures(sources: Sources) -> Iterator[Problem]:
    """What is wrong with the pictures of the documents; those outside the documents' folder are not looked for."""
    by_name: dict[str, list[str]] | None = None
    for source in sources.documents:
        for place, typed in source.scan.pictures:
            target = as_browsers_read(typed)
            path = target.partition("#")[0].partition("?")[0]
            if not path or _ELSEWHERE.match(target):
                continue
            folder = source.path.rpartition("/")[0]
            file = normpath(join(folder, unquote(path)))
            if file in sources.files or not file.startswith(f"{sources.folder}/"):
                continue
            if by_name is None:
                by_name = {}
                for one in sorted(sources.files):
                    by_name.setdefault(one.rpartition("/")[2].casefold(), []).append(one)
            found = by_name.get(file.rpartition("/")[2].casefold(), [])
            meant = relpath(found[0], folder) if len(found) == 1 else None
            message = f"The picture '{typed}' is no file of the handbook."
            mend = "Correct the path, put the file there, or take the picture out."
            yield Problem(
                ProblemKind.MISSING_FILE, place, message, meant, mend, typed=path, sure=meant is not None
            )
