"""What Ontario's O. Reg. 191/11 asks of a library's site beyond WCAG: which page serves which duty.

Nothing here gives legal advice. A duty is asked about only where the configuration says that
the site is an Ontario organization's (``[site] jurisdiction = "ontario"``), and what the
organization's class (``[site] organization``) exempts is left out.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from audit.model.addresses import INDEXES
from audit.model.rule import Result, ask, failed
from audit.model.site import TEXT_LIMIT, Site, SitePage, SitePlace
from audit.semantics.dates import dates_in
from audit.semantics.derived_facts import remembered
from audit.semantics.published import content_pages, followed, page_at, page_of
from audit.semantics.vocabulary import primary
from audit.semantics.words import words

#: The classes of ``[site] organization``, and what is assumed where nothing is said: the strictest.
PUBLIC_SECTOR, LARGE, SMALL = "public-sector", "large", "small"


@dataclass(frozen=True, slots=True)
class Duty:
    """``what``: the thing in words; ``law``: its section; ``names``: words of titles that it goes by."""

    key: str
    what: str
    law: str
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a duty is served. ``address``: as configured or found; ``page``: ``None`` for files and for nothing."""

    address: str | None
    page: SitePage | None
    configured: bool
    there: bool
    linked: bool


@cache
def duties() -> Mapping[str, Duty]:
    """All duties by their key in ``[site.duties]``."""
    table = tomllib.loads(files("audit.semantics").joinpath("duties.toml").read_text(encoding="utf-8"))
    return {
        key: Duty(key, entry["what"], entry["law"], tuple(words(name) for name in entry["names"]))
        for key, entry in table.items()
    }


def bound(site: Site, *classes: str) -> bool:
    """Whether the site's owners say that Ontario's rules are theirs; ``classes``: only these organizations."""
    return site.settings.get("jurisdiction") == "ontario" and (
        not classes or site.settings.get("organization", PUBLIC_SECTOR) in classes
    )


def readable(site: Site) -> Iterator[SitePage]:
    """Pages in languages that the phrases are in, where the duties apply."""
    if bound(site):
        yield from (page for page in content_pages(site) if primary(page.lang) in {"", "en", "fr"})


def whole_site(site: Site) -> SitePlace:
    """Where a finding about something that is nowhere stands: on the start page."""
    return SitePlace("/" if "/" in site.pages else next(iter(site.pages), None))


def standing(site: Site, key: str) -> Standing:
    """The page or file that serves a duty: as configured, otherwise by title and main heading."""
    configured = _configured(site).get(key)
    if configured is not None:
        page = page_at(site, configured)
        there = page is not None or _answers(site, configured)
        # Of a site on the web only a part is known: the link may stand on another page.
        return Standing(configured, page, True, there, site.answers is not None or configured in _linked(site))
    found = [page for page in readable(site) if any(_says(text, duties()[key]) for text in (page.title, *page.h1))]
    # The page whose heading says little else is the thing itself; others speak of it.
    best = min(found, key=lambda page: (primary(page.lang) == "fr", _length(page), page.address), default=None)
    if best is None:
        return Standing(None, None, False, False, False)
    return Standing(best.address, best, False, True, best.address in _linked(site))


def missing(site: Site, key: str) -> Result | None:
    """What to say where a duty's page is not there, or nobody can come to it; ``None`` where it stands."""
    duty, found = duties()[key], standing(site, key)
    if not found.there:
        if found.configured:
            return failed(
                f"`[site.duties]` says that the {duty.what} is at {found.address}, and there is nothing there.",
                f"Publish it there, or correct `{key}` in stepfree.toml. {duty.law} is the section to check.",
                address=found.address,
            )
        return ask(
            f"No page's title or heading names the {duty.what}. Is it published, and where?",
            f"Publish it and link to it; name its address as `{key}` in `[site.duties]`. {duty.law} is the section "
            "to check.",
        )
    if not found.linked:
        return failed(
            f"The {duty.what} is at {found.address}, and no page links to it.",
            "Link to it from the accessibility page or the footer.",
            address=found.address,
        )
    return None


def place(site: Site, key: str) -> SitePlace:
    """Where a finding about a duty stands: its page, or the start page."""
    page = standing(site, key).page
    return SitePlace(page.address) if page is not None else whole_site(site)


def mentions(page: SitePage, phrases: tuple[str, ...]) -> bool:
    """Whether the main text, a heading or a link of the page has one of the phrases."""
    said = [page.main_text, *(text for _, text in page.headings), *(link.name or link.text for link in page.links)]
    text = f" {' '.join(' '.join(words(each)) for each in said)} "
    return any(f" {' '.join(words(phrase))} " in text for phrase in phrases)


def is_whole(page: SitePage) -> bool:
    """Whether all of the main text was kept, so that words that are not in it are not on the page."""
    return len(page.main_text) < TEXT_LIMIT


def dates(page: SitePage) -> tuple[dt.date, ...]:
    """Every date with a year in the main text, in order."""
    found = []
    for _, each in dates_in(page.main_text, french=primary(page.lang) == "fr"):
        if each.year is not None:
            try:
                found.append(dt.date(each.year, each.month, each.day))
            except ValueError:
                continue
    found.extend(
        dt.date.fromisoformat(text)
        for text in re.findall(r"\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b", page.main_text)
    )
    return tuple(found)


def last_date(page: SitePage, today: dt.date) -> dt.date | None:
    """The latest date in the text that is not in the future."""
    return max((date for date in dates(page) if date <= today), default=None)


def _answers(site: Site, address: str) -> bool:
    """Whether a file answers at an address, or nobody has asked. A page that could not be opened is a file too."""
    if site.answers is not None:
        return site.answers.get(address, 200) not in {0, 404, 410}
    path = unquote(address).lstrip("/")
    folder = f"{path.rstrip('/')}/" if path else ""
    return path in site.files or any(f"{folder}{index}" in site.files for index in INDEXES)


def _configured(site: Site) -> Mapping[str, str]:
    table = site.settings.get("duties")
    return {key: str(value) for key, value in table.items()} if isinstance(table, Mapping) else {}


def _says(text: str, duty: Duty) -> bool:
    said = f" {' '.join(words(text))} "
    return any(f" {' '.join(name)} " in said for name in duty.names)


def _length(page: SitePage) -> int:
    return len(words(page.h1[0] if page.h1 else page.title))


@remembered
def _linked(site: Site) -> frozenset[str]:
    """Addresses of pages and files that a page other than themselves links to."""
    found: set[str] = set()
    for page in content_pages(site):
        for link in followed(page):
            end = page_of(site, link)
            address = end.address if end is not None else site.address_of(link.url)
            if address is not None and address != page.address:
                found.add(address)
    return frozenset(found)
