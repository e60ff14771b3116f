"""YAML as a tree of the author's own text: every value a string as typed, with line and column.

Built from libyaml's event stream, so that no resolver turns `0161`, `ON` or `2025-30-01` into something
else, and so that nothing hostile (aliases, deep nesting, huge documents) can cost more than its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from policygraph.model.place import Place

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # libyaml is missing from this build of PyYAML
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 20
_TOP_KEY = re.compile(r"[A-Za-z_][\w .-]{0,60}?\s*:(?:\s|$)")


class Mark(Protocol):
    """A position in YAML, as the parser gives it; lines and columns count from zero."""

    @property
    def index(self) -> int:
        """Characters before it."""

    @property
    def line(self) -> int:
        """Lines before it."""

    @property
    def column(self) -> int:
        """Characters before it on its line."""


class TreeError(Exception):
    """YAML or TOML that cannot be read, with the place and a sentence for the author."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as typed. `plain` tells an unquoted value; `cut` the comment glued to it, if any."""

    text: str
    place: Place
    plain: bool = True
    cut: str = ""

    @property
    def empty(self) -> bool:
        """Whether it is nothing, or YAML's word for nothing."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values in the order typed. `flow` tells the form in braces."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The last value under a key, or None."""
        return next((value for name, value in reversed(self.entries) if name.text == key), None)


Node = Scalar | Listing | Table


def parse_yaml(text: str, file: str, first_line: int = 1) -> Node | None:
    """Read one YAML document whose first line is line `first_line` of `file`.

    Returns None for an empty document.

    Raises:
        TreeError: where the text is not YAML, or uses what a handbook has no need of (aliases, nesting
            deeper than 20 levels, several documents in one file).
    """
    builder = _Builder(text, file, first_line)
    try:
        return builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise TreeError(_explain(error), builder.place(_mark_of(error, len(text)))) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) if isinstance(position, int) else 0
        raise TreeError(
            "A character here is not allowed in YAML; delete it or retype the line.",
            Place(file, first_line + line),
        ) from None


def _mark_of(error: yaml.MarkedYAMLError, length: int) -> Mark | None:
    # What is never closed is noticed only at the end; the author looks for where it was opened.
    problem: Mark | None = error.problem_mark
    context: Mark | None = error.context_mark
    return context if problem is None or (context is not None and problem.index >= length) else problem


def salvage(text: str, file: str, first_line: int, error: TreeError) -> tuple[Table, tuple[TreeError, ...]]:
    """Read what can be read of YAML that broke with `error`: each top-level key on its own.

    Returns the keys that are sound, and what is wrong with each of the others.
    """
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _TOP_KEY.match(line)]
    entries: list[tuple[Scalar, Node]] = []
    errors: list[TreeError] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        try:
            node = parse_yaml("\n".join(lines[start:end]), file, first_line + start)
        except TreeError as broken:
            errors.append(broken)
            continue
        if isinstance(node, Table):
            entries.extend(node.entries)
    return Table(tuple(entries), Place(file, first_line)), tuple(errors) or (error,)


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "this is not YAML"
    if "mapping values are not allowed" in problem:
        return 'A colon inside a value is taken for the start of another one. Put the whole value in quotes: key: "text: more text".'
    if "cannot start any token" in problem or "unknown escape" in problem:
        return "This cannot be read. Put the value in quotes; and where a tab stands, use spaces."
    if "could not find expected ':'" in problem:
        return "A line of the form 'key: value' is expected here. Is a colon missing, or a line not indented?"
    if "did not find expected ',' or" in problem:
        return "A bracket is not closed, or a comma is missing. Quote values that contain brackets or commas."
    if "did not find expected key" in problem or "block end" in problem:
        return (
            "The indentation or the quotes here do not add up. Check the quotes, then the spaces before it."
        )
    return f"This cannot be read as YAML ({problem}). Putting the value in quotes often helps."


class _Builder:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        self._text = text
        self._file = file
        self._first = first_line

    def place(self, mark: Mark | None) -> Place:
        if mark is None:
            return Place(self._file, self._first)
        return Place(self._file, self._first + mark.line, mark.column + 1)

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        # Each open collection is a list of finished children; a loop instead of recursion, so that depth
        # is ours to limit.
        root: list[Node] = []
        stack: list[tuple[yaml.Event | None, list[Node]]] = [(None, root)]
        documents = 0
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                stack[-1][1].append(self._scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(stack) > MAX_DEPTH:
                    raise TreeError(
                        f"This is nested more than {MAX_DEPTH} levels deep, which nothing here needs.",
                        self.place(event.start_mark),
                    )
                stack.append((event, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                start, children = stack.pop()
                assert start is not None  # noqa: S101 - the parser balances its own events
                stack[-1][1].append(self._collection(start, children))
            elif isinstance(event, yaml.AliasEvent):
                raise TreeError(
                    "A value that begins with '*' stands for another one in YAML, and that is not read here. Write it out, or put it in quotes.",
                    self.place(event.start_mark),
                )
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise TreeError(
                        "A second line '---' ends the block here; keep what belongs together above it.",
                        self.place(event.start_mark),
                    )
        return root[0] if root else None

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        plain = not event.style
        cut = ""
        if plain and event.end_mark is not None and event.value:
            # libyaml's index is in characters; what follows on the line is a comment or nothing.
            rest = self._rest_of_line(event.end_mark)
            if rest.lstrip().startswith("#") and not rest.lstrip().startswith("# "):
                cut = rest.strip()
        return Scalar(event.value, self.place(event.start_mark), plain, cut)

    def _rest_of_line(self, mark: Mark) -> str:
        end = self._text.find("\n", mark.index)
        return self._text[mark.index : end if end >= 0 else len(self._text)]

    def _collection(self, start: yaml.Event, children: list[Node]) -> Node:
        place = self.place(start.start_mark)
        if isinstance(start, yaml.SequenceStartEvent):
            return Listing(tuple(children), place)
        entries = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise TreeError(
                    "What stands before a colon must be a word or a few words, not a list.", key.place
                )
            entries.append((key, value))
        flow = bool(getattr(start, "flow_style", False))
        return Table(tuple(entries), place, flow)
