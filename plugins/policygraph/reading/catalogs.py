"""Framework catalogs: those shipped in the package, and the handbook's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from policygraph.model.framework import Amendment, Clause, EarlierEdition, Framework
from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.values import Reader
from policygraph.reading.yaml_tree import Node, Table, TreeError, parse_yaml

_SHIPPED = {
    "iso-42001": "iso-42001-2023.yaml",
    "iso-27001": "iso-27001-2022.yaml",
    "nist-ai-rmf": "nist-ai-rmf-1.0.yaml",
    "nist-csf": "nist-csf-2.0.yaml",
    "eu-ai-act": "eu-ai-act-2024-1689.yaml",
    "soc2": "soc2-tsc-2017.yaml",
}

SHIPPED = tuple(_SHIPPED)
"""Ids of the frameworks in the package."""

_GROUP_KINDS = frozenset(
    {
        "clause-group",
        "control-group",
        "function",
        "category",
        "chapter",
        "section",
        "series",
        "family",
        "group",
    }
)


@cache
def shipped_text(framework: str) -> str:
    """The catalog file of a shipped framework."""
    return resources.files("policygraph.catalogs").joinpath(_SHIPPED[framework]).read_text(encoding="utf-8")


@cache
def shipped(framework: str) -> Framework:
    """A framework of the package."""
    found, problems = read_catalog(shipped_text(framework), _SHIPPED[framework], {})
    if found is None or problems:
        raise ValueError(f"The catalog {framework} in the package is broken: {problems}")
    return found


def read_catalog(
    text: str, file: str, known: Mapping[str, Framework]
) -> tuple[Framework | None, tuple[Problem, ...]]:
    """Read a catalog. One with the id of a framework in `known` is laid over it, item by item."""
    try:
        tree = parse_yaml(text, file)
    except TreeError as error:
        return None, (Problem(ProblemKind.INVALID_REGISTER, error.place, error.message),)
    reader = _CatalogReader(known)
    framework = reader.catalog(tree, file)
    return framework, tuple(reader.problems)


class _CatalogReader(Reader):
    def __init__(self, known: Mapping[str, Framework]) -> None:
        super().__init__(ProblemKind.INVALID_REGISTER)
        self._known = known

    def catalog(self, tree: Node | None, file: str) -> Framework | None:
        top = self.table(tree, "the catalog")
        header = self.table(top.get("catalog"), "catalog") if top else None
        if top is None or header is None:
            self.report(Place(file), "A catalog needs 'catalog:' with an id and a title, and 'items:'.")
            return None
        identifier = self.text(header.get("id"), "id")
        if not identifier or ":" in identifier:
            self.report(header.place, "The catalog needs an 'id' without a colon, such as 'our-rules'.")
            return None
        base = self._known.get(identifier.lower())
        clauses = dict(base.clauses) if base else {}
        title = self.text(header.get("title"), "title")
        lang = self.text(header.get("lang"), "lang") or ""
        self._items(identifier, top.get("items"), clauses, lang)
        return Framework(
            identifier,
            title or (base.title if base else identifier),
            self.text(header.get("edition"), "edition") or (base.edition if base else ""),
            self.text(header.get("issuer"), "issuer") or (base.issuer if base else ""),
            self.text(header.get("licence"), "licence") or (base.licence if base else ""),
            MappingProxyType(clauses),
            tuple(value for value, _ in self._plain_list(header.get("sources")))
            or (base.sources if base else ()),
            self.text(header.get("notes"), "notes") or (base.notes if base else ""),
            self._amendments(header.get("amended_by")) or (base.amendments if base else ()),
            self._earlier(header.get("earlier_editions")) or (base.earlier if base else ()),
            lang if title or not base else base.lang,
        )

    def _plain_list(self, node: Node | None) -> tuple[tuple[str, Place], ...]:
        return tuple((text, item.place) for item in self.items(node) if (text := self.text(item, "sources")))

    def _amendments(self, node: Node | None) -> tuple[Amendment, ...]:
        found = []
        for item in self.items(node):
            if not isinstance(item, Table):
                continue
            changed = [
                value
                for key in ("known_title_changes", "known_text_changes")
                for value, _ in self._plain_list(item.get(key))
            ]
            found.append(
                Amendment(
                    self.text(item.get("act"), "act") or "",
                    self.text(item.get("consolidated"), "consolidated") or "",
                    bool(self.flag(item.get("incorporated"), "incorporated")),
                    tuple(dict.fromkeys(changed)),
                )
            )
        return tuple(found)

    def _earlier(self, node: Node | None) -> tuple[EarlierEdition, ...]:
        return tuple(
            EarlierEdition(
                self.text(item.get("edition"), "edition") or "", self.text(item.get("ids"), "ids") or ""
            )
            for item in self.items(node)
            if isinstance(item, Table)
        )

    def _items(self, framework: str, node: Node | None, clauses: dict[str, Clause], lang: str) -> None:
        for item in self.items(node):
            table = self.table(item, "items")
            if table is None:
                continue
            values = {key.text: value for key, value in table.entries}
            identifier = self.text(values.get("id"), "id")
            if identifier is None:
                self.report(table.place, "This item has no 'id'.")
                continue
            before = clauses.get(identifier)
            kind = self.text(values.get("kind"), "kind") or (before.kind if before else "control")
            documented = self.flag(values.get("documented_information"), "documented_information")
            title = self.text(values.get("title"), "title")
            text = self.text(values.get("text"), "text")
            clauses[identifier] = Clause(
                framework,
                identifier,
                title or (before.title if before else ""),
                kind,
                self.text(values.get("parent"), "parent") or (before.parent if before else None),
                text or (before.text if before else ""),
                kind in _GROUP_KINDS,
                documented if documented is not None else bool(before and before.documented),
                lang if title or text or not before else before.lang,
            )
