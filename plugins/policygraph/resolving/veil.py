"""Texts as an edition may show them: without links to what it has not, and in the public one without control data."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from policygraph.model.document import Link, Origin
from policygraph.reading.fence import Fence, normalised, split
from policygraph.reading.handbook_files import known_keys
from policygraph.reading.toml_tree import parse_toml
from policygraph.reading.values import split_commas
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table, TreeError, parse_yaml
from policygraph.resolving.hidden import Hides
from policygraph.settings import Settings

try:
    from yaml import CSafeDumper as _Dumper
except ImportError:  # libyaml is missing from this build of PyYAML
    from yaml import SafeDumper as _Dumper  # type: ignore[assignment]

PUBLIC_FIELDS = (
    "id",
    "title",
    "type",
    "status",
    "area",
    "owner",
    "summary",
    "why",
    "aliases",
    "tags",
    "applies_to",
    "visibility",
    "effective",
    "expires",
    "references",
    "former_ids",
    "replaced_by",
    "lang",
)
"""What the public edition knows of a document. The other fields are control data."""

_NAMING = ("references", "not_related", "replaced_by")
_WIKI = re.compile(r"(?<!\\)\[\[([^\[\]\n|]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
_INLINE = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(<[^<>\n]*>|\S+).*$", re.MULTILINE)
_ANCHOR = re.compile(r"""(<a\b[^<>]*?[\s"'])href\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_ADDRESSED = re.compile(r"\{[^{}\n]*\}")
_SATISFIES = re.compile(r"""\s*\bsatisfies\s*=\s*(?:"[^"]*"|'[^']*'|[^\s}]+)""")
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]{}"} | {"<": "&lt;", ">": "&gt;"})


def without_links(body: str, path: str, links: Iterable[Link], hides: Hides) -> str:
    """A body with the words of links in place of those that its readers may not follow.

    A wiki link without words of its own leaves what was typed.
    """
    pieces: list[str] = []
    done = 0
    for link in sorted(links, key=lambda one: one.span.start):
        if link.origin is Origin.ID_PATTERN or link.span.start < done or not hides(path, link.target):
            continue
        pieces += (body[done : link.span.start], _words(body[link.span.start : link.span.end], link))
        done = link.span.end
    return f"{''.join(pieces)}{body[done:]}"


def _words(raw: str, link: Link) -> str:
    if link.origin is Origin.WIKI_LINK:
        name, bar, shown = raw[2:-2].partition("|")
        return _wiki_words(name.removesuffix("\\"), shown if bar else "")
    end = raw.rfind("](")
    if end < 0:
        end = raw.rfind("][") if "][" in raw else raw.rfind("]")
    return raw[1:end] if raw.startswith("[") and end > 0 else link.label.translate(_MARKS)


def _wiki_words(name: str, shown: str) -> str:
    return shown.strip() or name.strip().translate(_MARKS)


def without_addresses(body: str, path: str, hides: Hides) -> str:
    """The same for links that are none of Markdown's in a text: definitions, which nothing may use, and HTML."""
    body = _DEFINITION.sub(lambda m: "" if hides(path, m[1]) else m[0], body)
    return _ANCHOR.sub(lambda m: m[1] if hides(path, m[2].strip("\"'")) else m[0], body)


class Veil:
    """Makes of whole texts, today's or earlier ones, what an edition may show of them."""

    def __init__(self, settings: Settings, hides: Hides, *, public: bool) -> None:
        self._hides = hides
        self._public = public
        self._known = known_keys(settings)
        self._kept = {source.key for name in PUBLIC_FIELDS for source in settings.sources_of(name)}
        self._naming = {source.key: source.prefix for name in _NAMING for source in settings.sources_of(name)}
        self._fronts: dict[tuple[str, str], str | None] = {}
        """Most revisions touch a document's text alone."""

    def text(self, text: str, path: str) -> str:
        """A file's text; the same where there is nothing to leave out."""
        text = normalised(text)
        parts = split(text, self._known)
        body = self._body(parts.body, path)
        front = self._front(parts.fence, parts.front, path)
        if front is None:
            return text if body == parts.body else f"{text[: len(text) - len(parts.body)]}{body}"
        return f"---\n{front}---\n{body}" if front else body

    def address(self, body: str) -> str:
        """A body whose statements keep their addresses, and say no more what they answer."""
        if not self._public or "satisfies" not in body:
            return body
        return _ADDRESSED.sub(lambda m: _SATISFIES.sub("", m[0]), body)

    def _body(self, body: str, path: str) -> str:
        """By its signs alone: earlier texts are many, and nothing in them is a link any more."""

        def wiki(match: re.Match[str]) -> str:
            return _wiki_words(match[1], match[2] or "") if self._hides(path, match[1]) else match[0]

        def inline(match: re.Match[str]) -> str:
            return match[2] if not match[1] and self._hides(path, match[3]) else match[0]

        return self.address(without_addresses(_INLINE.sub(inline, _WIKI.sub(wiki, body)), path, self._hides))

    def _front(self, fence: Fence, front: str, path: str) -> str | None:
        """Front matter anew; None where it stays as typed, and nothing of it where the public may not see any."""
        if fence is Fence.NONE or not front.strip():
            return None
        if (path, front) not in self._fronts:
            self._fronts[path, front] = self._front_anew(fence, front, path)
        return self._fronts[path, front]

    def _front_anew(self, fence: Fence, front: str, path: str) -> str | None:
        tree = _tree(fence, front)
        if tree is None:
            # What cannot be read may hold anything.
            return ""
        typed = {key.text: _plain(node) for key, node in tree.entries}
        kept = {
            key.text: self._value(key.text, node, path)
            for key, node in tree.entries
            if not self._public or key.text in self._kept
        }
        if not self._public and kept == typed:
            return None
        kept = {key: value for key, value in kept.items() if value not in (None, [])}
        if not kept:
            return ""
        return str(yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))

    def _value(self, key: str, node: Node, path: str) -> object:
        prefix = self._naming.get(key)
        if prefix is None:
            return _plain(node)
        if isinstance(node, Listing):
            return [value for item in node.items if (value := self._named(item, prefix, path)) is not None]
        return self._named(node, prefix, path)

    def _named(self, node: Node, prefix: str, path: str) -> object:
        """A reference or decision; None where it names what is hidden."""
        if isinstance(node, Scalar):
            parts = split_commas(node)
            kept = [part for part in parts if not self._means(part, prefix, path)]
            return _plain(node) if len(kept) == len(parts) else ", ".join(kept) or None
        names = [text for text in _scalars(node) if self._means(text, prefix, path)]
        return None if names else _plain(node)

    def _means(self, typed: str, prefix: str, path: str) -> bool:
        return self._hides(path, typed) or (bool(prefix) and self._hides(path, f"{prefix}{typed}"))


def _tree(fence: Fence, front: str) -> Table | None:
    try:
        tree = parse_toml(front, "") if fence is Fence.TOML else parse_yaml(front, "")
    except TreeError:
        return None
    return tree if isinstance(tree, Table) else None


def _scalars(node: Node) -> Iterable[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.entries:
            yield key.text
            yield from _scalars(value)


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.entries}
