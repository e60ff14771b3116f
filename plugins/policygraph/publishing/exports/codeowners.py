"""CODEOWNERS: whom a code host asks when a document changes, from the owners of the documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policygraph.model.document import Document
from policygraph.model.organisation import Role
from policygraph.publishing.escaping import shortened
from policygraph.reading.registers.organisation import is_handle
from policygraph.resolving.handbook import Handbook

_HEAD = """\
# Made by `policygraph export codeowners`. Make it anew when owners change; what is written here by hand is lost.
# Names come from registers/organisation.yml: the role's handle, else its contact where a code host can know it.
"""
_SPECIAL = re.compile(r"[^\w./ +@=,-]")


def codeowners_text(handbook: Handbook, shown: Callable[[str], str]) -> str:
    """One line a document, its path as `shown` gives it from the repository's root; a comment where nobody is known."""
    lines = []
    for document in (*handbook.documents, *handbook.translations):
        path = shown(document.path)
        if not path.startswith("../"):
            asked = handbook.by_path.get(document.translation_of or "", document)
            lines.append((pattern(path), _line(pattern(path), asked, handbook.role(asked.owner))))
    # The last line that fits counts, so that what fits several files comes first.
    ordered = sorted(lines, key=lambda pair: ("?" not in pair[0], pair))
    return _HEAD + "\n" + "".join(f"{line}\n" for _, line in ordered)


def _line(path: str, document: Document, role: Role | None) -> str:
    if role is None:
        who = (
            f"the owner {_comment(document.owner)} is in no register"
            if document.owner
            else "no owner is named"
        )
        return f"# {path}: {who}"
    handles = tuple(handles_of(role))
    return (
        f"{path} {' '.join(handles)}" if handles else f"# {path}: the role {_comment(role.id)} has no handle"
    )


def handles_of(role: Role) -> Iterator[str]:
    """What a code host knows a role's holders by."""
    if role.handles:
        yield from role.handles
        return
    contact = role.contact.strip().removeprefix("mailto:")
    if is_handle(contact):
        yield contact


def pattern(path: str) -> str:
    """A path from the repository's root as CODEOWNERS spells it.

    Spaces are escaped. What GitHub and GitLab take for a wildcard or a comment, and escape differently, becomes `?`,
    which stands for any one character at both.
    """
    return "/" + _SPECIAL.sub("?", path).replace(" ", "\\ ")


def _comment(text: str) -> str:
    return f"'{shortened(''.join(c if c.isprintable() else ' ' for c in text), 60)}'"
