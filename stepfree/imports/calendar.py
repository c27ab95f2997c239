"""A calendar (iCalendar, RFC 5545) as programs: from Google, LibCal, Communico, Outlook or a file.

A series arrives as one program that repeats. Some calendars write each day of a series as an event of its own; those
with one title, time and place become a series again.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from lxml import html

from library_forms.draft import Beside
from library_schemas.activity import KINDS
from library_schemas.library import Lists
from library_schemas.parts import AUDIENCES
from stepfree.imports.arrivals import Arrival, Delivery, sentence_of, short
from stepfree.imports.calendar_file import BROKEN, calendars
from stepfree.imports.repetitions import AHEAD, last_day, one_by_one, regular, rule_of
from stepfree.manuscript import Manuscript, words_of

#: What is read of an event.
_USED = frozenset(
    [
        "CATEGORIES", "DESCRIPTION", "DTEND", "DTSTART", "DURATION", "EXDATE", "LOCATION", "RDATE", "RECURRENCE-ID",
        "RRULE", "STATUS", "SUMMARY", "URL",
    ]
)  # fmt: skip
#: The fewest single events that are a series.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Event:
    """One program. ``days``: of a series that the calendar has as single events, each one's name there and its day."""

    uid: str
    title: str
    starts: dt.datetime
    ends: dt.datetime
    location: str
    text: str
    link: str
    categories: tuple[str, ...]
    cancelled: bool = False
    repeats: dict[str, object] = field(default_factory=dict)
    last: dt.date = dt.date.min
    notes: tuple[str, ...] = ()
    days: tuple[tuple[str, str], ...] = ()


def arrivals(
    data: bytes, name: str, beside: Beside, delivery: Delivery, today: dt.date, *, past: bool
) -> list[Arrival]:
    """The programs of a calendar; what is left out is told to ``delivery``.

    Raises:
        UsageError: it is no calendar.
    """
    found = calendars(data, name, delivery)
    library = beside.library
    zone = ZoneInfo(library.timezone if library is not None else "UTC")
    reader = _Reader(zone, today, delivery)
    with warnings.catch_warnings():
        # What the library guesses of a time zone's name is right for those in use.
        warnings.simplefilter("ignore")
        events = [event for calendar in found for event in reader.events(calendar)]
    series = _gathered(events)
    if not past:
        over = [each for each in series if max(each.last, each.starts.date()) < today]
        if over:
            delivery.leave(
                name,
                "It is over." if len(over) == 1 else f"{len(over)} programs are over. With --past they come along too.",
            )
        series = [each for each in series if each not in over]
    lists = library.lists if library is not None else Lists()
    branches = {stem: _branch_words(delivery, stem) for stem in _branches(beside)}
    home = library.short_name if library is not None else ""
    return [
        _arrival(each, lists, branches, home) for each in sorted(series, key=lambda each: (each.starts, each.title))
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    zone: ZoneInfo
    today: dt.date
    delivery: Delivery

    def events(self, calendar: Any) -> Iterator[_Event]:
        """The events of one calendar, overrides within their series."""
        groups: dict[str, list[Any]] = defaultdict(list)
        for component in calendar.walk("VEVENT"):
            uid = str(component.get("UID") or _named(component))
            groups[uid].append(component)
            for name, _ in component.errors:
                if name and name not in _USED:
                    continue
                told = f"Its {name} cannot be read." if name else "A line of it cannot be read."
                self.delivery.leave(_words(component.get("SUMMARY")) or uid, told)
                if name:
                    component.pop(name)
        for uid, members in groups.items():
            masters = [each for each in members if "RECURRENCE-ID" not in each]
            changes = [each for each in members if "RECURRENCE-ID" in each]
            if not masters:  # only single days of a series that is not in the file
                masters, changes = changes, []
            for at, master in enumerate(masters):
                try:
                    made = self._event(uid if not at else f"{uid}-{at}", master)
                    if made is not None:
                        yield self._series(calendar, made, master, changes)
                except BROKEN as error:
                    where = _words(master.get("SUMMARY")) or uid
                    self.delivery.leave(where, f"It cannot be read: {' '.join(str(error).split())}.")

    def _event(self, uid: str, component: Any) -> _Event | None:
        title = _words(component.get("SUMMARY"))
        start = component.get("DTSTART")
        where = title or uid
        if not title or start is None:
            self.delivery.leave(where, "It has no title." if start is not None else "It has no day.")
            return None
        if not isinstance(start.dt, dt.datetime):
            self.delivery.leave(
                f"{where}, {start.dt:%Y-%m-%d}",
                "It lasts whole days. A day on which you are closed belongs to the branch's hours, or to closures in library.yml.",
            )
            return None
        starts = self._local(start.dt)
        try:
            ends = self._local(component.end) if isinstance(component.end, dt.datetime) else starts
        except (ValueError, icalendar.InvalidCalendar):
            ends = starts
        notes: tuple[str, ...] = ()
        if ends <= starts:
            ends, notes = (
                starts + dt.timedelta(hours=1),
                ("The calendar does not say when it ends: one hour was written.",),
            )
        raw = component.get("CATEGORIES") or ()
        lists = raw if isinstance(raw, list) else [raw]
        categories = tuple(_words(word) for each in lists for word in getattr(each, "cats", ()))
        return _Event(
            uid, title, starts, ends, _words(component.get("LOCATION")), str(component.get("DESCRIPTION") or ""),
            str(component.get("URL") or "").strip(), categories,
            str(component.get("STATUS") or "").upper() == "CANCELLED", last=starts.date(), notes=notes,
        )  # fmt: skip

    def _local(self, moment: dt.datetime) -> dt.datetime:
        if moment.tzinfo is not None:
            moment = moment.astimezone(self.zone)
        return moment.replace(tzinfo=None, second=0, microsecond=0)

    def _series(self, calendar: Any, event: _Event, master: Any, changes: Sequence[Any]) -> _Event:
        """The event with its repetition, as far as the file says one."""
        rules = list(_many(master.get("RRULE")))
        added = sorted({self._local(day) for day in _moments(master.get("RDATE"))})
        if not rules and not added:
            return event
        skipped = sorted({self._local(day).date() for day in _moments(master.get("EXDATE"))})
        moved = [_change(self._local, each) for each in changes]
        dropped = [each for each in moved if each["cancelled"]]
        repeats = rule_of(rules[0], event.starts, self._local, self.today) if len(rules) == 1 else None
        notes = event.notes
        if repeats is None or any(day.time() != event.starts.time() for day in added):
            days = self._listed(_alone(calendar, [master, *changes]), event)
            repeats = one_by_one(days, event.starts.date())
            skipped, added, moved, dropped = [], [], [], []
            if rules:
                notes = (*notes, f"Its rule ({rules[0].to_ical().decode()}) was written out, day by day, for a year.")
        elif "endless" in repeats:
            notes = (*notes, f"The series has no end there: {repeats['until']} was written.")
            repeats = {key: value for key, value in repeats.items() if key != "endless"}
        if skipped:
            repeats["skip"] = skipped
        if added:
            repeats["extra"] = sorted({day.date() for day in added})
        made = replace(event, repeats=repeats, last=last_day(repeats, event.starts.date()), notes=notes)
        return _with_changes(made, [each for each in moved if not each["cancelled"]], dropped)

    def _listed(self, calendar: Any, event: _Event) -> list[dt.date]:
        """The days of a series from today, counted by a library for it."""
        first = min(event.starts.date(), self.today) if event.starts.date() > self.today else self.today
        found = recurring_ical_events.of(calendar).between(first, first + AHEAD)
        days = {self._local(each["DTSTART"].dt).date() for each in found if isinstance(each["DTSTART"].dt, dt.datetime)}
        return sorted(days | {event.starts.date()})


def _named(component: Any) -> str:
    """A name for an event to which the calendar gave none: the same in each export, whatever stands around it."""
    start = component.get("DTSTART")
    return f"without-uid:{_words(component.get('SUMMARY'))}:{start.dt.isoformat() if start is not None else ''}"


def _alone(calendar: Any, components: Sequence[Any]) -> Any:
    """A calendar that holds these components alone, with the time zones and properties of the whole one.

    The library that counts days looks at every event of a calendar for each series: thousands of events, thousands of times.
    """
    alone = icalendar.Calendar(calendar)
    for each in (*calendar.walk("VTIMEZONE"), *components):
        alone.add_component(each)
    return alone


def _with_changes(event: _Event, moved: Sequence[dict[str, Any]], dropped: Sequence[dict[str, Any]]) -> _Event:
    extra: dict[str, object] = {}
    usual = {"SUMMARY": event.title, "LOCATION": event.location}
    notes = [
        f"On {each['move']['date']} the calendar says “{said}” instead: say so in the text, or make it a program of its own."
        for each in moved
        for name, said in each["said"].items()
        if said and said != usual[name]
    ]
    if moves := [each["move"] for each in moved if each["move"]["starts"] != _at(each["move"]["date"], event.starts)]:
        extra["moved"] = moves
    if dropped:
        extra["cancelled"] = [{"date": each["move"]["date"], "reason": "Cancelled"} for each in dropped]
    return replace(
        event,
        repeats={**event.repeats, "changes": extra} if extra else event.repeats,
        notes=(*event.notes, *notes),
    )


def _at(day: dt.date, starts: dt.datetime) -> str:
    return f"{day} {starts:%H:%M}"


def _change(local: Any, component: Any) -> dict[str, Any]:
    """One day of a series that was changed."""
    day = component["RECURRENCE-ID"].dt
    named = local(day).date() if isinstance(day, dt.datetime) else day
    start = component["DTSTART"].dt if "DTSTART" in component else day
    move: dict[str, object] = {
        "date": named,
        "starts": f"{local(start):%Y-%m-%d %H:%M}" if isinstance(start, dt.datetime) else f"{named} 00:00",
    }
    if isinstance(component.get("DTEND") and component["DTEND"].dt, dt.datetime):
        move["ends"] = f"{local(component['DTEND'].dt):%Y-%m-%d %H:%M}"
    said = {name: _words(component.get(name)) for name in ("SUMMARY", "LOCATION")}
    return {"move": move, "said": said, "cancelled": str(component.get("STATUS") or "").upper() == "CANCELLED"}


def _gathered(events: Iterable[_Event]) -> list[_Event]:
    """Single events of one title, time and place as a series."""
    alike: dict[tuple[object, ...], list[_Event]] = defaultdict(list)
    result: list[_Event] = []
    for event in events:
        if event.repeats or event.cancelled:
            result.append(event)
        else:
            length = event.ends - event.starts
            alike[event.title.casefold(), event.starts.time(), length, event.location.casefold()].append(event)
    for members in alike.values():
        if len({each.starts for each in members}) < _LEAST:
            result += members
            continue
        members.sort(key=lambda each: each.starts)
        days = sorted({each.starts.date() for each in members})
        repeats = regular(days)
        result.append(
            replace(
                members[0], uid=f"series:{members[0].uid}", repeats=repeats, last=days[-1],
                notes=(*members[0].notes, f"{len(days)} single events of this title, time and place are one series now."),
                days=tuple((each.uid, each.starts.date().isoformat()) for each in members),
            )
        )  # fmt: skip
    return result


def _arrival(event: _Event, lists: Lists, branches: dict[str, str], home: str) -> Arrival:
    repeats = dict(event.repeats)
    changes = repeats.pop("changes", {})
    words = " ".join([event.title, *event.categories]).casefold()
    guesses = {"repeats": " ".join(event.notes)} if event.notes and repeats else {}
    if event.notes and not repeats:
        guesses["ends"] = " ".join(event.notes)
    kinds = lists.kinds or KINDS
    kind = next((each for each in kinds if each.casefold() in words), "")
    if not kind:
        kind = "community" if "community" in kinds else kinds[0]
        guesses["kind"] = f"The calendar does not say what sort of program it is: “{kind}” was written."
    audiences = lists.audiences or AUDIENCES
    for_whom = [each for each in audiences if re.search(rf"\b{re.escape(each.casefold())}\b", words)]
    if not for_whom:
        for_whom = [audiences[0]]
        guesses["audience"] = f"The calendar does not say for whom it is: “{audiences[0]}” was written."
    guesses["registration"] = "The calendar does not say whether people sign up: “none” was written."
    body, plain, missing = _description(event)
    if event.link.startswith(("https://", "http://")):
        body = f"{body}\n\n[More about {event.title.replace('[', '(').replace(']', ')')}]({event.link})".strip()
    if not plain:
        guesses["summary"] = "The calendar has no description: write in a sentence what happens."
    place = event.location.casefold()
    branch = next((stem for stem, title in branches.items() if title and title in place), "")
    online = event.location if event.location.startswith(("https://", "http://")) else ""
    elsewhere = "" if branch or online else event.location or home
    if not event.location:
        guesses["place"] = f"The calendar does not say where it is: “{home}” was written."
    fields: dict[str, object] = {
        "title": event.title,
        "summary": sentence_of(plain) or event.title,
        "starts": f"{event.starts:%Y-%m-%d %H:%M}",
        "ends": f"{event.ends:%Y-%m-%d %H:%M}",
        "repeats": repeats,
        **(changes if isinstance(changes, dict) else {}),
        "branch": branch,
        "place": elsewhere,
        "online": online,
        "audience": for_whom,
        "kind": kind,
        "registration": {"needed": "none"},
        "state": "cancelled" if event.cancelled else "",
    }
    key = f"calendar:{event.uid}"
    days = {f"calendar:{uid}": day for uid, day in event.days}
    return Arrival(key, event.title, "programs", fields, body, short(event.title), guesses, missing, days=days)


def _description(event: _Event) -> tuple[str, str, Sequence[tuple[int, str]]]:
    """The description as Markdown and as plain words; calendars hold HTML or plain text."""
    text = event.text.strip()
    if not text:
        return "", "", ()
    if not re.search(r"<(p|br|a|b|strong|ul|ol|div|span|em|i)\b", text, re.IGNORECASE):
        text = "".join(_paragraph(part) for part in re.split(r"\n\s*\n(?=\s*\S)", html_words(unescape(event.text))))
    tree = html.fragment_fromstring(text, create_parent="div")
    paper = Manuscript(event.title)
    paper.blocks(tree)
    blocks = [tree.text or "", *(f"{words_of(each)} {each.tail or ''}" for each in tree)]
    return "\n".join(paper.lines).strip(), " ".join(" ".join(blocks).split()), paper.missing


#: How an item of a list begins in plain words; LibCal has only a tab for it.
_ITEM = re.compile(r"^(?:\t+|[ \t]*(?:[•·‣▪◦*–-][ \t]+))(?=\S)")


def _paragraph(part: str) -> str:
    """Lines of plain words without a blank one between them, as HTML: a paragraph, and lists within it."""
    pieces: list[str] = []
    for listed, lines in groupby(part.rstrip().split("\n"), lambda line: _ITEM.match(line) is not None):
        if listed:
            pieces.append(f"<ul>{''.join(f'<li>{_ITEM.sub("", line).strip()}</li>' for line in lines)}</ul>")
        elif words := "<br>".join(line.strip() for line in lines if line.strip()):
            pieces.append(f"<p>{words}</p>")
    return "".join(pieces)


def html_words(text: str) -> str:
    """Plain words as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(value: object) -> str:
    return " ".join(str(value or "").split())


def _many(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _moments(value: Any) -> Iterator[dt.datetime]:
    for each in _many(value):
        for day in each.dts:
            # A period begins at a moment, and its length is that of the series.
            moment = day.dt[0] if isinstance(day.dt, tuple) else day.dt
            if isinstance(moment, dt.datetime):
                yield moment


def _branches(beside: Beside) -> list[str]:
    return [
        name.removeprefix("branches/").removesuffix(".md")
        for name in beside.names
        if re.fullmatch(r"branches/[^/]+\.md", name)
    ]


def _branch_words(delivery: Delivery, stem: str) -> str:
    """The branch's name in small letters, as a calendar's place may hold it."""
    text = (delivery.content / "branches" / f"{stem}.md").read_text(encoding="utf-8", errors="replace")
    found = re.search(r"(?m)^title: *[\"']?(.+?)[\"']?$", text)
    return found[1].casefold() if found else ""
