"""A whole library put together as it would be published on other days than today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from library_model.model import ExtraPage, PageKind
from library_schemas import PageRecord
from library_site.live import LiveSite
from tests.site.projects import REPOSITORY, TODAY
from tests.site.whole_site import settings_of

#: From the day on which this was written: soon, and years ahead; 29 February, 31 December, both changes of the clocks.
DAYS = [
    *(TODAY + dt.timedelta(days=days) for days in (1, 14, 45, 180, 400, 1200)),
    dt.date(2028, 2, 29),
    dt.date(2026, 12, 31),
    dt.date(2027, 3, 14),
    dt.date(2027, 11, 7),
]
#: Templates whose pages are different each day.
LISTS = frozenset({"home", "programs", "notices", "branches", "news", "e-resources", "meetings"})


def _rules() -> tuple[ExtraPage, ...]:
    """The page about the rules of the check, which content leads to, without reading all rules."""
    record = PageRecord(title="Rules")
    return (ExtraPage("pages/accessibility/rules/index.md", record, "pelicanconf.py", ()),)


def rendered(library: Path, day: dt.date) -> list[str]:
    """Put all content together for a day, and render what time has touched: the addresses of that."""
    settings = {"STEPFREE_PRODUCTION": True, **settings_of(library), "STEPFREE_EXTRA_PAGES": _rules}
    site = LiveSite(REPOSITORY / "publishconf.py", day, settings)
    site.refresh()
    pages = {page.path: page for page in site.pages}
    touched = [path for path, page in pages.items() if page.kind is PageKind.ENDED or page.template in LISTS]
    assert len(touched) > len(LISTS)
    for path in touched:
        found = site.page(path)
        assert found is not None
        assert b"<h1" in found.html
    return touched
