"""Publications of small handbooks, and a look at pages as a browser sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from builders import TODAY, book
from policygraph.judging.judge import judge
from policygraph.publishing.publication import Page, Publication, SiteStyle
from policygraph.publishing.site import publish
from policygraph.resolving.handbook import Handbook

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


def publication(handbook: Handbook, *, directory_urls: bool = True, home: bool = True) -> Publication:
    """Publish a handbook below `policies/`."""
    return publish(judge(handbook, TODAY), SiteStyle("policies", directory_urls, home))


def published(files: Mapping[str, str], settings: str = "") -> dict[str, Page]:
    """Publish a handbook made in memory; its pages by uri."""
    return {page.uri: page for page in publication(book(files, settings)).pages}


@dataclass
class Seen(HTMLParser):
    """What a browser makes of HTML: elements with their attributes, links, ids, text; and what is not closed."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute))]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def seen(html: str) -> Seen:
    """Read HTML."""
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser
