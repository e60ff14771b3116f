"""Dates on pages."""

from __future__ import annotations

import datetime as dt

from policygraph.model.in_words import date_words as date_words
from policygraph.model.in_words import days_words as days_words


def moment(day: dt.date | None) -> str:
    """A day for machines, and for sorting; empty where there is none."""
    return day.isoformat() if day else ""
