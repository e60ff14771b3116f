"""What an editor shows when the pointer rests on a name."""

from __future__ import annotations

import re

from policygraph.lsp.cursor import Cursor, Thing
from policygraph.model.document import Document
from policygraph.model.framework import Clause
from policygraph.model.organisation import Role
from policygraph.resolving.handbook import Handbook

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
MOST = 8
"""So many names are listed before the rest is counted."""


def described(cursor: Cursor, thing: Thing) -> str:
    """What is known of a thing, as Markdown."""
    handbook = cursor.judged.resolution.handbook
    if thing.clause is not None:
        return _clause(handbook, thing.clause)
    if thing.role is not None:
        return _role(handbook, thing.role)
    if thing.document is not None:
        return _document(handbook, thing.document)
    return escaped(thing.file or "")


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _document(handbook: Handbook, document: Document) -> str:
    facts = [document.type.capitalize(), document.status.value, f"{document.reading_minutes} min to read"]
    parts = [f"**{escaped(document.id)} {escaped(document.title)}**", escaped(" · ".join(facts))]
    if document.summary:
        parts.append(escaped(document.summary))
    if document.owner:
        parts.append(f"Owner: {_holders(handbook, document.owner)}")
    incoming = handbook.incoming.get(document.path, ())
    relying = [handbook.by_path[r.source].id for r in incoming if r.relation.relies]
    others = [handbook.by_path[r.source].id for r in incoming if not r.relation.relies]
    if relying:
        parts.append(f"Relied on by: {_listed(relying)}")
    if others:
        parts.append(f"Also referenced by: {_listed(others)}")
    if not incoming:
        parts.append("No document references it.")
    return "\n\n".join(parts)


def _clause(handbook: Handbook, clause: Clause) -> str:
    framework = handbook.frameworks.get(clause.framework)
    parts = [f"**{escaped(clause.label)}**"]
    if framework is not None:
        parts.append(escaped(f"{framework.title}, {framework.edition}"))
    if clause.text:
        parts.append(escaped(clause.text))
    answering = [handbook.by_path[m.document] for m in handbook.mappings if m.clause == clause.key]
    if answering:
        parts.append(f"Answered by: {_listed([f'{d.id} {d.title}' for d in answering])}")
    elif not clause.group:
        parts.append("No document answers it.")
    return "\n\n".join(parts)


def _role(handbook: Handbook, role: Role) -> str:
    parts = [f"**{escaped(role.title)}** ({escaped(role.id)})"]
    parts.append(f"Held by {escaped(', '.join(role.holders))}" if role.holders else "Held by nobody.")
    if role.purpose:
        parts.append(escaped(role.purpose))
    owned = [d.id for d in handbook.documents if (d.owner or "").lower() == role.id.lower()]
    if owned:
        parts.append(f"Owns: {_listed(owned)}")
    return "\n\n".join(parts)


def _holders(handbook: Handbook, id: str) -> str:
    role = handbook.role(id)
    if role is None:
        return escaped(id)
    held = ", ".join(role.holders) or "held by nobody"
    return f"{escaped(role.title)} ({escaped(held)})"


def _listed(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    shown = ", ".join(escaped(name) for name in distinct[:MOST])
    return f"{shown} and {len(distinct) - MOST} more" if len(distinct) > MOST else shown
