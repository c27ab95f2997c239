"""How long after a day something is due: one table for what is told ahead and what is found overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

#: By then the next meeting has usually approved the minutes of the last.
MINUTES_WITHIN = dt.timedelta(days=60)
#: What has been in trouble for so long may not come back.
TROUBLE_FOR = dt.timedelta(days=30)
#: Duty of a page → after how many years its successor is due (O. Reg. 191/11, section 4).
YEARS: Mapping[str, int] = {"multi-year-plan": 5, "status-report": 1}


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years later; February 28 for February 29."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
