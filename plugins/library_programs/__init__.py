"""Programs: when they take place, calendar pages, calendar feeds."""

from __future__ import annotations

from library_programs.recurrence import Occurrence, State, expand

__all__ = ["Occurrence", "State", "expand"]


def register() -> None:
    """Nothing to hook into: pages and feeds ask for occurrences."""
