"""How the Markdown of a document becomes HTML: with what the site itself uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown


@dataclass(frozen=True, slots=True)
class MarkdownStyle:
    """The Markdown extensions of the site with their options, so that paper and page show the same."""

    extensions: Sequence[Any] = ("attr_list", "fenced_code", "footnotes", "tables", "toc")
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def converter(self) -> Markdown:
        """A converter that nothing has been read with yet."""
        options = {name: dict(values) for name, values in self.options.items()}
        # A sign beside each heading is for those who can click it.
        options["toc"] = {**options.get("toc", {}), "permalink": False}
        return Markdown(extensions=list(self.extensions), extension_configs=options)


DEFAULT = MarkdownStyle()
"""What every site has."""
