"""Navigation and help that stand on several pages of a site (WCAG 3.2.3, 3.2.4 and 3.2.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.model.site import Site, SiteLink, SitePage
from audit.semantics.derived_facts import remembered
from audit.semantics.published import content_pages, followed, is_within
from audit.semantics.vocabulary import primary
from audit.semantics.words import words

#: On fewer pages nothing is repeated: two pages may well differ.
PAGES = 3
#: The parts of a page that are the same on all, as a rule: a link in them belongs to the site.
_ENDS = frozenset({"banner", "contentinfo"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a menu stands on pages of one language: its part of the page and its accessible name, or what the block of
    links is called that is no navigation by its markup; or the header or footer as a whole.
    """

    lang: str
    area: str
    landmark: str
    block: str = ""


type Menu = tuple[SiteLink, ...]


@remembered
def menus(site: Site) -> Mapping[Place, Mapping[str, Menu]]:
    """For each place, the links of the menu by page, in order.

    Links to places on the page itself are a table of contents, a name that comes twice has no one place, and a link to
    another language says what that language has of this page: all three are left out.
    """
    found: dict[Place, dict[str, Menu]] = {}
    for page in content_pages(site):
        here: dict[Place, list[SiteLink]] = {}
        for link in followed(page):
            block = None if link.landmark is not None else link.block or (link.area if link.area in _ENDS else None)
            named = link.landmark is not None or block is not None
            target = site.pages.get(site.address_of(link.url) or "")
            abroad = target is not None and primary(target.lang) != primary(page.lang)
            if named and words(link.name) and not abroad and not is_within(page, link, site):
                place = Place(primary(page.lang), link.area, link.landmark or "", block or "")
                here.setdefault(place, []).append(link)
        for place, links in here.items():
            counts = Counter(words(link.name) for link in links)
            found.setdefault(place, {})[page.address] = tuple(link for link in links if counts[words(link.name)] == 1)
    return found


def usual[T](values: Iterable[T], least: int = PAGES) -> T | None:
    """What stands on most of the pages, on more than half of them and on ``least`` at the least."""
    counts = Counter(values)
    if not counts:
        return None
    value, count = counts.most_common(1)[0]
    return value if count >= least and count * 2 > counts.total() else None


def out_of_order[T](order: Sequence[T], model: Sequence[T]) -> T | None:
    """The first of ``order`` that stands in another relative order than in ``model``; ``None`` when all agree."""
    places = {value: number for number, value in enumerate(model)}
    common = [value for value in order if value in places]
    for value, expected in zip(common, sorted(common, key=places.__getitem__), strict=True):
        if value != expected:
            return value
    return None


#: Words of a link that leads to people who help. English and French.
HELP = frozenset(
    {"contact", "contact us", "help", "get help", "ask us", "support", "chat", "chat with us", "ask a librarian"}
    | {"contactez nous", "nous joindre", "communiquez avec nous", "aide", "soutien", "clavardage"}
)


def help_links(site: Site, page: SitePage) -> Iterator[SiteLink]:
    """Ways to get help outside the main content: telephone, e-mail, and links that say so."""
    configured = site.settings.get("feedback_page")
    for link in followed(page):
        if link.area == "main":
            continue
        said = " ".join(words(link.name or link.text))
        if link.url.startswith(("tel:", "mailto:")) or said in HELP or site.address_of(link.url) == configured:
            yield link
