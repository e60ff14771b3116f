"""One pass over a document's Markdown: headings, links, statements and the prose for mentions.

pyromark (pulldown-cmark) does the parsing; see docs/policygraph/decisions/0001-markdown-parser.md. What differs between
CommonMark and the publishing engines and would change an anchor is levelled out in `policygraph.reading.markdown_parser`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, NamedTuple, TypedDict, TypeVar

from policygraph.model.document import Claim, Heading, Link, Origin, Statement
from policygraph.model.place import Passage, Place, Span, sentence_id
from policygraph.model.promise import TimedSentence, VagueWording
from policygraph.reading.block import MASK, Block, Positions, numbered_repeats, passage_of, quoted
from policygraph.reading.language import Language
from policygraph.reading.markdown_parser import MARKDOWN, tag_name
from policygraph.reading.promises import PromiseReader
from policygraph.reading.sentences import ADDRESS, sentence_around
from policygraph.reading.text import ZERO_WIDTH, Anchors

_CHOSEN_ANCHOR = re.compile(r"\{[^{}\n]*#([^\s{}#]+)[^{}\n]*\}")
# `!!! note`, `??? note` and `=== "Tab"` of Python-Markdown and Material: what is indented below is text.
_ADMONITION = re.compile(r"^((?: {4})*)(?:!!!|\?\?\?|===)(?=\+?[ \t]+[\w\"'])", re.MULTILINE)
_HTML_HEADING = re.compile(r"<h1\b", re.IGNORECASE)
_HTML_HEADING_END = re.compile(r"</h1\s*>", re.IGNORECASE)
_HTML_ANCHOR = re.compile(r"""<[a-z][^<>]{0,500}?\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")

# Tags and attributes that make a browser do something: scripts, frames, forms, event handlers, script links.
_ACTIVE = re.compile(
    r"<(?:/?\s*(?:script|iframe|frame|object|embed|applet|form|base|meta|link|style)\b"
    r"|[a-z][^<>]{0,2000}?[\s\"'/](?:on[a-z]{3,}\s*=|(?:href|src|action|formaction|data)\s*=\s*[\"']?\s*"
    r"(?:javascript|vbscript|data)\s*:))",
    re.IGNORECASE,
)

_INLINE_CONTAINERS = frozenset({"Emphasis", "Strong", "Strikethrough", "Subscript", "Superscript"})


@dataclass(slots=True)
class Scan:
    """What the pass found. `title_html` is a first-level heading written in HTML, if there is
    one; `anchors` are those that HTML in the text brings along;
    `broken_links` are wiki links that a table has cut in two."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    addresses: tuple[Span, ...] = ()
    active: tuple[Span, ...] = ()
    words: int = 0
    blocks: tuple[Block, ...] = ()
    title_html: str | None = None
    anchors: tuple[str, ...] = ()
    broken_links: tuple[tuple[Place, str], ...] = ()
    timed: tuple[TimedSentence, ...] = ()
    vague: tuple[VagueWording, ...] = ()
    pictures: tuple[tuple[Place, str], ...] = ()


Found = TypeVar("Found", Link, Statement, Claim, TimedSentence, VagueWording)


def _renamed(found: list[Found], again: Mapping[Passage, Passage]) -> tuple[Found, ...]:
    """What was found, with the passages that say something again under their own ids."""
    if not again:
        return tuple(found)
    return tuple(
        replace(one, passage=again[one.passage]) if one.passage is not None and one.passage in again else one
        for one in found
    )


class _Range(TypedDict):
    start: int
    end: int


class _OpenLink(NamedTuple):
    origin: Origin
    target: str
    start: int
    end: int
    position: int
    piece: int


class _FoundLink(NamedTuple):
    origin: Origin
    target: str
    label: str
    start: int
    end: int
    position: int


class Scanner:
    """Reads one body; used once."""

    def __init__(
        self,
        body: str,
        positions: Positions,
        language: Language,
        id_patterns: tuple[re.Pattern[str], ...] = (),
    ) -> None:
        self._body = body
        self._at = positions
        self._language = language
        self._patterns = id_patterns
        self._anchors = Anchors(_CHOSEN_ANCHOR.findall(body))
        self._headings: list[Heading] = []
        self._above: list[tuple[int, str]] = []
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._statements: list[Statement] = []
        self._claims: list[Claim] = []
        self._addresses: list[Span] = []
        self._words = 0
        self._title_html: str | None = None
        self._footnotes = 0
        self._images = 0
        self._pictures: list[tuple[Place, str]] = []
        self._in_code = False
        self._markers: set[int] = set()
        self._html: list[str] | None = None
        self._heading: tuple[int, str | None, Span] | None = None
        self._zero_width = "&" in body or ZERO_WIDTH.search(body) is not None
        self._active = [match.start() for match in _ACTIVE.finditer(body)]
        self._code: list[tuple[int, int]] = []
        self._broken_links: list[tuple[int, str]] = []
        self._own_anchors: list[str] = []
        self._in_head = False
        self._promises = PromiseReader(language)
        self._quotations = 0
        self._heads: list[str] = []
        self._column = 0
        self._row_ids: set[str] = set()
        self._row: list[tuple[Block, list[_FoundLink]]] | None = None
        self._reset()

    def _reset(self) -> None:
        self._plain: list[str] = []
        self._prose: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._length = 0
        self._open: list[tuple[int, int]] = []
        self._nested: list[tuple[int, int, int, int]] = []
        self._link: _OpenLink | None = None
        self._html_inside = False
        self._in_marker = False
        self._found: list[_FoundLink] = []

    def scan(self) -> Scan:
        """Return everything the body holds."""
        for event, span in MARKDOWN.events_with_range(self._parsed()):
            if isinstance(event, str):
                if event in ("SoftBreak", "HardBreak"):
                    if self._in_marker:
                        self._in_marker = False
                    elif not self._silent:
                        self._text(" ", self._at.character(span["start"]))
                continue
            kind, value = next(iter(event.items()))
            if kind == "Start":
                self._start(tag_name(value), value, span)
            elif kind == "End":
                self._end(tag_name(value), span)
            elif not self._silent:
                self._inline(kind, value, span)
        self._flush()
        again = numbered_repeats(self._blocks)
        return Scan(
            tuple(self._headings),
            _renamed(self._links, again),
            _renamed(self._statements, again),
            _renamed(self._claims, again),
            tuple(self._addresses),
            self._active_tags(),
            self._words,
            tuple(self._blocks),
            self._title_html,
            tuple(self._own_anchors),
            tuple((self._at.place(position), text) for position, text in self._broken_links),
            _renamed(self._promises.timed, again),
            _renamed(self._promises.vague, again),
            tuple(self._pictures),
        )

    def _active_tags(self) -> tuple[Span, ...]:
        # Whether it is code decides the parser; whether it is a tag must not, since the engine's may differ.
        code = self._code
        found = []
        for position in self._active:
            index = bisect_right(code, (position, len(self._body))) - 1
            if index < 0 or code[index][1] <= position:
                found.append(Span(position, position + 1))
        return tuple(found)

    def _note_code(self, span: _Range) -> None:
        if self._active:
            self._code.append((self._at.character(span["start"]), self._at.character(span["end"])))

    def _parsed(self) -> str:
        """The body as CommonMark understands it: an admonition becomes an item of a list, of the same length."""
        self._markers = {match.end(1) + 2 for match in _ADMONITION.finditer(self._body)}
        return _ADMONITION.sub(r"\1- !", self._body) if self._markers else self._body

    @property
    def _silent(self) -> bool:
        """Whether what comes is no text: code, footnotes, pictures. A picture that is a link has its words."""
        return bool(self._footnotes or self._in_code or (self._images and self._link is None))

    def _start(self, name: str, value: Any, span: _Range) -> None:
        if name == "FootnoteDefinition":
            self._flush()
            self._footnotes += 1
        elif self._footnotes:
            return
        elif name == "CodeBlock":
            self._flush()
            self._note_code(span)
            self._in_code = True
        elif name == "HtmlBlock":
            self._flush()
            self._html = []
        elif name == "Link":
            character = self._at.character
            self._open_link(value["Link"], character(span["start"]), character(span["end"]))
        elif name == "Image":
            self._images += 1
            self._pictures.append(
                (self._at.place(self._at.character(span["start"])), value["Image"]["dest_url"])
            )
        elif name in _INLINE_CONTAINERS:
            self._open.append((self._length, self._at.character(span["start"])))
        else:
            self._flush()
            if name == "Heading":
                details = value["Heading"]
                stretch = Span(self._at.character(span["start"]), self._at.character(span["end"]))
                self._heading = (int(details["level"][1]), details["id"], stretch)
            elif name in ("TableRow", "TableHead"):
                self._row = []
                self._column = 0
                self._in_head = name == "TableHead"
                if self._in_head:
                    self._heads = []
            elif name == "BlockQuote":
                self._quotations += 1

    def _end(self, name: str, span: _Range) -> None:
        if name == "FootnoteDefinition":
            self._footnotes -= 1
            self._reset()
        elif self._footnotes:
            return
        elif name == "CodeBlock":
            self._in_code = False
        elif name == "HtmlBlock":
            self._html_block("".join(self._html or ()))
            self._html = None
        elif name == "Link":
            self._close_link()
        elif name == "Image":
            self._images -= 1
        elif name in _INLINE_CONTAINERS:
            if self._open:
                start, source = self._open.pop()
                self._nested.append((start, self._length, source, self._at.character(span["end"])))
        elif name == "Heading" and self._heading:
            self._finish_heading(self._heading)
            self._heading = None
        else:
            self._flush()
            if name in ("TableRow", "TableHead"):
                self._flush_row()
                self._in_head = False
            elif name == "TableCell":
                self._column += 1
            elif name == "BlockQuote":
                self._quotations -= 1

    def _inline(self, kind: str, value: Any, span: _Range) -> None:
        source = self._at.character(span["start"])
        if source in self._markers:
            self._in_marker = True
        if self._in_marker:
            return
        if kind == "Text":
            self._text(value, source)
        elif kind == "Code":
            self._note_code(span)
            inner = self._body.find(value, source) if value else source
            start = self._length
            self._text(value, max(inner, source), masked=True)
            self._nested.append((start, self._length, source, self._at.character(span["end"])))
        elif kind == "Html" and self._html is not None:
            self._html.append(value)
            self._html_anchors(value)
        elif kind == "InlineHtml":
            self._html_anchors(value)
            if value[:3].lower() == "<br":
                self._text(" ", source)
            else:
                self._html_inside = True

    def _text(self, text: str, source: int, masked: bool = False) -> None:
        masked = masked or self._link is not None
        if self._zero_width:
            for part in re.finditer(f"[^{ZERO_WIDTH.pattern[1:-1]}]+", text):
                self._piece(part[0], source + part.start(), masked)
            return
        self._piece(text, source, masked)

    def _piece(self, text: str, source: int, masked: bool) -> None:
        if not text:
            return
        self._pieces.append((self._length, source))
        self._plain.append(text)
        self._prose.append(MASK * len(text) if masked else text)
        self._length += len(text)

    def _html_anchors(self, html: str) -> None:
        self._own_anchors.extend(found[1] for found in _HTML_ANCHOR.finditer(html))

    def _open_link(self, link: dict[str, Any], start: int, end: int) -> None:
        origin = Origin.WIKI_LINK if "WikiLink" in link["link_type"] else Origin.MARKDOWN_LINK
        target = link["dest_url"]
        if origin is Origin.WIKI_LINK:
            target = target.removesuffix("\\").strip()
        elif link["link_type"] in ("Autolink", "Email"):
            target = ""
        self._link = _OpenLink(origin, target, start, end, self._length, len(self._plain))

    def _close_link(self) -> None:
        if self._link is None:
            return
        link, self._link = self._link, None
        if self._length == link.position:
            self._piece("↗", link.start, masked=True)  # a picture without words, and yet a link
        self._nested.append((link.position, self._length, link.start, link.end))
        label = "".join(self._plain[link.piece :]).strip()
        self._found.append(_FoundLink(link.origin, link.target, label, link.start, link.end, link.position))

    def _html_block(self, html: str) -> None:
        if self._title_html is not None or (opening := _HTML_HEADING.search(html)) is None:
            return
        start = html.find(">", opening.end()) + 1
        if start and (closing := _HTML_HEADING_END.search(html, start)):
            text = unescape(_TAG.sub("", html[start : closing.start()]))
            self._title_html = _SPACES.sub(" ", text).strip() or None

    def _finish_heading(self, heading: tuple[int, str | None, Span]) -> None:
        level, chosen, stretch = heading
        text = _SPACES.sub(" ", "".join(self._plain)).strip()
        anchor = chosen or self._anchors.of(text)
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        path = tuple(title for _, title in self._above)
        self._above.append((level, text))
        content = self._heading_content(stretch)
        self._headings.append(Heading(level, text, anchor, self._at.place(stretch.start), path, content))
        self._words += len(text.split())
        for link in self._found:
            place = self._at.place(link.start)
            passage = Passage(anchor, place, text, (*path, text), anchor)
            self._links.append(
                Link(link.origin, link.target, link.label, place, Span(link.start, link.end), passage)
            )
        self._reset()

    def _heading_content(self, stretch: Span) -> Span:
        """Where the words of a heading stand, without the hashes before or the line below them."""
        raw = self._body[stretch.start : stretch.end].rstrip()
        if raw.startswith("#"):
            start = stretch.start + len(raw) - len(raw.lstrip("#").lstrip(" \t"))
            end = self._body.find("\n", start)
            return Span(start, end if end >= 0 else len(self._body))
        return Span(stretch.start, stretch.start + len(raw.rpartition("\n")[0]))

    def _flush(self) -> None:
        self._in_marker = False
        if not self._length:
            if self._found or self._open or self._nested:
                self._reset()
            return
        section = self._headings[-1].anchor if self._headings else ""
        block = Block(
            "".join(self._plain),
            "".join(self._prose),
            self._pieces,
            tuple(title for _, title in self._above),
            section,
            nested=self._nested,
            html_inside=self._html_inside,
            names_column=self._in_head,
        )
        found = self._found
        self._reset()
        self._blocks.append(block)
        self._words += len(block.plain.split())
        if self._row is not None:
            if self._in_head:
                self._heads += [""] * (self._column - len(self._heads)) + [block.plain.strip()]
            elif self._column < len(self._heads):
                block.head = self._heads[self._column]
            self._row.append((block, found))
        else:
            self._finish_block(block, found)

    def _flush_row(self) -> None:
        row, self._row = self._row or [], None
        self._row_ids.clear()
        for block, _ in row:
            start = block.prose.find("[[")
            if start >= 0 and "]]" not in block.prose[start:]:
                # The bar that was meant to part name and words has parted two cells.
                self._broken_links.append((block.offset(start), block.plain[start:].strip()))
        cells = (_SPACES.sub(" ", ADDRESS.sub("", block.plain)).strip() for block, _ in row)
        whole = " · ".join(text for text in cells if text)
        quote = (sentence_id(whole), quoted(whole))
        for block, found in row:
            block.whole = quote
            self._finish_block(block, found)

    def _finish_block(self, block: Block, found: list[_FoundLink]) -> None:
        for link in found:
            passage = self.passage(block, link.position)
            place = self._at.place(link.start)
            self._links.append(
                Link(link.origin, link.target, link.label, place, Span(link.start, link.end), passage)
            )
        for pattern in self._patterns:
            for match in pattern.finditer(block.prose):
                begin, finish = block.offset(match.start()), block.offset(match.end())
                self._links.append(
                    Link(
                        Origin.ID_PATTERN,
                        match[1] if pattern.groups else match[0],
                        match[0],
                        self._at.place(begin),
                        Span(begin, finish),
                        self.passage(block, match.start()),
                    )
                )
        addressed: set[tuple[int, int]] = set()
        for match in ADDRESS.finditer(block.prose) if "{" in block.prose else ():
            bound = sentence_around(block.bounds(self._language), match.start())
            start = block.offset(match.start())
            if not block.plain[bound[0] : match.start()].strip() or not self._body[start - 1].isspace():
                continue  # glued to a link or a picture, or without a sentence: attributes for the engine
            self._addresses.append(Span(start, block.offset(match.end() - 1) + 1))
            if bound not in addressed:  # one sentence has one address
                addressed.add(bound)
                self._address(block, bound, match)
        # A table's head names what stands below it and binds nobody.
        binding = not self._in_head and self._language.normative.search(block.prose) is not None
        if binding:
            for bound in block.bounds(self._language):
                if bound not in addressed:
                    self._statement(block, bound)
        if not self._in_head:
            self._promises.read(
                block, self.passage, self._at.place, binding=binding, quotation=self._quotations > 0
            )

    def _statement(self, block: Block, bound: tuple[int, int]) -> None:
        verb = self._language.normative.search(block.prose, *bound)
        if verb is None:
            return
        before = block.plain[bound[0] : verb.start()]
        if before.count("“") > before.count("”"):
            return  # somebody else's words
        passage = self.passage(block, bound[0])
        if block.whole and passage.id in self._row_ids:
            return  # a row of a table is quoted whole, once
        self._row_ids.add(passage.id)
        modality = self._language.modality_of(verb[0], before)
        self._statements.append(Statement(modality, verb[0], passage))

    def _address(self, block: Block, bound: tuple[int, int], match: re.Match[str]) -> None:
        passage = self.passage(block, bound[0])
        address = match["id"]
        if address:
            passage = replace(passage, id=address)
        verb = self._language.normative.search(block.prose, *bound)
        before = block.plain[bound[0] : verb.start()] if verb else ""
        modality = self._language.modality_of(verb[0] if verb else "must", before)
        self._statements.append(Statement(modality, verb[0] if verb else "", passage, address))
        place = self._at.place(block.offset(match.start()))
        self._claims.extend(
            Claim(item.strip(), place, passage)
            for item in (match["satisfies"] or "").split(",")
            if item.strip()
        )

    def passage(self, block: Block, position: int) -> Passage:
        """Return the sentence of a block that holds a position, as a passage."""
        return passage_of(block, position, self._at, self._language)


def scan(
    body: str, file: str, first_line: int, language: Language, id_patterns: tuple[re.Pattern[str], ...] = ()
) -> Scan:
    """Scan a body whose first line is line `first_line` of `file`."""
    return Scanner(body, Positions(file, body, first_line), language, id_patterns).scan()
