"""What stands in documents that exist already: which keys, how often, with which values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from policygraph.reading.fence import Fence, normalised, split
from policygraph.reading.files import read_text, walk
from policygraph.reading.front_matter import shown
from policygraph.reading.handbook_files import MAX_FRONT_MATTER
from policygraph.reading.toml_tree import parse_toml
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table, TreeError, parse_yaml, salvage
from policygraph.settings import FIELD_NAMES


@dataclass(slots=True)
class Key:
    """A key of front matter: the values that each document has under it, by the document's path."""

    name: str
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def filled(self) -> list[tuple[str, ...]]:
        """The values of every document that has some."""
        return [values for values in self.values.values() if values]

    def examples(self, most: int = 3) -> list[str]:
        """The first few different values."""
        return list(dict.fromkeys(value for values in self.filled for value in values))[:most]


@dataclass(frozen=True, slots=True)
class Survey:
    """The documents of a folder by path below it, with their texts, and every key that they use."""

    bodies: dict[str, str]
    keys: dict[str, Key]
    with_front_matter: int


def survey(folder: Path, exclude: tuple[str, ...], progress: Callable[[str, int, int], None]) -> Survey:
    """Read every Markdown file below a folder but those that match a pattern."""
    bodies: dict[str, str] = {}
    keys: dict[str, Key] = {}
    fronts = 0
    names = walk(folder, folder.name, exclude, "registers").markdown
    for number, name in enumerate(names):
        path = name.partition("/")[2]
        text, _ = read_text(folder / path, path)
        if text is not None:
            parts = split(normalised(text), frozenset(FIELD_NAMES))
            bodies[path] = parts.body
            table = _table(parts.fence, parts.front)
            fronts += table is not None
            for key, value in table.entries if table is not None else ():
                keys.setdefault(key.text, Key(key.text)).values.setdefault(path, _texts(value))
        progress("read", number + 1, len(names))
    return Survey(bodies, keys, fronts)


def _table(fence: Fence, text: str) -> Table | None:
    if fence is Fence.NONE or len(text) > MAX_FRONT_MATTER:
        return None
    tree: Node | None
    try:
        tree = parse_toml(text, "", 1) if fence is Fence.TOML else parse_yaml(text, "", 1)
    except TreeError as error:
        tree = None if fence is Fence.TOML else salvage(text, "", 1, error)[0]
    return tree if isinstance(tree, Table) else None


def _texts(node: Node) -> tuple[str, ...]:
    if isinstance(node, Listing):
        return tuple(text for item in node.items if (text := shown(item)))
    text = shown(node)
    if not text or (isinstance(node, Scalar) and node.empty):
        return ()
    return (text,)
