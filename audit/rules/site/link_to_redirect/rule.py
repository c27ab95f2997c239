"""A link should lead to the page itself, not to one that only sends visitors on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePlace
from audit.semantics.published import REDIRECT, followed, link_place, page_of, redirect_end

RULE = Rule(
    title="Link takes a detour",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Old phones and screen readers load and announce two pages instead of one, and Back leads into the detour again.",
    since="0.1.0",
    best_practice=True,
)


@dataclass(frozen=True, slots=True)
class DetourPlace(SitePlace):
    """A link to a page of this site. ``target``: that page's address."""

    target: str = ""
    words: str = ""


def applies(site: Site) -> Iterable[DetourPlace]:
    for page in site.pages.values():
        if page.kind == REDIRECT:
            continue
        for link in followed(page):
            end = page_of(site, link)
            if end is not None:
                at = link_place(page, link)
                yield DetourPlace(
                    at.page, at.selector, at.static, at.html, None, None, end.address, link.text or link.name
                )


def expect(site: Site, target: DetourPlace) -> Result:
    page = site.pages[target.target]
    if page.kind != REDIRECT:
        return passed()
    end = redirect_end(site, page) or ""
    shown = site.address_of(end)
    if shown is None:
        # A steady address of one's own for something on another site is no detour but a purpose.
        return passed(ends_at=end)
    return failed(
        f"The link “{target.words}” leads to {target.target}, which only sends visitors on to {shown}.",
        f"Link to {shown} itself.",
        leads_to=target.target,
        ends_at=shown,
    )
