"""Front matter to fields: the author's keys, or foreign ones that the settings map onto them."""

from __future__ import annotations

import re

from policygraph.model.document import (
    Allowance,
    Claim,
    DeclaredDecision,
    DeclaredReference,
    FrontMatter,
    Status,
    Visibility,
)
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.model.record_pointer import RecordPointer
from policygraph.reading.corrections import surely_meant
from policygraph.reading.text import ZERO_WIDTH, plain_characters
from policygraph.reading.values import Reader, nearest, split_commas
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table
from policygraph.settings import ENGINE_KEYS, FIELD_NAMES, FieldSource, Settings

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_REFERENCE_KEYS = ("to", "relation", "because")
BASES = ("standard", "promised", "helpful")


def read_front_matter(table: Table, settings: Settings) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Validate every key of a front matter table; what is wrong with one key harms no other."""
    return _FrontMatterReader(table, settings).read()


class _FrontMatterReader(Reader):
    def __init__(self, table: Table, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._nodes: dict[str, tuple[Scalar, Node]] = {}
        for key, value in table.entries:
            if key.text in self._nodes:
                self.report(
                    key.place,
                    f"'{key.text}' stands here twice; the first one counts.",
                    kind=ProblemKind.DUPLICATE_KEY,
                )
            else:
                self._nodes[key.text] = (key, value)

    def read(self) -> tuple[FrontMatter, tuple[Problem, ...]]:
        lang = self._line("lang")
        front = FrontMatter(
            id=self._id(),
            title=self._line("title"),
            type=(self._line("type") or "").lower() or None,
            status=self._status(),
            area=self._line("area"),
            owner=self._line("owner"),
            approver=self._line("approver"),
            summary=self._line("summary"),
            why=self._line("why"),
            aliases=self._names("aliases"),
            tags=self._names("tags"),
            applies_to=self._names("applies_to"),
            visibility=self.choice(self._node("visibility"), "visibility", Visibility),
            review_every=self.interval(self._node("review_every"), "review_every"),
            effective=self.date(self._node("effective"), "effective"),
            expires=self.date(self._node("expires"), "expires"),
            satisfies=self._claims(),
            references=self._references(),
            not_related=self._decisions(),
            records=self._records(),
            basis=self._basis(),
            former_ids=self._names("former_ids"),
            replaced_by=self._replaced_by(),
            lang=lang.lower() if lang else None,
            allow=self._allowances(),
            extra=self._extra(),
            places={name: self._nodes[name][0].place for name in self._places()},
        )
        return front, tuple(self.problems)

    def _source(self, name: str) -> FieldSource | None:
        return next((s for s in self._settings.sources_of(name) if s.key in self._nodes), None)

    def _node(self, name: str) -> Node | None:
        source = self._source(name)
        return self._nodes[source.key][1] if source else None

    def _places(self) -> list[str]:
        return list(self._nodes)

    def _line(self, name: str) -> str | None:
        node = self._node(name)
        if isinstance(node, Listing) and node.items and name in self._settings.fields:
            node = node.items[0]
        return self.text(node, name)

    def _names(self, name: str) -> tuple[str, ...]:
        node = self._node(name)
        if name == "aliases" and isinstance(node, Scalar):
            # An alias may hold a comma; a list in one string is for foreign keys.
            value = self.text(node, name)
            return (value,) if value else ()
        return tuple(dict.fromkeys(value for value, _ in self.texts(node, name)))

    def _id(self) -> str | None:
        source = self._source("id")
        value = self._line("id")
        if source is None or value is None:
            return None
        value = ZERO_WIDTH.sub("", plain_characters(value))
        if source.prefix and not value.casefold().startswith(source.prefix.casefold()):
            value = source.prefix + value
        if not ID.fullmatch(value):
            better = re.sub(r"[^A-Za-z0-9._-]+", "-", value).strip("-._")
            self.report(
                self._nodes[source.key][1].place,
                f"'{value}' cannot be an id: letters without accents, digits, dots, hyphens and underscores only.",
                kind=ProblemKind.INVALID_ID,
                suggestion=better or None,
                typed=value,
            )
            return None
        return value

    def _status(self) -> Status | None:
        node = self._node("status")
        value = self.text(node, "status") if node is not None else None
        if value is None or node is None:
            return None
        mapped = self._settings.statuses.get(value.lower())
        return mapped or self.choice(node, "status", Status)

    def _basis(self) -> str | None:
        value = self._line("basis")
        node = self._node("basis")
        if value and node is not None and value.lower() not in BASES:
            self.report(
                node.place,
                f"'basis' is '{value}', but must be one of: {', '.join(BASES)}.",
                suggestion=nearest(value, BASES),
                typed=value,
            )
            return None
        return value.lower() if value else None

    def _claims(self) -> tuple[Claim, ...]:
        source = self._source("satisfies")
        node = self._node("satisfies")
        if isinstance(node, Listing):
            split = [item for item in node.items if isinstance(item, Table) and self._split_by_a_space(item)]
            node = Listing(tuple(item for item in node.items if item not in split), node.place)
        found = self.texts(node, "satisfies")
        prefix = source.prefix if source else ""
        return tuple(
            Claim(value if not prefix or value.startswith(prefix) else prefix + value, place)
            for value, place in found
        )

    def _split_by_a_space(self, item: Table) -> bool:
        key, value = item.entries[0] if len(item.entries) == 1 else (None, None)
        if key is None or not isinstance(value, Scalar):
            return False
        self.report(
            key.place,
            f"A space after the colon splits '{key.text}: {value.text}' into a key and a value.",
            suggestion=f'"{key.text}:{value.text}"',
            typed=f"{key.text}: {value.text}",
            sure=True,
        )
        return True

    def _references(self) -> tuple[DeclaredReference, ...]:
        found: list[DeclaredReference] = []
        for source in self._settings.sources_of("references"):
            if source.key not in self._nodes:
                continue
            node = self._nodes[source.key][1]
            for item in self.items(node):
                found.extend(self._reference(item, source, in_list=isinstance(node, Listing)))
        return tuple(found)

    def _reference(self, item: Node, source: FieldSource, in_list: bool) -> list[DeclaredReference]:
        if isinstance(item, Listing):
            self.report(
                item.place, "A reference must be an id, or a group with 'to'; this is a list in a list."
            )
            return []
        if isinstance(item, Scalar):
            if item.empty:
                return []
            typed = [item.text] if in_list and not source.prefix else split_commas(item)
            return [self._target(text, item.place, source, source.relation) for text in typed]
        if item.entries and not any(key.text in _REFERENCE_KEYS for key, _ in item.entries):
            return [found for key, value in item.entries for found in self._by_key(key, value, source)]
        entries = self.keys(item, _REFERENCE_KEYS, "A reference")
        target = self.text(entries["to"][1], "to") if "to" in entries else None
        if target is None:
            self.report(
                item.place, "This reference does not say where it goes.", mend="Add 'to: ' with an id."
            )
            return []
        values = {name: value for name, (_, value) in entries.items()}
        relation = self.text(values.get("relation"), "relation") or source.relation
        because = self.text(values.get("because"), "because")
        relation_place = values["relation"].place if "relation" in values else None
        return [self._target(target, values["to"].place, source, relation, because, relation_place)]

    def _by_key(self, key: Scalar, value: Node, source: FieldSource) -> list[DeclaredReference]:
        """`depends on: AI-02`, or `AI-02: "the reason"`."""
        relations = self._settings.relations
        if key.text.lower() in {*relations, *(relation.inverse for relation in relations.values())}:
            return [
                self._target(text, place, source, key.text, relation_place=key.place)
                for text, place in self.texts(value, key.text)
            ]
        because = self.text(value, key.text)
        return [self._target(key.text, key.place, source, source.relation, because)]

    def _target(
        self,
        text: str,
        place: Place,
        source: FieldSource,
        relation: str | None,
        because: str | None = None,
        relation_place: Place | None = None,
    ) -> DeclaredReference:
        target, _, section = text.strip().partition("#")
        if source.prefix and not target.casefold().startswith(source.prefix.casefold()):
            target = source.prefix + target
        return DeclaredReference(target.strip(), place, section.strip(), relation, because, relation_place)

    def _replaced_by(self) -> DeclaredReference | None:
        source = self._source("replaced_by")
        value = self._line("replaced_by")
        if source is None or value is None:
            return None
        return self._target(value, self._nodes[source.key][1].place, source, None)

    def _decisions(self) -> tuple[DeclaredDecision, ...]:
        found: list[DeclaredDecision] = []
        for item in self.items(self._node("not_related")):
            table = self.table(item, "not_related")
            if table is None:
                continue
            entries = self.keys(table, ("to", "because", "decided", "by"), "A decision")
            values = {name: value for name, (_, value) in entries.items()}
            target = self.text(values.get("to"), "to")
            because = self.text(values.get("because"), "because")
            if target is None or because is None:
                missing = "to" if target is None else "because"
                self.report(table.place, f"This decision has no '{missing}'.")
                continue
            found.append(
                DeclaredDecision(
                    target,
                    values["to"].place,
                    because,
                    self.date(values.get("decided"), "decided"),
                    self.text(values.get("by"), "by") or "",
                )
            )
        return tuple(found)

    def _records(self) -> tuple[RecordPointer, ...]:
        found: list[RecordPointer] = []
        for item in self.items(self._node("records")):
            if isinstance(item, Scalar):
                if (what := self.text(item, "records")) is not None:
                    found.append(RecordPointer(what, item.place))
                continue
            table = self.table(item, "records")
            if table is None:
                continue
            entries = self.keys(table, ("what", "where", "owner", "every"), "A record")
            values = {name: value for name, (_, value) in entries.items()}
            what = self.text(values.get("what"), "what")
            if what is None:
                self.report(table.place, "This record does not say what it is.", mend="Add 'what: '.")
                continue
            found.append(
                RecordPointer(
                    what,
                    values["what"].place,
                    self.text(values.get("where"), "where") or "",
                    self.text(values.get("owner"), "owner") or "",
                    self.interval(values.get("every"), "every"),
                )
            )
        return tuple(found)

    def _allowances(self) -> tuple[Allowance, ...]:
        node = self._node("allow")
        if isinstance(node, Table):
            pairs = [(key, value) for key, value in node.entries]
        else:
            pairs = [
                entry
                for item in self.items(node)
                if (table := self.table(item, "allow")) is not None
                for entry in table.entries
            ]
        found: list[Allowance] = []
        for key, value in pairs:
            because = self.text(value, key.text)
            if because is None:
                self.report(
                    key.place,
                    f"'{key.text}' is switched off here without a reason.",
                    mend=f'Write why: {key.text}: "…"',
                )
            else:
                found.append(Allowance(key.text.upper(), because, key.place))
        return tuple(found)

    def _extra(self) -> tuple[tuple[str, str], ...]:
        mapped = {s.key for name in FIELD_NAMES for s in self._settings.sources_of(name)}
        foreign = bool(self._settings.fields)
        found = []
        for name, (key, value) in self._nodes.items():
            if name in mapped:
                continue
            found.append((name, shown(value)))
            if name in ENGINE_KEYS or name in self._settings.ignore_keys:
                continue
            # A key that the mapping has renamed may still be typed under its own name by mistake.
            candidates = mapped | ({n for n in FIELD_NAMES if n not in mapped} if foreign else set())
            near = nearest(name, candidates)
            self.report(
                key.place,
                f"'{name}' is no key that the handbook knows.",
                kind=ProblemKind.UNKNOWN_KEY,
                suggestion=near,
                typed=name if near not in self._nodes else "",
                sure=surely_meant(name, near, candidates),
            )
        return tuple(found)


def shown(node: Node) -> str:
    """A value as one line of text, for keys that mean nothing to us but something to the reader."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Listing):
        return ", ".join(shown(item) for item in node.items)
    return "; ".join(f"{key.text}: {shown(value)}" for key, value in node.entries)
