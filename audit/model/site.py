"""The site as a whole: what rules about several pages look at.

A :class:`SitePage` is the small remainder of a page after its capture was examined, so
memory grows with the number of links, not with the size of the pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.model.finding import Json

#: Longest main text that is kept of a page, in characters; two pages that agree so far are taken as equal.
TEXT_LIMIT = 6_000


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link of a page. ``href`` as written, ``url`` resolved; ``static`` is the ordinal of its element.

    ``area`` is the part of the page that it stands in: ``banner``, ``main``, ``contentinfo`` or
    ``""``; ``landmark`` the accessible name of the navigation around it (``None``: there is none); ``block`` what a block
    of links outside of content is called, that is no navigation by its markup (``None``: it stands in none).
    """

    href: str
    url: str
    text: str
    name: str
    selector: str
    static: int | None
    kind: str = "a"
    area: str = ""
    landmark: str | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class SiteControl:
    """A control, and what it ``does``: what its markup tells a script, or the address of the picture that it shows."""

    does: str
    name: str
    selector: str
    static: int | None
    html: str


@dataclass(frozen=True, slots=True)
class SiteForm:
    """A form with one button that sends it. ``url``: where to; ``fields``: the names of what is filled in;
    ``button``: its name, and ``selector``, ``static`` and ``html`` where it is.
    """

    url: str
    fields: tuple[str, ...]
    button: str
    selector: str
    static: int | None
    html: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """What is kept of a page.

    ``anchors``: every id and ``a[name]``, each once, in the order of the page. ``headings``: with their levels.
    ``has_search``: the page has a search field. ``alternates``: address by language.
    """

    address: str
    file: str | None
    title: str
    lang: str | None
    h1: tuple[str, ...]
    description: str | None
    links: tuple[SiteLink, ...]
    anchors: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]
    main_text: str
    status: int = 200
    kind: str = "page"
    canonical: str | None = None
    alternates: Mapping[str, str] = field(default_factory=dict)
    source_path: str | None = None
    template: str | None = None
    has_search: bool = False
    forms: tuple[SiteForm, ...] = ()
    controls: tuple[SiteControl, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Where a site rule found something: a page, and the element on it when there is one.

    ``path`` and ``line`` are given instead when the place is a file of the repository.
    """

    page: str | None
    selector: str = ""
    static: int | None = None
    html: str = ""
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Site:
    """All pages, by address, and the other files that are published, by path from the root.

    ``root`` is the public address under which the site was served, ``base_path`` its path;
    ``today`` the day of the audit; ``settings`` the table ``[site]`` of the configuration.
    ``answers`` is ``None`` where the whole site is at hand; for a site on the web it has the
    status of each address that was asked, and nothing is known of others.
    """

    pages: Mapping[str, SitePage]
    files: Mapping[str, int]
    root: str
    base_path: str
    today: dt.date
    settings: Mapping[str, Json] = field(default_factory=dict)
    answers: Mapping[str, int] | None = None

    def address_of(self, url: str) -> str | None:
        """The path of an address of this site without query and fragment; ``None`` for others."""
        if not url.startswith(self.root):
            return None
        path = url[len(self.root) :].partition("#")[0].partition("?")[0]
        return "/" + path.lstrip("/")
