"""Spans of time in words, as pages, findings and reports say them: 3 months, every week, twice a year."""

from __future__ import annotations

from policygraph.words import _, ngettext, pgettext


def span_words(count: int, unit: str) -> str:
    """How long: 3 months. The units are those of intervals."""
    match unit:
        case "minute":
            return ngettext("%(num)s minute", "%(num)s minutes", count)
        case "hour":
            return ngettext("%(num)s hour", "%(num)s hours", count)
        case "day":
            return ngettext("%(num)s day", "%(num)s days", count)
        case "working day":
            return ngettext("%(num)s working day", "%(num)s working days", count)
        case "week":
            return ngettext("%(num)s week", "%(num)s weeks", count)
        case "month":
            return ngettext("%(num)s month", "%(num)s months", count)
        case _:
            return ngettext("%(num)s year", "%(num)s years", count)


def within_words(count: int, unit: str) -> str:
    """By when: within 3 days."""
    match unit:
        case "minute":
            return ngettext("within %(num)s minute", "within %(num)s minutes", count)
        case "hour":
            return ngettext("within %(num)s hour", "within %(num)s hours", count)
        case "day":
            return ngettext("within %(num)s day", "within %(num)s days", count)
        case "working day":
            return ngettext("within %(num)s working day", "within %(num)s working days", count)
        case "week":
            return ngettext("within %(num)s week", "within %(num)s weeks", count)
        case "month":
            return ngettext("within %(num)s month", "within %(num)s months", count)
        case _:
            return ngettext("within %(num)s year", "within %(num)s years", count)


def every_words(count: int, unit: str, times: int = 1) -> str:
    """How often: every week, every 3 months, twice a year, 3 times every 2 weeks."""
    if times > 1:
        per = _per(count, unit)
        if times == 2:
            return _("twice %(per)s", per=per)
        return _("%(number)s times %(per)s", number=times, per=per)
    match unit:
        case "minute":
            return ngettext("every minute", "every %(num)s minutes", count)
        case "hour":
            return ngettext("every hour", "every %(num)s hours", count)
        case "day":
            return ngettext("every day", "every %(num)s days", count)
        case "working day":
            return ngettext("every working day", "every %(num)s working days", count)
        case "week":
            return ngettext("every week", "every %(num)s weeks", count)
        case "month":
            return ngettext("every month", "every %(num)s months", count)
        case _:
            return ngettext("every year", "every %(num)s years", count)


def _per(count: int, unit: str) -> str:
    """The time in which something is done several times: a year, every 2 years."""
    if count > 1:
        return every_words(count, unit)
    match unit:
        case "minute":
            return pgettext("twice", "a minute")
        case "hour":
            return pgettext("twice", "an hour")
        case "day":
            return pgettext("twice", "a day")
        case "working day":
            return pgettext("twice", "a working day")
        case "week":
            return pgettext("twice", "a week")
        case "month":
            return pgettext("twice", "a month")
        case _:
            return pgettext("twice", "a year")
