"""Registers kept by hand: roles, audiences and terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policygraph.model.place import Place


@dataclass(frozen=True, slots=True)
class Role:
    """A role and the people who hold it; nobody may hold it. `handles` name them on the code host."""

    id: str
    title: str
    place: Place
    holders: tuple[str, ...] = ()
    contact: str = ""
    purpose: str = ""
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of readers; `people` counts them, as far as the register does."""

    id: str
    title: str
    place: Place
    description: str = ""
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary."""

    term: str
    definition: str
    place: Place
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the registers say about the organisation. Keys are ids in lower case."""

    roles: Mapping[str, Role] = field(default_factory=dict)
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
