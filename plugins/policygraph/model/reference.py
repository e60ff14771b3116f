"""References between documents: relations, occurrences, mentions and decisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policygraph.model.document import Origin
from policygraph.model.place import Passage, Place


@dataclass(frozen=True, slots=True)
class Relation:
    """A named kind of reference.

    `relies` says whether the source relies on the target, so that a change of the target concerns it.
    """

    name: str
    inverse: str
    relies: bool = False
    symmetric: bool = False


REFERENCES = Relation("references", "referenced by")
DEPENDS_ON = Relation("depends on", "relied on by", relies=True)
IMPLEMENTS = Relation("implements", "implemented by", relies=True)
SUPERSEDES = Relation("supersedes", "superseded by")
SEE_ALSO = Relation("see also", "see also", symmetric=True)
BUILT_IN_RELATIONS = (REFERENCES, DEPENDS_ON, IMPLEMENTS, SUPERSEDES, SEE_ALSO)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a reference is written down.

    `passage` is the sentence around a link in the text, None in front matter. `section` is the anchor in
    the target that the occurrence points at, if any.
    """

    origin: Origin
    place: Place
    passage: Passage | None = None
    because: str | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Source document → target document under one relation, with every place where it is written.

    `source` and `target` are document paths.
    """

    source: str
    target: str
    relation: Relation
    occurrences: tuple[Occurrence, ...]

    @property
    def because(self) -> str:
        """The declared reason, or else the sentence around the first link, or else nothing."""
        declared = next((o.because for o in self.occurrences if o.because), None)
        if declared:
            return declared
        return next((o.passage.sentence for o in self.occurrences if o.passage), "")

    @property
    def declared(self) -> bool:
        """Whether front matter declares it."""
        return any(o.origin is Origin.FRONT_MATTER for o in self.occurrences)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences in the text that carry the reference."""
        return tuple(o.passage for o in self.occurrences if o.passage)

    @property
    def linked(self) -> bool:
        """Whether the text itself carries the reference."""
        return any(o.passage for o in self.occurrences)


@dataclass(frozen=True, slots=True)
class Mention:
    """Another document's name in the text without a link.

    A strong mention cannot be ordinary prose; a weak one may be, and is never a finding.
    """

    source: str
    target: str
    text: str
    strong: bool
    passage: Passage
    place: Place


@dataclass(frozen=True, slots=True)
class Decision:
    """A resolved decision: `source` needs no reference to `target`, because …"""

    source: str
    target: str
    because: str
    place: Place
    decided: dt.date | None = None
    by: str = ""

    def counts(self, day: dt.date) -> bool:
        """Whether it is taken by a day: one that is dated later answers nothing yet."""
        return self.decided is None or self.decided <= day
