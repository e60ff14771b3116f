"""Documents: what an author types and what is derived from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policygraph.model.interval import Interval
from policygraph.model.place import Passage, Place, Span
from policygraph.model.promise import TimedSentence, VagueWording
from policygraph.model.record_pointer import RecordPointer


class Status(StrEnum):
    """Where a document stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Visibility(StrEnum):
    """The widest readership that may see a document."""

    PUBLIC = "public"
    INTERNAL = "internal"
    AUDITOR = "auditor"


class Origin(StrEnum):
    """How a reference was written down."""

    FRONT_MATTER = "front matter"
    WIKI_LINK = "wiki link"
    MARKDOWN_LINK = "Markdown link"
    ID_PATTERN = "id pattern"


class Modality(StrEnum):
    """What a normative statement does."""

    DUTY = "must"
    BAN = "must not"
    PERMISSION = "may"


@dataclass(frozen=True, slots=True)
class DeclaredReference:
    """A reference in front matter, as typed: `target` may be an id, an alias, a title or a path."""

    target: str
    place: Place
    section: str = ""
    relation: str | None = None
    because: str | None = None
    relation_place: Place | None = None


@dataclass(frozen=True, slots=True)
class DeclaredDecision:
    """A recorded non-reference: no reference to `target` is needed, because …"""

    target: str
    place: Place
    because: str = ""
    decided: dt.date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A `satisfies` entry as typed: this document, or one statement of it, answers a clause."""

    item: str
    place: Place
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule switched off for one document, with the reason."""

    code: str
    because: str
    place: Place


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields an author may type, validated. `places` says where each key stands."""

    id: str | None = None
    title: str | None = None
    type: str | None = None
    status: Status | None = None
    area: str | None = None
    owner: str | None = None
    approver: str | None = None
    summary: str | None = None
    why: str | None = None
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    visibility: Visibility | None = None
    review_every: Interval | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None
    satisfies: tuple[Claim, ...] = ()
    references: tuple[DeclaredReference, ...] = ()
    not_related: tuple[DeclaredDecision, ...] = ()
    records: tuple[RecordPointer, ...] = ()
    basis: str | None = None
    former_ids: tuple[str, ...] = ()
    replaced_by: DeclaredReference | None = None
    lang: str | None = None
    allow: tuple[Allowance, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its anchor on the published page; `content` is the stretch of its text."""

    level: int
    text: str
    anchor: str
    place: Place
    path: tuple[str, ...]
    content: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text: what was typed as its target, what it shows, and the sentence around it."""

    origin: Origin
    target: str
    label: str
    place: Place
    span: Span
    passage: Passage


@dataclass(frozen=True, slots=True)
class Statement:
    """A normative sentence: what somebody must do, must not do or may do."""

    modality: Modality
    words: str
    passage: Passage
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A controlled document: its front matter, and all that is derived from its text and its place.

    `path` is the file from the project's root and identifies the document even where ids clash.
    `addresses` are the stretches in braces that give a statement an address, and are no text; `active` are the
    opening brackets of tags that would run something in the reader's browser. `words` counts
    the body's words outside code blocks; `text` is the whole file, front matter included, with
    its line endings levelled; `timed` and `vague` are what judging makes promises of; `titled` is false where
    only the file name gave the title.
    """

    path: str
    id: str
    title: str
    type: str
    status: Status
    area: str
    lang: str
    front: FrontMatter
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    statements: tuple[Statement, ...]
    addresses: tuple[Span, ...]
    active: tuple[Span, ...]
    html_anchors: tuple[str, ...]
    words: int
    body: str
    body_line: int
    text: str = ""
    titled: bool = True
    translation_of: str | None = None
    timed: tuple[TimedSentence, ...] = ()
    vague: tuple[VagueWording, ...] = ()

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def place(self) -> Place:
        """The start of the file."""
        return Place(self.path)

    @property
    def owner(self) -> str | None:
        """The owning role's id as typed."""
        return self.front.owner

    @property
    def summary(self) -> str:
        """One sentence on what the document is for; empty where the author gave none."""
        return self.front.summary or ""

    @property
    def reading_minutes(self) -> int:
        """Minutes to read the body at 200 words a minute, at least one."""
        return max(1, round(self.words / 200))

    def in_force(self, day: dt.date) -> bool:
        """Whether the document binds anybody on a day: active, effective already and not expired."""
        begun = self.front.effective is None or self.front.effective <= day
        lasts = self.front.expires is None or day <= self.front.expires
        return self.status is Status.ACTIVE and begun and lasts

    def place_of(self, key: str) -> Place:
        """Where a front matter key stands, or the start of the file."""
        return self.front.places.get(key, self.place)

    def anchors(self) -> frozenset[str]:
        """Every anchor the published page has: headings and addressed statements."""
        named = {s.address for s in self.statements if s.address}
        return frozenset({h.anchor for h in self.headings} | named | set(self.html_anchors))
