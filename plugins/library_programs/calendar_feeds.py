"""iCalendar feeds (RFC 5545, RFC 7986): all programs, by branch, by audience, by series, single.

Occurrences are written out one by one, which every calendar program understands alike. Times
are in UTC, so no program needs to know our time zone. Nothing depends on the time of the
build but the choice of what is over: events stay for 60 days, so that a subscriber's calendar
does not empty.

The lines are written here: thousands of events go through this, and a general library takes
most of the build's time for them. The tests read every feed back with two libraries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from library_model.model import Output, Page, Site
from library_programs.addresses import SINGLE_FILES, all_programs, of_audience, of_branch, of_occurrence, of_series
from library_programs.recurrence import State
from library_programs.schedule import Schedule
from library_views.views import OccurrenceView
from library_words import translate, where_ours
from library_words.voice import voice

_KEPT_DAYS = 60
_STATUS = {
    State.SCHEDULED: "CONFIRMED",
    State.FULL: "CONFIRMED",
    State.MOVED: "CONFIRMED",
    State.CANCELLED: "CANCELLED",
    State.POSTPONED: "CANCELLED",
}


def calendar_feeds(site: Site, schedule: Schedule) -> Iterator[Output]:
    """Yield every calendar file."""
    for lang in voice().languages:
        programs = site.of_type("programs", lang, over=True)
        if programs:
            yield from _Feeds(site, schedule, lang).outputs(programs)


class _Feeds:
    """The feeds of one language. Each event is serialized once and stands in several feeds."""

    def __init__(self, site: Site, schedule: Schedule, lang: str) -> None:
        self._site = site
        self._schedule = schedule
        self._lang = lang
        self._zone = ZoneInfo(site.settings.library.timezone)
        self._host = site.settings.library.url.partition("://")[2].partition("/")[0] or "library"
        self._since = site.settings.today - dt.timedelta(days=_KEPT_DAYS)

    def outputs(self, programs: Iterable[Page]) -> Iterator[Output]:
        """Yield the files: each program and its coming occurrences, all, branches, audiences."""
        lang = self._lang
        name = where_ours(self._site.settings.library.name, lang)
        today = self._site.settings.today
        every: list[tuple[OccurrenceView, bytes]] = []
        for page in programs:
            events = [(view, self._event(view)) for view in self._schedule.of(page) if view.date >= self._since]
            every += events
            title = f"{page.title} – {name}"
            yield self._file(of_series(page.slug, lang), title, [event for _, event in events], page.source)
            if page.record.repeats is None:
                continue  # its one occurrence is the whole series
            coming = [(view, event) for view, event in events if view.date >= today]
            for view, event in coming[:SINGLE_FILES]:
                yield self._file(of_occurrence(page.slug, view.named, lang), title, [event], page.source)
        every.sort(key=lambda pair: (pair[0].starts, pair[0].program.path))
        title = f"{translate('Programs', lang)} – {name}"
        yield self._file(all_programs(lang), title, [event for _, event in every])
        for branch in self._site.of_type("branches", lang):
            chosen = [event for view, event in every if view.branch is branch]
            yield self._file(of_branch(branch.slug, lang), f"{branch.title} – {name}", chosen, branch.source)
        for who in sorted({who for view, _ in every for who in view.program.record.audience}):
            chosen = [event for view, event in every if who in view.program.record.audience]
            title = translate("Programs for {audience}", lang, audience=translate(who, lang))
            yield self._file(of_audience(who, lang), f"{title} – {name}", chosen)

    def _event(self, view: OccurrenceView) -> bytes:
        page = view.program
        record = page.record
        state = State(view.state)
        lines = [
            "BEGIN:VEVENT",
            f"UID:{page.slug}-{view.named:%Y%m%d}-{self._lang}@{self._host}",
            f"DTSTAMP:{_stamp(page)}",
            f"DTSTART:{self._instant(view.starts)}",
            f"DTEND:{self._instant(view.ends)}",
            f"SEQUENCE:{1 if state in {State.CANCELLED, State.MOVED, State.POSTPONED} else 0}",
            f"STATUS:{_STATUS[state]}",
            f"SUMMARY:{_text(self._summary(view, state))}",
            f"DESCRIPTION:{_text(self._description(view))}",
            f"LOCATION:{_text(self._location(view))}",
            f"URL:{self._site.settings.origin}{page.url}",
            f"CATEGORIES:{','.join(_text(word) for word in (record.kind, *record.audience))}",
        ]
        if record.online:
            lines.append(f"CONFERENCE;VALUE=URI:{record.online}")
        if view.branch is not None and view.branch.record.geo is not None:
            geo = view.branch.record.geo
            lines.append(f"GEO:{geo.latitude};{geo.longitude}")
        lines.append("END:VEVENT")
        return b"".join(folded(line) for line in lines)

    def _summary(self, view: OccurrenceView, state: State) -> str:
        words = {State.CANCELLED: "Cancelled", State.POSTPONED: "Postponed", State.FULL: "Full"}.get(state)
        title = view.program.title
        return f"{translate(words, self._lang)}: {title}" if words else title

    def _description(self, view: OccurrenceView) -> str:
        record = view.program.record
        parts = [view.note, record.summary]
        if view.was is not None:
            parts.insert(0, translate("This date was moved.", self._lang))
        parts.append(where_ours(record.accommodations, self._lang))
        return "\n\n".join(part for part in parts if part)

    def _location(self, view: OccurrenceView) -> str:
        if view.branch is None or view.place != _usual_place(view):
            return view.place
        address = view.branch.record.address
        lines = address.lines(voice().country)
        return ", ".join([view.place, *lines]).replace("\u00a0 ", " ")

    def _instant(self, local: dt.datetime) -> str:
        return f"{local.replace(tzinfo=self._zone).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"

    def _file(self, path: str, title: str, events: Iterable[bytes], source: str = "") -> Output:
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//{self._host}//programs//{self._lang.upper()}",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{_text(title)}",
            f"X-WR-CALNAME:{_text(title)}",
            f"X-WR-TIMEZONE:{self._site.settings.library.timezone}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
            "X-PUBLISHED-TTL:PT12H",
        ]
        data = b"".join([*(folded(line) for line in lines), *events, b"END:VCALENDAR\r\n"])
        return Output(path, data, source)


def _usual_place(view: OccurrenceView) -> str:
    record = view.program.record
    assert view.branch is not None
    return f"{view.branch.title}, {record.room}" if record.room else view.branch.title


def _text(text: str) -> str:
    """Escape a value of type TEXT (RFC 5545 section 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Return a content line, folded at 75 octets between characters (RFC 5545 section 3.1)."""
    data = line.encode()
    pieces: list[bytes] = []
    limit = 75
    while len(data) > limit:
        end = limit
        while data[end] & 0xC0 == 0x80:  # inside a character of several octets
            end -= 1
        pieces.append(data[:end])
        data = data[end:]
        limit = 74  # the space that begins the next line counts
    pieces.append(data)
    return b"\r\n ".join(pieces) + b"\r\n"


def _stamp(page: Page) -> str:
    """When the program's text last changed, as far as it says so itself: never the time of the build."""
    record: Any = page.record
    day = page.changed or record.starts.date()
    return f"{day:%Y%m%d}T000000Z"
