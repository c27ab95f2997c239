"""``content/library.yml``: the library as a whole."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from library_schemas.base import Link, Maybe, Part, Words
from library_schemas.parts import Email, HoursException, PostalAddress, Telephone

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
    account_url: Annotated[Maybe[str], Field(description="Where people see their loans")] = None


class Library(Part):
    """The whole library: name, contact, catalogue, closures that hold for every branch."""

    name: Annotated[Words, Field(description="The full name")]
    short_name: Annotated[Words, Field(description="What people say")]
    tagline: Annotated[Maybe[str], Field(description="One line")] = None
    url: Annotated[Words, Field(description="The public address of the site")]
    timezone: Annotated[Words, Field(description="IANA name")] = "America/Toronto"
    languages: Annotated[tuple[Literal["en", "fr"], ...], Field(description="Languages of the site")] = ("en", "fr")
    address: Annotated[PostalAddress, Field(description="Postal address of the office")]
    phone: Annotated[Telephone, Field(description="The main number")]
    email: Annotated[Email, Field(description="The main address")]
    catalogue: Annotated[Catalogue, Field(description="The catalogue")]
    closures: Annotated[
        tuple[HoursException, ...], Field(description="Days on which every branch is closed or differs")
    ] = ()
    social: Annotated[tuple[Link, ...], Field(description="Pages of the library elsewhere")] = ()
    image_weight_limit_kb: Annotated[int, Field(ge=20, le=2000, description="No published picture is heavier")] = 300
