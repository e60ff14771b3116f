"""Spans of calendar time, as authors type them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from policygraph.model.interval_words import span_words

UNITS = ("minute", "hour", "day", "working day", "week", "month", "year")
"""The units of an interval, the shortest first."""

_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "working day": 7 / 5,
    "week": 7.0,
    "month": 365.25 / 12,
    "year": 365.25,
}


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of calendar time, such as six months. `unit` is one of `UNITS`."""

    count: int
    unit: str

    def __str__(self) -> str:
        return span_words(self.count, self.unit)

    def after(self, day: dt.date) -> dt.date:
        """The day on which the interval that begins on a day ends.

        A month ends on the day of the same number, or on the last day of a shorter month. Working days are Monday
        to Friday; an interval shorter than a day ends on the same day. What would end after the last year of the
        calendar ends with it.
        """
        try:
            return day + self._delta(day)
        except (OverflowError, ValueError):
            return dt.date.max

    def _delta(self, day: dt.date) -> relativedelta | dt.timedelta:
        match self.unit:
            case "minute":
                return dt.timedelta(days=self.count // 1440)
            case "hour":
                return dt.timedelta(days=self.count // 24)
            case "working day":
                weeks, days = divmod(self.count, 5)
                rest = 0
                while days:
                    rest += 1
                    days -= (day + dt.timedelta(days=rest)).weekday() < 5
                return dt.timedelta(weeks=weeks, days=rest)
            case "day":
                return dt.timedelta(days=self.count)
            case "week":
                return dt.timedelta(weeks=self.count)
            case "month":
                return relativedelta(months=self.count)
            case _:
                return relativedelta(years=self.count)

    @property
    def days(self) -> float:
        """About how many days it lasts, to compare one interval with another."""
        return self.count * _DAYS[self.unit]
