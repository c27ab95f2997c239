"""What the library does with people: programs, services, board meetings."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from library_schemas.base import (
    BranchName,
    ContentPath,
    FieldError,
    Link,
    Maybe,
    Moment,
    OwnPage,
    Part,
    WebAddress,
    Words,
)
from library_schemas.parts import WEEKDAYS, Audience, Email, Registration, Telephone, Weekday

#: Kinds of program, unless the library has a list of its own (``lists › kinds`` of library.yml).
KINDS = (
    "storytime",
    "coding and technology",
    "maker",
    "book club",
    "author visit",
    "gardening",
    "local history",
    "film",
    "games",
    "health and wellness",
    "newcomers",
    "tech help",
    "sale",
    "arts and crafts",
    "learning",
    "community",
)
Kind = Annotated[Words, WithJsonSchema({"type": "string", "enum": list(KINDS)})]
#: Headings of services, unless the library has its own (``lists › service_groups``).
SERVICE_GROUPS = (
    "borrowing",
    "technology",
    "accessible services",
    "learning",
    "spaces",
    "research",
    "children and teens",
)
ServiceGroup = Annotated[Words, WithJsonSchema({"type": "string", "enum": list(SERVICE_GROUPS)})]


#: What something costs that costs nothing.
_FREE = frozenset({"free", "gratuit"})
#: What else people write for it.
_COSTS_NOTHING = frozenset(
    {
        "free of charge",
        "for free",
        "no charge",
        "no cost",
        "no fee",
        "none",
        "nothing",
        "n/a",
        "no",
        "gratis",
        "sans frais",
    }
)


class Move(Part):
    """One occurrence that takes place at another time or place than the series says."""

    date: Annotated[dt.date, Field(description="The day that the series names")]
    starts: Annotated[Moment, Field(description="When it begins instead")]
    ends: Annotated[Maybe[Moment], Field(description="When it ends instead")] = None
    place: Annotated[Maybe[str], Field(description="Where it is instead, when that changes too")] = None
    note: Annotated[Maybe[str], Field(description="Why")] = None


class Cancellation(Part):
    """One occurrence that does not take place; it stays visible as cancelled."""

    date: Annotated[dt.date, Field(description="The day that the series names")]
    reason: Annotated[Words, Field(description="Why, as one would tell a visitor")]


def _number(value: Any) -> Any:
    """Front matter gives numbers as they were typed; a closed list of numbers needs numbers."""
    return int(value) if isinstance(value, str) and value.strip().lstrip("-").isdecimal() else value


class Recurrence(Part):
    """How a program repeats: weekly on days, or monthly on the nth day."""

    every: Annotated[Literal["week", "month"], Field(description="week or month")]
    interval: Annotated[int, Field(ge=1, le=12, description="2 means every second week or month")] = 1
    days: Annotated[tuple[Weekday, ...], Field(description="For week: the weekdays")] = ()
    nth: Annotated[
        Maybe[Annotated[Literal[1, 2, 3, 4, -1], BeforeValidator(_number)]],
        Field(description="For month: 1 for the first, -1 for the last"),
    ] = None
    until: Annotated[Maybe[dt.date], Field(description="Last day of the series")] = None
    count: Annotated[Maybe[int], Field(ge=1, le=400, description="How many times")] = None
    skip: Annotated[tuple[dt.date, ...], Field(description="Days left out")] = ()
    extra: Annotated[tuple[dt.date, ...], Field(description="Days added, at the same time of day")] = ()

    @model_validator(mode="after")
    def _bounded(self) -> Recurrence:
        if (self.until is None) == (self.count is None):
            raise ValueError("say when the series ends: either until (a date) or count (how many times)")
        if self.every == "month" and (self.nth is None or len(self.days) != 1):
            raise ValueError("a monthly program needs nth and one day, such as nth: 2 and days: [tuesday]")
        if self.every == "week" and self.nth is not None:
            raise ValueError("nth belongs to every: month")
        return self

    def fits(self, first: dt.date) -> None:
        """See that a series that begins on ``first`` does not contradict itself.

        Raises :class:`FieldError`.
        """
        if self.until is not None and self.until < first:
            raise FieldError(f"until is {self.until}, before the first day, {first}", "until")
        weekday = WEEKDAYS[first.weekday()]
        if self.days and weekday not in self.days:
            days = " and ".join(day.capitalize() for day in self.days)
            raise FieldError(
                f"starts is {first}, a {weekday.capitalize()}, and days says {days}: "
                "let starts be the first day of the series, or correct days",
                "days",
            )
        if self.nth is not None and not self._is_nth(first):
            raise FieldError(
                f"starts is {first}, which is not the day of the month that nth: {self.nth} names: "
                "let starts be the first day of the series, or correct nth",
                "nth",
            )

    def _is_nth(self, day: dt.date) -> bool:
        if self.nth == -1:
            return (day + dt.timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.nth


class Program(OwnPage):
    """Something that happens at a time and place."""

    type_name: ClassVar[str] = "program"
    plural: ClassVar[str] = "programs"

    summary: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=220)],
        Field(description="What happens, in a sentence"),
    ]
    starts: Annotated[Moment, Field(description="First day and time, such as 2026-12-03 10:30")]
    ends: Annotated[Moment, Field(description="When that day's program ends")]
    repeats: Annotated[Maybe[Recurrence], Field(description="How it repeats")] = None
    cancelled: Annotated[tuple[Cancellation, ...], Field(description="Single days that are cancelled")] = ()
    moved: Annotated[tuple[Move, ...], Field(description="Single days that are moved")] = ()
    branch: Annotated[Maybe[BranchName], Field(description="The branch's file name without .md")] = None
    place: Annotated[Maybe[str], Field(description="Another place, when it is not in a branch")] = None
    online: Annotated[Maybe[WebAddress], Field(description="The address of an online program")] = None
    room: Annotated[Maybe[str], Field(description="The room")] = None
    outside_hours: Annotated[
        bool, Field(description="true when it is meant to take place while the branch is closed")
    ] = False
    audience: Annotated[tuple[Audience, ...], Field(min_length=1, description="For whom")]
    ages: Annotated[Maybe[str], Field(description="Such as 8 to 12, or 18+")] = None
    kind: Annotated[
        Kind,
        Field(description="What sort of program it is; used for the annual survey"),
    ]
    cost: Annotated[Words, Field(description="free, or what it costs")] = "free"
    support_person_fee: Annotated[Maybe[str], Field(description="What a support person pays, when there is a fee")] = (
        None
    )
    registration: Annotated[Registration, Field(description="How people sign up")]
    capacity: Annotated[Maybe[int], Field(ge=1, description="How many people can come")] = None
    accommodations: Annotated[Words, Field(description="How to ask for an accommodation, and by when")] = (
        "Tell us what you need to take part, and we’ll arrange it."
    )
    organizer: Annotated[Maybe[str], Field(description="Who runs it, when it is not the library")] = None
    contact_email: Annotated[Maybe[Email], Field(description="Whom to ask")] = None
    contact_phone: Annotated[Maybe[Telephone], Field(description="Whom to call")] = None
    state: Annotated[
        Literal["scheduled", "full", "cancelled", "postponed"], Field(description="Of the whole program")
    ] = "scheduled"
    state_note: Annotated[Maybe[str], Field(description="What people should know about it")] = None
    series: Annotated[Maybe[str], Field(description="The series that it belongs to")] = None
    related: Annotated[tuple[ContentPath, ...], Field(description="Other content files, from content/")] = ()

    @field_validator("ends")
    @classmethod
    def _later(cls, ends: dt.datetime, info: ValidationInfo) -> dt.datetime:
        starts = info.data.get("starts")
        if starts is not None and ends <= starts:
            raise FieldError(f"“ends” must be later than “starts”, which is {starts:%Y-%m-%d %H:%M}", "")
        return ends

    @field_validator("repeats")
    @classmethod
    def _one_series(cls, repeats: Recurrence | None, info: ValidationInfo) -> Recurrence | None:
        starts = info.data.get("starts")
        if repeats is not None and starts is not None:
            repeats.fits(starts.date())
            ends = info.data.get("ends")
            if ends is not None and ends - starts >= dt.timedelta(days=7):
                raise FieldError(
                    f"“ends” is when the first session ends, and it begins on {starts:%Y-%m-%d}: "
                    "the end of the series is “until” in “repeats”",
                    "",
                )
        return repeats

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing."""
        return self.cost.lower() in _FREE

    @model_validator(mode="after")
    def _makes_sense(self) -> Program:
        if self.branch is None and self.place is None and self.online is None:
            raise ValueError("say where it is: branch, place or online")
        if re.fullmatch(r"(?:[$€£]\s*)?0+(?:[.,]0+)?(?:\s*[$€£])?", self.cost.strip()):
            raise FieldError("what costs nothing is written as cost: free", "cost")
        bare = self.cost.strip("“”«» ")
        if bare != self.cost and bare.lower() in _FREE:
            raise FieldError(f"the quotation marks would be shown: write cost: {bare}", "cost")
        words = self.cost.strip("!. ").lower()
        if words in _COSTS_NOTHING or (words in _FREE and words != self.cost.lower()):
            raise FieldError("what costs nothing is written as cost: free", "cost")
        return self


class Service(OwnPage):
    """Something that the library offers all year."""

    type_name: ClassVar[str] = "service"
    plural: ClassVar[str] = "services"

    summary: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=220)], Field(description="What it does for people")
    ]
    who: Annotated[Words, Field(description="Who can use it")]
    cost: Annotated[Words, Field(description="free, or what it costs")] = "free"
    how: Annotated[Words, Field(description="How to get it, in a sentence or two")]
    group: Annotated[
        ServiceGroup,
        Field(description="The heading that it goes under"),
    ]
    branches: Annotated[
        tuple[BranchName, ...], Field(description="Branch file names; left out means all branches")
    ] = ()
    booking: Annotated[Maybe[Link], Field(description="Where to book")] = None
    contact_email: Annotated[Maybe[Email], Field(description="Whom to ask")] = None
    contact_phone: Annotated[Maybe[Telephone], Field(description="Whom to call")] = None
    policy: Annotated[Maybe[ContentPath], Field(description="The policy that governs it, such as policies/x.md")] = None
    related: Annotated[tuple[ContentPath, ...], Field(description="Other content files, from content/")] = ()


class Recording(Part):
    """A recording of a meeting, with what makes it usable for everybody (WCAG 1.2.2, 1.2.3)."""

    url: Annotated[Words, Field(description="Where it is")]
    captions: Annotated[bool, Field(description="true when captions were corrected by a person")]
    transcript: Annotated[Maybe[str], Field(description="Where the transcript is")] = None


class Meeting(OwnPage):
    """A meeting of the library board (Public Libraries Act s. 16.1: open to the public)."""

    type_name: ClassVar[str] = "meeting"
    plural: ClassVar[str] = "meetings"

    starts: Annotated[Moment, Field(description="Day and time")]
    branch: Annotated[Maybe[BranchName], Field(description="The branch's file name without .md")] = None
    place: Annotated[Maybe[str], Field(description="Another place")] = None
    online: Annotated[Maybe[WebAddress], Field(description="Where to watch")] = None
    agenda: Annotated[Maybe[str], Field(description="The agenda: a file below documents/, or left out")] = None
    minutes: Annotated[Maybe[str], Field(description="The minutes: a file below documents/, or left out")] = None
    minutes_status: Annotated[Literal["none", "draft", "approved"], Field(description="none, draft or approved")] = (
        "none"
    )
    recording: Annotated[Maybe[Recording], Field(description="The recording")] = None
    state: Annotated[Literal["scheduled", "cancelled", "held"], Field(description="scheduled, held or cancelled")] = (
        "scheduled"
    )

    @model_validator(mode="after")
    def _has_a_place(self) -> Meeting:
        if self.branch is None and self.place is None and self.online is None:
            raise ValueError("say where it is: branch, place or online")
        return self
