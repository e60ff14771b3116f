"""Days and numbers in words, as messages and pages say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence


def date_words(date: dt.date) -> str:
    """A date in words: 1 April 2026."""
    return f"{date:%d %B %Y}".lstrip("0")


def days_words(days: int) -> str:
    """A number of days in words: 34 days."""
    return "one day" if days == 1 else f"{days} days"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts: 1 document, 2 documents. `many` is given where an s does not make it."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listed(words: Sequence[str], most: int = 0, more: str = "more") -> str:
    """Words as a sentence lists them: "a, b and c"; beyond `most`, if that is given, the rest is counted."""
    if most and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} {more}"
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)
