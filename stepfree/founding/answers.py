"""What a library says of itself when its website begins: asked on the terminal, or recorded in a file."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from babel.core import get_global
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from audit.errors import UsageError
from audit.settings.nearest import did_you_mean, known_words
from audit.standards.laws import laws
from library_frontmatter.meant import opening_meant
from library_places import known_country, postal_problem, telephone_problem
from library_schemas.library import CatalogueSystem
from library_schemas.parts import WEEKDAYS, DaySpans
from stepfree.founding import said

Host = Literal["github-pages", "netlify", "cloudflare", "own-server", "later"]
LATER = "later"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Web = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]


def _law(name: str) -> str:
    if name not in laws():
        part = next((law for law in laws() if law in name.lower().split("-")), "")
        near = f"Did you mean “{part}”?" if part else did_you_mean(name, tuple(laws()))
        raise ValueError(f"there is no law “{name}”; write {known_words(tuple(laws()))}{f'. {near}' if near else ''}")
    return name


def _country(code: str) -> str:
    if not known_country(code):
        raise ValueError(f"“{code}” is not a country; write two letters, such as CA, US or GB")
    return code


_SPANS: TypeAdapter[object] = TypeAdapter(DaySpans)


def opening_times(typed: str) -> str:
    """The opening times of a day as the branch's file has them: ``10 am to 5:30 pm`` is ``10:00-17:30``.

    Raises:
        ValueError: they are no such times; the message says how to write them.
    """
    written = said.times(typed)
    try:
        _SPANS.validate_python(written)
    except ValidationError as error:
        first = error.errors()[0]
        known = str(first.get("ctx", {}).get("error") or "")
        meant = re.findall(r"\d\d:\d\d-\d\d:\d\d", opening_meant(written))
        hint = f"write it as {', '.join(meant) or '10:00-17:00'}"
        raise ValueError(known if not meant and ("later" in known or "overlap" in known) else hint) from None
    return written


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Place(_Part):
    """A branch. ``hours``: weekday → ``10:00-17:00``, a day left out being closed; empty while they are not known."""

    name: Words
    street: Words
    town: Words
    province: str = ""
    postal_code: Words
    phone: Words
    hours: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_days(self) -> Place:
        for day in self.hours:
            if day not in WEEKDAYS:
                raise ValueError(f"“{day}” is not a weekday in English. {did_you_mean(day, WEEKDAYS)}".rstrip())
        return self

    @field_validator("hours")
    @classmethod
    def _as_in_a_file(cls, hours: dict[str, str]) -> dict[str, str]:
        written = {}
        for day, typed in hours.items():
            try:
                times = opening_times(typed)
            except ValueError as error:
                raise ValueError(f"{day}: “{typed}”: {error}") from None
            if times not in {"", "closed"}:
                written[day] = times
        return written


class CatalogueAnswer(_Part):
    """The catalogue, when its details are known already."""

    system: CatalogueSystem
    host: Web
    scope: str = ""
    profile: str = ""
    template: str = ""


class Answers(_Part):
    """Everything that is asked. The first branch's address and number are those of the library's office."""

    name: Words
    short_name: str = ""
    country: Annotated[str, AfterValidator(_country)]
    timezone: str = ""
    law: Annotated[str, AfterValidator(_law)] = "none"
    languages: tuple[Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")], ...] = Field(("en",), min_length=1)
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    url: Web
    branches: tuple[Place, ...] = Field(min_length=1)
    catalogue: CatalogueAnswer | None = None
    colours: tuple[Colour, ...] = Field((), max_length=3)
    logo: str = ""
    tagline: str = ""
    host: Host = "later"

    @model_validator(mode="before")
    @classmethod
    def _as_it_was_meant(cls, data: Any) -> Any:
        """What people write for a country, a day, a colour: mardi is tuesday."""
        return said.understood(data, zones_of, choice_of_zones) if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _in_place(self) -> Answers:
        zones, choice = zones_of(self.country), choice_of_zones(self.country)
        if self.timezone and self.timezone not in zones:
            raise ValueError(
                f"timezone: {self.country} has no time zone “{self.timezone}”; it has {known_words(choice)}"
            )
        if not self.timezone and len(choice) != 1:
            raise ValueError(f"timezone: {self.country} has several time zones; write one of {known_words(choice)}")
        for branch in self.branches:
            if hint := telephone_problem(branch.phone, self.country):
                raise ValueError(f"{branch.name}: “{branch.phone}” is not a telephone number; {hint}")
            if hint := postal_problem(branch.postal_code, self.country):
                raise ValueError(f"{branch.name}: “{branch.postal_code}” is not a postal code; {hint}")
        return self

    @property
    def zone(self) -> str:
        """The time zone: as it was said, or the country's only one."""
        return self.timezone or choice_of_zones(self.country)[0]


def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country by their IANA names."""
    return tuple(sorted(zone for zone, code in get_global("zone_territories").items() if code == country))


def choice_of_zones(country: str) -> tuple[str, ...]:
    """Those among which somebody has to choose: of zones with the same time all year, the one that is well known.

    Germany has Europe/Berlin and Europe/Busingen, and their clocks agree. Without a well-known one all are kept.
    """
    alike: dict[tuple[object, ...], list[str]] = {}
    for zone in zones_of(country):
        days = (dt.datetime(2026, month, day, 12, tzinfo=ZoneInfo(zone)) for month in range(1, 13) for day in (1, 15))
        alike.setdefault(tuple(day.utcoffset() for day in days), []).append(zone)
    # Windows names one zone for each of its own.
    known = frozenset(get_global("windows_zone_mapping").values())
    return tuple(sorted(name for zones in alike.values() for name in (known.intersection(zones) or zones)))


def read_answers(path: Path) -> Answers:
    """Read recorded answers (TOML).

    Raises:
        UsageError: the file is missing, or an answer is; the sentence names the answer.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: the answers cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: this is not valid TOML: {error}.") from None
    return checked(data, f"{path}: ")


def checked(data: dict[str, Any], where: str = "") -> Answers:
    """The answers, found to be in order.

    Raises:
        UsageError: some are not; each is told in a sentence.
    """
    try:
        return Answers.model_validate(data)
    except ValidationError as error:
        # A list whose items are wrong is not told as one that is too short.
        wrong = [each for each in error.errors() if each["type"] != "too_short" or not each["input"]]
        told = dict.fromkeys(_sentence(each, Answers.model_fields) for each in wrong)
        more = f" And {len(told) - _TOLD} more like these." if len(told) > _TOLD else ""
        raise UsageError(f"{where}{' '.join(list(told)[:_TOLD])}{more}") from None


#: How many wrong answers are told at once.
_TOLD = 6
#: How an answer is written whose pattern says it.
_FIT = {
    "hours": 'is not understood; write hours = { monday = "10:00-17:00", saturday = "10:00-14:00" }',
    "colours": "is not a colour; write # and six digits or letters a to f, such as #07384a",
    "url": "is not a web address; write it with https://, such as https://library.example.org",
    "email": "is not an email address; write one such as info@library.example.org",
    "languages": "is not the short name of a language; write one such as en or fr",
    "host": "is not one of the choices; write github-pages, netlify, cloudflare, own-server or later",
}


def _fit(place: Sequence[int | str]) -> str:
    return next((_FIT[str(part)] for part in reversed(place) if str(part) in _FIT), "does not look right")


def _sentence(problem: Any, known: Iterable[str]) -> str:
    place = " › ".join(str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"])
    kind = problem["type"]
    if kind == "missing":
        return f"“{place}” is missing."
    if kind == "extra_forbidden":
        return f"There is no question “{place}”. {did_you_mean(place, tuple(known))}".rstrip()
    wrong = str(problem.get("ctx", {}).get("error") or f"“{problem['input']}” {_fit(problem['loc'])}")
    wrong = wrong if wrong.endswith("?") else f"{wrong.rstrip('.')}."
    return f"“{place}”: {wrong}" if place else f"{wrong[0].upper()}{wrong[1:]}"
