"""A case: a handbook on a day, and all that follows from the two."""

from __future__ import annotations

import datetime as dt

from policygraph.resolving.handbook import Handbook


class Case:
    """What rules and pages judge: a handbook on a day.

    What follows from the two (questions, coverage, standings …) is derived when it is first asked for, once.
    A case is never changed.
    """

    def __init__(self, handbook: Handbook, today: dt.date) -> None:
        self.handbook = handbook
        self.today = today
