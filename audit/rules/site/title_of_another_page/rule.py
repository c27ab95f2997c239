"""The title of a page names what another page is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.derived_facts import remembered
from audit.semantics.published import content_pages
from audit.semantics.words import words

RULE = Rule(
    title="Title of another page",
    family=Family.SITE,
    requirements=Requirements(wcag=("2.4.2",)),
    fixer=Fixer.AUTHOR,
    why="Who chose the page by its title, or hears it first, is on a page about something else.",
    since="0.1.0",
    covers=("title-unlike-heading",),
)
_PARTS = re.compile(r"\s+[-–—|·•»]\s+|\s*\|\s*")
#: Little words that two headings may share by chance.
SHORTEST = 4


def applies(site: Site) -> Iterable[SitePlace]:
    """Pages with a title and one main heading, where other pages have one too."""
    if len(_by_heading(site)) > 1:
        yield from (SitePlace(page.address) for page in content_pages(site) if page.title and len(page.h1) == 1)


@remembered
def _by_heading(site: Site) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Addresses of pages by the words of their only main heading."""
    table: dict[tuple[str, ...], list[str]] = {}
    for page in content_pages(site):
        if len(page.h1) == 1 and words(page.h1[0]):
            table.setdefault(words(page.h1[0]), []).append(page.address)
    return {heading: tuple(addresses) for heading, addresses in table.items()}


def expect(site: Site, target: SitePlace) -> Result:
    page = site.pages[target.page or "/"]
    subject = words(_PARTS.split(page.title)[0])
    heading = words(page.h1[0])
    others = [address for address in _by_heading(site).get(subject, ()) if address != page.address]
    if not others or _shares(subject, heading) or _speaks_of(page, subject):
        return passed()
    return failed(
        f"The title begins with “{_PARTS.split(page.title)[0]}”, which is the heading of {others[0]}; this page is headed “{page.h1[0]}”.",
        f"Begin the title with “{page.h1[0]}”.",
        heading_of=others[0],
    )


def _shares(subject: tuple[str, ...], heading: tuple[str, ...]) -> bool:
    # Forms of one word begin alike.
    return any(one[:SHORTEST] == other[:SHORTEST] for one in subject for other in heading if len(one) >= SHORTEST)


def _speaks_of(page: SitePage, subject: tuple[str, ...]) -> bool:
    """Whether another heading of the page has the words of the title."""
    return any(set(subject) <= set(words(text)) for _, text in page.headings)
