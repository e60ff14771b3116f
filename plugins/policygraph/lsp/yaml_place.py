"""Where in a YAML file an author types, by indentation alone: what is being typed is rarely YAML yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from policygraph.lsp.text import EditorText

ENTRY = "[]"
"""Stands in a path for an entry of a list."""

_FAR = 5_000
"""Lines that are looked at in either direction."""

_HEAD = re.compile(r"\s*(?:-(?:\s+|$))*")
_KEY = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'\[\]{},][^#\"'\[\]{}\n]*?)\s*:(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class YamlPlace:
    """What is being typed (`typed`), and the keys around it from the outside in (`path`).

    `value` tells that it can only be a value; without it, it may be a key or an entry of a list. `beside` are the
    keys of the same table with their values as typed; `quoted` tells that a quotation mark is open.
    """

    path: tuple[str, ...]
    typed: str
    value: bool
    quoted: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The innermost key."""
        return next((step for step in reversed(self.path) if step != ENTRY), "")


def yaml_place(text: EditorText, line: int, column: int) -> YamlPlace:
    """The place at a line and column, both from one."""
    before = text.line(line)[: column - 1]
    head = _HEAD.match(before)
    start = head.end() if head else 0
    keyed = _KEY.match(before, start)
    outer, beside = _around(text, line, start)
    if keyed is None:
        return _typed(before[start:], outer, False, beside)
    return _typed(before[keyed.end() :], (*outer, _bare(keyed[1])), True, beside)


def _typed(rest: str, path: tuple[str, ...], value: bool, beside: Mapping[str, str]) -> YamlPlace:
    if rest[:1] in ("[", "{"):
        inner = _in_flow(rest)
        if inner is not None:
            return YamlPlace((*path, *inner.path), inner.typed, inner.value, inner.quoted, inner.beside)
    quoted = rest[:1] in ('"', "'")
    return YamlPlace(path, rest[1:] if quoted else rest, value, quoted, beside)


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in ('"', "'") else key


def _tokens(line: str) -> Iterator[tuple[int, str, str]]:
    """The dashes and the key that a line begins with: column, name (a dash has the name of an entry) and value."""
    head = _HEAD.match(line)
    end = head.end() if head else 0
    for column in range(end):
        if line[column] == "-":
            yield column, ENTRY, ""
    if (keyed := _KEY.match(line, end)) is not None:
        yield end, _bare(keyed[1]), line[keyed.end() :].strip().strip("\"'")


def _around(text: EditorText, line: int, column: int) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The keys around a column of a line, and those beside it."""
    path: list[str] = []
    beside: dict[str, str] = {}
    need, after_dash = column, False

    def take(at: int, name: str, value: str) -> None:
        nonlocal need, after_dash
        if name == ENTRY:
            outside = at < need
        else:
            outside = at < need or (after_dash and at == need)
            if at == column and not path:
                beside[name] = value
        if outside:
            path.insert(0, name)
            need, after_dash = at, name == ENTRY

    own = [token for token in _tokens(text.line(line)) if token[0] < column]
    for token in reversed(own):
        take(*token)
    for number in range(line - 1, max(line - _FAR, 0), -1):
        if need == 0 and not after_dash:
            break
        if text.line(number).strip() and not text.line(number).lstrip().startswith("#"):
            for token in reversed(list(_tokens(text.line(number)))):
                take(*token)
    if need == 0:
        # At the top, the walk upwards has ended before it began.
        for number in range(line - 1, max(line - _FAR, 0), -1):
            beside.update(
                (n, v) for at, n, v in _tokens(text.line(number)) if at == column == 0 and n != ENTRY
            )
    for number in range(line + 1, min(line + _FAR, text.lines + 1)):
        content = text.line(number)
        if not content.strip() or content.lstrip().startswith("#"):
            continue
        tokens = list(_tokens(content))
        first = tokens[0][0] if tokens else len(content) - len(content.lstrip())
        if first < column:
            break
        beside.update((n, v) for at, n, v in tokens if at == column and n != ENTRY)
    return tuple(path), MappingProxyType(beside)


@dataclass(slots=True)
class _Frame:
    """A bracket that is open."""

    table: bool
    key: str = ""
    keys: dict[str, str] = field(default_factory=dict)


def _in_flow(text: str) -> YamlPlace | None:
    """The place at the end of a value in brackets; None where all of them are closed."""
    frames: list[_Frame] = []
    token, quote = "", ""
    for sign in text:
        top = frames[-1] if frames else None
        if quote:
            if sign == quote:
                quote = ""
            else:
                token += sign
        elif sign in ('"', "'") and not token.strip():
            quote, token = sign, ""
        elif sign in "[{" and not token.strip():
            frames.append(_Frame(sign == "{"))
            token = ""
        elif sign in "]}":
            if frames:
                frames.pop()
            token = ""
        elif top is not None and sign == ",":
            if top.table and top.key:
                top.keys[top.key] = token.strip()
            top.key, token = "", ""
        elif top is not None and top.table and not top.key and sign == ":":
            top.key, token = token.strip(), ""
        else:
            token += sign
    if not frames:
        return None
    top = frames[-1]
    steps = [frame.key if frame.table else ENTRY for frame in frames]
    path = tuple(step for step in steps if step)
    return YamlPlace(path, token.lstrip(), not top.table or bool(top.key), bool(quote), dict(top.keys))
