"""The words of the site core: a content file as read, a page as placed, the site as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from library_frontmatter import Lines
from library_markdown import Heading
from library_schemas import Library, Record


class PageKind(StrEnum):
    """What a published page is for."""

    PAGE = "page"
    REDIRECT = "redirect"
    ERROR = "error"
    SHEET = "sheet"
    #: What it was about is over. It keeps its address, for links and bookmarks, and is listed nowhere.
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Markdown from a file outside ``content/``, which begins there on ``line``.

    ``prefix`` begins the ids of its headings, since passages of one page must not share any.
    """

    source: str
    line: int
    text: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ExtraPage:
    """A page that is written by no author: what ``STEPFREE_EXTRA_PAGES`` of the settings returns.

    ``name`` is the place below ``content/`` that its file would have, such as ``pages/rules.md``;
    ``origin`` the file of the repository that makes it.
    """

    name: str
    record: Record
    origin: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One Markdown file as read. ``name`` is its path from ``content/``, such as ``programs/x.md``.

    An extra page is one too; it has ``passages`` instead of a body, and says where it is made.
    """

    name: str
    type: str
    lang: str
    record: Record
    lines: Lines
    body: str
    body_line: int
    passages: tuple[Passage, ...] = ()
    origin: str = ""

    @property
    def source(self) -> str:
        """The path from the project's folder."""
        return self.origin or f"content/{self.name}"


@dataclass(slots=True, eq=False)
class Page:
    """A page as templates see it.

    ``path`` is its address below the site's base path (``/programs/x/``), ``url`` the same
    with the base path, ``file`` where it is written. ``record`` is the front matter with its
    links resolved, or ``None`` for pages that no file describes. ``view`` holds what is
    computed for its type.
    """

    type: str
    title: str
    path: str
    url: str
    file: str
    lang: str
    template: str
    source: str = ""
    lines: Lines = field(default_factory=lambda: Lines(""))
    record: Any = None
    summary: str = ""
    body: Markup = Markup()
    headings: Sequence[Heading] = ()
    breadcrumb: Sequence[tuple[str, str]] = ()
    partner: Page | None = None
    reviewed: dt.date | None = None
    view: Any = None
    jsonld: str = ""
    feeds: Sequence[tuple[str, str]] = ()
    kind: PageKind = PageKind.PAGE
    content: ContentFile | None = None
    #: False keeps a page out of the sitemap, the site map page and the search.
    listed: bool = True
    status: int = 200
    #: The day on which its content last changed, for the sitemap; from front matter only.
    changed: dt.date | None = None
    #: The last day of what is over.
    ended: dt.date | None = None

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.path.strip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the main menu. ``current`` is ``page`` or ``true`` or empty."""

    text: str
    url: str
    page: Page
    current: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site that is not a page. ``source`` is the content file it comes from, or empty."""

    path: str
    data: bytes
    source: str = ""


@dataclass(frozen=True, slots=True)
class EditorSettings:
    """The editor in the browser: the folder of its npm package, and where the files are kept on GitHub."""

    package: str
    repository: str
    branch: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says, parsed."""

    root: str
    content: str
    theme: str
    siteurl: str
    production: bool
    drafts: bool
    today: dt.date
    now: dt.datetime
    library: Library
    library_lines: Lines
    editor: EditorSettings | None = None

    @property
    def base_path(self) -> str:
        """The path part of the site's address without a slash at the end: ``''`` or ``/library``."""
        rest = self.siteurl.partition("://")[2]
        slash = rest.find("/")
        return rest[slash:].rstrip("/") if slash >= 0 else ""

    @property
    def origin(self) -> str:
        """Scheme and host of the site: ``https://library.example.org``; empty in development."""
        return self.siteurl.removesuffix("/").removesuffix(self.base_path)


@dataclass(slots=True)
class Site:
    """All pages, and what templates ask about them."""

    settings: Settings
    all: list[Page] = field(default_factory=list)
    by_path: dict[str, Page] = field(default_factory=dict)
    by_name: dict[str, Page] = field(default_factory=dict)
    redirect_files: Sequence[ContentFile] = ()
    #: Old addresses that no page can stand at (``/?p=12``, ``/Hours/`` beside ``/hours/``) → where they lead.
    moved: dict[str, str] = field(default_factory=dict)
    #: The anchors of each page's own text, by address.
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: The types and languages in which something was ever written: their listings stay when all of it has ended.
    written: set[tuple[str, str]] = field(default_factory=set)

    def add(self, page: Page) -> None:
        """Add a page that has a place in the site."""
        self.all.append(page)
        self.by_path[page.path] = page
        if page.content is not None:
            self.by_name[page.content.name] = page

    def of_type(self, type_: str, lang: str, *, over: bool = False) -> list[Page]:
        """Pages made from the content files of one type and language, unsorted.

        ``over`` adds programs that have taken place: their calendars and numbers are kept.
        """
        return [
            page
            for page in self.all
            if page.type == type_
            and page.lang == lang
            and page.content is not None
            and (page.kind is not PageKind.ENDED or (over and page.template != "ended"))
        ]

    def named(self, name: str, lang: str) -> Page | None:
        """The page of a content file, in the language asked for when there is a partner."""
        page = self.by_name.get(name)
        if page is not None and page.lang != lang and page.partner is not None:
            return page.partner
        return page

    def branch(self, slug: str | None, lang: str) -> Page | None:
        """A branch by its file name without ``.md``."""
        return self.named(f"branches/{slug}.md", lang) if slug else None


type Context = Mapping[str, Any]
