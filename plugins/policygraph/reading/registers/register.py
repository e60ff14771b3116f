"""What all registers have in common: how one is opened, and how its entries are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind
from policygraph.reading.values import Reader
from policygraph.reading.yaml_tree import Node, Scalar, Table, TreeError, parse_yaml


class RegisterReader(Reader):
    """Reads registers; what is wrong with one entry harms no other."""

    def __init__(self) -> None:
        super().__init__(ProblemKind.INVALID_REGISTER)

    def open(self, text: str, path: str, name: str) -> Table | None:
        """The keys of a register's file, or None where there are none to be had."""
        try:
            return self.table(parse_yaml(text, path), name)
        except TreeError as error:
            self.report(error.place, error.message)
            return None

    def entries(
        self, table: Table, list_key: str, name: str, known: tuple[str, ...], entry: str
    ) -> Iterator[tuple[Place, Mapping[str, Node]]]:
        """The entries of the list under `list_key`: where each stands, and its values by key."""
        found = self.keys(table, (list_key,), name)
        for item in self.items(found[list_key][1]) if list_key in found else ():
            if isinstance(item, Scalar) and not item.empty:
                self.report(item.place, f"{entry} needs keys: {', '.join(known)}.")
            elif (values := self.table(item, list_key)) is not None:
                yield values.place, self.values(values, known, entry)

    def values(self, table: Table, known: tuple[str, ...], entry: str) -> Mapping[str, Node]:
        """The values of one entry by key."""
        return {key: value for key, (_, value) in self.keys(table, known, entry).items()}

    def required(
        self, values: Mapping[str, Node], place: Place, names: tuple[str, ...], entry: str
    ) -> tuple[str, ...] | None:
        """The texts of keys that an entry must have; None, and a report, where one is missing."""
        found = tuple(self.text(values.get(name), name) or "" for name in names)
        missing = [name for name, text in zip(names, found, strict=True) if not text]
        if missing:
            self.report(place, f"{entry} has no '{missing[0]}'.", mend=f"Add '{missing[0]}: …'.")
            return None
        return found

    def line(self, values: Mapping[str, Node], name: str) -> str:
        """A text that may be missing; empty then."""
        return self.text(values.get(name), name) or ""

    def finished(self) -> tuple[Problem, ...]:
        """What was wrong."""
        return tuple(self.problems)
