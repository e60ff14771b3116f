"""The one place that turns a page's source path into a URL, and an id into a file name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from posixpath import relpath
from urllib.parse import quote

from policygraph.model.document import Document
from policygraph.model.framework import Clause, Framework
from policygraph.publishing.publication import MOST_ROWS, SiteStyle

_UNSAFE = re.compile(r"[^\w.-]+")
EXCEPTIONS_ON_A_PAGE = 100
_FOLDER_PAGES = ("index", "README")


def file_name(id: str) -> str:
    """Return a file name (without suffix) for an id: safe in a URL and on every file system.

    Where characters had to go, a short hash keeps two names apart.
    """
    safe = _UNSAFE.sub("-", id).strip("-.").lower()
    if safe == id.lower() and safe and len(safe) <= 80:
        return safe
    return f"{safe[:60]}-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".strip("-")


def framework_name(framework: str) -> str:
    """The file name of a framework's pages; one called "index" must not take the place of a folder's own page."""
    name = file_name(framework)
    return f"{name}-framework" if name in ("index", "readme") else name


def framework_uri(framework: str) -> str:
    """The source path of a framework's page."""
    return f"audit/frameworks/{framework_name(framework)}.md"


def clause_anchor(id: str) -> str:
    """The anchor of a clause on its framework's page."""
    return f"clause-{file_name(id)}"


def clause_uri(framework: Framework, clause: Clause) -> str:
    """The source path of the page that holds a clause: a large framework has one for each outermost group."""
    whole = framework_uri(framework.id)
    if len(framework.clauses) <= MOST_ROWS:
        return whole
    top = clause
    seen = {clause.id}
    while top.parent and top.parent not in seen:
        seen.add(top.parent)
        top = framework.clauses.get(top.parent, top)
    return f"{whole.removesuffix('.md')}/{file_name(top.id) if top.group else 'other'}.md"


def exception_uri(number: int) -> str:
    """The source path of the page that holds an exception, by its number in the order of the list."""
    page = number // EXCEPTIONS_ON_A_PAGE
    return f"audit/exceptions/part-{page + 1}.md" if page else "audit/exceptions/index.md"


class Links:
    """Makes the links of generated HTML, which engines leave untouched."""

    def __init__(
        self, style: SiteStyle, folder: str, frameworks: Mapping[str, Framework] | None = None
    ) -> None:
        self._style = style
        self.tells_languages = style.tells_languages
        self._frameworks = frameworks or {}
        self._folder = folder
        self._urls: dict[str, str] = {}
        self._quoted: dict[tuple[str, str], tuple[str, ...]] = {}

    def document_uri(self, path: str) -> str:
        """The source path in the site of a document's page."""
        inner = path.removeprefix(f"{self._folder}/")
        return f"{self._style.documents_at}/{inner}" if self._style.documents_at else inner

    def clause_uri(self, key: str) -> str:
        """The source path of the page that holds a clause, by its qualified id."""
        name, _, id = key.partition(":")
        framework = self._frameworks.get(name.lower())
        clause = framework.clauses.get(id) if framework else None
        return clause_uri(framework, clause) if framework and clause else framework_uri(name)

    def own_page_uri(self, path: str) -> str | None:
        """The source path in the site of one of the site's own pages, by its path in the project."""
        folder = self._style.pages_at
        if folder is None or not path.endswith(".md"):
            return None
        return path.removeprefix(f"{folder}/") if not folder or path.startswith(f"{folder}/") else None

    def sheet_uri(self, document: Document) -> str:
        """The source path of a document's audit sheet, at the document's own path in a folder of its own."""
        inner = document.path.removeprefix(f"{self._folder}/").rpartition(".")[0]
        return f"audit/documents/{inner}.md"

    def history_uri(self, document: Document) -> str:
        """The source path of a document's history, at the document's own path in a folder of its own."""
        return f"audit/history/{self.sheet_uri(document).removeprefix('audit/documents/')}"

    def url(self, uri: str) -> str:
        """The address of a page below the site's root."""
        found = self._urls.get(uri)
        if found is None:
            found = self._urls[uri] = self._url(uri)
        return found

    def _url(self, uri: str) -> str:
        if not uri.endswith((".md", ".markdown")):
            return uri
        stem = uri.rpartition(".")[0]
        folder, _, name = stem.rpartition("/")
        if name in _FOLDER_PAGES:
            page = f"{folder}/" if folder else ""
            return page if self._style.directory_urls else f"{page}index.html"
        return f"{stem}/" if self._style.directory_urls else f"{stem}.html"

    def href(self, page: str, target: str, anchor: str = "") -> str:
        """A relative link, safe in HTML once escaped, from one page to another (both as source paths)."""
        fragment = f"#{quote(anchor, safe='')}" if anchor else ""
        if page == target and anchor:
            return fragment
        if self._style.html_links == "files":
            return _relative(self._parts(page, page), self._parts(target, target)) + fragment
        return self.address(page, target) + fragment

    def address(self, page: str, target: str) -> str:
        """The relative address of a page as seen from another, for scripts: no engine rewrites these."""
        return _relative(self._parts(page, self.url(page)), self._parts(target, self.url(target)))

    def web_address(self, base: str, target: str, anchor: str = "") -> str:
        """The whole address of a page, on a site whose address is `base`."""
        fragment = f"#{quote(anchor, safe='')}" if anchor else ""
        return base + quote(self.url(target), safe="/.-_~") + fragment

    def _parts(self, uri: str, path: str) -> tuple[str, ...]:
        found = self._quoted.get((uri, path))
        if found is None:
            found = self._quoted[uri, path] = tuple(quote(path, safe="/.-_~").split("/"))
        return found

    def markdown(self, page: str, target: str, anchor: str = "") -> str:
        """A relative source path for a Markdown link, which the engine turns into a URL."""
        fragment = f"#{quote(anchor, safe='')}" if anchor else ""
        if page == target and anchor:
            return fragment
        folder = page.rpartition("/")[0]
        return quote(relpath(f"/{target}", f"/{folder}"), safe="/.-_~") + fragment


def _relative(here: tuple[str, ...], there: tuple[str, ...]) -> str:
    """The link from one address to another, each split at its slashes; the last part is the page's own."""
    shared = 0
    for one, other in zip(here[:-1], there[:-1], strict=False):
        if one != other:
            break
        shared += 1
    up = "../" * (len(here) - 1 - shared)
    return (up + "/".join(there[shared:])) or "./"
