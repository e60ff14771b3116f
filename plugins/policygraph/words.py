"""The words of the interface: written in English where they are used, and said in the handbook's language.

A message is its own key, as gettext has it: `_("By %(day)s", day=…)`. What is said depends on who is
`speaking`; where nobody is, as on the command line, it is English.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

Message = str | tuple[str, ...]
"""What is said: one text, or one for each number form of a language."""


class Words:
    """English, in which messages are written. Other languages say the same from a catalogue.

    `code` is the language for HTML's `lang`. `plural_rule` is gettext's rule for numbers, which is JavaScript as
    well. `of_scripts` holds, by the name of a script, what its messages are in this language.
    """

    code = "en"
    plural_rule = "n != 1"
    of_scripts: Mapping[str, Mapping[str, Message]] = MappingProxyType({})

    def message(self, text: str, context: str = "") -> str:
        """A message; `context` tells two messages apart that English says in the same words."""
        return text

    def plural(self, one: str, many: str, number: int) -> str:
        """The message for a number of things."""
        return one if number == 1 else many

    def date(self, day: dt.date) -> str:
        """A date: 1 April 2026."""
        return f"{day:%d %B %Y}".lstrip("0")

    def short_date(self, day: dt.date) -> str:
        """A date where there is little room: 1 Apr 2026."""
        return f"{day:%d %b %Y}".lstrip("0")

    def day(self, day: dt.date) -> str:
        """A day where the year is known: 1 April."""
        return f"{day:%d %B}".lstrip("0")

    def month(self, day: dt.date) -> str:
        """The month of a day: April 2026."""
        return f"{day:%B %Y}"

    def short_month(self, day: dt.date) -> str:
        """The name of a day's month where there is little room: Apr."""
        return f"{day:%b}"

    def decimal(self, number: float, places: int = 1) -> str:
        """A number with decimal places: 1,234.5."""
        return f"{number:,.{places}f}"

    def all_of(self, words: Sequence[str]) -> str:
        """Words as a sentence lists them: a, b and c."""
        return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)

    def inside(self, name: str) -> str:
        """A name as it stands inside a sentence: 'Data team' becomes 'data team', 'AI team' stays."""
        return name[:1].lower() + name[1:] if name[1:2].islower() else name


ENGLISH = Words()
_SPOKEN: ContextVar[Words] = ContextVar("words", default=ENGLISH)


@contextmanager
def speaking(words: Words) -> Iterator[Words]:
    """Have every message within said in these words."""
    token = _SPOKEN.set(words)
    try:
        yield words
    finally:
        _SPOKEN.reset(token)


def spoken() -> Words:
    """The words in which messages are said here."""
    return _SPOKEN.get()


def _(text: str, /, **values: object) -> str:
    """Say a message. `%(name)s` in it stands for a value, and `%%` for a percent sign."""
    return _SPOKEN.get().message(text) % values


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Say the message for a number of things, which stands in it as `%(num)s`."""
    return _SPOKEN.get().plural(one, many, number) % {"num": number, **values}


def pgettext(context: str, text: str, /, **values: object) -> str:
    """Say a message that needs a context, since English has the same words for something else."""
    return _SPOKEN.get().message(text, context) % values


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a message that is said later."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as the above
    """Mark a message for a number of things that is said later."""
    return one, many


def NP_(context: str, text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a message with a context that is said later."""
    return text
