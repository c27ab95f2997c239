"""The day on which the site is built and audited: today, or the one that STEPFREE_TODAY names."""

from __future__ import annotations

import datetime as dt
import os

from audit.errors import UsageError


def chosen_day() -> dt.date | None:
    """The day that the environment variable names; ``None`` without it: the real one counts.

    Raises:
        UsageError: it names no day.
    """
    written = os.environ.get("STEPFREE_TODAY")
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"STEPFREE_TODAY is “{written}”.", "Write a day as 2026-12-03.") from None


def today() -> dt.date:
    """The day that counts.

    Raises:
        UsageError: as :func:`chosen_day`.
    """
    return chosen_day() or dt.datetime.now(tz=dt.UTC).astimezone().date()
