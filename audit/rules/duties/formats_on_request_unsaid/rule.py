"""Pages that serve a duty should say that other formats can be had on request."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import bound, is_whole, mentions, readable, standing

RULE = Rule(
    title="Formats on request: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(
        aoda=(
            "O. Reg. 191/11 s. 3",
            "O. Reg. 191/11 s. 4",
            "O. Reg. 191/11 s. 11",
            "O. Reg. 191/11 s. 12",
            "O. Reg. 191/11 s. 13",
            "O. Reg. 191/11 s. 80.51",
        )
    ),
    fixer=Fixer.AUTHOR,
    why="People who cannot read a page or file as it is do not learn that they may ask for another form.",
    since="0.1.0",
)


#: Pages on which Ontario asks that formats be offered.
KEYS = ("policy", "customer_service", "plan", "status_report", "feedback", "emergency", "materials")
PHRASES = (
    *("accessible format", "accessible formats", "another format", "other format", "other formats", "any format"),
    *("alternate format", "alternate formats", "alternative format", "alternative formats", "communication support"),
    *("communication supports", "large print", "format accessible", "formats accessibles", "autre format"),
    *("autres formats", "format de substitution", "gros caractères"),
)


def applies(site: Site) -> Iterable[SitePlace]:
    """The pages that serve a duty, as far as there are any."""
    if not bound(site):
        return
    pages = {page.address: page for key in KEYS if (page := standing(site, key).page) is not None}
    yield from (SitePlace(address) for address in sorted(pages))


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    if mentions(page, PHRASES) or not is_whole(page) or page not in readable(site):
        return passed()
    return ask(
        f"“{page.title}” does not seem to say that it can be had in another format. Does it, in other words?",
        "Add a line: “You can get this in an accessible format, at no cost”, with a link to how to ask.",
    )
