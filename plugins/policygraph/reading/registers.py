"""Registers kept by hand: organisation.yml and terms.yml."""

from __future__ import annotations

from types import MappingProxyType

from policygraph.model.organisation import Audience, Organisation, Role, Term
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.values import Reader
from policygraph.reading.yaml_tree import Node, Table, TreeError, parse_yaml

ORGANISATION = "organisation.yml"
TERMS = "terms.yml"


def read_registers(texts: dict[str, tuple[str, str]]) -> tuple[Organisation, tuple[Problem, ...]]:
    """Read the registers. `texts` gives, by register name, the file's path and its text."""
    reader = _RegisterReader()
    trees: dict[str, Table] = {}
    for name, (path, text) in texts.items():
        try:
            table = reader.table(parse_yaml(text, path), name)
        except TreeError as error:
            reader.report(error.place, error.message)
            continue
        if table is not None:
            trees[name] = table
    roles: dict[str, Role] = {}
    audiences: dict[str, Audience] = {}
    terms: tuple[Term, ...] = ()
    if (organisation := trees.get(ORGANISATION)) is not None:
        entries = reader.keys(organisation, ("roles", "audiences"), ORGANISATION)
        if "roles" in entries:
            roles = reader.roles(entries["roles"][1])
        if "audiences" in entries:
            audiences = reader.audiences(entries["audiences"][1])
    if (glossary := trees.get(TERMS)) is not None:
        entries = reader.keys(glossary, ("terms",), TERMS)
        if "terms" in entries:
            terms = reader.terms(entries["terms"][1])
    return (
        Organisation(MappingProxyType(roles), MappingProxyType(audiences), terms),
        tuple(reader.problems),
    )


class _RegisterReader(Reader):
    def __init__(self) -> None:
        super().__init__(ProblemKind.INVALID_REGISTER)

    def roles(self, node: Node) -> dict[str, Role]:
        found: dict[str, Role] = {}
        table = self.table(node, "roles")
        for key, value in table.entries if table else ():
            details = self.table(value, key.text)
            entries = (
                self.keys(details, ("title", "holders", "contact", "purpose"), "A role") if details else {}
            )
            values = {name: item for name, (_, item) in entries.items()}
            self._unique(key.text, key.place, found)
            found[key.text.lower()] = Role(
                key.text,
                self.text(values.get("title"), "title") or key.text.replace("-", " ").capitalize(),
                key.place,
                tuple(
                    name for item in self.items(values.get("holders")) if (name := self.text(item, "holders"))
                ),
                self.text(values.get("contact"), "contact") or "",
                self.text(values.get("purpose"), "purpose") or "",
            )
        return found

    def audiences(self, node: Node) -> dict[str, Audience]:
        found: dict[str, Audience] = {}
        table = self.table(node, "audiences")
        for key, value in table.entries if table else ():
            details = self.table(value, key.text)
            entries = self.keys(details, ("title", "description"), "An audience") if details else {}
            values = {name: item for name, (_, item) in entries.items()}
            self._unique(key.text, key.place, found)
            found[key.text.lower()] = Audience(
                key.text,
                self.text(values.get("title"), "title") or key.text.replace("-", " ").capitalize(),
                key.place,
                self.text(values.get("description"), "description") or "",
            )
        return found

    def terms(self, node: Node) -> tuple[Term, ...]:
        found: list[Term] = []
        for item in self.items(node):
            table = self.table(item, "terms")
            if table is None:
                continue
            entries = self.keys(table, ("term", "definition", "abbreviation", "aliases"), "A term")
            values = {name: value for name, (_, value) in entries.items()}
            term, definition = (
                self.text(values.get("term"), "term"),
                self.text(values.get("definition"), "definition"),
            )
            if term is None or definition is None:
                self.report(table.place, f"This term has no '{'term' if term is None else 'definition'}'.")
                continue
            aliases = tuple(
                alias for entry in self.items(values.get("aliases")) if (alias := self.text(entry, "aliases"))
            )
            abbreviation = self.text(values.get("abbreviation"), "abbreviation") or ""
            found.append(Term(term, definition, table.place, abbreviation, aliases))
        return tuple(found)

    def _unique(self, key: str, place: Place, found: dict[str, Role] | dict[str, Audience]) -> None:
        if key.lower() in found:
            self.report(place, f"'{key}' stands in this register twice; the last one counts.")
