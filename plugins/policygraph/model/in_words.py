"""Days and numbers in words, as messages and pages say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from policygraph.words import _, ngettext, spoken


def date_words(date: dt.date) -> str:
    """A date in words: 1 April 2026."""
    return spoken().date(date)


def days_words(days: int) -> str:
    """A number of days in words: 34 days."""
    return ngettext("one day", "%(num)s days", days)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts, in English: 1 document, 2 documents. `many` where an s does not make it."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listed(words: Sequence[str], most: int = 0) -> str:
    """Words as a sentence lists them: "a, b and c"; beyond `most`, if that is given, the rest is counted."""
    if most and len(words) > most:
        return _("%(words)s and %(number)s more", words=", ".join(words[:most]), number=len(words) - most)
    return spoken().all_of(words)
