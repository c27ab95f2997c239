"""A link, picture or frame of the site must lead to something that is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from audit.model import Family, Fixer, Requirements
from audit.nearest import did_you_mean
from audit.rule import Result, Rule, failed, passed
from audit.site import Site, SiteLink, SitePlace

RULE = Rule(
    title="Link leads nowhere",
    family=Family.SITE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Everyone who follows it meets an error page, and those for whom each step is slow lose the most.",
    since="0.1",
    best_practice=True,
)

#: What a sentence calls what has the address, and what it does with it; a link leads somewhere.
_CALLED = {
    "img": ("picture", "comes from"),
    "source": ("picture or recording", "comes from"),
    "iframe": ("frame", "shows"),
    "frame": ("frame", "shows"),
    "embed": ("embedded file", "comes from"),
    "object": ("embedded file", "comes from"),
    "video": ("video", "comes from"),
    "audio": ("recording", "comes from"),
    "track": ("caption file", "comes from"),
    "script": ("script", "comes from"),
    "form": ("form", "is sent to"),
}
_ADDRESSES = {"a": "href", "area": "href", "link": "href", "object": "data", "form": "action"}
INDEXES = ("index.html", "index.htm")


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
            # Links to other sites are looked at by a job of their own: they would turn the gate
            # red when somebody else's server sleeps.
            if target is not None and urlsplit(link.url).scheme in {"http", "https"} and known(site, target):
                yield _place(page.address, link, target)


def expect(site: Site, target: LinkPlace) -> Result:
    if exists(site, target.target):
        return passed()
    near = did_you_mean(target.target, site.pages)
    thing, does = _CALLED.get(target.kind, ("link", "leads to"))
    words = f" “{target.text}”" if target.text else " without text" if thing == "link" else ""
    return failed(
        f"The {thing}{words} {does} {target.target}, and there is nothing there.",
        f"Correct the address in `{target.href}`, or take the {thing} out. {near}".rstrip(),
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
        html=f'<{link.kind} {_ADDRESSES.get(link.kind, "src")}="{link.href}">{link.text}',
        kind=link.kind,
        href=link.href,
        target=target,
        text=link.text or link.name,
    )
