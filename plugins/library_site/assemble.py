"""From read content to a site of pages, each with its address, text, view and place.

The order: place every file, add listings and pages that no file describes, resolve links in
front matter, render every text once, check anchors, make views, add breadcrumbs.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from library_base.errors import ContentErrors, Problem
from library_base.stamps import Sources
from library_catalogue import catalogue_problems, catalogue_search
from library_feeds.atom import page_feeds
from library_links import Address, Resolver
from library_markdown import Rendered, Renderer, Text
from library_markdown.finish import PictureFacts
from library_model.model import ContentFile, Page, PageKind, Passage, Settings, Site
from library_model.placing import (
    ON_LISTING,
    Standing,
    address_of,
    address_of_name,
    clashes,
    file_of,
    publication,
    template_of,
)
from library_programs.calendar_pages import stand_in
from library_programs.schedule import Schedule
from library_redirects.pages import add_redirects
from library_schemas import News, OwnPage
from library_site.brand import Face, face
from library_site.breadcrumbs import breadcrumb
from library_site.ended import ENDED_TEMPLATE, ended_view
from library_site.extra_pages import add_listings, add_special, add_statistics, menu_problems, pair_languages
from library_site.files import PublishedFiles
from library_site.linked_files import linked_files, linking
from library_site.local_checks import said_too_early
from library_site.make_views import ViewMaker
from library_site.reading import Content
from library_site.record_links import file_problems, resolved
from library_site.site_view import SiteView
from library_structured import page_jsonld
from library_words import note_titles, where_ours


@dataclass(slots=True)
class Assembled:
    """The site with everything that later steps need."""

    site: Site
    schedule: Schedule
    asks: SiteView
    files: PublishedFiles
    resolver: Resolver
    face: Face
    #: What is worth saying and stands in nobody's way.
    advice: list[Problem] = field(default_factory=list)


def assemble(
    settings: Settings,
    content: Content,
    sources: Sources,
    has_template: Callable[[str], bool],
    generated: Callable[[Site, Schedule, Callable[[str], bool]], Iterable[Page]],
    renderer: Renderer,
) -> Assembled:
    """Assemble the site. Raises :class:`ContentErrors` with every problem found.

    ``has_template`` says whether the theme has a template; ``generated`` makes the pages of
    the program calendar, which no file describes.
    """
    problems: list[Problem] = list(catalogue_problems(settings.library.catalogue, content.library.lines))
    problems.extend(said_too_early(content.files, settings.today))
    site = Site(settings)
    addresses = _place(site, content.files, problems, has_template)
    add_listings(site, has_template)
    add_special(site, has_template)
    pair_languages(site)
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
        settings.today,
        settings.library.url.rstrip("/"),
        over={page.path: page.ended for page in site.all if page.ended is not None},
        waiting={address.path: name for name, address in addresses.items() if address.waits},
        stand_in=partial(stand_in, site),
        unread=content.unread,
        unread_addresses=frozenset(address_of_name(name) for name in content.unread),
    )
    schedule = Schedule(site, settings.library, settings.today)
    for page, last in schedule.over():
        page.kind, page.listed, page.ended = PageKind.ENDED, False, last
        resolver.over[page.path] = last
    for page in generated(site, schedule, has_template):
        site.add(page)
        known[page.path] = page.title
    # Once more: the pages of the calendar have partners too.
    pair_languages(site)
    problems.extend(_resolve_records(site, resolver))
    if any(not _usable(page) for page in site.all):
        raise ContentErrors([*problems, *resolver.problems])
    problems.extend(schedule.problems())
    add_redirects(site, resolver, problems)
    known.update({page.path: page.title for page in site.all if page.kind is PageKind.REDIRECT})
    if problems and catalogue_problems(settings.library.catalogue, content.library.lines):
        raise ContentErrors([*problems, *resolver.problems])
    asks = SiteView(site, schedule, catalogue_search(settings.library.catalogue))
    asks.linked_files = lambda lang: linked_files(site, resolver.file_uses, files, lang)
    pages_of = functools.cache(lambda: linking(site, resolver.file_uses, files))
    asks.linking = lambda page: pages_of().get(page.record.file, ())
    _render(site, sources, resolver, problems, renderer)
    problems.extend(menu_problems(site))
    problems.extend(resolver.problems)
    if problems:
        raise ContentErrors(problems)
    maker = ViewMaker(site, settings.library, schedule, files, asks)
    for page in site.all:
        if page.template == ENDED_TEMPLATE and page.content is not None:
            page.view = ended_view(site, page)
        elif page.view is None:
            asks.lang = page.lang
            maker.make(page)
        page.breadcrumb = breadcrumb(site, page)
        page.feeds = page_feeds(site, page)
        page.jsonld = page_jsonld(site, page) if page.kind is PageKind.PAGE else ""
    add_statistics(site, files, problems)
    own_face = face(settings.library.brand, settings.library_lines, files, Path(settings.theme))
    problems.extend(files.problems)
    if problems:
        raise ContentErrors(problems)
    return Assembled(site, schedule, asks, files, resolver, own_face, _advice(site, resolver))


def _resolve_records(site: Site, resolver: Resolver) -> Iterator[Problem]:
    """Replace the links of every front matter by addresses; what is over needs its files no more."""
    for page in site.all:
        if page.content is not None:
            page.record = resolved(page.content, resolver, page.path)
            if page.template != ENDED_TEMPLATE:
                yield from file_problems(page.content, resolver.files)


def _advice(site: Site, resolver: Resolver) -> list[Problem]:
    """What time has changed. Records of their day may lead to anything: what is over itself, and old news."""
    year_ago = site.settings.today - dt.timedelta(days=365)
    records = {
        page.source
        for page in site.all
        if page.kind is PageKind.ENDED or (isinstance(page.record, News) and page.record.date < year_ago)
    }
    return sorted({each for each in resolver.advice if each.path not in records})


def _usable(page: Page) -> bool:
    return page.content is None or page.record is not None


def _place(
    site: Site, files: Iterable[ContentFile], problems: list[Problem], has_template: Callable[[str], bool]
) -> dict[str, Address]:
    settings = site.settings
    addresses: dict[str, Address] = {}
    placed: list[tuple[ContentFile, str]] = []
    over: list[tuple[dt.date, ContentFile, str]] = []
    for file in files:
        address = address_of(file)
        if settings.library.sections.get(file.type) == "off":  # type: ignore[call-overload]
            addresses[file.name] = Address(address, f"the section “{file.type}” is off in library.yml")
            continue
        if settings.drafts or file.record.status != "draft":
            site.written.add((file.type, file.lang))
        found = publication(file, settings.today, drafts=settings.drafts)
        keeps = found.day is not None and has_template(ENDED_TEMPLATE)
        if found.standing is Standing.ENDED and found.day is not None and keeps:
            # A place on a listing is gone; the listing is still there.
            addresses[file.name] = Address(address.partition("#")[0])
            if "#" not in address:
                over.append((found.day, file, address))
            continue
        waits = found.standing in {Standing.WAITING, Standing.ENDED}
        addresses[file.name] = Address(address, found.because, waits)
        if found.because or file.type == "redirects":
            continue
        placed.append((file, address))
        site.add(_page(site, file, address))
    taken = {address for _, address in placed}
    problems.extend(_useless_redirects(files, addresses, placed))
    # What is online has its address; of two things that are over, the later one.
    for day, file, address in sorted(over, key=lambda each: (each[0], each[1].name), reverse=True):
        if address not in taken:
            taken.add(address)
            site.add(_ended_page(site, file, address, day))
    site.redirect_files = [
        file
        for file in files
        if file.type == "redirects"
        and not addresses[file.name].missing_because
        and addresses[file.name].path not in taken
    ]
    problems.extend(clashes(placed))
    return addresses


def _useless_redirects(
    files: Iterable[ContentFile], addresses: Mapping[str, Address], placed: Iterable[tuple[ContentFile, str]]
) -> Iterator[Problem]:
    """Redirects of addresses that pages have for good. One of a page that comes and goes gives way to it by itself."""
    lasting = {
        address: file for file, address in placed if file.record.publish_on is None and file.record.expires is None
    }
    for file in files:
        if file.type == "redirects" and (owner := lasting.get(addresses[file.name].path)):
            message = f"“{addresses[file.name].path}” cannot lead elsewhere: {owner.source} has that address already."
            hint = "Choose another address, or delete this one."
            yield Problem(file.source, file.lines["from"], "from", message, hint)


def _page(site: Site, file: ContentFile, address: str) -> Page:
    on_listing, settings = file.type in ON_LISTING, site.settings
    return Page(
        type=file.type,
        title=file.record.title or where_ours(settings.library.name, file.lang),
        path=address,
        url=settings.base_path + address,
        file="" if on_listing else file_of(address),
        lang=file.lang,
        template="" if on_listing else template_of(file),
        source=file.source,
        lines=file.lines,
        record=file.record,
        summary=(file.record.summary if isinstance(file.record, OwnPage) else None) or "",
        reviewed=file.record.reviewed,
        content=file,
        listed=address != "/404.html",
        kind=PageKind.ERROR if address.endswith("/404.html") else PageKind.PAGE,
        status=404 if address.endswith("/404.html") else 200,
        changed=_changed(file),
    )


def _ended_page(site: Site, file: ContentFile, address: str, day: dt.date) -> Page:
    page = _page(site, file, address)
    page.template, page.kind, page.listed, page.summary, page.ended = ENDED_TEMPLATE, PageKind.ENDED, False, "", day
    return page


def _changed(file: ContentFile) -> dt.date | None:
    record: Any = file.record
    days = [record.reviewed, record.publish_on]
    days += [
        getattr(record, name, None) for name in ("date", "published", "approved", "dated", "checked", "trouble_since")
    ]
    return max((day for day in days if isinstance(day, dt.date)), default=None)


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
    told = [page.content for page in site.all if page.content is not None and page.template != ENDED_TEMPLATE]
    renderer.convert_ahead(texts_of(told))
    for page in site.all:
        file = page.content
        if file is None or page.template == ENDED_TEMPLATE:
            continue
        done = _rendered(page, file, sources, resolver, renderer)
        page.body = Markup().join(each.html for each in done)
        page.headings = [heading for each in done for heading in each.headings]
        problems.extend(problem for each in done for problem in each.problems)
        ids[page.path] = frozenset(name for each in done for name in each.ids)
    site.ids = ids
    resolver.check_anchors({path: found for path, found in ids.items() if _only_own_anchors(site.by_path[path])})


def _rendered(
    page: Page, file: ContentFile, sources: Sources, resolver: Resolver, renderer: Renderer
) -> list[Rendered]:
    """The text of a page; one that no author wrote is put together from passages of several files."""
    if renderer.finished is not None and file.name in renderer.finished:
        return renderer.finished[file.name]
    where = page.path.partition("#")[0]
    done = [
        renderer.render(
            passage.text,
            path=passage.source,
            source=sources.number(passage.source),
            first_line=passage.line,
            targets=_Targets(resolver, file.name, where, page.lang),
            words=note_titles(page.lang),
            prefix=passage.prefix,
        )
        for passage in _passages(file)
    ]
    if file.passages and renderer.finished is not None:
        renderer.finished[file.name] = done
    return done


def texts_of(files: Iterable[ContentFile]) -> Iterator[Text]:
    """What is to be converted of files: their texts as :func:`assemble` will ask for them."""
    for file in files:
        for passage in _passages(file):
            yield Text(passage.text, passage.line, note_titles(file.lang), passage.prefix)


def _passages(file: ContentFile) -> tuple[Passage, ...]:
    # A text that stands on a page of many begins its ids with its own anchor there.
    anchor = address_of(file).partition("#")[2]
    own = Passage(file.source, file.body_line, file.body, f"{anchor}-" if anchor else "")
    return file.passages or (own,)


def _only_own_anchors(page: Page) -> bool:
    """Whether the page's anchors are those of its text; other templates add their own."""
    return page.template == "page"
