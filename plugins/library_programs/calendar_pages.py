"""Pages of the program calendar that no file describes: stretches of days, months, filters, weekly sheets.

Each is a plain page with its own address, so everything works without a script.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from library_base.errors import slug_of
from library_model.model import Page, PageKind, Site
from library_model.placing import file_of
from library_programs.addresses import all_programs, of_audience, of_branch
from library_programs.schedule import Schedule, by_day
from library_schemas.activity import KINDS
from library_schemas.parts import AUDIENCES
from library_views.views import DayView, EndedView, OccurrenceView, ProgramsView, SheetView, Words
from library_words import format_date, translate, where_ours
from library_words.voice import first_weekday, language_folder, language_prefix, voice

#: How far ahead the list of all programs reaches, and how much of it is open from the first.
LIST_DAYS = 14
FIRST_DAYS = 7
#: How many of the coming days the list lets people pick.
PICK_DAYS = 14
#: How many months have a page, beginning with the present one.
MONTHS = 3
#: How many months that are over still have an address.
PAST_MONTHS = 3
#: A sheet to print covers one week, beginning with the next Monday.
_WEEK = 7

type Option = tuple[str, str, str, int]
type Filter = tuple[str, str, Sequence[Option]]


def calendar_pages(site: Site, schedule: Schedule, has_template: Callable[[str], bool]) -> Iterator[Page]:
    """Yield the pages, and give the listing of programs its view."""
    for lang in voice().languages:
        listing = site.by_path.get(f"{language_folder(lang)}/programs/")
        if listing is None:
            continue
        maker = _Maker(site, lang, schedule.shown(lang), has_template)
        listing.view = maker.listing()
        yield from maker.pages()


class _Stretch(NamedTuple):
    """Days that people ask for: what a link to them says, the title of their page, its path, the first and last."""

    words: str
    title: str
    path: str
    first: dt.date
    last: dt.date


class _Maker:
    """Makes the pages of one language."""

    def __init__(
        self, site: Site, lang: str, coming: Sequence[OccurrenceView], has_template: Callable[[str], bool]
    ) -> None:
        self._site = site
        self._lang = lang
        self._today = site.settings.today
        self._coming = coming
        self._days = by_day(coming)
        self._has = has_template
        self._base = site.settings.base_path
        self._folder = f"{language_folder(lang)}/programs"
        self._branches = [page for page in site.of_type("branches", lang) if page.record is not None]

    def listing(self) -> ProgramsView:
        """The view of the list of all programs."""
        days = self._list(self._coming)
        months = self._has("program-calendar")
        # The list ends in this month, so what comes next is there.
        month = days[-1].date if days else self._today
        first = [day for day in days if day.date < self._today + dt.timedelta(days=FIRST_DAYS)] or days
        picks = [self._day(day) for day in sorted(self._days) if day < self._today + dt.timedelta(days=PICK_DAYS)]
        return ProgramsView(
            first,
            self._filters(),
            self._feeds(),
            self._base + self._month_path(self._today) if months else "",
            stretches=self._stretch_links(),
            later=days[len(first) :],
            picks=picks if months else (),
            next=Words(
                self._say("More programs in {month}", month=self._month_name(month)),
                self._base + self._month_path(month),
            )
            if months
            else None,
        )

    def pages(self) -> Iterator[Page]:
        """All pages beside the listing."""
        if self._has("program-calendar"):
            yield from self._month_pages()
        if self._has("programs-filtered"):
            yield from self._stretch_pages()
            yield from self._filter_pages()
        if self._has("program-sheet"):
            yield from self._sheets()

    # Months

    def _past_months(self) -> Iterator[Page]:
        """The pages of the last months keep their addresses, for bookmarks; they lead to the present one."""
        if not self._has("ended"):
            return
        for number in range(-PAST_MONTHS, 0):
            month = _month_after(self._today, number)
            name = self._month_name(month)
            sentence = self._say("{month} is over.", month=name[:1].upper() + name[1:])
            page = self._page(
                self._month_path(month), "ended", self._say("Programs in {month}", month=name), sentence,
                EndedView(sentence, (self._month_link(_month_after(self._today, 0)),)), PageKind.ENDED,
            )  # fmt: skip
            page.ended = _month_after(month, 1) - dt.timedelta(days=1)
            yield page

    def _month_pages(self) -> Iterator[Page]:
        yield from self._past_months()
        months = [_month_after(self._today, number) for number in range(MONTHS)]
        for number, month in enumerate(months):
            last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            days = [self._day(day) for day in sorted(self._days) if month <= day <= last]
            name = self._month_name(month)
            view = ProgramsView(
                days,
                (),
                self._feeds(),
                previous=self._month_link(months[number - 1]) if number else None,
                next=self._month_link(months[number + 1]) if number + 1 < MONTHS else None,
                stretches=self._stretch_links(),
                month=month,
                weeks=[[self._cell(day, month) for day in week] for week in _weeks(month) if week[-1] >= self._today],
            )
            yield self._page(
                self._month_path(month),
                "program-calendar",
                self._say("Programs in {month}", month=name),
                self._say("Everything in {month}, day by day, with time, place and cost.", month=name),
                view,
            )

    def _cell(self, day: dt.date, month: dt.date) -> DayView:
        found = self._days.get(day, ()) if day.month == month.month else ()
        return DayView(day, found, len(found), in_month=day.month == month.month)

    def _month_link(self, month: dt.date) -> Words:
        return Words(self._month_name(month), self._base + self._month_path(month))

    # Today, the weekend, the next seven days, the next week

    def _stretches(self) -> list[_Stretch]:
        """The next seven days have no page of their own: the list of all programs begins with them."""
        today = self._today
        monday = today + dt.timedelta(days=_WEEK - today.weekday())
        sunday = monday - dt.timedelta(days=1)
        saturday = max(today, sunday - dt.timedelta(days=1))
        say, folder = self._say, self._folder
        return [
            _Stretch(say("Today"), say("Programs today"), f"{folder}/today/", today, today),
            _Stretch(say("This weekend"), say("Programs this weekend"), f"{folder}/weekend/", saturday, sunday),
            _Stretch(say("Next 7 days"), "", f"{folder}/", today, today + dt.timedelta(days=FIRST_DAYS - 1)),
            _Stretch(
                say("Next week"), say("Programs next week"), f"{folder}/next-week/",
                monday, monday + dt.timedelta(days=_WEEK - 1),
            ),
        ]  # fmt: skip

    def _stretch_links(self) -> list[tuple[str, str, int | None]]:
        """Words, address and number of dates: for the stretches of days, and for the months."""
        found: list[tuple[str, str, int | None]] = []
        if self._has("programs-filtered"):
            for each in self._stretches():
                count = sum(each.first <= view.date <= each.last for view in self._coming)
                found.append((each.words, self._base + each.path, count))
        if self._has("program-calendar"):
            months = (self._month_link(_month_after(self._today, number)) for number in range(MONTHS))
            found += [(month.text, month.url, None) for month in months]
        return found

    def _stretch_pages(self) -> Iterator[Page]:
        for each in self._stretches():
            if not each.title:
                continue
            days = [self._day(day) for day in sorted(self._days) if each.first <= day <= each.last]
            after = min((day for day in self._days if day > each.last), default=None)
            view = ProgramsView(
                days, (), (), stretches=self._stretch_links(), next=self._day_link(after) if after else None
            )
            date = format_date(each.first, "full", self._lang)
            if each.last > each.first:
                date = self._say("{first} to {last}", first=date, last=format_date(each.last, "full", self._lang))
            # On a Sunday the weekend is no other day than today.
            named = f"{each.title} ({date})"
            summary = self._say("{date}: what’s on, with time, place and cost.", date=named)
            yield self._page(each.path, "programs-filtered", each.title, summary, view)

    def _day_link(self, day: dt.date) -> Words | None:
        """The day in its month's calendar, where months have pages."""
        url = self._day_url(day)
        return Words(format_date(day, "day", self._lang), url) if url else None

    def _day_url(self, day: dt.date) -> str:
        within = self._has("program-calendar") and day < _month_after(self._today, MONTHS)
        return f"{self._base}{self._month_path(day)}#day-{day.isoformat()}" if within else ""

    # Filters

    def _filter_pages(self) -> Iterator[Page]:
        for name, _, options in self._filters(every=True):
            for text, value, address, _ in options:
                chosen = [view for view in self._coming if value in _values(name, view)]
                feed = ""
                if name == "branch":
                    title = self._say("Programs at {branch}", branch=text)
                    feed = of_branch(value, self._lang)
                elif name == "audience":
                    title = self._say("Programs for {audience}", audience=self._choice(name, value))
                    feed = of_audience(value, self._lang)
                else:
                    title = self._say("Programs: {kind}", kind=self._choice(name, value))
                # A feed holds what is written in its language; where nothing is, there is none.
                own = any(view.program.lang == self._lang for view in chosen)
                feeds = [(self._say("Calendar feed: {title}", title=title), f"{self._base}/{feed}")]
                view = ProgramsView(self._list(chosen), (), feeds if feed and own else (), filter=(name, text))
                summary = self._say("{title}: the next dates, with time, place and cost.", title=title)
                # Without a date the address stays; nothing leads there until there is one again.
                kind = PageKind.PAGE if chosen else PageKind.ENDED
                yield self._page(address.removeprefix(self._base), "programs-filtered", title, summary, view, kind)

    def _filters(self, *, every: bool = False) -> list[Filter]:
        """The lists by branch, audience and kind. ``every``: also those of programs that are over."""
        plain = self._has("programs-filtered")
        found: list[Filter] = []
        labels = (("branch", "Branch", "at"), ("audience", "Age group", "for"), ("kind", "Type of program", "kind"))
        for name, label, folder in labels:
            counts: dict[str, int] = {}
            for view in self._coming:
                for value in _values(name, view):
                    counts[value] = counts.get(value, 0) + 1
            if every:
                for page in self._site.of_type("programs", self._lang, over=True):
                    for value in _values_of(name, page):
                        counts.setdefault(value, 0)
            options = [
                (
                    self._option_words(name, value),
                    value,
                    f"{self._base}{self._folder}/{folder}/{value}/" if plain else "",
                    counts[value],
                )
                for value in counts
            ]
            found.append((name, self._say(label), sorted(options)))
        return found if plain else []

    def _option_words(self, name: str, value: str) -> str:
        if name == "branch":
            branch = self._site.branch(value, self._lang)
            return branch.title if branch is not None else value
        said = self._choice(name, value)
        return said[:1].upper() + said[1:]

    def _choice(self, name: str, value: str) -> str:
        """An audience or a kind as the library writes it within a sentence: LEGO keeps its capitals."""
        lists = self._site.settings.library.lists
        choices = (lists.kinds or KINDS) if name == "kind" else (lists.audiences or AUDIENCES)
        return str(where_ours(next((words for words in choices if slug_of(words) == value), value), self._lang))

    # Sheets

    def _sheets(self) -> Iterator[Page]:
        monday = self._today + dt.timedelta(days=-self._today.weekday() % _WEEK)
        sunday = monday + dt.timedelta(days=_WEEK - 1)
        week = self._say(
            "{first} to {last}",
            first=format_date(monday, "full", self._lang),
            last=format_date(sunday, "full", self._lang),
        )
        for branch in self._branches:
            coming = [view for view in self._coming if view.branch is branch]
            if not coming:
                # Its page has no list of programs, and so nothing that leads to a sheet of them.
                continue
            chosen = [view for view in coming if monday <= view.date <= sunday]
            days = [DayView(day, views, len(views)) for day, views in by_day(chosen).items()]
            path = f"{self._folder}/sheet/{branch.slug}/"
            title = self._say("This week at {branch}", branch=branch.title)
            summary = self._say("{title}, {week}: a sheet to print and post.", title=title, week=week)
            yield self._page(path, "program-sheet", title, summary, SheetView(branch, days, week), PageKind.SHEET)

    # Parts

    def _list(self, views: Iterable[OccurrenceView]) -> list[DayView]:
        """The days of the list. When nothing falls into its time, the next days that have something."""
        last = self._today + dt.timedelta(days=LIST_DAYS)
        days = by_day(views)
        soon = {day: found for day, found in days.items() if day <= last}
        chosen: Mapping[dt.date, tuple[OccurrenceView, ...]] = soon or dict(list(days.items())[:5])
        return [DayView(day, found, len(found)) for day, found in chosen.items()]

    def _day(self, day: dt.date) -> DayView:
        found = self._days[day]
        return DayView(day, found, len(found), self._day_url(day))

    def _feeds(self) -> list[tuple[str, str]]:
        if not self._site.of_type("programs", self._lang):
            return []  # without a program there is no feed that could be followed
        prefix = language_prefix(self._lang)
        return [
            (self._say("Calendar feed of all programs"), f"{self._base}/{all_programs(self._lang)}"),
            (self._say("News feed of programs"), f"{self._base}/feeds/{prefix}programs.atom"),
        ]

    def _page(
        self,
        path: str,
        template: str,
        title: str,
        summary: str,
        view: ProgramsView | SheetView | EndedView,
        kind: PageKind = PageKind.PAGE,
    ) -> Page:
        return Page(
            type="programs",
            title=title,
            summary=summary,
            path=path,
            url=self._base + path,
            file=file_of(path),
            lang=self._lang,
            template=template,
            view=view,
            listed=False,
            kind=kind,
        )

    def _month_path(self, day: dt.date) -> str:
        return f"{self._folder}/calendar/{day:%Y-%m}/"

    def _month_name(self, day: dt.date) -> str:
        return format_date(day, "month", self._lang)

    def _say(self, words: str, **values: str) -> str:
        return translate(words, self._lang, **values)


#: Addresses of pages that are there on some days only.
_PASSING = re.compile(
    r"(?P<list>(?:/[A-Za-z0-9-]+)?/programs/)(?:calendar/\d{4}-(?:0[1-9]|1[0-2])|day/\d{4}-\d\d-\d\d|(?P<by>at|for|kind)/(?P<value>[\w-]+))/"
)


def stand_in(site: Site, address: str) -> str:
    """The list of all programs, for the address of a month, day or choice without a page today; empty for others."""
    found = _PASSING.fullmatch(address)
    if found is None or found["list"] not in site.by_path:
        return ""
    if found["by"] == "at":
        known = [page.slug for page in site.all if page.type == "branches" and page.content is not None]
    else:
        lists = site.settings.library.lists
        choices = (*(lists.audiences or AUDIENCES), *(lists.kinds or KINDS))
        known = [slug_of(choice) for choice in choices]
    return found["list"] if found["by"] is None or found["value"] in known else ""


def with_wider(audience: Sequence[str]) -> tuple[str, ...]:
    """The groups that may come: what is for babies or families is found under children too."""
    young = {"babies", "preschool", "families"} & set(audience)
    return (*audience, "children") if young and "children" not in audience else tuple(audience)


def _values(name: str, view: OccurrenceView) -> tuple[str, ...]:
    """The values of a filter that an occurrence has, as they stand in addresses."""
    return _values_of(name, view.program)


def _values_of(name: str, page: Page) -> tuple[str, ...]:
    record = page.record
    if name == "branch":
        return (record.branch,) if record.branch else ()
    if name == "audience":
        return tuple(slug_of(who) for who in with_wider(record.audience))
    return (slug_of(record.kind),)


def _month_after(day: dt.date, number: int) -> dt.date:
    months = day.month - 1 + number
    return dt.date(day.year + months // 12, months % 12 + 1, 1)


def _weeks(month: dt.date) -> list[list[dt.date]]:
    return calendar.Calendar(firstweekday=first_weekday()).monthdatescalendar(month.year, month.month)
