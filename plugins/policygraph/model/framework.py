"""External catalogs: frameworks, their clauses and controls, and who answers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.place import Passage, Place


@dataclass(frozen=True, slots=True)
class Amendment:
    """A later act that changed the framework; `incorporated` says whether this catalog holds it."""

    act: str
    consolidated: str = ""
    incorporated: bool = False
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierEdition:
    """An edition that this catalog replaced; `ids` matches the ids that only that edition has."""

    edition: str
    ids: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One item of a framework: a clause, a control, an article, a criterion or a group of them.

    `key` is qualified by the framework: `iso-42001:6.1.2`. A group is a heading over others and cannot be
    answered itself. `documented` marks clauses that ask for documented information. `lang` is the language of title
    and text, where the catalog says so.
    """

    framework: str
    id: str
    title: str
    kind: str
    parent: str | None = None
    text: str = ""
    group: bool = False
    documented: bool = False
    lang: str = ""

    @property
    def key(self) -> str:
        """The qualified id."""
        return f"{self.framework}:{self.id}"

    @property
    def label(self) -> str:
        """The id with the title, where the framework has one of its own."""
        return self.id if self.title in ("", self.id) else f"{self.id} {self.title}"


@dataclass(frozen=True, slots=True)
class Framework:
    """A catalog in one edition, with its source and licence; `lang` is the language of its title and notes."""

    id: str
    title: str
    edition: str
    issuer: str
    licence: str
    clauses: Mapping[str, Clause]
    sources: tuple[str, ...] = ()
    notes: str = ""
    amendments: tuple[Amendment, ...] = ()
    earlier: tuple[EarlierEdition, ...] = ()
    lang: str = ""

    @property
    def leaves(self) -> tuple[Clause, ...]:
        """The items a document can answer, in the framework's order."""
        return tuple(c for c in self.clauses.values() if not c.group)


class Strength(StrEnum):
    """How strongly one clause leans on another."""

    DIRECT = "direct"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What answers `source` leans on what answers `target`, so an auditor asks for the reference.

    Both are qualified ids. `direct` where the clause itself leans on the other, `related` where auditors often follow
    the chain. `lang` is the language of `because`, where that is known.
    """

    source: str
    target: str
    because: str
    place: Place
    strength: Strength = Strength.DIRECT
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ClauseMapping:
    """A document, or one statement of it, says that it answers a clause. Not a proof of fulfilment."""

    document: str
    clause: str
    place: Place
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class ClauseMention:
    """A clause linked in the text of a document; it answers nothing."""

    document: str
    clause: str
    passage: Passage
    place: Place
