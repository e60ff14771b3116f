"""What an author may be about to type in handbook.yml or a register: keys from the schemas, and names that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from policygraph.judging.front_matter_lines import name_of
from policygraph.judging.rules import all_rules
from policygraph.lsp.completion import MOST, Offer, clause_offers, heading_offers, plain_offers, ranked
from policygraph.lsp.cursor import Cursor
from policygraph.lsp.desk import SETTINGS_KIND
from policygraph.lsp.yaml_place import ENTRY, YamlPlace, yaml_place
from policygraph.publishing.exports.all_schemas import schema
from policygraph.publishing.exports.records import Data
from policygraph.publishing.exports.rule_pages import first_sentence
from policygraph.reading.catalogs import SHIPPED
from policygraph.reading.registers import NAMING_KEYS
from policygraph.reading.registers.applicability import OWN


def yaml_offers(cursor: Cursor, kind: str) -> list[Offer]:
    """What to offer at a cursor in a YAML file of the handbook, the likeliest first."""
    place = yaml_place(cursor.text, cursor.place.line, cursor.place.column)
    forms = _forms(_schema(kind), place.path)
    found = [] if place.value else [*_keys(forms, place), *_own_keys(cursor, kind, place)]
    if place.value or place.path[-1:] == (ENTRY,):
        found += [*_names(cursor, kind, place), *_values(forms, place)]
    return found[:MOST]


@cache
def _schema(kind: str) -> Data:
    return schema("settings" if kind == SETTINGS_KIND else kind, None)


def _forms(form: Data, path: tuple[str, ...]) -> list[Data]:
    """The schemas that may hold at a path."""
    forms = _alternatives([form])
    for step in path:
        inner: list[Data] = []
        for one in forms:
            if step == ENTRY:
                inner += [one["items"]] if "items" in one else []
            elif step in one.get("properties", {}):
                inner.append(one["properties"][step])
            elif isinstance(one.get("additionalProperties"), dict):
                inner.append(one["additionalProperties"])
        forms = _alternatives(inner)
    return forms


def _alternatives(forms: Iterable[Data]) -> list[Data]:
    found: list[Data] = []
    for form in forms:
        found += [form, *_alternatives(form.get("anyOf", []))]
    return found


def _keys(forms: list[Data], place: YamlPlace) -> Iterator[Offer]:
    """The keys that a table may have, without those that it has."""
    described: dict[str, str] = {}
    for form in forms:
        for name, inner in form.get("properties", {}).items():
            described.setdefault(name, str(inner.get("description", "")))
    for name, words in described.items():
        if name not in place.beside and name.startswith(place.typed.casefold()):
            yield Offer(name, f"{name}: ", place.typed, "key", words)


def _values(forms: list[Data], place: YamlPlace) -> Iterator[Offer]:
    """The values that the schema lists."""
    words: list[str] = []
    for form in forms:
        words += [str(word) for word in form.get("enum", ()) if isinstance(word, str)]
        if form.get("type") == "boolean":
            words += ["true", "false"]
        words += [word for word in form.get("examples", ()) if isinstance(word, str)]
    return iter(plain_offers(((word, "") for word in dict.fromkeys(words)), place.typed, "value"))


def _own_keys(cursor: Cursor, kind: str, place: YamlPlace) -> Iterator[Offer]:
    """Keys that are names: frameworks and controls, rules, areas, types."""
    handbook = cursor.judged.resolution.handbook
    named: Iterable[tuple[str, str]] = ()
    if kind == "applicability" and not place.path:
        known = {
            **dict.fromkeys(SHIPPED, ""),
            **{f.id: f.title for f in handbook.frameworks.values()},
            OWN: "your own controls",
        }
        named = known.items()
    elif kind == "applicability" and len(place.path) == 1:
        framework = handbook.frameworks.get(place.path[0].lower())
        clauses = framework.clauses.values() if framework is not None else ()
        named = ((clause.id, clause.title) for clause in clauses if not clause.group)
    elif kind == SETTINGS_KIND and place.path == ("rules",):
        named = ((rule.code, first_sentence(rule)) for rule in all_rules())
    elif kind == SETTINGS_KIND and place.path == ("areas",):
        named = ((area.id, area.title) for area in handbook.areas if area.id)
    elif kind == SETTINGS_KIND and place.path == ("word_budget",):
        named = ((name, "") for name in (*handbook.settings.types, "document"))
    free = ((name, words) for name, words in named if name not in place.beside)
    for offer in plain_offers(free, place.typed, "key"):
        yield Offer(offer.label, f"{offer.insert}: ", offer.typed, "key", offer.detail)


def _names(cursor: Cursor, kind: str, place: YamlPlace) -> Iterator[Offer]:
    """Things of the handbook that a value may name."""
    handbook, key, typed = cursor.judged.resolution.handbook, place.key, place.typed
    organisation = handbook.organisation
    if kind == SETTINGS_KIND:
        if key == "frameworks":
            yield from plain_offers(((name, "") for name in SHIPPED), typed, "value")
        return
    if key in NAMING_KEYS:
        yield from _documents(cursor, place)
    if key == "owner" or (kind == "reviews" and key == "as"):
        yield from plain_offers(
            ((r.id, ", ".join([r.title, *r.holders])) for r in organisation.roles.values()), typed, "role"
        )
    if key == "by":
        holders = {name: r.title for r in organisation.roles.values() for name in r.holders}
        yield from plain_offers(holders.items(), typed, "role")
    if key == "framework":
        yield from plain_offers(((f.id, f.title) for f in handbook.frameworks.values()), typed, "value")
    if (kind == "expectations" and key in ("from", "to")) or (key == "rests_on" and ":" in typed):
        yield from clause_offers(cursor, typed, groups=False, quoted=place.quoted)
    if kind == "records" and key == "what":
        yield from _records(cursor, place)


def _documents(cursor: Cursor, place: YamlPlace) -> Iterator[Offer]:
    handbook = cursor.judged.resolution.handbook
    name, hash, section = place.typed.partition("#")
    if hash:
        document = cursor.named(name.strip())
        yield from heading_offers(document, section, "") if document is not None else ()
        return
    for document in ranked(((d, (d.id, d.title, *d.front.aliases)) for d in handbook.documents), place.typed):
        shown = name_of(handbook, document)
        insert = shown.strip('"') if place.quoted else shown
        yield Offer(
            f"{document.id} {document.title}",
            insert,
            place.typed,
            "document",
            document.type,
            document.summary,
        )


def _records(cursor: Cursor, place: YamlPlace) -> Iterator[Offer]:
    """The records that the document beside names."""
    document = cursor.named(place.beside.get("document", ""))
    names: Mapping[str, str] = (
        {record.what: record.where for record in document.front.records} if document is not None else {}
    )
    for offer in plain_offers(names.items(), place.typed, "value"):
        insert = offer.insert if place.quoted else f'"{offer.insert}"'
        yield Offer(offer.label, insert.replace("\n", " "), offer.typed, "value", offer.detail)
