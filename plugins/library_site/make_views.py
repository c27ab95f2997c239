"""Makes the view of each page from its record and what the rest of the site says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from library_catalogue import item_url
from library_hours import Hours, branch_hours
from library_model.model import Page, Site
from library_places import Point, distance, laid_out, rounded, wind
from library_programs.addresses import SINGLE_FILES, of_branch, of_occurrence, of_series
from library_programs.schedule import Schedule
from library_programs.wording import registration_words, repeats_words
from library_schemas import Library, OwnPage
from library_site.files import PublishedFiles
from library_site.site_view import SiteView
from library_views.views import (
    BasicView,
    BooklistView,
    BookView,
    BranchView,
    DocumentView,
    EResourceView,
    FileView,
    MapSpot,
    MeetingView,
    NoticeView,
    OccurrenceView,
    PictureView,
    PlacesView,
    PolicyView,
    ProgramView,
    RegistrationView,
    TroubleView,
    Words,
    go_name,
)
from library_words import format_date, format_span, format_time, translate, where_ours
from library_words.voice import language_folder, voice

_BRANCH_PROGRAMS = 6
ACCESS_WORDS = {
    "anyone": "Free to everyone",
    "card": "Anywhere, with a library card",
    "card-resident": "Anywhere, with a resident’s library card",
    "in-branch": "In the branch only",
    "in-branch-or-card": "In the branch, or anywhere with a library card",
    "print-disability": "For people with a print disability",
    "staff-help": "Ask our staff to set it up",
}
_LEVEL_WORDS = {"urgent": "Urgent", "important": "Important", "info": "Information"}


@dataclass(frozen=True, slots=True)
class ViewMaker:
    """What every view may need."""

    site: Site
    library: Library
    schedule: Schedule
    files: PublishedFiles
    asks: SiteView

    def make(self, page: Page) -> None:
        """Fill in ``page.view``."""
        maker = _MAKERS.get(page.type, _basic)
        page.view = maker(self, page) if page.record is not None else BasicView()

    @property
    def today(self) -> dt.date:
        """The day of the build."""
        return self.site.settings.today

    def picture(self, page: Page) -> PictureView | None:
        """The page's own picture."""
        image = page.record.image if isinstance(page.record, OwnPage) else None
        if image is None or image.file not in self._known_files():
            return None
        return PictureView.of(self.files.picture(image.file))

    def file(self, name: str | None, lang: str) -> FileView | None:
        """A file named in front matter."""
        if not name or name not in self._known_files():
            return None
        return self.files.file(name, lang)

    def _known_files(self) -> frozenset[str]:
        return self.files.known


def _basic(maker: ViewMaker, page: Page) -> BasicView:
    return BasicView(maker.picture(page))


def _branch(maker: ViewMaker, page: Page) -> BranchView:
    record = page.record
    hours, zone = Hours(record.hours, maker.library.closures), maker.library.timezone
    address = record.address
    map_url = directions = ""
    if record.geo is not None:
        at = f"{record.geo.latitude}/{record.geo.longitude}"
        map_url = f"https://www.openstreetmap.org/?mlat={record.geo.latitude}&mlon={record.geo.longitude}#map=16/{at}"
        directions = f"https://www.openstreetmap.org/directions?to={record.geo.latitude}%2C{record.geo.longitude}"
    base = maker.site.settings.base_path
    return BranchView(
        maker.picture(page),
        {lang: branch_hours(hours, maker.today, lang, zone) for lang in voice().languages},
        address.lines(voice().country),
        map_url,
        [notice for notice in maker.asks.notices(page) if page.slug in notice.record.branches],
        maker.asks.upcoming(page.lang, _BRANCH_PROGRAMS, page.slug),
        f"{base}/{of_branch(page.slug, page.lang)}",
        _existing(maker.site, f"{language_folder(page.lang)}/programs/sheet/{page.slug}/", base),
        directions,
        _spots(maker, page),
    )


def _spots(maker: ViewMaker, page: Page) -> list[MapSpot]:
    """All branches that say where they lie, as this branch's map shows them; the nearest first."""
    if page.record.geo is None:
        return []
    placed = [page, *(each for each in maker.asks.branches(page.lang) if each.slug != page.slug and each.record.geo)]
    points = [Point(each.record.geo.latitude, each.record.geo.longitude) for each in placed]
    spots = []
    for each, point, (x, y) in zip(placed, points, laid_out(points, 320, 180, 30), strict=True):
        length, unit = rounded(distance(points[0], point), voice().country)
        way = translate(
            "{length} {unit} {wind}",
            page.lang,
            length=length,
            unit=unit,
            wind=translate(wind(points[0], point), page.lang),
        )
        spots.append((distance(points[0], point), MapSpot(each, x, y, each is page, "" if each is page else way)))
    return [spot for _, spot in sorted(spots, key=lambda pair: (pair[0], pair[1].branch.slug))]


def _existing(site: Site, path: str, base: str) -> str:
    return f"{base}{path}" if path in site.by_path else ""


def _program(maker: ViewMaker, page: Page) -> ProgramView:
    record = page.record
    every = maker.schedule.of(page)
    coming = [view for view in every if view.date >= maker.today]
    branch = maker.site.branch(record.branch, page.lang)
    settings = maker.site.settings
    feed = f"{settings.base_path}/{of_series(page.slug, page.lang)}"
    webcal = f"webcal://{settings.origin.partition('://')[2]}{feed}" if settings.origin else feed
    where = every[0].place if every and not record.branch else _where(page, branch)
    closed = [
        Words(
            translate(
                "{date}: no program ({reason})",
                page.lang,
                date=format_date(day, "full", page.lang),
                reason=where_ours(reason, page.lang),
            )
        )
        for day, reason in maker.schedule.expanded[page.source].closed
        if day >= maker.today
    ]
    if coming:
        registration = registration_words(record, record.registration.url or "", maker.today, page.lang, branch)
    else:
        registration = RegistrationView(translate("This program has ended", page.lang))
    return ProgramView(
        maker.picture(page),
        [replace(view, ics=_own_calendar(page, view, settings.base_path)) for view in coming[:SINGLE_FILES]],
        len(every) - len(coming),
        feed,
        webcal,
        where,
        branch,
        repeats_words(record, page.lang),
        registration,
        closed[:SINGLE_FILES],
        not coming,
    )


def _own_calendar(page: Page, view: OccurrenceView, base: str) -> str:
    """The address of the file for one occurrence; a program that takes place once has only its series."""
    if page.record.repeats is None:
        return f"{base}/{of_series(page.slug, page.lang)}"
    return f"{base}/{of_occurrence(page.slug, view.named, page.lang)}"


def _where(page: Page, branch: Page | None) -> str:
    record = page.record
    if record.place:
        return str(record.place)
    if branch is not None:
        words = f"{branch.title}, {record.room}" if record.room else branch.title
        return f"{words} {translate('and online', page.lang)}" if record.online else words
    return translate("Online", page.lang)


def _eresource(maker: ViewMaker, page: Page) -> EResourceView:
    record = page.record
    trouble = TroubleView(record.trouble, record.trouble_since) if record.trouble else None
    return EResourceView(
        maker.picture(page),
        translate(ACCESS_WORDS[record.access], page.lang),
        f"{maker.site.settings.base_path}/go/{go_name(page)}/",
        record.new_until is not None and record.new_until >= maker.today,
        record.trial_until,
        trouble,
    )


def _booklist(maker: ViewMaker, page: Page) -> BooklistView:
    items = []
    for item in page.record.items:
        cover = PictureView.of(maker.files.picture(item.cover.file)) if item.cover is not None else None
        items.append(BookView(item, item_url(maker.library.catalogue, item), cover))
    return BooklistView(maker.picture(page), items)


def _notice(maker: ViewMaker, page: Page) -> NoticeView:
    record = page.record
    lang = page.lang
    starts = record.starts.date() if isinstance(record.starts, dt.datetime) else record.starts
    begins = _moment(record.starts, lang)
    if record.expected_end is None:
        when = translate(
            "From {start} until further notice. Next update: {update}.",
            lang,
            start=begins,
            update=format_date(record.next_update, "long", lang),
        )
    elif record.expected_end == record.starts:
        when = begins
    else:
        when = _stretch(record.starts, record.expected_end, lang)
    branches = [found for slug in record.branches if (found := maker.site.branch(slug, lang))]
    return NoticeView(
        maker.picture(page), when, translate(_LEVEL_WORDS[record.level], lang), branches, starts <= maker.today,
        _brief(record, when, maker.today, lang),
    )  # fmt: skip


def _stretch(starts: dt.date | dt.datetime, ends: dt.date | dt.datetime, lang: str) -> str:
    """From when until when, with nothing said twice: ``November 18 to December 11, 2026``."""
    begins, end = _moment(starts, lang), _moment(ends, lang)
    if isinstance(starts, dt.datetime) and isinstance(ends, dt.datetime):
        if starts.date() == ends.date():
            return f"{format_date(starts, 'long', lang)}, {format_span(starts, ends, lang)}"
    elif not isinstance(starts, dt.datetime) and starts.year == ends.year:
        begins = format_date(starts, "month-day", lang)
    return translate("{start} to {end}", lang, start=begins, end=end)


def _brief(record: Any, when: str, today: dt.date, lang: str) -> str:
    """What somebody wants to know of a notice that holds already: until when."""
    starts = record.starts.date() if isinstance(record.starts, dt.datetime) else record.starts
    if starts > today:
        return when
    if record.expected_end is None:
        update = format_date(record.next_update, "month-day", lang)
        return translate("Until further notice. Next update: {update}.", lang, update=update)
    end = record.expected_end
    if end == record.starts or isinstance(end, dt.datetime) or (end - today).days > 300:
        return when
    return translate("Until {date}", lang, date=format_date(end, "month-day", lang))


def _moment(value: dt.date | dt.datetime, lang: str) -> str:
    if isinstance(value, dt.datetime):
        return f"{format_date(value, 'long', lang)}, {format_time(value, lang)}"
    return format_date(value, "long", lang)


def _policy(maker: ViewMaker, page: Page) -> PolicyView:
    record = page.record
    return PolicyView(maker.picture(page), record.review_due < maker.today, maker.file(record.file, page.lang))


def _meeting(maker: ViewMaker, page: Page) -> MeetingView:
    record = page.record
    branch = maker.site.branch(record.branch, page.lang)
    where = record.place or (branch.title if branch is not None else translate("Online", page.lang))
    if record.online and (record.place or branch is not None):
        where = f"{where} {translate('and online', page.lang)}"
    return MeetingView(
        maker.picture(page),
        where,
        maker.file(record.agenda, page.lang),
        maker.file(record.minutes, page.lang),
        record.starts.date() < maker.today,
        branch,
    )


def _document(maker: ViewMaker, page: Page) -> DocumentView:
    record = page.record
    file = maker.file(record.file, page.lang)
    html = maker.site.named(record.html_version, page.lang) if record.html_version else None
    return DocumentView(
        maker.picture(page),
        file.url if file else "",
        file.type if file else "",
        file.size if file else "",
        file.pages if file else None,
        html.url if html else "",
        record.language or (file.language[:2].lower() if file else ""),
        html.title if html else "",
    )


def _places(maker: ViewMaker, page: Page) -> PlacesView:
    slugs = page.record.branches
    found = [branch for slug in slugs if (branch := maker.site.branch(slug, page.lang))]
    return PlacesView(maker.picture(page), found or list(maker.asks.branches(page.lang)), not slugs)


_MAKERS: Mapping[str, Callable[[ViewMaker, Page], Any]] = {
    "branches": _branch,
    "programs": _program,
    "e-resources": _eresource,
    "booklists": _booklist,
    "notices": _notice,
    "policies": _policy,
    "meetings": _meeting,
    "documents": _document,
    "services": _places,
    "equipment": _places,
}
