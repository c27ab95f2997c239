"""What changes soon, and what is overdue: the coordinator's list for the next days.

:func:`upcoming` looks at the front matter alone; nothing is built. Each entry names the
file and the line to change.

A library, not a plugin: the list is made on request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from library_frontmatter import FrontMatter
from library_hours import season_dates
from library_model.model import ContentFile
from library_schemas import (
    Branch,
    Document,
    EResource,
    Library,
    Meeting,
    News,
    Notice,
    PageRecord,
    Placed,
    Policy,
    Program,
    Record,
)
from library_schemas.deadlines import MINUTES_WITHIN, TROUBLE_FOR, YEARS, years_after


class When(StrEnum):
    """Under which heading an entry stands."""

    OVERDUE = "Overdue"
    SOON = "Soon"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing to know. ``date``: when it happens or happened; ``line``: the field that says so."""

    when: When
    date: dt.date
    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}  {self.path}:{self.line}  {self.words}"


def upcoming(
    files: tuple[ContentFile, ...], today: dt.date, days: int = 14, library: FrontMatter[Library] | None = None
) -> tuple[Entry, ...]:
    """What ends, begins or is due within ``days`` days, and what is overdue, oldest first.

    What a French page says as its English partner does is told once, at the English one.
    """
    last = today + dt.timedelta(days=days)
    dates = {file.name: list(_dates(file, today)) for file in files}
    found = [] if library is None else list(_closures(library, today, last))
    for file in files:
        partner = file.record.translation_of if isinstance(file.record, Placed) else None
        told = {(date, field) for date, field, _, _ in dates.get(partner or "", ())}
        for date, field, words, due in dates[file.name]:
            if (date, field) in told:
                continue
            title = file.record.title or "Home page"
            line = file.lines[field]
            if due and date < today:
                found.append(Entry(When.OVERDUE, date, file.source, line, f"{title}: {words}"))
            elif today <= date <= last:
                found.append(Entry(When.SOON, date, file.source, line, f"{title}: {words}"))
    return tuple(sorted(found))


def _closures(library: FrontMatter[Library], today: dt.date, last: dt.date) -> Iterator[Entry]:
    """Days on which the whole library is closed or open at other times."""
    assert library.record is not None
    for number, each in enumerate(library.record.closures):
        if (each.until or each.date) >= today and each.date <= last:
            what = "opens at other times" if each.hours else "is closed"
            line = library.lines.of("closures", number)
            yield Entry(When.SOON, each.date, library.lines.path, line, f"The whole library {what} ({each.reason})")


def _dates(file: ContentFile, today: dt.date) -> Iterator[tuple[dt.date, str, str, bool]]:
    """The dates of a file: day, field, what happens, and whether somebody must act when it is past."""
    record = file.record
    yield from _of_any(record)
    match record:
        case EResource():
            yield from _of_resource(record)
        case Program():
            yield from _of_program(record)
        case Branch():
            yield from _of_branch(record, today)
        case Notice():
            yield from _of_notice(record)
        case Meeting():
            yield from _of_meeting(record)
        case PageRecord():
            yield from _of_page(record)
        case News():
            yield record.date, "date", "the news appears", False
        case Policy():
            yield record.review_due, "review_due", "the board must review the policy", True
        case Document(retain_until=dt.date() as day):
            yield day, "retain_until", "may be taken down", False
        case _:
            # Other types have no dates of their own.
            return


def _of_any(record: Record) -> Iterator[tuple[dt.date, str, str, bool]]:
    if record.publish_on:
        yield record.publish_on, "publish_on", "is published", False
    if record.expires:
        yield record.expires, "expires", "ends; its page will say so", False
    if record.review_by:
        yield record.review_by, "review_by", "must be checked again", True


def _of_branch(record: Branch, today: dt.date) -> Iterator[tuple[dt.date, str, str, bool]]:
    for each in record.hours.exceptions:
        what = "opens at other times" if each.hours else "is closed"
        yield each.date, "hours", f"{what} ({each.reason})", False
    for season in record.hours.seasons:
        first, last = season_dates(season, today)
        yield first, "hours", f"first day of “{season.name}”", False
        yield last, "hours", f"last day of “{season.name}”", False


def _of_notice(record: Notice) -> Iterator[tuple[dt.date, str, str, bool]]:
    if record.expected_end:
        yield _day(record.expected_end), "expected_end", "the notice ends", False
    elif record.next_update:
        yield record.next_update, "next_update", "the notice must be looked at again", True


def _of_page(record: PageRecord) -> Iterator[tuple[dt.date, str, str, bool]]:
    years = YEARS.get(record.duty or "")
    if record.dated is not None and years:
        what = (
            "the multi-year plan must have been reviewed"
            if record.duty == "multi-year-plan"
            else "a new accessibility status report is due"
        )
        yield years_after(record.dated, years), "dated", f"{what} (O. Reg. 191/11 s. 4)", True


def _of_resource(record: EResource) -> Iterator[tuple[dt.date, str, str, bool]]:
    if record.trial_until:
        yield record.trial_until, "trial_until", "the trial ends; its page will say so", False
    if record.new_until:
        yield record.new_until, "new_until", "is no longer shown as new", False
    if record.renewal:
        yield record.renewal, "renewal", "the contract ends", True
    if record.trouble_since:
        words = f"has had a known issue since {record.trouble_since}: does it still, and will it be solved?"
        yield record.trouble_since + TROUBLE_FOR, "trouble_since", words, True


def _of_program(record: Program) -> Iterator[tuple[dt.date, str, str, bool]]:
    if record.registration.opens:
        yield record.registration.opens, "registration", "registration opens", False
    if record.registration.closes:
        yield record.registration.closes, "registration", "registration closes", False
    if record.repeats is None:
        yield record.starts.date(), "starts", "takes place", False
    elif record.repeats.until:
        yield record.repeats.until, "repeats", "the series ends", False


def _of_meeting(record: Meeting) -> Iterator[tuple[dt.date, str, str, bool]]:
    day = record.starts.date()
    yield day, "starts", "the board meets", False
    if record.minutes_status != "approved" and record.state != "cancelled":
        yield day + MINUTES_WITHIN, "minutes_status", "approved minutes should be on the site", True


def _day(moment: dt.datetime | dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
