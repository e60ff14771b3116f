"""What day it is. Only the doors ask; every stage below them is given the day."""

from __future__ import annotations

import datetime as dt
import os


def today() -> dt.date:
    """Return the day of SOURCE_DATE_EPOCH where it is set, else the clock's, in UTC.

    Raises:
        ValueError: where SOURCE_DATE_EPOCH is no point in time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    except (OverflowError, ValueError, OSError):
        raise ValueError(f"SOURCE_DATE_EPOCH is '{epoch[:40]}', which is no point in time.") from None
