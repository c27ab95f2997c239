"""What a library says of itself when its website begins: asked on the terminal, or recorded in a file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
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
from library_frontmatter import spoken
from library_places import known_country, postal_problem, telephone_problem
from library_schemas.library import CatalogueSystem
from library_schemas.parts import WEEKDAYS, DaySpans

Host = Literal["github-pages", "netlify", "cloudflare", "own-server", "later"]
LATER = "later"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Web = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]


def _law(name: str) -> str:
    if name not in laws():
        raise ValueError(f"there is no law “{name}”; write {known_words(tuple(laws()))}")
    return name


def _country(code: str) -> str:
    if not known_country(code):
        raise ValueError(f"“{code}” is no country; write two letters, such as CA, US or GB")
    return code


_SPANS: TypeAdapter[object] = TypeAdapter(DaySpans)


def opening_times(said: str) -> str:
    """The opening times of a day as the branch's file has them: ``10 am to 5:30 pm`` is ``10:00-17:30``.

    Raises:
        ValueError: they are no such times; the message says how to write them.
    """
    written = spoken.opening_times(said)
    try:
        _SPANS.validate_python(written)
    except ValidationError as error:
        first = error.errors()[0]
        known = str(first.get("ctx", {}).get("error") or "")
        raise ValueError(known if "later" in known or "overlap" in known else "write it as 10:00-17:00") from None
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
                raise ValueError(f"“{day}” is no weekday in English. {did_you_mean(day, WEEKDAYS)}".rstrip())
        return self

    @field_validator("hours")
    @classmethod
    def _as_in_a_file(cls, hours: dict[str, str]) -> dict[str, str]:
        written = {}
        for day, said in hours.items():
            try:
                times = opening_times(said)
            except ValueError as error:
                raise ValueError(f"{day}: “{said}”: {error}") from None
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
    def _days_as_they_are_called(cls, data: Any) -> Any:
        """Weekdays may be written in the languages of the website: mardi is tuesday."""
        if not isinstance(data, dict) or not isinstance(data.get("branches"), list | tuple):
            return data
        languages = data.get("languages")
        known = weekdays_in(languages if isinstance(languages, list | tuple) else ())
        branches = [_with_days(branch, known) for branch in data["branches"]]
        return {**data, "branches": branches}

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
                raise ValueError(f"{branch.name}: “{branch.phone}” is no telephone number; {hint}")
            if hint := postal_problem(branch.postal_code, self.country):
                raise ValueError(f"{branch.name}: “{branch.postal_code}” is no postal code; {hint}")
        return self

    @property
    def zone(self) -> str:
        """The time zone: as it was said, or the country's only one."""
        return self.timezone or choice_of_zones(self.country)[0]


def weekdays_in(languages: Iterable[object]) -> Mapping[str, str]:
    """What the weekdays are called in languages: name in small letters → name in English."""
    known: dict[str, str] = {}
    for language in languages:
        if isinstance(language, str) and language in locale_identifiers():
            names = Locale.parse(language).days["format"]["wide"]
            known |= {str(names[number]).casefold(): day for number, day in enumerate(WEEKDAYS)}
    return known


def _with_days(branch: object, known: Mapping[str, str]) -> object:
    if not isinstance(branch, dict) or not isinstance(branch.get("hours"), dict):
        return branch
    return {**branch, "hours": {known.get(str(day).casefold(), day): span for day, span in branch["hours"].items()}}


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
        UsageError: one is not; the first problem is told.
    """
    try:
        return Answers.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{where}{_sentence(first, Answers.model_fields)}") from None


def _sentence(problem: Any, known: Iterable[str]) -> str:
    place = " › ".join(str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"])
    kind = problem["type"]
    if kind == "missing":
        return f"“{place}” is missing."
    if kind == "extra_forbidden":
        return f"There is no question “{place}”. {did_you_mean(place, tuple(known))}".rstrip()
    said = str(problem.get("ctx", {}).get("error") or "does not look right").rstrip(".")
    return f"“{place}”: {said}." if place else f"{said[0].upper()}{said[1:]}."
