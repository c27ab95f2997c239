"""The multi-year accessibility plan should be on the site and no older than five years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, overdue, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import LARGE, PUBLIC_SECTOR, bound, last_date, missing, place, standing

RULE = Rule(
    title="Accessibility plan: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 4",)),
    fixer=Fixer.AUTHOR,
    why="People with disabilities cannot see which barriers are to go and when, nor ask about those that stay.",
    since="0.1.0",
)


def applies(site: Site) -> Iterable[SitePlace]:
    """The page that serves the duty; the start page where there is none."""
    if bound(site, PUBLIC_SECTOR, LARGE):
        yield place(site, "plan")


def expect(site: Site, target: SitePlace) -> Result:
    del target
    found = missing(site, "plan")
    if found is not None:
        return found
    page = standing(site, "plan").page
    if page is None:
        return passed()
    latest = last_date(page, site.today)
    if latest is None:
        return ask(
            "The accessibility plan bears no date. Was it reviewed in the last five years?",
            "Write the day on which the plan was approved or last reviewed.",
        )
    if _plus_years(latest, YEARS) >= site.today:
        return passed(dated=latest.isoformat())
    return overdue(
        f"The latest day that the accessibility plan names is {latest.isoformat()}: nothing shows that it was reviewed "
        f"in the last {YEARS} years.",
        "Have the plan reviewed and updated, and write the day. O. Reg. 191/11 s. 4 (1) is the section to check.",
        _plus_years(latest, YEARS),
        dated=latest.isoformat(),
    )


YEARS = 5


def _plus_years(day: dt.date, years: int) -> dt.date:
    # The 29th of February has no anniversary in most years.
    return day.replace(year=day.year + years, day=min(day.day, 28))
