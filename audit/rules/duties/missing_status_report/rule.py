"""The annual status report on the accessibility plan should be on the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, overdue, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import PUBLIC_SECTOR, bound, last_date, missing, place, standing

RULE = Rule(
    title="Status report: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 4",)),
    fixer=Fixer.AUTHOR,
    why="Nobody can see whether the plan is being carried out.",
    since="0.1.0",
)


def applies(site: Site) -> Iterable[SitePlace]:
    """The page that serves the duty; the start page where there is none."""
    if bound(site, PUBLIC_SECTOR):
        yield place(site, "status_report")


def expect(site: Site, target: SitePlace) -> Result:
    del target
    found = missing(site, "status_report")
    if found is not None:
        return found
    page = standing(site, "status_report").page
    if page is None:
        return passed()
    latest = last_date(page, site.today)
    if latest is None:
        return ask("The status report bears no date. Is it of this year or the last?", "Write the day of the report.")
    if latest.year >= site.today.year - 1:
        return passed(dated=latest.isoformat())
    return overdue(
        f"The latest day that the status report names is {latest.isoformat()}; one is due each year.",
        "Publish the report of this year. O. Reg. 191/11 s. 4 (3) is the section to check.",
        dt.date(latest.year + 1, 12, 31),
        dated=latest.isoformat(),
    )
