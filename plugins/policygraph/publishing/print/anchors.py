"""Where things stand in a printed volume, and what becomes of a link in it."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import join, normpath
from urllib.parse import quote, unquote, urlsplit

from policygraph.model.document import Document
from policygraph.publishing.escaping import safe_url

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
"""The kinds of pictures that are printed."""

SCHEME = "policygraph"
"""The scheme of the addresses under which a volume names its files: nothing else can be asked for."""


class Anchors:
    """The anchors of a volume's documents. Each document's own names stand apart from all others'."""

    def __init__(self, documents: Mapping[str, Document], known: Mapping[str, Document]) -> None:
        self._numbers = {path: number for number, path in enumerate(documents, start=1)}
        self._known = known
        self._named: dict[str, frozenset[str]] = {}
        self.pictures: dict[str, str] = {}

    def __contains__(self, path: object) -> bool:
        return path in self._numbers

    def document(self, path: str, name: str = "") -> str:
        """The anchor of a document, or of a name in it."""
        return f"d{self._numbers[path]}" + (f"--{name}" if name else "")

    def href(self, path: str, name: str = "") -> str:
        """The link to a document of the volume, or to a name in it; empty where the volume has no such document."""
        if path not in self._numbers:
            return ""
        return "#" + quote(self.document(path, name if name in self._names(path) else ""), safe="")

    def link(self, document: str, address: str) -> str | None:
        """What a link in a document's text leads to in the volume; None where it leads nowhere on paper."""
        text = address.strip()
        if text.startswith("#"):
            name = unquote(text[1:])
            return "#" + quote(self.document(document, name), safe="") if name else None
        inside = self._inside(document, text)
        if inside is None:
            outside = safe_url(text)
            return outside if outside is not None and not outside.startswith("/") else None
        path, name = inside
        return self.href(path, name) or None

    def picture(self, document: str, address: str, files: frozenset[str]) -> str | None:
        """The address under which a picture of the handbook is fetched; None for every other."""
        inside = self._inside(document, address.strip())
        if inside is None:
            return None
        path = inside[0]
        if path not in files or path[path.rfind(".") :].lower() not in PICTURES:
            return None
        return self.pictures.setdefault(path, f"{SCHEME}:picture/{len(self.pictures) + 1}")

    def _inside(self, document: str, address: str) -> tuple[str, str] | None:
        """The path from the project's root that a relative address means, and the name in it."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return None
        folder = document.rpartition("/")[0]
        return normpath(join(folder, unquote(parts.path))), unquote(parts.fragment)

    def _names(self, path: str) -> frozenset[str]:
        found = self._named.get(path)
        if found is None:
            document = self._known[path]
            passages = {s.passage.id for s in document.statements} | {k.passage.id for k in document.links}
            found = self._named[path] = document.anchors() | passages
        return found
