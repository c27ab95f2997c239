"""A link, picture or frame of the site must lead to something that is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from audit.model.addresses import INDEXES
from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, failed, passed
from audit.model.site import Site, SiteLink, SitePlace
from audit.settings.nearest import did_you_mean

RULE = Rule(
    title="Link leads nowhere",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Everyone who follows it meets an error page, and those for whom each step is slow lose the most.",
    since="0.1.0",
    best_practice=True,
)

#: What a page leads to or loads, by the element that does it.
_NOUNS = {
    "a": "link", "area": "link", "audio": "recording", "embed": "object", "frame": "frame", "iframe": "frame",
    "img": "image", "link": "style sheet or icon", "object": "object", "script": "script", "source": "recording or image",
    "track": "text track", "video": "video",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinkPlace(SitePlace):
    """A link with the page that it stands on. ``target`` is its path below the root of the site."""

    href: str = ""
    target: str = ""
    text: str = ""
    kind: str = "a"


def applies(site: Site) -> Iterable[LinkPlace]:
    for page in site.pages.values():
        for link in page.links:
            target = site.address_of(link.url)
            # Links to other sites are not followed: they would turn the gate red when somebody
            # else's server sleeps.
            if target is not None and urlsplit(link.url).scheme in {"http", "https"} and known(site, target):
                yield _place(page.address, link, target)


def expect(site: Site, target: LinkPlace) -> Result:
    if exists(site, target.target):
        return passed()
    near = did_you_mean(target.target, site.pages)
    noun = _NOUNS.get(target.kind, "link")
    if noun == "link":
        words = f"“{target.text}”" if target.text else "without text"
        said = f"The {noun} {words} leads to {target.target}, and there is nothing there."
    else:
        said = f"The {noun} {target.target} is not there."
    return failed(
        said,
        f"Correct the address in `{target.href}`, or take the {noun} out. {near}".rstrip(),
        href=target.href,
        leads_to=target.target,
    )


def known(site: Site, address: str) -> bool:
    """Whether it is known what answers there: on the web only where somebody has asked."""
    return site.answers is None or address in site.answers


def exists(site: Site, address: str) -> bool:
    """Whether a page or a file answers at an address below the root."""
    if site.answers is not None:
        # 0 is no answer at all, and 401 or 403 is an answer to somebody else.
        return site.answers[address] not in {0, 404, 410}
    path = unquote(address).lstrip("/")
    if address in site.pages or path in site.files:
        return True
    folder = f"{path.rstrip('/')}/" if path else ""
    # Without the slash a host sends visitors on to the folder.
    return any(f"{folder}{index}" in site.files for index in INDEXES)


def _place(address: str, link: SiteLink, target: str) -> LinkPlace:
    return LinkPlace(
        page=address,
        selector=link.selector,
        static=link.static,
        html=f'<{link.kind} href="{link.href}">{link.text}',
        href=link.href,
        target=target,
        text=link.text or link.name,
        kind=link.kind,
    )
