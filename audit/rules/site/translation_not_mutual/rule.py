"""A page and its translation must name each other, each in its own language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SitePage, SitePlace
from audit.semantics.published import content_pages, page_of_public
from audit.semantics.vocabulary import primary

RULE = Rule(
    title="Translation does not point back",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="Search engines drop such a pair, and readers of the other language meet the page that they cannot read.",
    since="0.1.0",
    best_practice=True,
)


@dataclass(frozen=True, slots=True)
class PartnerPlace(SitePlace):
    """A page that names a partner. ``lang``: what it says the partner's language is."""

    partner: str = ""
    lang: str = ""


def applies(site: Site) -> Iterable[PartnerPlace]:
    """Alternates in the head that are pages of this site, but for the page itself and ``x-default``."""
    for page in content_pages(site):
        for lang, url in sorted(page.alternates.items()):
            partner = page_of_public(site, url)
            if partner is not None and partner.address != page.address and lang.lower() != "x-default":
                yield PartnerPlace(page.address, partner=partner.address, lang=lang)


def expect(site: Site, target: PartnerPlace) -> Result:
    page, partner = site.pages[target.page or "/"], site.pages[target.partner]
    if primary(partner.lang) != primary(target.lang):
        return failed(
            f"The page names {partner.address} as its version in “{target.lang}”, and that page says that it is in "
            f"“{partner.lang or 'no language'}”.",
            "Correct `hreflang`, or the address.",
            partner=partner.address,
            lang=partner.lang,
        )
    if page.address in _named(site, partner):
        return passed()
    return failed(
        f"The page names {partner.address} as its version in “{target.lang}”, and that page does not name this one.",
        "Name the translation in both pages (`translation_of` in the front matter of the translation).",
        partner=partner.address,
    )


def _named(site: Site, page: SitePage) -> frozenset[str]:
    ends = (page_of_public(site, url) for url in page.alternates.values())
    return frozenset(end.address for end in ends if end is not None)
