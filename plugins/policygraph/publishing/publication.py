"""A publication: pages as Markdown, files beside them, and the navigation; any engine can render it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MOST_ROWS = 300
"""Rows that one page may hold; longer tables are split."""


@dataclass(frozen=True, slots=True)
class SiteStyle:
    """What the pages must know about the site they will be part of.

    `directory_urls` tells whether `a.md` is served as `a/`. `documents_at` is the site's folder for the
    documents (empty for the top). `home` tells whether the publication brings the home page.
    `pages_at` is the project's folder that holds the site's own pages (empty for the project's root), None
    where there are none; `own_pages` whether there are such pages. `html_links` tells whether links in HTML are addresses, since the engine leaves them
    alone (MkDocs), or source files, since it turns these into addresses everywhere (Zensical, code hosts).
    `tells_languages` tells whether the text of a document in another language than the pages' says so by elements that
    are Markdown inside: our own Markdown extension does it better, where it runs.
    """

    documents_at: str
    directory_urls: bool = True
    home: bool = True
    pages_at: str | None = None
    own_pages: bool = False
    html_links: Literal["addresses", "files"] = "addresses"
    tells_languages: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `uri` is its source path in the site (`audit/register.md`).

    `text` begins with the front matter that engines read (title, description, search). `document` is the
    path of the document it publishes, if it publishes one.
    """

    uri: str
    title: str
    text: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is."""

    uri: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation: a page, or a section with entries of its own."""

    title: str
    uri: str | None = None
    items: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a handbook publishes. Pages that the navigation does not name are reached by links.

    `redirects` are files at old addresses; whatever else a site has in such a place comes before them. `heads`
    are what belongs in the head of a page's HTML, by the page, where an engine lets us put it there. `below` says of
    documents which page of the navigation they belong under: it need not name them all.
    """

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    nav: tuple[NavItem, ...]
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    redirects: tuple[Asset, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    below: Mapping[str, str] = field(default_factory=dict)
