"""The Python-Markdown extension: `[[AI-08]]` and our anchors on any page, under any engine.

Documents of the handbook reach the engine with their links resolved already; this serves the pages beside
them. Without a door that hands it a handbook, it reads the one its option names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX

from policygraph.publishing.document_text import page_text
from policygraph.publishing.links import Links
from policygraph.publishing.publication import SiteStyle
from policygraph.publishing.whole_names import LONGEST_WHOLE, NUMBERED
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.reading.text import as_browsers_read, is_address, slug
from policygraph.resolving.pages import PageResolver
from policygraph.resolving.resolve import resolve

Rewrite = Callable[[str], str]
"""Takes a page's Markdown and returns it with its links into the handbook resolved."""

Language = Callable[[], str]
"""The language of the page that is being rendered, where it is not the site's; empty where it is."""


class PolicygraphExtension(Extension):
    """Resolves links into a handbook, and gives headings the anchors that `policygraph check` expects."""

    def __init__(
        self, rewrite: Rewrite | None = None, language: Language | None = None, **options: Any
    ) -> None:
        self.config = {
            "handbook": ["policies", "The handbook's folder or settings file"],
            "page": ["", "The path of the page from the project's root, where it is known"],
        }
        super().__init__(**options)
        self._rewrite = rewrite
        self._language = language

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Register with a Markdown instance."""
        rewrite = self._rewrite or _ReadOnDemand(self.getConfig("handbook"), self.getConfig("page"))
        # Before anything turns text into blocks, and after line ends are levelled (30).
        md.preprocessors.register(_Links(md, rewrite), "policygraph", 29)
        # After fenced code (25) is put aside, before HTML (20) is parsed; between the two MkDocs looks for anchors.
        own = _OwnHtml(md)
        md.preprocessors.register(own, "policygraph-html", 22)
        md.preprocessors.register(_OwnAnchors(md, own), "policygraph-anchors", 20.5)
        # After everything that makes links, and before MkDocs follows them (0).
        md.treeprocessors.register(_SafeLinks(md), "policygraph-safe-links", 0.5)
        # After the table of contents (5) has read the headings.
        md.treeprocessors.register(_Whole(md), "policygraph-whole", 0.3)
        if self._language is not None:
            md.treeprocessors.register(_Tongue(md, self._language), "policygraph-language", 0.4)
        toc = next((p for p in md.treeprocessors if hasattr(p, "slugify")), None)
        if toc is not None:
            toc.slugify = lambda value, separator: slug(value)


class _Links(Preprocessor):
    def __init__(self, md: Markdown, rewrite: Rewrite) -> None:
        super().__init__(md)
        self._rewrite = rewrite

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return self._rewrite(text).split("\n") if "[" in text else lines


_OWN_BLOCK = re.compile(r'<(div|nav|section|figure|p)\b[^>\n]*\bclass="pg-')
_ANCHOR = re.compile(r'<[^<>]*\sid="([^"]+)"')


class _OwnHtml(Preprocessor):
    """Puts the HTML blocks of published pages aside whole.

    They never hold an empty line, so they are found by their ends alone; Python-Markdown and MkDocs would each
    parse every tag of them, which for large tables takes longer than all the rest.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.anchors: frozenset[str] = frozenset()

    def run(self, lines: list[str]) -> list[str]:
        self.anchors = frozenset()
        text = "\n".join(lines)
        if 'class="pg-' not in text:
            return lines
        anchors: set[str] = set()
        chunks = text.split("\n\n")
        for number, chunk in enumerate(chunks):
            block = chunk.strip("\n")
            opening = _OWN_BLOCK.match(block)
            if not opening or not block.endswith(f"</{opening[1]}>"):
                continue
            if ' id="' in block:
                anchors.update(map(unescape, _ANCHOR.findall(block)))
            chunks[number] = self.md.htmlStash.store(block)
        self.anchors = frozenset(anchors)
        return "\n\n".join(chunks).split("\n")


class _OwnAnchors(Preprocessor):
    """Tells MkDocs of the anchors in what was put aside, so that it finds no link to one of them broken."""

    def __init__(self, md: Markdown, own: _OwnHtml) -> None:
        super().__init__(md)
        self._own = own

    def run(self, lines: list[str]) -> list[str]:
        for preprocessor in self.md.preprocessors:
            if isinstance(known := getattr(preprocessor, "present_anchor_ids", None), set):
                known.update(self._own.anchors)
        return lines


_SCRIPT = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)


class _SafeLinks(Treeprocessor):
    """Takes the address off links that would run something or that nobody can follow.

    However they came to be links: the engine's parser may see one where ours saw text.
    """

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            address = unescape(element.get("href", "")).replace(AMP_SUBSTITUTE, "&")
            if _SCRIPT.match(as_browsers_read(unescape(address))) or not is_address(address):
                element.attrib.pop("href", None)


_NOT_PROSE = ("pre", "h1", "h2", "h3", "h4", "h5", "h6")


class _Whole(Treeprocessor):
    """Keeps names such as AI-06 and `#ai-ideas` on one line: browsers break them after the hyphen."""

    def run(self, root: Element) -> None:
        inside_blocks = {code for block in root.iter("pre") for code in block.iter("code")}
        for element in list(root.iter()):
            if element.tag == "code":
                name = element.text or ""
                if element not in inside_blocks and "-" in name and _is_short_name(name):
                    element.set("class", " ".join(filter(None, (element.get("class"), "pg-whole"))))
            # A heading begins with its number, if it has one, where no line ends.
            elif isinstance(element.tag, str) and element.tag not in _NOT_PROSE:
                _keep_whole(element)


def _is_short_name(text: str) -> bool:
    return len(text) <= LONGEST_WHOLE and not re.search(r"\s", text) and STX not in text


def _keep_whole(element: Element) -> None:
    """Wrap the numbered names that stand in an element's own text and behind each of its children."""
    element.text, kept = _wrapped(element.text)
    for child in list(element):
        child.tail, names = _wrapped(child.tail)
        kept += [child, *names]
    if len(kept) > len(element):
        element[:] = kept


def _wrapped(text: str | None) -> tuple[str | None, list[Element]]:
    """What stands before the numbered names of a text, and each of them with what follows it."""
    found = list(NUMBERED.finditer(text or ""))
    if text is None or not found:
        return text, []
    names = []
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=True):
        name = Element("span", {"class": "pg-whole"})
        name.text = match[0]
        name.tail = text[match.end() : end]
        names.append(name)
    return text[: found[0].start()], names


class _Tongue(Treeprocessor):
    """Says which language a translation's text is in, so that it is read out and hyphenated as it should be."""

    def __init__(self, md: Markdown, language: Language) -> None:
        super().__init__(md)
        self._language = language

    def run(self, root: Element) -> None:
        if language := self._language():
            for element in root:
                # A whole block that is put aside as HTML is words of ours; a paragraph may begin with a mere tag.
                if len(element) or not HTML_PLACEHOLDER_RE.fullmatch(element.text or ""):
                    element.set("lang", language)


class _ReadOnDemand:
    """Reads the handbook when the first page asks for it."""

    def __init__(self, handbook: str, page: str) -> None:
        self._handbook = handbook
        self._page = page
        self._resolver: PageResolver | None = None
        self._links: Links | None = None

    def __call__(self, text: str) -> str:
        if "[[" not in text:
            return text
        if self._resolver is None or self._links is None:
            book = resolve(read_handbook(locate(Path(self._handbook), Path())))
            self._resolver = PageResolver(book)
            self._links = Links(SiteStyle(documents_at=book.folder), book.folder, book.frameworks)
        found = self._resolver.resolve(self._page or "page.md", text)
        return page_text(found, self._links, self._page or "page.md")


def makeExtension(**options: Any) -> PolicygraphExtension:  # noqa: N802 - the name is Python-Markdown's
    """Make the extension, as Python-Markdown asks for it."""
    return PolicygraphExtension(**options)
