"""Pieces that several types share: addresses, hours, contacts."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from library_places import address_lines
from library_schemas.base import FieldError, Maybe, Part, Words

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

#: A number as the library prints it, extension and all: 705-555-0142 ext. 12. Whether it can be dialled in the
#: library's country is looked at when the whole content is read.
Telephone = Annotated[
    str, StringConstraints(pattern=r"^[+(]?\d[\d ().\u00a0/-]{3,}\d(?:,? *(?:ext\.?|extension|poste|x|#) *\d+)?$")
]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s:,;<>()]+@(?:[\w-]+\.)+\w{2,}$")]
#: For whom something is, unless the library has a list of its own (``lists › audiences`` of library.yml).
AUDIENCES = ("everyone", "babies", "preschool", "children", "tweens", "teens", "adults", "seniors", "families")
Audience = Annotated[Words, WithJsonSchema({"type": "string", "enum": list(AUDIENCES)})]

_SPAN = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)\s*(?:-|–|to)\s*([01]?\d|2[0-3]|24):([0-5]\d)$")


class OpenSpan(Part):
    """One span of opening, on one day. Written ``10:00-17:00`` in front matter."""

    opens: dt.time
    closes: dt.time

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        match = _SPAN.match(value.strip())
        if not match:
            raise ValueError('write opening times as "10:00-17:00" (24-hour clock, in quotation marks)')
        open_hour, open_minute, close_hour, close_minute = (int(group) for group in match.groups())
        if close_hour == 24:
            close_hour, close_minute = 23, 59
        return {"opens": dt.time(open_hour, open_minute), "closes": dt.time(close_hour, close_minute)}

    @model_validator(mode="after")
    def _in_order(self) -> OpenSpan:
        if self.closes <= self.opens:
            raise ValueError("the closing time must be later than the opening time")
        return self


def _spans(value: Any) -> Any:
    """Accept ``closed``, one span, or several with commas or as a list for a day with a break."""
    if value is None or (isinstance(value, str) and value.strip().lower() in {"", "closed"}):
        return ()
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


def _apart(spans: tuple[OpenSpan, ...]) -> tuple[OpenSpan, ...]:
    """Opening times of one day follow each other."""
    ordered = sorted(spans, key=lambda span: span.opens)
    if any(after.opens < before.closes for before, after in pairwise(ordered)):
        raise ValueError("two opening times of this day overlap; write them as one, or correct one of them")
    return spans


#: Written, and asked for in forms, as one text.
DaySpans = Annotated[
    tuple[OpenSpan, ...],
    BeforeValidator(_spans),
    AfterValidator(_apart),
    WithJsonSchema(
        {"type": "string", "description": "Such as 10:00-17:00, or 10:00-12:30, 13:30-17:00; left out when closed"}
    ),
]


class Week(Part):
    """Opening times for the seven days; a day left out is a closed day."""

    monday: DaySpans = ()
    tuesday: DaySpans = ()
    wednesday: DaySpans = ()
    thursday: DaySpans = ()
    friday: DaySpans = ()
    saturday: DaySpans = ()
    sunday: DaySpans = ()

    def day(self, weekday: Weekday) -> tuple[OpenSpan, ...]:
        """The spans of one weekday, earliest first."""
        spans: tuple[OpenSpan, ...] = getattr(self, weekday)
        return tuple(sorted(spans, key=lambda span: span.opens))


class Season(Part):
    """A named part of the year with its own week. ``from`` and ``until`` are MM-DD, both included.

    A season may cross the new year (11-01 to 03-31).
    """

    name: Annotated[Words, Field(description="What staff call it, such as Summer hours")]
    begins: Annotated[
        Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")],
        Field(description='First day, as "MM-DD" in quotation marks'),
    ]
    ends: Annotated[
        Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")],
        Field(description='Last day, as "MM-DD" in quotation marks'),
    ]
    week: Annotated[Week, Field(description="The opening times of each day")]


class HoursException(Part):
    """A day, or a run of days, that differs from the week."""

    date: Annotated[dt.date, Field(description="The day, or the first day")]
    until: Annotated[Maybe[dt.date], Field(description="The last day, when there are several")] = None
    hours: Annotated[DaySpans, Field(description="closed, or the times of that day")] = ()
    reason: Annotated[Words, Field(description="Why, as a visitor would say it: Thanksgiving, staff training")]

    @model_validator(mode="after")
    def _in_order(self) -> HoursException:
        if self.until is not None and self.until < self.date:
            raise ValueError("until must not be before date")
        return self


def _each_once(exceptions: tuple[HoursException, ...]) -> tuple[HoursException, ...]:
    """Of two exceptions for the same days nobody would know which one holds."""
    known: set[tuple[dt.date, dt.date]] = set()
    for position, each in enumerate(exceptions):
        days = (each.date, each.until or each.date)
        if days in known:
            raise FieldError(
                f"{each.date} is there twice: keep the entry that is right, and delete the other", position
            )
        known.add(days)
    return exceptions


HoursExceptions = Annotated[tuple[HoursException, ...], AfterValidator(_each_once)]


class Hours(Part):
    """The opening times of a place."""

    week: Annotated[Week, Field(description="The usual week")]
    seasons: Annotated[tuple[Season, ...], Field(description="Parts of the year with another week")] = ()
    exceptions: Annotated[HoursExceptions, Field(description="Single days that differ")] = ()


class PostalAddress(Part):
    """A postal address, as the library's country writes it."""

    street: Annotated[Words, Field(description="Number and street")]
    town: Annotated[Words, Field(description="Town or village")]
    province: Annotated[Maybe[str], Field(description="Province, state or county, as written on an envelope")] = None
    postal_code: Annotated[Words, Field(description="Postal code, ZIP code or postcode: K0M 1S0, 43015, LS1 3AB")]

    @model_validator(mode="before")
    @classmethod
    def _by_any_name(cls, value: Any) -> Any:
        """What a library calls these is its own affair: state and zip, county and postcode."""
        if not isinstance(value, dict):
            return value
        names = {
            "state": "province",
            "county": "province",
            "region": "province",
            "zip": "postal_code",
            "postcode": "postal_code",
        }
        return {names.get(key, key) if names.get(key) not in value else key: each for key, each in value.items()}

    def lines(self, country: str) -> tuple[str, ...]:
        """The address line by line, as written on an envelope in a country."""
        return address_lines(country, self.street, self.town, self.province or "", self.postal_code)


class Geo(Part):
    """A place on the map, in decimal degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Registration(Part):
    """How people sign up."""

    needed: Annotated[Literal["none", "drop-in", "required"], Field(description="none, drop-in or required")]
    url: Annotated[Maybe[str], Field(description="Where people sign up, when it is done online")] = None
    phone: Annotated[Maybe[Telephone], Field(description="Where people sign up by telephone")] = None
    opens: Annotated[Maybe[dt.date], Field(description="First day to sign up")] = None
    closes: Annotated[Maybe[dt.date], Field(description="Last day to sign up")] = None
