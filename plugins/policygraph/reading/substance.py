"""The substance of a text: what is left of it when typography, spacing and markup are levelled.

No Markdown is parsed: this runs for every revision of every document.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policygraph.reading.fence import Fence, normalised, split
from policygraph.reading.front_matter import shown
from policygraph.reading.text import ZERO_WIDTH
from policygraph.reading.toml_tree import parse_toml
from policygraph.reading.weighty_words import is_weighty
from policygraph.reading.yaml_tree import Listing, Node, Scalar, Table, TreeError, parse_yaml, salvage
from policygraph.settings import ENGINE_KEYS, FIELD_NAMES

NAMING = frozenset(
    {"id", "aliases", "former_ids", "tags", "area", "lang", "allow", "not_related"}
    | (ENGINE_KEYS - {"description", "date"})
)
"""Keys that name and sort a document, or answer questions about it: they bind nobody."""

DESCRIBING = frozenset({"title", "summary", "why", "description", "date"})
"""Keys that describe a document: of these only numbers, modal verbs, negations and the like count."""

_KNOWN = frozenset(FIELD_NAMES)
_LONGEST_FRONT_MATTER = 64_000

# Levelled: punctuation, quotes, dashes, and the marks of emphasis, headings, lists and code. Whatever is in no
# list (signs of comparison, currencies, %, |, scripts we know nothing about) counts, sign by sign.
_LEVELLED = re.escape(".,;:!?\"'()[]{}*_#`\\-‐‑‒–—―…•·¡¿“”„‟«»‹›‘’‚‛。、，；：！？「」『』（）【】")

_TYPOGRAPHY = str.maketrans({**dict.fromkeys("‐‑‒–−﹣－", "-"), **dict.fromkeys("‘’ʼ´", "'")})

_TOKENS = (
    r"""
      https?://[^\s<>\[\]()"'|]*[^\s<>\[\]()"'|.,;:!?*_]
    | mailto:[^\s<>\[\]()"'|]*[^\s<>\[\]()"'|.,;:!?*_]
    | href=["']?[^"'\s>]*
    | src=["']?[^"'\s>]*
    | [^\W\d_]+(?:['_][^\W\d_]+)*
    | \]\(\s*<?[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*            # the target of a link or picture
    | \]:[ \t]*\S+                                              # of a link defined elsewhere
    | \[\[[^\[\]|\n]+                                           # of a wiki link
    | (?<=\d)(?:[-*]|\s+[-*]\s+)(?=\d)                          # 5-10, 5 * 10
    | (?:(?<![\w)\]])[+-])?\d+(?:[.,:]\d+)*                     # numbers, with sign and decimals
    | ~{3,} | ={2,} | !=                                        # the first two mark code and headings
    """
    rf"| [^\s\w{_LEVELLED}]"
)
_TOKEN = re.compile(_TOKENS, re.VERBOSE)
_TOKEN_OR_MAIL = re.compile(rf"[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+ | {_TOKENS}", re.VERBOSE)
_MARKERS = re.compile(r"^[ \t]*(?:(?:>|[-+*](?=[ \t]))[ \t]*)+", re.MULTILINE)
_ORDERED = re.compile(r"^([ \t]*)(\d{1,9})[.)](?=[ \t])", re.MULTILINE)
_SIMPLE = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*(?:-[0-9]+)?")  # most values: a role, an id
_CODE = re.compile(r"`|~~~")
_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the front matter that counts: its values, each levelled and as typed."""

    name: str
    values: tuple[tuple[str, str], ...]
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Substance:
    """A text reduced to what counts: fields by name, and the words of the body in their order; `typed` are the same
    words as they were typed."""

    fields: tuple[Field, ...]
    words: tuple[str, ...]
    typed: tuple[str, ...]

    def canonical(self) -> str:
        """One string; equal for two texts that differ in nothing of substance."""
        fields = (f"{field.name}={'|'.join(field.counts)}" for field in self.fields if field.counts)
        return "\n".join((*fields, "", "\n".join(self.words)))


@lru_cache(maxsize=8)
def substance(text: str) -> Substance:
    """Reduce the text of a document's file to its substance.

    Kept for a while, since each revision is compared with the one before and the one after.
    """
    parts = split(normalised(text), _KNOWN)
    fields, loose = _fields(parts.fence, parts.front)
    typed = (*loose, *typed_words(parts.body))
    return Substance(fields, tuple(_levelled(typed, text)), typed)


def where_they_differ(old: str, new: str) -> tuple[Substance, Substance]:
    """Reduce two texts of a file to their substance, leaving out what surrounds the paragraphs that differ.

    That spares most of the work where little has changed. What is left out is equal on both sides; where it might
    read otherwise for what has changed (a list that is counted on, a comment), nothing is left out.
    """
    before, after = split(normalised(old), _KNOWN), split(normalised(new), _KNOWN)
    if before.fence is after.fence and before.front == after.front and "<!--" not in before.body:
        a, b = before.body.split(_PARAGRAPH), after.body.split(_PARAGRAPH)
        above = _alike(a, b)
        below = _alike(a[above:][::-1], b[above:][::-1])
        tails = (_PARAGRAPH.join(part[above:]) for part in (a, b))
        if not any(_ORDERED.search(tail) or "<!--" in tail for tail in tails):
            return (
                _of_words(_PARAGRAPH.join(a[above : len(a) - below]), before.body),
                _of_words(_PARAGRAPH.join(b[above : len(b) - below]), after.body),
            )
    return substance(old), substance(new)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal paragraphs both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _of_words(part: str, body: str) -> Substance:
    typed = tuple(typed_words(part))
    return Substance((), tuple(_levelled(typed, body)), typed)


def fields_of(text: str) -> tuple[Field, ...]:
    """The fields of the front matter of a document's file; none where it cannot be read."""
    parts = split(normalised(text), _KNOWN)
    return _fields(parts.fence, parts.front)[0]


def levelled_words(text: str) -> list[str]:
    """The words, numbers and signs of a text that count, in lower case; links as their targets."""
    return _levelled(typed_words(text), text)


def _levelled(words: Iterable[str], text: str) -> list[str]:
    # Addresses are rare, and most texts can be asked at once whether they hold any.
    if "](" in text or "]:" in text or "://" in text or "mailto:" in text or "href" in text or "src" in text:
        return [level(word) for word in words]
    return [word.strip().lower() for word in words]


def typed_words(text: str) -> list[str]:
    """The words, numbers and signs of a text that count, as typed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", ZERO_WIDTH.sub("", text)).translate(_TYPOGRAPHY)
    if "&" in text:
        text = html.unescape(text)
    if "<!--" in text and not _CODE.search(text):
        text = _without_comments(text)
    if _ORDERED.search(text):
        text = _without_numbering(text)
    token = _TOKEN_OR_MAIL if "@" in text else _TOKEN
    return [word for word in token.findall(_MARKERS.sub(". ", text)) if word[0] not in "~=" or len(word) < 2]


def level(word: str) -> str:
    """A word as it counts: addresses as typed, all else without capital letters and spacing."""
    if word.startswith(("](", "]:", "http", "mailto:", "href", "src")) and len(word) > 6:
        return word.replace(" ", "").replace("<", "")
    return word.strip().lower()


def _without_comments(text: str) -> str:
    """Take HTML comments away; one that is never closed stays."""
    kept: list[str] = []
    start = 0
    while (opening := text.find("<!--", start)) >= 0 and (end := text.find("-->", opening)) >= 0:
        kept += (text[start:opening], " ")
        start = end + 3
    return "".join((*kept, text[start:]))


def _without_numbering(text: str) -> str:
    """Take the numbers of ordered lists away, where they only count on: a list renumbered is the same list.

    A number that begins a line and does not count on ("24. December", the end of a wrapped sentence) stays.
    """
    last: dict[int, int] = {}
    lines = text.split("\n")
    blank, in_list = True, False
    for at, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            blank, in_list = True, False
            continue
        found = _ORDERED.match(line)
        if found:
            depth, number = len(found[1].expandtabs()), int(found[2])
            if number == 1 or (
                (blank or in_list) and depth in last and number in (last[depth], last[depth] + 1)
            ):
                lines[at] = f"{found[1]}. {line[found.end() :]}"
            if number == 1 or blank or in_list:
                last[depth] = number
                in_list = True
        elif stripped[:2] in ("- ", "* ", "+ "):
            in_list = True
        elif blank and line[0] not in " \t":
            last.clear()
        blank = False
    return "\n".join(lines)


@lru_cache(maxsize=1_024)
def _fields(fence: Fence, text: str) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """The fields that front matter holds, and the words of front matter that cannot be read.

    Kept, because most revisions of a document touch its text alone.
    """
    if fence is Fence.NONE or not text.strip():
        return (), ()
    if len(text) > _LONGEST_FRONT_MATTER:
        return (), tuple(typed_words(text))
    tree: Node | None
    errors: tuple[TreeError, ...] = ()
    try:
        tree = parse_toml(text, "") if fence is Fence.TOML else parse_yaml(text, "")
    except TreeError as error:
        tree, errors = (None, (error,)) if fence is Fence.TOML else salvage(text, "", 1, error)
    if errors or not isinstance(tree, Table):
        # What is broken is compared word by word: nothing in it may go unnoticed.
        return (), tuple(typed_words(text))
    found = [_field(key.text.strip().lower(), value) for key, value in tree.entries]
    return tuple(sorted((field for field in found if field.values), key=_order)), ()


def _order(field: Field) -> tuple[str, tuple[tuple[str, str], ...]]:
    return field.name, field.values


def _field(name: str, value: Node) -> Field:
    values = tuple(sorted(_values(value)))
    if name in NAMING or (name == "status" and [levelled for levelled, _ in values] == ["active"]):
        # Active is what a document is that says nothing of its status.
        return Field(name, values, ())
    if name in DESCRIBING:
        weighty = (word for levelled, _ in values for word in levelled.split() if is_weighty(word))
        return Field(name, values, tuple(weighty))
    return Field(name, values, tuple(levelled for levelled, _ in values))


def _values(node: Node) -> Iterator[tuple[str, str]]:
    """Each value of a key, levelled and as typed. The order of a list means nothing."""
    for item in node.items if isinstance(node, Listing) else (node,):
        levelled = _levelled_value(item)
        if levelled:
            yield levelled, shown(item)


def _levelled_value(node: Node) -> str:
    if isinstance(node, Scalar):
        if _SIMPLE.fullmatch(node.text):
            return "" if node.empty else node.text.lower().replace("-", " ")
        return "" if node.empty else " ".join(levelled_words(node.text))
    if isinstance(node, Listing):
        return "; ".join(sorted(filter(None, map(_levelled_value, node.items))))
    entries = sorted((key.text.strip().lower(), _levelled_value(value)) for key, value in node.entries)
    # The reason stands last, where a slip in it can be told from a change of the target.
    filled = sorted(
        ((key, value) for key, value in entries if value), key=lambda entry: entry[0] == "because"
    )
    if [key for key, _ in filled] == ["to"]:
        return filled[0][1]
    return "; ".join(f"{key}: {value}" for key, value in filled)
