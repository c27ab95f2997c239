"""Pages of the program calendar that no file describes: months, days, filters, weekly sheets."""

from __future__ import annotations

from collections.abc import Iterator

from library_programs.schedule import Schedule
from library_site.model import Page, Site


def calendar_pages(site: Site, schedule: Schedule) -> Iterator[Page]:
    """Yield the pages in order of their addresses."""
    yield from ()
