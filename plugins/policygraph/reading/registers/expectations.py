"""Expectations: which clause leans on which. Those of the catalogs, and the handbook's own over them."""

from __future__ import annotations

from functools import cache
from importlib import resources

from policygraph.model.framework import Expectation, Strength
from policygraph.model.place import Place
from policygraph.model.problem import Problem
from policygraph.reading.registers.register import RegisterReader
from policygraph.reading.yaml_tree import Node, Scalar

KEYS = ("from", "to", "why", "strength", "drop")
_SHIPPED = {"iso-42001": "iso-42001-2023.yaml"}


@cache
def shipped_expectations(framework: str) -> tuple[Expectation, ...]:
    """The expectations that come with a framework of the package; none where it has none."""
    if framework not in _SHIPPED:
        return ()
    file = _SHIPPED[framework]
    text = resources.files("policygraph.catalogs").joinpath("expectations").joinpath(file).read_text("utf-8")
    reader = _ExpectationReader()
    top = reader.open(text, file, "expectations")
    body = reader.table(top.get("expectations"), "expectations") if top else None
    lang = (reader.text(body.get("lang"), "lang") if body else None) or ""
    found, _ = reader.expectations(body.get("items") if body else None, framework, lang)
    if reader.problems or not found:
        raise ValueError(f"The expectations of {framework} in the package are broken: {reader.problems}")
    return found


def read_own_expectations(
    text: str, path: str
) -> tuple[tuple[tuple[Expectation, ...], frozenset[tuple[str, str]]], tuple[Problem, ...]]:
    """Read expectations.yml: expectations added or changed, and the pairs that are not expected here."""
    reader = _ExpectationReader()
    table = reader.open(text, path, "expectations.yml")
    values = reader.values(table, ("expectations",), "expectations.yml") if table else {}
    return reader.expectations(values.get("expectations"), ""), reader.finished()


class _ExpectationReader(RegisterReader):
    def expectations(
        self, node: Node | None, framework: str, lang: str = ""
    ) -> tuple[tuple[Expectation, ...], frozenset[tuple[str, str]]]:
        found: dict[tuple[str, str], Expectation] = {}
        dropped: set[tuple[str, str]] = set()
        for item in self.items(node):
            if isinstance(item, Scalar):
                self.report(item.place, f"An expectation needs keys: {', '.join(KEYS)}.")
                continue
            table = self.table(item, "expectations")
            if table is None:
                continue
            values = self.values(table, KEYS, "An expectation")
            texts = self.required(values, table.place, ("from", "to"), "This expectation")
            if texts is None:
                continue
            pair = (
                self._qualified(texts[0], framework, table.place),
                self._qualified(texts[1], framework, table.place),
            )
            if self.flag(values.get("drop"), "drop"):
                dropped.add(pair)
                continue
            because = self.line(values, "why")
            if not because:
                self.report(table.place, "This expectation does not say why.", mend='Add why: "…".')
            strength = self.choice(values.get("strength"), "strength", Strength) or Strength.DIRECT
            found[pair] = Expectation(*pair, because, table.place, strength, lang)
        return tuple(found.values()), frozenset(dropped)

    def _qualified(self, id: str, framework: str, place: Place) -> str:
        if ":" in id:
            name, _, clause = id.partition(":")
            return f"{name.strip().lower()}:{clause.strip()}"
        if not framework:
            self.report(place, f"'{id}' needs its framework before it, such as iso-42001:{id}.")
        return f"{framework}:{id}"
