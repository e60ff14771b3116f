"""A document's text as it is printed: the site's Markdown, and nothing in it that could reach beyond the page."""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup

from policygraph.model.document import Document
from policygraph.publishing.document_text import body_text
from policygraph.publishing.escaping import html_text
from policygraph.publishing.links import Links
from policygraph.publishing.print.anchors import SCHEME, Anchors
from policygraph.publishing.print.style import MarkdownStyle
from policygraph.publishing.publication import SiteStyle
from policygraph.resolving.handbook import Handbook

_TAGS = frozenset(
    """a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody
    td tfoot th thead tr u ul var""".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "style", "scope"},
    "col": {"span"},
}
_CLASSES = frozenset(
    "admonition admonition-title footnote footnote-ref footnote-backref pg-unresolved".split()
)
_BIGGEST_SPAN = 50
_DEEPEST = 60
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_VOID = frozenset({"br", "col", "hr", "img"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class TextPrinter:
    """Prints the texts of the documents of one volume."""

    def __init__(
        self, handbook: Handbook, anchors: Anchors, files: frozenset[str], style: MarkdownStyle
    ) -> None:
        self._handbook = handbook
        self._anchors = anchors
        self._files = files
        self._links = Links(SiteStyle(documents_at=handbook.folder), handbook.folder, handbook.frameworks)
        self._markdown = style.converter()

    def text(self, document: Document) -> tuple[Markup, Markup]:
        """A document's title and the text below it, as HTML."""
        source = _CONTROL.sub("", body_text(document, self._handbook, self._links))
        try:
            html = self._clean(document, self._markdown.reset().convert(source))
        except RecursionError:
            html = ""
        if not html or _depth(html) > _DEEPEST:
            # Nested beyond what anybody reads, and beyond what a typesetter survives.
            return html_text(document.title), Markup("<pre>{}</pre>").format(source)
        before, title, below = _split(html)
        return Markup(title) or html_text(document.title), Markup(before + below)  # noqa: S704 - cleaned

    def _clean(self, document: Document, html: str) -> str:
        def kept(tag: str, name: str, value: str) -> str | None:
            return self._kept(document, tag, name, value)

        return nh3.clean(
            html,
            tags=set(_TAGS),
            clean_content_tags={"script", "style", "title", "template", "svg", "math"},
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            attribute_filter=kept,
            filter_style_properties={"text-align"},
            url_schemes={"http", "https", "mailto", SCHEME},
            link_rel=None,
        )

    def _kept(self, document: Document, tag: str, name: str, value: str) -> str | None:
        """What an attribute says on paper; None where it goes."""
        if name == "id":
            return self._anchors.document(document.path, value) if value.strip() else None
        if name == "class":
            return " ".join(word for word in value.split() if word in _CLASSES) or None
        if name == "href":
            return self._anchors.link(document.path, value)
        if name == "src":
            return self._anchors.picture(document.path, value, self._files)
        if name in ("colspan", "rowspan", "span", "start"):
            digits = value.strip()
            return (
                digits if digits.isdecimal() and digits.isascii() and int(digits) <= _BIGGEST_SPAN else None
            )
        return value


def _split(html: str) -> tuple[str, str, str]:
    """What stands before the title, the title, and what stands below it."""
    opening = re.search(r"<h1[^>]*>", html)
    if opening is None:
        return html, "", ""
    end = html.find("</h1>", opening.end())
    return html[: opening.start()], html[opening.end() : end], html[end + len("</h1>") :]


def _depth(html: str) -> int:
    """How deep elements are nested."""
    depth = deepest = 0
    for closing, tag in _TAG.findall(html):
        if tag in _VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest
