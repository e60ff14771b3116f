"""Sources: what one file says, before names are resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policygraph.model.document import FrontMatter
from policygraph.model.framework import Framework
from policygraph.model.history import History
from policygraph.model.problem import Problem
from policygraph.reading.block import Positions
from policygraph.reading.comparisons import Comparisons
from policygraph.reading.registers import Registers
from policygraph.reading.scan import Scan
from policygraph.settings import Settings


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """One Markdown file, read on its own.

    `path` is relative to the project's root. `body` is the text without front matter, levelled (see
    `policygraph.reading.markdown_parser.levelled`), and begins on line `body_line` of the file. `text` is the whole
    file with its line endings levelled.
    """

    path: str
    front: FrontMatter
    body: str
    body_line: int
    scan: Scan
    lang: str
    stem: str
    suffix_lang: str | None = None
    text: str = ""
    problems: tuple[Problem, ...] = ()

    def positions(self) -> Positions:
        """Turns positions of the body into lines and columns of the file."""
        return Positions(self.path, self.body, self.body_line)


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that was read. `folder` is the documents' folder, relative to the project's root.

    `comparisons` is what comparing texts of the history has shown before.

    `files` holds the paths of all other files of the folder, so that links to them can be checked;
    `outside` tells whether a path outside the folder exists in the project.
    """

    settings: Settings
    folder: str
    documents: tuple[DocumentSource, ...] = ()
    registers: Registers = field(default_factory=Registers)
    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    history: History = field(default_factory=History)
    comparisons: Comparisons = field(default_factory=Comparisons, compare=False, repr=False)
    problems: tuple[Problem, ...] = ()
    logo: bytes = b""
