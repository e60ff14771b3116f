"""Dates on pages."""

from __future__ import annotations

import datetime as dt

from policygraph.model.document import Interval
from policygraph.model.in_words import date_words as date_words
from policygraph.model.in_words import days_words as days_words
from policygraph.words import ngettext


def moment(day: dt.date | None) -> str:
    """A day for machines, and for sorting; empty where there is none."""
    return day.isoformat() if day else ""


def every_words(interval: Interval) -> str:
    """How often something comes again: every 6 months."""
    count = interval.count
    match interval.unit:
        case "minute":
            return ngettext("every %(num)s minute", "every %(num)s minutes", count)
        case "hour":
            return ngettext("every %(num)s hour", "every %(num)s hours", count)
        case "working day":
            return ngettext("every %(num)s working day", "every %(num)s working days", count)
        case "day":
            return ngettext("every %(num)s day", "every %(num)s days", count)
        case "week":
            return ngettext("every %(num)s week", "every %(num)s weeks", count)
        case "month":
            return ngettext("every %(num)s month", "every %(num)s months", count)
        case _:
            return ngettext("every %(num)s year", "every %(num)s years", count)
