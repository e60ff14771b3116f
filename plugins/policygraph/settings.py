"""The handbook's settings: one schema, read the same way by every door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policygraph.model.document import Status
from policygraph.model.finding import Severity
from policygraph.model.interval import Interval
from policygraph.model.place import Place
from policygraph.model.reference import BUILT_IN_RELATIONS, Relation

DEFAULT_TYPES = ("policy", "standard", "procedure", "plan", "guideline", "declaration")

FIELD_NAMES = (
    "id",
    "title",
    "type",
    "status",
    "area",
    "owner",
    "approver",
    "summary",
    "why",
    "aliases",
    "tags",
    "applies_to",
    "visibility",
    "review_every",
    "effective",
    "expires",
    "satisfies",
    "references",
    "not_related",
    "records",
    "basis",
    "former_ids",
    "replaced_by",
    "lang",
    "allow",
)
"""Every front matter key with a meaning, in the order an author would type them."""

ENGINE_KEYS = frozenset({"search", "template", "hide", "description", "icon", "date"})
"""Keys that publishing engines read; no finding is due for them."""


class SettingsError(Exception):
    """Settings that cannot be used. The message is one sentence for the author."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a field comes from in foreign front matter.

    `prefix` is put before every value (`20` → `EIP-20`); `relation` is what references found under this key
    mean.
    """

    key: str
    prefix: str = ""
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A folder of documents with a name for readers."""

    id: str
    title: str
    description: str = ""


class FeedbackKind(StrEnum):
    """How a reader tells the owner that a passage is no longer true."""

    MAIL = "mail"
    ISSUE = "issue"
    FORM = "form"
    NONE = "none"


OWNER = "owner"
"""The address of mail that goes to the role that owns the document."""

FEEDBACK_WORDS = ("id", "title", "url", "passage", "body")
"""What the address of an issue or of a form may hold in braces."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Where "Is this still true?" leads: a mail address or `owner`, or a web address with words in braces."""

    kind: FeedbackKind = FeedbackKind.MAIL
    to: str = OWNER


LETTERS = ("sans", "serif")
"""What the text of a document may be set in; titles have serifs."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the published handbook looks like: a colour for light and one for dark paper, the file of a logo, letters.

    Empty means the usual; without a `colour_dark` a lighter tone of the colour is taken.
    """

    colour: str = ""
    colour_dark: str = ""
    logo: str = ""
    text: str = LETTERS[0]


@dataclass(frozen=True, slots=True)
class Settings:
    """What `handbook.yml` says. Paths are relative to the file.

    `url` is the address of the published handbook, ending in a slash; empty where it is not known.

    `documents` is the folder of the documents and `registers` the folder of registers below it; `exclude`
    holds gitignore patterns. `frameworks` lists the frameworks the organisation works to, in order; empty
    means those that documents name. `rules` gives a severity by rule code, None for off.
    `word_budget` is the number of words that a document may have, by type; the empty type means all others.
    `branch` is the git branch that counts as published, empty for the usual one.
    """

    name: str = "Handbook"
    organisation: str = ""
    description: str = ""
    url: str = ""
    language: str = "en"
    documents: str = "."
    registers: str = "registers"
    exclude: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    catalogs: tuple[str, ...] = ()
    relations: Mapping[str, Relation] = field(
        default_factory=lambda: {relation.name: relation for relation in BUILT_IN_RELATIONS}
    )
    types: tuple[str, ...] = DEFAULT_TYPES
    areas: Mapping[str, Area] = field(default_factory=dict)
    fields: Mapping[str, tuple[FieldSource, ...]] = field(default_factory=dict)
    id_patterns: tuple[re.Pattern[str], ...] = ()
    title_from: tuple[str, ...] = ("front matter", "heading", "file name")
    statuses: Mapping[str, Status] = field(default_factory=dict)
    ignore_keys: frozenset[str] = frozenset()
    declare_relations: bool = False
    review_every: Interval | None = None
    word_budget: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    branch: str = ""
    feedback: Feedback = Feedback()
    appearance: Appearance = Appearance()
    file: str = ""

    def sources_of(self, name: str) -> tuple[FieldSource, ...]:
        """The front matter keys that hold a field: its own name unless the settings map it."""
        return self.fields.get(name) or (FieldSource(name),)
