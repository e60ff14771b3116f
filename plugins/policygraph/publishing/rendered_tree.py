"""A publication as a tree of plain files that any engine can turn into a site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import yaml

from policygraph.publishing.appearance import logo_uri
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.escaping import title_text
from policygraph.publishing.missing_page import MISSING, missing_page
from policygraph.publishing.publication import NavItem, Publication
from policygraph.settings import Settings
from policygraph.words import ENGLISH, _, speaking

CONFIGURATION = "mkdocs.yml"
"""The engine's configuration, at the top of the tree."""

PAGES = "docs"
"""The folder of the pages."""

TEMPLATES = "theme"
"""The folder of the templates that take the place of the theme's own."""

MARKDOWN_INSIDE = "md_in_html"
"""The Markdown extension that reads the text of a document inside an element that says its language."""

_MARKDOWN_INSIDE = re.compile(r'^<div lang="[^"]*" markdown="1">$', re.MULTILINE)
_NOTE = """\
# Written by `policygraph render`. MkDocs and Zensical read it. Change it as you like: once changed, it is
# left alone when the pages are written again.
"""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def rendered_tree(publication: Publication, settings: Settings) -> Mapping[str, bytes]:
    """Return every file of the tree by its path: the pages and assets below `docs/`, and the configuration."""
    files: dict[str, bytes] = {}
    for asset in publication.assets:
        files[page_path(asset.uri)] = asset.content
    for redirect in publication.redirects:
        files.setdefault(page_path(redirect.uri), redirect.content)
    for page in publication.pages:
        files[page_path(page.uri)] = page.text.encode("utf-8", "replace")
    with speaking(words_in(settings.language)):
        files[f"{TEMPLATES}/{MISSING}"] = missing_page().encode()
    files[CONFIGURATION] = configuration(publication, settings)
    return MappingProxyType(files)


def page_path(uri: str) -> str:
    """The path in the tree of a page or file of the site.

    Raises:
        ValueError: where it would leave the tree.
    """
    path = PurePosixPath(uri)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in uri or "\0" in uri:
        raise ValueError(f"'{uri}' is no path inside a site.")
    return f"{PAGES}/{path}"


def configuration(publication: Publication, settings: Settings) -> bytes:
    """The configuration under which MkDocs with Material, or Zensical, builds the tree."""
    with speaking(words_in(settings.language)) as words:
        return _configuration(publication, settings, words.code)


def _configuration(publication: Publication, settings: Settings, language: str) -> bytes:
    data: dict[str, Any] = {"site_name": title_text(settings.name) or _("Handbook")}
    if settings.description:
        data["site_description"] = title_text(settings.description)
    contents: dict[str, object] = {"permalink": True}
    if language != ENGLISH.code:
        contents["permalink_title"] = _("Permanent link")
    extensions: list[object] = ["attr_list", "footnotes", "tables", {"toc": contents}]
    if any(_MARKDOWN_INSIDE.search(page.text) for page in publication.pages):
        extensions.insert(2, MARKDOWN_INSIDE)
    logo = logo_uri(settings.appearance)
    data |= {
        "docs_dir": PAGES,
        "theme": {
            "name": "material",
            "custom_dir": TEMPLATES,
            "language": language,
            # Fonts would be fetched from another host.
            "font": False,
            **({"logo": logo, "favicon": logo} if logo else {}),
            "features": [
                "navigation.tabs",
                "navigation.prune",
                "navigation.indexes",
                "navigation.top",
                "search.suggest",
                "search.highlight",
                "toc.follow",
            ],
            "palette": [
                {
                    "media": "(prefers-color-scheme: light)",
                    "scheme": "default",
                    "toggle": {"icon": "material/weather-night", "name": _("Use dark colours")},
                },
                {
                    "media": "(prefers-color-scheme: dark)",
                    "scheme": "slate",
                    "toggle": {"icon": "material/weather-sunny", "name": _("Use light colours")},
                },
            ],
        },
        "plugins": ["search"],
        "markdown_extensions": extensions,
        "extra_css": list(publication.stylesheets),
        "extra_javascript": [{"path": uri, "defer": True} for uri in publication.scripts],
        "validation": {
            # Pages that the navigation does not name are reached by links.
            "nav": {"omitted_files": "ignore"},
            "links": {
                "anchors": "warn",
                "not_found": "warn",
                "absolute_links": "warn",
                "unrecognized_links": "warn",
            },
        },
        "nav": _nav(publication.nav),
    }
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return (_NOTE + text).encode("utf-8", "replace")


def _nav(items: tuple[NavItem, ...]) -> list[dict[str, Any]]:
    return [{title_text(item.title): item.uri if item.uri else _nav(item.items)} for item in items]
