"""What an author may be about to type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from policygraph.lsp.cursor import NAMES_DOCUMENTS, NAMES_ROLES, Cursor
from policygraph.model.document import Document, Status, Visibility
from policygraph.reading.catalogs import SHIPPED, shipped
from policygraph.reading.front_matter import BASES
from policygraph.reading.text import name_key
from policygraph.settings import FIELD_NAMES

_folded = lru_cache(maxsize=50_000)(name_key)
"""Names are compared anew at each letter."""

T = TypeVar("T")
MOST = 60
"""So many are offered; the editor asks again at the next letter."""

_LINK = re.compile(r"\[\[([^\[\]|\n]*)$")
_ANSWERS = re.compile(r"\{[^}\n]*satisfies=\"([^\"\n]*)$")
_KEY = re.compile(r"[A-Za-z_]*$")
_NESTED_KEY = re.compile(r"\s+(?:-\s+)?([A-Za-z_]*)$|-\s+([A-Za-z_]*)$")
_WORD_START = re.compile(r"[\s:./-]")

_NESTED = {
    "references": ("to", "relation", "because"),
    "not_related": ("to", "because", "decided", "by"),
    "records": ("what", "where", "owner", "every"),
}
_CHOICES = {
    "status": tuple(Status),
    "visibility": tuple(Visibility),
    "basis": BASES,
    "review_every": ("3 months", "6 months", "1 year", "2 years"),
    "every": ("month", "3 months", "6 months", "year"),
}
KEYS = {
    "id": "the short name by which others refer to it",
    "title": "what it is called",
    "type": "policy, standard, procedure …",
    "status": "draft, active or retired",
    "area": "the part of the handbook it belongs to",
    "owner": "the role that answers for it",
    "approver": "the role that approves it",
    "summary": "one sentence on what it is for",
    "why": "why it matters to the reader",
    "aliases": "other names that people use for it",
    "tags": "words to find it by",
    "applies_to": "whom it binds",
    "visibility": "who may see it",
    "review_every": "how often it is looked at again",
    "effective": "the day from which it holds",
    "expires": "the day until which it holds",
    "satisfies": "the clauses that it answers",
    "references": "the documents it rests on, and why",
    "not_related": "documents it need not reference, and why",
    "records": "what shows that it is lived",
    "basis": "why it exists",
    "former_ids": "ids it had before",
    "replaced_by": "the document that takes its place",
    "lang": "its language",
    "allow": "rules switched off here, and why",
}
"""Every key of the front matter in a few words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to type: `insert` takes the place of the `typed` characters before the cursor."""

    label: str
    insert: str
    typed: str
    kind: str
    detail: str = ""
    about: str = ""


def offers(cursor: Cursor) -> list[Offer]:
    """What to offer at a cursor, the likeliest first."""
    if (link := _LINK.search(cursor.before)) and not cursor.in_front_matter:
        return _link(cursor, link[1])
    if (answers := _ANSWERS.search(cursor.before)) and not cursor.in_front_matter:
        typed = re.split(r"[,\s]+", answers[1])[-1] if "," in answers[1] else answers[1]
        return clause_offers(cursor, typed)
    return _front_matter(cursor) if cursor.in_front_matter else []


def _link(cursor: Cursor, typed: str) -> list[Offer]:
    closing = "" if cursor.after.startswith("]]") else "]]"
    name, hash, section = typed.partition("#")
    if hash:
        document = cursor.named(name.strip()) if name.strip() else cursor.document
        return heading_offers(document, section, closing) if document else []
    found = _documents(cursor, typed, closing)
    if ":" in typed:
        found = [*clause_offers(cursor, typed, closing, groups=True), *found]
    return found[:MOST]


def heading_offers(document: Document, typed: str, closing: str) -> list[Offer]:
    """The headings and addressed statements of a document."""
    headings = ranked(((h, (h.anchor, h.text)) for h in document.headings), typed)
    addressed = [
        Offer(s.address, s.address + closing, typed, "heading", "", s.passage.sentence)
        for s in document.statements
        if s.address and _rank(typed, (s.address, s.words)) is not None
    ]
    return [
        *(Offer(h.text, h.anchor + closing, typed, "heading", f"#{h.anchor}") for h in headings),
        *addressed,
    ][:MOST]


def _documents(cursor: Cursor, typed: str, closing: str = "") -> list[Offer]:
    handbook = cursor.judged.resolution.handbook
    others = (
        (d, (d.id, d.title, *d.front.aliases)) for d in handbook.documents if d.path != cursor.place.file
    )
    return [
        Offer(f"{d.id} {d.title}", _name(cursor, d) + closing, typed, "document", d.type, d.summary)
        for d in ranked(others, typed)
    ]


def _name(cursor: Cursor, document: Document) -> str:
    handbook = cursor.judged.resolution.handbook
    first = handbook.by_id.get(document.id.casefold())
    return document.id if first is not None and first.path == document.path else document.path


def clause_offers(
    cursor: Cursor, typed: str, closing: str = "", *, groups: bool = False, quoted: bool = True
) -> list[Offer]:
    """Clauses by number or by words; of frameworks that nothing names so far, their names."""
    frameworks = dict(cursor.judged.resolution.handbook.frameworks)
    prefix = typed.partition(":")[0].lower()
    if ":" in typed and prefix in SHIPPED and prefix not in frameworks:
        frameworks[prefix] = shipped(prefix)
    clauses = (
        (clause, (clause.key, clause.id, clause.title))
        for framework in frameworks.values()
        for clause in framework.clauses.values()
        if groups or not clause.group
    )
    found = [
        Offer(clause.key, clause.key + closing, typed, "clause", clause.title, clause.text)
        for clause in ranked(clauses, typed)
    ]
    if not quoted:
        found = [_in_quotes(offer) for offer in found]
    others = (
        (name, "a framework that the handbook does not name yet")
        for name in SHIPPED
        if name not in frameworks
    )
    mark = "" if quoted or closing else '"'
    names = [
        Offer(offer.label, f"{mark}{offer.insert}:", typed, "clause", offer.detail)
        for offer in plain_offers(others, typed, "clause")
        if typed
    ]
    return [*found, *names]


def ranked(named: Iterable[tuple[T, tuple[str, ...]]], typed: str) -> list[T]:
    """The things with a name that matches what is typed, the best first, not more than are offered."""
    found = [(rank, thing) for thing, names in named if (rank := _rank(typed, names)) is not None]
    found.sort(key=lambda pair: pair[0])
    return [thing for _, thing in found[:MOST]]


def _rank(typed: str, names: tuple[str, ...]) -> tuple[int, int] | None:
    wanted = name_key(typed)
    if not wanted:
        return (0, 0)
    best: tuple[int, int] | None = None
    for number, name in enumerate(names):
        key = _folded(name)
        at = key.find(wanted)
        if at < 0:
            continue
        rank = (0 if at == 0 else 1 if _WORD_START.match(key, at - 1) else 2, number)
        best = rank if best is None else min(best, rank)
    if best is None and " " in wanted:
        words = wanted.split()
        if any(all(word in _folded(name) for word in words) for name in names):
            return (3, 0)
    return best


def _front_matter(cursor: Cursor) -> list[Offer]:
    before = cursor.before
    if _KEY.fullmatch(before):
        return _keys(cursor, before)
    top, key = cursor.top_key, cursor.line_key
    if (nested := _NESTED_KEY.fullmatch(before)) and top in _NESTED:
        typed = nested[1] or nested[2] or ""
        keys = [Offer(name, f"{name}: ", typed, "key") for name in _NESTED[top] if name.startswith(typed)]
        return [*keys, *_values(cursor, top, "", typed)][:MOST]
    typed = re.split(r"[\[,\"'{]\s*|:\s+|^\s*-\s+", before)[-1].lstrip()
    if ":" not in before and "-" not in before and "[" not in before:
        return []
    return _values(cursor, top, key if key != top else "", typed)[:MOST]


def _keys(cursor: Cursor, typed: str) -> list[Offer]:
    document = cursor.document
    there = set(document.front.places) if document else set()
    settings = cursor.handbook.settings
    found = []
    for name in FIELD_NAMES:
        key = settings.sources_of(name)[0].key
        if key not in there and key.casefold().startswith(typed.casefold()):
            found.append(Offer(key, f"{key}: ", typed, "key", KEYS.get(name, "")))
    return found


def _values(cursor: Cursor, top: str, key: str, typed: str) -> list[Offer]:
    if top in NAMES_DOCUMENTS and key in ("", "to"):
        return _documents(cursor, typed)
    if top == "references" and key == "relation":
        relations = cursor.handbook.settings.relations.values()
        return plain_offers(((r.name, f"the other side: {r.inverse}") for r in relations), typed, "value")
    if top == "satisfies" and not key:
        quoted = cursor.before[: len(cursor.before) - len(typed)].endswith(('"', "'"))
        return clause_offers(cursor, typed, quoted=quoted)
    if (top in NAMES_ROLES and not key) or (top == "records" and key == "owner"):
        roles = cursor.handbook.organisation.roles.values()
        named = ((r.id, ", ".join([r.title, *r.holders])) for r in roles)
        return plain_offers(named, typed, "role")
    if top == "applies_to" and not key:
        audiences = cursor.handbook.organisation.audiences.values()
        return plain_offers(((a.id, a.title) for a in audiences), typed, "value")
    if top == "type" and not key:
        return plain_offers(((name, "") for name in cursor.handbook.settings.types), typed, "value")
    return plain_offers(((str(name), "") for name in _CHOICES.get(key or top, ())), typed, "value")


def _in_quotes(offer: Offer) -> Offer:
    return Offer(offer.label, f'"{offer.insert}"', offer.typed, offer.kind, offer.detail, offer.about)


def plain_offers(named: Iterable[tuple[str, str]], typed: str, kind: str) -> list[Offer]:
    """Names, each with what it means."""
    return [
        Offer(name, name, typed, kind, detail)
        for name, detail in ranked(((pair, pair) for pair in named), typed)
    ]
