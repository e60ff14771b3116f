"""Changes: what separates two texts of a document, and whether it touches what binds people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policygraph.words import ENGLISH, N_, Words, spoken

MOST_SHOWN = 120
"""Characters of a value that a reason shows."""

_QUOTED = N_("“%(quote)s”")
_LINK = N_("link to %(target)s")


class ChangeKind(StrEnum):
    """How far a change goes."""

    NONE = "none"
    EDITORIAL = "editorial"
    SUBSTANCE = "substance"


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """A word of a text that is quoted, or the target of a link there."""

    text: str
    link: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text that a reason quotes; each language has marks of its own around them."""

    words: tuple[QuotedWord, ...]

    def said(self, words: Words) -> str:
        """The quote with its marks; empty where nothing of it can be shown."""
        shown = " ".join(
            words.message(_LINK) % {"target": word.text} if word.link else word.text for word in self.words
        )
        return words.message(_QUOTED) % {"quote": short(shown)} if shown else ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message with its values, which can be kept and said later; `many` is its form for several things."""

    message: str
    values: tuple[tuple[str, str | Quote], ...] = ()
    many: str = ""
    number: int = 1

    def said(self, words: Words) -> str:
        """The phrase in a language."""
        text = (
            words.plural(self.message, self.many, self.number) if self.many else words.message(self.message)
        )
        return text % {
            name: value.said(words) if isinstance(value, Quote) else value for name, value in self.values
        }


Reason = tuple[Phrase, ...]
"""What changed in one place: one phrase, or several in a row."""


@dataclass(frozen=True, slots=True)
class Change:
    """What separates an old text from a new one; `why` has the reasons, the weightiest first."""

    kind: ChangeKind
    why: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in plain English, as findings and exports have them."""
        return tuple(_said(reason, ENGLISH) for reason in self.why)

    @property
    def said(self) -> tuple[str, ...]:
        """The reasons in the language that is spoken, as pages have them."""
        return tuple(_said(reason, spoken()) for reason in self.why)

    @property
    def of_substance(self) -> bool:
        """Whether it touches what binds people."""
        return self.kind is ChangeKind.SUBSTANCE


def short(text: str) -> str:
    """A value as a reason shows it: on one line, and cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1].rstrip() + "…"


def _said(reason: Reason, words: Words) -> str:
    return ", ".join(phrase.said(words) for phrase in reason)
