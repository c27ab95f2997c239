"""A public library should tell which accessible materials it has."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import PUBLIC_SECTOR, bound, missing, place

RULE = Rule(
    title="Accessible materials: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(aoda=("O. Reg. 191/11 s. 19",)),
    fixer=Fixer.AUTHOR,
    why="Readers with a print disability do not learn that there are books for them.",
    since="0.1.0",
)


def applies(site: Site) -> Iterable[SitePlace]:
    """The page that serves the duty; the start page where there is none."""
    if bound(site, PUBLIC_SECTOR):
        yield place(site, "materials")


def expect(site: Site, target: SitePlace) -> Result:
    del target
    found = missing(site, "materials")
    if found is not None:
        return found
    return passed()
