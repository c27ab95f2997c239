"""``content/library.yml``: the library as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from library_places import country_of_zone
from library_schemas.base import FilePath, Language, Link, Maybe, Part, Picture, WebAddress, Words
from library_schemas.parts import Email, HoursExceptions, PostalAddress, Telephone

CatalogueSystem = Literal[
    "sirsidynix-enterprise",
    "koha",
    "evergreen",
    "polaris",
    "vega",
    "bibliocommons",
    "aspen",
    "pika",
    "vufind",
    "worldcat-discovery",
    "sierra-webpac",
    "tlc-ls2",
    "encore",
    "primo-ve",
    "ebsco-discovery",
    "spydus",
    "horizon",
    "custom",
]

HexColour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Catalogue(Part):
    """The catalogue and how to search it. What each system needs is checked when the site is built."""

    system: Annotated[CatalogueSystem, Field(description="The name of the system")]
    host: Annotated[Words, Field(description="As in the browser, with https://")]
    name: Annotated[Words, Field(description="What patrons call it")] = "the catalogue"
    profile: Annotated[Maybe[str], Field(description="The library's view of a shared catalogue")] = None
    locale: Annotated[Maybe[str], Field(description="Such as en_US")] = None
    scope: Annotated[Maybe[str], Field(description="Scope, branch group or organization number")] = None
    template: Annotated[Maybe[str], Field(description="For custom: an address with {terms}")] = None
    item_template: Annotated[Maybe[str], Field(description="For custom: an address with {isbn}")] = None
    account_url: Annotated[Maybe[WebAddress], Field(description="Where people see their loans")] = None


Section = Literal[
    "programs", "services", "e-resources", "equipment", "booklists", "notices", "news", "policies", "meetings",
    "documents", "staff", "questions",
]  # fmt: skip


class Lists(Part):
    """What a program, a service or a thing to borrow may be sorted under; an empty list is the usual one."""

    kinds: Annotated[tuple[Words, ...], Field(description="Kinds of program, such as LEGO club")] = ()
    audiences: Annotated[tuple[Words, ...], Field(description="For whom programs are, such as home schoolers")] = ()
    service_groups: Annotated[tuple[Words, ...], Field(description="Headings that services go under")] = ()
    equipment_groups: Annotated[tuple[Words, ...], Field(description="Shelves that equipment goes on")] = ()
    resource_kinds: Annotated[
        tuple[Words, ...], Field(description="Kinds of online resource, such as homework help")
    ] = ()


class Colours(Part):
    """The library's colours. The build makes light and dark tokens of them, and moves lightness where contrast needs it."""

    main: Annotated[Maybe[HexColour], Field(description="Header, links and buttons, such as #07384a")] = None
    second: Annotated[Maybe[HexColour], Field(description="Headings and marks")] = None
    third: Annotated[Maybe[HexColour], Field(description="Highlights")] = None


class Brand(Part):
    """The library's own face. Every part may be left out."""

    colours: Annotated[Maybe[Colours], Field(description="Up to three colours")] = None
    logo: Annotated[Maybe[FilePath], Field(description="SVG or PNG below content/, such as images/logo.svg")] = None
    logo_alt: Annotated[
        Maybe[str], Field(description="What the logo says in words apart from the name, which is always next to it")
    ] = None
    picture: Annotated[
        Maybe[FilePath], Field(description="A wide picture for the top of the home page; it carries no facts")
    ] = None
    picture_dark: Annotated[Maybe[FilePath], Field(description="The same for dark screens")] = None
    share: Annotated[Maybe[Picture], Field(description="The picture of shared links (1200 × 630), with its words")] = (
        None
    )
    fonts: Annotated[
        Mapping[Literal["headings", "text"], FilePath],
        Field(description="Fonts of your own: WOFF2 files below content/"),
    ] = {}


class Library(Part):
    """The whole library: name, contact, catalogue, closures that hold for every branch."""

    name: Annotated[Words, Field(description="The full name")]
    short_name: Annotated[Words, Field(description="What people say; the full name when left out")] = ""
    tagline: Annotated[Maybe[str], Field(description="One line")] = None
    url: Annotated[WebAddress, Field(description="The public address of the site")]
    timezone: Annotated[Words, Field(description="IANA name, such as America/Toronto")] = "America/Toronto"
    country: Annotated[
        Maybe[Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]],
        Field(description="Two letters, such as CA or US; that of the time zone when left out"),
    ] = None
    languages: Annotated[
        tuple[Language, ...],
        Field(min_length=1, description="Languages of the site; the first is that of files in no language's folder"),
    ] = ("en",)
    address: Annotated[PostalAddress, Field(description="Postal address of the office")]
    phone: Annotated[Telephone, Field(description="The main number")]
    email: Annotated[Email, Field(description="The main address")]
    catalogue: Annotated[
        Maybe[Catalogue], Field(description="The catalogue; left out while its details are not known yet")
    ] = None
    closures: Annotated[HoursExceptions, Field(description="Days on which every branch is closed or differs")] = ()
    social: Annotated[tuple[Link, ...], Field(description="Pages of the library elsewhere")] = ()
    brand: Annotated[Brand, Field(description="Logo, colours and pictures")] = Brand()
    sections: Annotated[
        Mapping[Section, Literal["on", "off"]],
        Field(description="off for a section that is to have no list, even where content for it exists"),
    ] = {}
    lists: Annotated[
        Lists, Field(description="The library's own lists, instead of those that come with the program")
    ] = Lists()
    offline: Annotated[
        bool,
        Field(description="Whether phones keep a page of hours and telephone numbers for when there is no connection"),
    ] = True
    image_weight_limit_kb: Annotated[int, Field(ge=20, le=2000, description="No published picture is heavier")] = 300

    @model_validator(mode="before")
    @classmethod
    def _short_like_full(cls, value: Any) -> Any:
        """Somebody who has no short name says the full one."""
        if isinstance(value, dict) and "name" in value and not value.get("short_name"):
            return {**value, "short_name": value["name"]}
        return value

    @property
    def place(self) -> str:
        """The country: as it is named, else that of the time zone."""
        return self.country or country_of_zone(self.timezone)

    @property
    def visitors(self) -> tuple[str, str]:
        """The first language of the site as a tag with its country (``en-CA``), and the time zone."""
        language = self.languages[0]
        return language if "-" in language or not self.place else f"{language}-{self.place}", self.timezone
