"""From read content to a site of pages, each with its address, text, view and place.

The order: place every file, add listings and pages that no file describes, resolve links in
front matter, render every text once, check anchors, make views, add breadcrumbs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from library_catalogue import catalogue_problems, catalogue_search
from library_feeds.atom import page_feeds
from library_links import Address, Resolver
from library_markdown import Renderer
from library_markdown.finish import PictureFacts
from library_programs.schedule import Schedule
from library_site.breadcrumbs import breadcrumb
from library_site.errors import ContentErrors, Problem
from library_site.files import PublishedFiles
from library_site.make_views import ViewMaker, go_name
from library_site.model import ContentFile, Page, PageKind, Settings, Site
from library_site.placing import (
    LISTING_TEMPLATES,
    ON_LISTING,
    address_of,
    clashes,
    file_of,
    template_of,
    unpublished_because,
)
from library_site.reading import Content
from library_site.record_links import file_problems, resolved
from library_site.site_view import SiteView
from library_site.stamps import Sources
from library_site.views import RedirectView, SearchView, StatisticsView, Words
from library_statistics import read_tables
from library_structured import page_jsonld
from library_words import NOTE_TITLES, translate

_LISTING_TITLES = {
    "branches": "Hours and locations",
    "programs": "Programs",
    "services": "Services",
    "e-resources": "Online resources",
    "equipment": "Things to borrow and use",
    "booklists": "Booklists",
    "notices": "Notices",
    "news": "News",
    "policies": "Policies",
    "meetings": "Board meetings",
    "documents": "Documents",
    "staff": "Staff",
    "questions": "Questions and answers",
}
#: Pages that exist even if nobody writes them: name, template, title.
_SPECIAL = (
    ("/search/", "search", "Search this website"),
    ("/site-map/", "site-map", "All pages from A to Z"),
    ("/404.html", "not-found", "Page not found"),
)
#: Menu entries at most; more would not fit one level.
_MENU_LIMIT = 7


@dataclass(slots=True)
class Assembled:
    """The site with everything that later steps need."""

    site: Site
    schedule: Schedule
    asks: SiteView
    files: PublishedFiles
    resolver: Resolver
    problems: list[Problem] = field(default_factory=list)


def assemble(
    settings: Settings,
    content: Content,
    sources: Sources,
    has_template: Callable[[str], bool],
    generated: Callable[[Site, Schedule, Callable[[str], bool]], Iterable[Page]],
    renderer: Renderer | None = None,
) -> Assembled:
    """Assemble the site. Raises :class:`ContentErrors` with every problem found.

    ``has_template`` says whether the theme has a template; ``generated`` makes the pages of
    the program calendar, which no file describes.
    """
    problems: list[Problem] = list(catalogue_problems(settings.library.catalogue, content.library.lines))
    site = Site(settings)
    addresses = _place(site, content.files, problems)
    _listings(site, has_template)
    _special(site, has_template)
    _partners(site)
    cache = Path(settings.root) / ".cache" / "pictures"
    limit = settings.library.image_weight_limit_kb * 1000
    files = PublishedFiles(Path(settings.content), settings.base_path, content.others, limit, cache)
    known = {page.path: page.title for page in site.all if "#" not in page.path}
    resolver = Resolver(
        Path(settings.content),
        settings.base_path,
        addresses,
        known,
        files.publish,
        files.picture,
        content.others,
    )
    for page in site.all:
        if page.content is not None:
            page.record = resolved(page.content, resolver, page.path)
            problems.extend(file_problems(page.content, content.others))
    if any(not _usable(page) for page in site.all):
        raise ContentErrors([*problems, *resolver.problems])
    schedule = Schedule(site, settings.library, settings.today)
    problems.extend(schedule.problems())
    for page in generated(site, schedule, has_template):
        site.add(page)
        known[page.path] = page.title
    _redirects(site, resolver, problems)
    known.update({page.path: page.title for page in site.all if page.kind is PageKind.REDIRECT})
    if problems and catalogue_problems(settings.library.catalogue, content.library.lines):
        raise ContentErrors([*problems, *resolver.problems])
    asks = SiteView(site, schedule, catalogue_search(settings.library.catalogue))
    _render(site, sources, resolver, problems, renderer or Renderer())
    problems.extend(_menu_problems(site))
    problems.extend(resolver.problems)
    if problems:
        raise ContentErrors(problems)
    maker = ViewMaker(site, settings.library, schedule, files, asks)
    for page in site.all:
        if page.view is None:
            asks.lang = page.lang
            maker.make(page)
        page.breadcrumb = breadcrumb(site, page)
        page.feeds = page_feeds(site, page)
        page.jsonld = page_jsonld(site, page) if page.kind is PageKind.PAGE else ""
    _statistics(site, files, problems)
    problems.extend(files.problems)
    if problems:
        raise ContentErrors(problems)
    return Assembled(site, schedule, asks, files, resolver)


def _usable(page: Page) -> bool:
    return page.content is None or page.record is not None


def _place(site: Site, files: Iterable[ContentFile], problems: list[Problem]) -> dict[str, Address]:
    settings = site.settings
    addresses: dict[str, Address] = {}
    placed: list[tuple[ContentFile, str]] = []
    for file in files:
        address = address_of(file)
        reason = unpublished_because(file, settings.today, drafts=settings.drafts)
        addresses[file.name] = Address(address, reason)
        if reason or file.type == "redirects":
            continue
        placed.append((file, address))
        on_listing = file.type in ON_LISTING
        site.add(
            Page(
                type=file.type,
                title=file.record.title,
                path=address,
                url=settings.base_path + address,
                file="" if on_listing else file_of(address),
                lang=file.lang,
                template="" if on_listing else template_of(file),
                source=file.source,
                lines=file.lines,
                record=file.record,
                summary=file.record.summary or "",
                reviewed=file.record.reviewed,
                content=file,
                listed=address != "/404.html",
                kind=PageKind.ERROR if address.endswith("/404.html") else PageKind.PAGE,
                status=404 if address.endswith("/404.html") else 200,
                changed=_changed(file),
            )
        )
    site.redirect_files = [
        file for file in files if file.type == "redirects" and not addresses[file.name].missing_because
    ]
    problems.extend(clashes(placed))
    return addresses


def _changed(file: ContentFile) -> dt.date | None:
    record: Any = file.record
    days = [record.reviewed, record.publish_on]
    days += [
        getattr(record, name, None) for name in ("date", "published", "approved", "dated", "checked", "trouble_since")
    ]
    return max((day for day in days if isinstance(day, dt.date)), default=None)


def _listings(site: Site, has_template: Callable[[str], bool]) -> None:
    for lang in ("en", "fr"):
        for type_, template in LISTING_TEMPLATES.items():
            path = f"/{type_}/" if lang == "en" else f"/fr/{type_}/"
            if path in site.by_path or not has_template(template):
                continue
            if lang == "fr" and not site.of_type(type_, lang):
                continue
            _add_plain(site, type_, path, template, _LISTING_TITLES[type_], lang)


def _special(site: Site, has_template: Callable[[str], bool]) -> None:
    french = "/fr/" in site.by_path
    for path, template, title in _SPECIAL:
        if not has_template(template):
            continue
        for lang in ("en", "fr") if french and template != "not-found" else ("en",):
            own = path if lang == "en" else f"/fr{path}"
            if own not in site.by_path:
                _add_plain(site, "pages", own, template, title, lang)
            page = site.by_path[own]
            if template == "search":
                page.view = SearchView()


def _add_plain(site: Site, type_: str, path: str, template: str, title: str, lang: str) -> None:
    error = path.endswith("/404.html")
    site.add(
        Page(
            type=type_,
            title=translate(title, lang),
            path=path,
            url=site.settings.base_path + path,
            file=file_of(path),
            lang=lang,
            template=template,
            kind=PageKind.ERROR if error else PageKind.PAGE,
            status=404 if error else 200,
            listed=not error,
        )
    )


def _partners(site: Site) -> None:
    for page in site.all:
        target = page.content.record.translation_of if page.content is not None else None
        english = site.by_name.get(target) if target else None
        if english is None and page.content is None and page.lang == "fr":
            english = site.by_path.get(page.path.removeprefix("/fr"))
        if english is None and page.content is not None and page.lang == "fr" and page.template in _LISTED_TEMPLATES:
            english = site.by_path.get(page.path.removeprefix("/fr"))
        if english is not None and english.lang != page.lang and english.partner is None:
            page.partner, english.partner = english, page


_LISTED_TEMPLATES = frozenset([*LISTING_TEMPLATES.values(), "home", "search", "site-map", "statistics"])


def _redirects(site: Site, resolver: Resolver, problems: list[Problem]) -> None:
    """Redirect pages: from ``redirects/``, from ``redirect_from`` of pages, and ``/go/NAME/``."""
    wanted: list[tuple[str, str, str, ContentFile, int, bool]] = []
    for file in site.redirect_files:
        record: Any = file.record
        line = file.lines["to"]
        target = resolver.resolve(record.to, path=file.name, line=line, page=record.from_, name="to")
        wanted.append((record.from_, target, record.title, file, file.lines["from"], record.kind == "go-link"))
    for page in site.all:
        if page.content is None:
            continue
        for index, old in enumerate(page.content.record.redirect_from):
            wanted.append(
                (old, page.url, page.title, page.content, page.content.lines.of("redirect_from", index), False)
            )
        if page.type == "e-resources" and page.lang == "en":
            line = page.content.lines["go" if page.content.record.go else "url"]  # type: ignore[attr-defined]
            wanted.append((f"/go/{go_name(page)}/", page.record.url, page.title, page.content, line, True))
    for old, target, title, file, line, temporary in wanted:
        path = old if old.endswith((".html", "/")) else f"{old}/"
        if not path.startswith("/") or path in site.by_path:
            message = f"“{old}” cannot lead elsewhere: "
            message += "a page has that address." if path.startswith("/") else "it does not begin with /."
            problems.append(Problem(file.source, line, "from", message, "Choose another old address."))
            continue
        site.add(
            Page(
                type="redirects",
                title=title,
                path=path,
                url=site.settings.base_path + path,
                file=file_of(path),
                lang=file.lang,
                template="redirect",
                source=file.source,
                lines=file.lines,
                kind=PageKind.REDIRECT,
                listed=False,
                view=RedirectView(Words(title, target), temporary),
            )
        )


@dataclass(frozen=True, slots=True)
class _Targets:
    """Binds the resolver to one text."""

    resolver: Resolver
    name: str
    page: str
    lang: str

    def link(self, target: str, line: int) -> str:
        return self.resolver.resolve(target, path=self.name, line=line, page=self.page)

    def file_note(self, target: str, words: str) -> str:
        return self.resolver.file_note(target, words, self.name, self.lang)

    def picture(self, target: str, line: int) -> PictureFacts:
        return self.resolver.picture(target, path=self.name, line=line)


def _render(site: Site, sources: Sources, resolver: Resolver, problems: list[Problem], renderer: Renderer) -> None:
    ids: dict[str, frozenset[str]] = {}
    for page in site.all:
        file = page.content
        if file is None:
            continue
        where = page.path.partition("#")[0]
        rendered = renderer.render(
            file.body,
            path=file.source,
            source=sources.number(file.source),
            first_line=file.body_line,
            targets=_Targets(resolver, file.name, where, page.lang),
            words=NOTE_TITLES[page.lang],
        )
        page.body = rendered.html
        page.headings = rendered.headings
        problems.extend(rendered.problems)
        ids[page.path] = frozenset(rendered.ids)
    site.ids = ids
    resolver.check_anchors({path: found for path, found in ids.items() if _only_own_anchors(site.by_path[path])})


def _only_own_anchors(page: Page) -> bool:
    """Whether the page's anchors are those of its text; other templates add their own."""
    return page.template == "page"


def _statistics(site: Site, files: PublishedFiles, problems: list[Problem]) -> None:
    """Give the statistics pages their tables, and publish the tables as files."""
    pages = [page for page in site.all if page.template == "statistics"]
    names = sorted(name for name in files.known if name.startswith("statistics/") and name.endswith(".csv"))
    if not pages or not names:
        return
    tables, found = read_tables(files.content, names, site.settings.base_path)
    problems.extend(found)
    for page in pages:
        page.view = StatisticsView(tables)
    for name in names:
        files.publish(name)


def _menu_problems(site: Site) -> list[Problem]:
    problems = []
    for lang in ("en", "fr"):
        entries = [page for page in site.of_type("pages", lang) if page.record.menu is not None]
        for page in sorted(entries, key=lambda page: page.record.menu)[_MENU_LIMIT:]:
            problems.append(
                Problem(
                    page.source,
                    page.lines["menu"],
                    "menu",
                    f"The menu has {len(entries)} entries; {_MENU_LIMIT} is the most.",
                    "Take “menu” out of this page or of another one.",
                )
            )
    return problems
