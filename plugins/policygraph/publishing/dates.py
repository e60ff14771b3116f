"""Dates in words."""

from __future__ import annotations

import datetime as dt


def date_words(date: object) -> str:
    """A date in words: 1 April 2026."""
    return f"{date:%d %B %Y}".lstrip("0")


def days_words(days: int) -> str:
    """A number of days in words: 34 days."""
    return "one day" if days == 1 else f"{days} days"


def moment(day: dt.date | None) -> str:
    """A day for machines, and for sorting; empty where there is none."""
    return day.isoformat() if day else ""
