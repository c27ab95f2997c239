"""The hours engine: weekly hours, seasons, exceptions and closures of the whole library.

``engine`` answers what is open when; ``views`` words it for templates, JSON and scripts.
"""

from __future__ import annotations

from library_hours.engine import DayHours, Hours, closed_on, hours_on, next_opening, season_on
from library_hours.views import BranchHours, branch_hours, hours_json

__all__ = [
    "BranchHours",
    "DayHours",
    "Hours",
    "branch_hours",
    "closed_on",
    "hours_json",
    "hours_on",
    "next_opening",
    "season_on",
]


def register() -> None:
    """Nothing to hook into: pages and feeds ask the engine."""
