"""A menu link to the same page should have the same name on all pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SiteLink, SitePlace
from audit.semantics.published import link_place
from audit.semantics.repeated_links import Menu, menus, usual
from audit.semantics.words import words

RULE = Rule(
    title="Same link, another name",
    family=Family.SITE,
    requirements=Requirements(wcag=("3.2.4",)),
    fixer=Fixer.THEME,
    why="People who learn a site by listening or by its words take two names for two things, and look in vain for the one they know.",
    since="0.1.0",
)
#: So many pages that call a link alike make a usual name, where they are more than half.
LEAST = 2


@dataclass(frozen=True, slots=True)
class NamedPlace(SitePlace):
    """A menu link on a page. ``name``: here; ``usual``: on most pages."""

    name: str = ""
    usual: str = ""
    target: str = ""
    on_most: bool = True


def applies(site: Site) -> Iterable[NamedPlace]:
    """For each menu, the links to an address that has one name on most pages; of odd ones the first page only."""
    for by_page in menus(site).values():
        for target, pages in _by_target(by_page).items():
            # On one page, a number and a word ("3", "Next") may lead to the same place.
            names = [name for links in pages.values() for name in sorted({words(link.name) for link in links})]
            # Where only two pages have the menu, neither name is usual; the first is what the other is held against.
            common = usual(names, LEAST) or (names[0] if len(by_page) == len(pages) == len(names) == 2 else None)
            if common is None:
                continue
            told: set[tuple[str, ...]] = set()
            for address, links in pages.items():
                if common in {words(link.name) for link in links} or words(links[0].name) in told:
                    continue
                told.add(words(links[0].name))
                yield _place(site, address, links[0], _written(pages, common), target, len(by_page) > 2)
            if not told:
                address, links = next(iter(pages.items()))
                yield _place(site, address, links[0], links[0].name, target, len(by_page) > 2)


def expect(site: Site, target: NamedPlace) -> Result:
    del site
    if words(target.name) == words(target.usual):
        return passed()
    return ask(
        f"The menu calls {target.target} “{target.name}” here and “{target.usual}” on {'most pages' if target.on_most else 'another page'}. "
        "Is there a reason that visitors understand?",
        f"Call it “{target.usual}” everywhere, or choose one better name for all pages.",
        usual=target.usual,
    )


def _by_target(by_page: Mapping[str, Menu]) -> dict[str, dict[str, list[SiteLink]]]:
    found: dict[str, dict[str, list[SiteLink]]] = {}
    for address, menu in by_page.items():
        for link in menu:
            found.setdefault(link.url, {}).setdefault(address, []).append(link)
    return found


def _written(pages: Mapping[str, list[SiteLink]], name: tuple[str, ...]) -> str:
    return next(link.name for links in pages.values() for link in links if words(link.name) == name)


def _place(site: Site, address: str, link: SiteLink, name: str, target: str, on_most: bool) -> NamedPlace:
    at = link_place(site.pages[address], link)
    shown = site.address_of(target) or target
    return NamedPlace(at.page, at.selector, at.static, at.html, None, None, link.name, name, shown, on_most)
