"""The hours engine: weekly hours, seasons, exceptions and closures of the whole library.

``engine`` answers what is open when; ``views`` words it for templates, JSON and scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from library_hours.engine import DayHours, Hours, closed_on, hours_on, next_opening, season_dates, season_on
from library_hours.views import BranchHours, branch_hours, hours_json

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled

__all__ = [
    "BranchHours",
    "DayHours",
    "Hours",
    "branch_hours",
    "closed_on",
    "hours_json",
    "hours_on",
    "next_opening",
    "season_dates",
    "season_on",
]


def _outputs(assembled: Assembled) -> Iterator[Output]:
    from library_model.model import Output

    settings = assembled.site.settings
    branches = [
        (
            {
                "branch": page.slug,
                "name": page.title,
                "url": settings.origin + page.url,
                "phone": page.record.phone,
                # For apps that bring hours and the catalogue's branches together.
                **({"catalogue_code": page.record.catalogue_code} if page.record.catalogue_code else {}),
            },
            Hours(page.record.hours, settings.library.closures),
        )
        for page in assembled.site.of_type("branches", settings.library.languages[0])
    ]
    yield Output("api/hours.json", hours_json(branches, settings.today, settings.library.timezone))


def register() -> None:
    """Add ``/api/hours.json`` to the site."""
    from library_model.signals import site_ready

    site_ready.connect(_outputs)
