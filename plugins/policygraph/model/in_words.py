"""Days and numbers in words, as messages and pages say them."""

from __future__ import annotations

import datetime as dt


def date_words(date: dt.date) -> str:
    """A date in words: 1 April 2026."""
    return f"{date:%d %B %Y}".lstrip("0")


def days_words(days: int) -> str:
    """A number of days in words: 34 days."""
    return "one day" if days == 1 else f"{days} days"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts: 1 document, 2 documents. `many` is given where an s does not make it."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
