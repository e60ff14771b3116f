"""Questions: "why does this document not reference that one?", foreseen, with their grounds and their state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from policygraph.model.framework import Strength
from policygraph.model.reference import Decision, Mention, Reference


class GroundKind(StrEnum):
    """What gives rise to a question."""

    EXPECTATION = "expectation"
    MENTION = "mention"
    SAME_CLAUSE = "same clause"
    CLOSE_TEXT = "close text"


@dataclass(frozen=True, slots=True)
class SharedText:
    """So many of the words of a document stand in another one too; both by id."""

    document: str
    other: str
    shared: int
    words: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason to ask.

    `clauses` are qualified ids: of an expectation the one that the source answers and the one that the target
    answers, of a shared clause all that both answer. `because`, which may be empty, with its language, and `strength`
    belong to an expectation, `mention` to a mention, `shared` to close texts.
    """

    kind: GroundKind
    because: str = ""
    clauses: tuple[str, ...] = ()
    strength: Strength | None = None
    mention: Mention | None = None
    shared: SharedText | None = None
    lang: str = ""


class State(StrEnum):
    """What has become of a question, what is left to do first."""

    OPEN = "open"
    REFERENCE = "answered by a reference"
    DECISION = "answered by a decision"
    PATH = "answered indirectly"


@dataclass(frozen=True, slots=True)
class Rewording:
    """A document's text changed on a day; no commit where the change is not committed yet."""

    document: str
    day: dt.date
    commit: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Why does `source` not reference `target` (both by path)? One for an ordered pair, with all its grounds.

    `references`, `decisions` and `paths` answer it, the first of these that is not empty; `reverse` holds references
    the other way round, which answer nothing. `changes` came after the decision.
    """

    source: str
    target: str
    grounds: tuple[Ground, ...]
    state: State
    references: tuple[Reference, ...] = ()
    decisions: tuple[Decision, ...] = ()
    paths: tuple[tuple[Reference, ...], ...] = ()
    reverse: tuple[Reference, ...] = ()
    changes: tuple[Rewording, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether a clause itself leans on another, so that an auditor will ask."""
        return any(ground.strength is Strength.DIRECT for ground in self.grounds)
