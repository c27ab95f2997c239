"""Ways to get help that are repeated must stand in the same order among the rest of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SiteLink, SitePlace
from audit.semantics.published import content_pages, link_place
from audit.semantics.repeated_links import PAGES, help_links, out_of_order, usual
from audit.semantics.vocabulary import primary

RULE = Rule(
    title="Help is somewhere else here",
    family=Family.SITE,
    requirements=Requirements(wcag=("3.2.6",)),
    fixer=Fixer.THEME,
    why="People who need help most often find it least when it is not where it was on the page before.",
    since="0.1.0",
)
PARTS = {"banner": "header", "contentinfo": "footer"}


@dataclass(frozen=True, slots=True)
class HelpPlace(SitePlace):
    """A way to get help on a page, where it stands, and how it is on most pages."""

    name: str = ""
    area: str = ""
    usual_area: str = ""
    order: tuple[str, ...] = ()
    usual_order: tuple[str, ...] = ()


def applies(site: Site) -> Iterable[HelpPlace]:
    """Telephone, e-mail and help links outside the main content that stand on three pages of a language or more."""
    for pages in _by_language(site).values():
        areas = {
            url: usual(_area(links, url) for links in pages.values() if any(link.url == url for link in links))
            for url in {link.url for links in pages.values() for link in links}
        }
        model = usual((_urls(links) for links in pages.values()), PAGES) or ()
        for address, links in pages.items():
            wrong = out_of_order(_urls(links), model)
            for link in _once(links):
                if not areas[link.url]:
                    continue
                at = link_place(site.pages[address], link)
                order = _urls(links) if link.url == wrong else ()
                yield HelpPlace(
                    at.page,
                    at.selector,
                    at.static,
                    at.html,
                    name=link.name or link.text,
                    area=_area(links, link.url),
                    usual_area=areas[link.url] or "",
                    order=order,
                    usual_order=model,
                )


def expect(site: Site, target: HelpPlace) -> Result:
    del site
    fix = "Put help in the same part of every page, in the same order: best in the base template."
    if target.area != target.usual_area:
        return failed(
            f"“{target.name}” is in the {PARTS[target.area]} here, and in the {PARTS[target.usual_area]} on most pages.",
            fix,
            usual=target.usual_area,
        )
    if target.order:
        return failed(
            f"“{target.name}” comes at another place among the ways to get help than on most pages.",
            fix,
            order=list(target.order),
            usual=list(target.usual_order),
        )
    return passed()


def _by_language(site: Site) -> dict[str, dict[str, list[SiteLink]]]:
    found: dict[str, dict[str, list[SiteLink]]] = {}
    for page in content_pages(site):
        links = [link for link in help_links(site, page) if link.area in PARTS]
        if links:
            found.setdefault(primary(page.lang), {})[page.address] = links
    return found


def _once(links: list[SiteLink]) -> list[SiteLink]:
    """The first link to each address."""
    return list({link.url: link for link in reversed(links)}.values())[::-1]


def _urls(links: list[SiteLink]) -> tuple[str, ...]:
    return tuple(link.url for link in _once(links))


def _area(links: list[SiteLink], url: str) -> str:
    return next(link.area for link in links if link.url == url)
