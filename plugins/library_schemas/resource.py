"""What people borrow or use: e-resources, equipment, booklists."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema, model_validator

from library_schemas.base import (
    BranchName,
    ContentPath,
    Language,
    Link,
    Maybe,
    OwnPage,
    Part,
    Picture,
    Slug,
    WebAddress,
    Words,
)
from library_schemas.parts import Audience

Access = Literal["anyone", "card", "card-resident", "in-branch", "in-branch-or-card", "print-disability", "staff-help"]

#: Shelves of equipment, unless the library has its own (``lists › equipment_groups`` of library.yml).
EQUIPMENT_GROUPS = (
    "devices",
    "library of things",
    "maker tools",
    "seed library",
    "passes",
    "kits",
    "assistive devices",
)
EquipmentGroup = Annotated[Words, WithJsonSchema({"type": "string", "enum": list(EQUIPMENT_GROUPS)})]
#: Kinds of online resources, unless the library has its own (``lists › resource_kinds`` of library.yml).
RESOURCE_KINDS = (
    "ebooks",
    "audiobooks",
    "magazines",
    "newspapers",
    "video",
    "music",
    "courses",
    "research",
    "reference",
    "kids",
    "archive",
)
ResourceKind = Annotated[Words, WithJsonSchema({"type": "string", "enum": list(RESOURCE_KINDS)})]


class AccessibilityReport(Part):
    """What the vendor says about accessibility, and when (O. Reg. 191/11 s. 5 and s. 14 (5))."""

    url: Annotated[WebAddress, Field(description="Where the vendor publishes it")]
    date: Annotated[Maybe[dt.date], Field(description="The date on it")] = None


class EResource(OwnPage):
    """An online product that the library pays for or recommends."""

    type_name: ClassVar[str] = "e-resource"
    plural: ClassVar[str] = "e-resources"

    summary: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=220)],
        Field(description="What it is good for, in one sentence (220 characters at most)"),
    ]
    url: Annotated[WebAddress, Field(description="Where it is; people reach it by /go/NAME/")]
    go: Annotated[Maybe[Slug], Field(description="NAME in /go/NAME/; the file's name when left out")] = None
    access: Annotated[Access, Field(description="Who can use it, and where")]
    access_help: Annotated[Maybe[str], Field(description="What to type at the door: card number, PIN …")] = None
    vendor: Annotated[Maybe[str], Field(description="The company or body that runs it")] = None
    subjects: Annotated[tuple[Words, ...], Field(min_length=1, description="Such as Languages, News, Genealogy")]
    needs: Annotated[
        tuple[Words, ...],
        Field(description="What people want to do with it, in their words: Find a job, Learn a language"),
    ] = ()
    kinds: Annotated[
        tuple[ResourceKind, ...],
        Field(min_length=1, description="What is in it"),
    ]
    audience: Annotated[tuple[Audience, ...], Field(description="For whom")] = ("everyone",)
    languages: Annotated[tuple[Words, ...], Field(description="Languages of the content, in English words")] = (
        "English",
    )
    also_known_as: Annotated[tuple[Words, ...], Field(description="Other and former names; they are searched")] = ()
    misspellings: Annotated[tuple[Words, ...], Field(description="How people misspell it; searched, not shown")] = ()
    apps: Annotated[tuple[Link, ...], Field(description="Links to its apps")] = ()
    help: Annotated[Maybe[Link], Field(description="Where its own help is")] = None
    limits: Annotated[Maybe[str], Field(description="Such as: 6 titles a month")] = None
    new_until: Annotated[Maybe[dt.date], Field(description="Shown as new until this date")] = None
    trial_until: Annotated[Maybe[dt.date], Field(description="Last day of a trial; the page leaves by itself")] = None
    trouble: Annotated[Maybe[str], Field(description="What does not work right now")] = None
    trouble_since: Annotated[Maybe[dt.date], Field(description="Since when it does not work")] = None
    featured: Annotated[bool, Field(description="Shown first")] = False
    accessibility_report: Annotated[Maybe[AccessibilityReport], Field(description="The vendor's report")] = None
    renewal: Annotated[Maybe[dt.date], Field(description="When the contract ends; never published")] = None
    licence_note: Annotated[Maybe[str], Field(description="For staff; never published")] = None

    @model_validator(mode="after")
    def _trouble_has_a_date(self) -> EResource:
        if (self.trouble is None) != (self.trouble_since is None):
            raise ValueError("trouble and trouble_since belong together: say what is wrong and since when")
        return self


class Material(Part):
    """What a material costs."""

    name: Annotated[Words, Field(description="Such as PLA filament")]
    price: Annotated[Words, Field(description="Such as 10 cents a gram")]


class Equipment(OwnPage):
    """A thing to borrow, or a tool to use in a branch."""

    type_name: ClassVar[str] = "equipment"
    plural: ClassVar[str] = "equipment"

    summary: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=220)], Field(description="What it is for")
    ]
    group: Annotated[
        EquipmentGroup,
        Field(description="The shelf that it goes on"),
    ]
    branches: Annotated[
        tuple[BranchName, ...], Field(description="Branch file names; left out means all branches")
    ] = ()
    loan: Annotated[Maybe[str], Field(description="How long it is lent: 7 days; left out for use in the branch")] = None
    renewals: Annotated[Maybe[str], Field(description="Whether it can be renewed")] = None
    who: Annotated[Maybe[str], Field(description="Who may borrow or use it: age, card")] = None
    agreement: Annotated[Maybe[str], Field(description="What is signed")] = None
    deposit: Annotated[Maybe[str], Field(description="What is left as a deposit")] = None
    overdue: Annotated[Maybe[str], Field(description="What a late return costs")] = None
    replacement: Annotated[Maybe[str], Field(description="What a lost one costs")] = None
    includes: Annotated[tuple[Words, ...], Field(description="What’s in the box")] = ()
    returns: Annotated[Maybe[str], Field(description="How it is brought back")] = None
    hold_url: Annotated[Maybe[WebAddress], Field(description="Where to place a hold")] = None
    booking_url: Annotated[Maybe[WebAddress], Field(description="Where to book it")] = None
    certification: Annotated[Maybe[str], Field(description="What one must learn first")] = None
    minimum_age: Annotated[Maybe[int], Field(ge=0, le=99, description="Youngest age")] = None
    materials: Annotated[tuple[Material, ...], Field(description="Materials and their prices")] = ()
    manual: Annotated[Maybe[Link], Field(description="The manual")] = None
    season: Annotated[Maybe[str], Field(description="When it is offered, such as February to June")] = None


def _checked(isbn: str) -> str:
    """An ISBN whose last digit fits the others (ISO 2108, check digit). Raises :class:`ValueError`."""
    digits = [10 if digit == "X" else int(digit) for digit in isbn]
    if len(digits) == 13:
        fits = "X" not in isbn and sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0
    else:
        fits = sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11 == 0
    if not fits:
        raise ValueError("the last digit of this ISBN does not fit the others: copy it from the book once more")
    return isbn


class BooklistItem(Part):
    """A book, film or record on a list."""

    title: Annotated[Words, Field(description="As on the title page")]
    author: Annotated[Words, Field(description="Given name first")]
    isbn: Annotated[
        Maybe[Annotated[str, StringConstraints(pattern=r"^(97[89])?\d{9}[\dX]$"), AfterValidator(_checked)]],
        Field(description="10 or 13 digits without hyphens, in quotation marks"),
    ] = None
    record_id: Annotated[Maybe[str], Field(description="The number of the record in the catalogue")] = None
    format: Annotated[
        Literal["book", "large print", "audiobook", "ebook", "picture book", "graphic novel", "film", "music"],
        Field(description="What it is"),
    ] = "book"
    note: Annotated[Maybe[str], Field(description="Why it is on the list")] = None
    lang: Annotated[Maybe[Language], Field(description="Of the title, when it differs from the page's: fr")] = None
    cover: Annotated[Maybe[Picture], Field(description="A cover kept on our own site")] = None


class Booklist(OwnPage):
    """A list of things to read, watch or hear."""

    type_name: ClassVar[str] = "booklist"
    plural: ClassVar[str] = "booklists"

    summary: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=220)], Field(description="What ties the list")
    ]
    audience: Annotated[tuple[Audience, ...], Field(description="For whom")] = ("adults",)
    items: Annotated[tuple[BooklistItem, ...], Field(min_length=1, description="The list")]
    related: Annotated[tuple[ContentPath, ...], Field(description="Other content files, from content/")] = ()
