"""Programs: when they take place, calendar pages, calendar feeds, exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from library_programs.recurrence import Occurrence, State, expand

if TYPE_CHECKING:
    from library_model.model import Output
    from library_model.signals import Assembled
    from library_programs.schedule import Schedule

    class _Scheduled(Assembled, Protocol):
        """The site with the schedule of its programs."""

        @property
        def schedule(self) -> Schedule: ...


__all__ = ["Occurrence", "State", "expand"]


def _outputs(assembled: _Scheduled) -> Iterator[Output]:
    from library_programs.calendar_feeds import calendar_feeds
    from library_programs.exports import programs_json, survey_csv

    yield from calendar_feeds(assembled.site, assembled.schedule)
    yield programs_json(assembled.site, assembled.schedule)
    yield survey_csv(assembled.site, assembled.schedule)


def register() -> None:
    """Add calendars and exports to the site."""
    from library_model.signals import site_ready

    site_ready.connect(_outputs)
