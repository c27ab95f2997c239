"""What the library says: pages, notices, news, policies, documents and small records."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from library_schemas.base import (
    BranchName,
    ContentPath,
    FieldError,
    FilePath,
    Language,
    Link,
    Maybe,
    OldAddress,
    OwnPage,
    Placed,
    Record,
    Slug,
    Words,
)
from library_schemas.parts import Email, Telephone


class PageRecord(OwnPage):
    """A page of its own, such as "Get a card". Its folder below ``pages/`` is its place in the site."""

    type_name: ClassVar[str] = "page"
    plural: ClassVar[str] = "pages"

    template: Annotated[
        Maybe[Slug], Field(description="Only for pages with a special layout, such as home, hours or search")
    ] = None
    menu: Annotated[Maybe[int], Field(ge=1, le=9, description="Place in the main menu; left out for most pages")] = None
    menu_title: Annotated[Maybe[str], Field(description="Shorter words for the menu")] = None
    contents: Annotated[bool, Field(description="true shows a list of the page's headings")] = False
    related: Annotated[tuple[ContentPath, ...], Field(description="Other content files, from content/")] = ()
    duty: Annotated[
        Maybe[
            Literal[
                "accessibility-policy",
                "multi-year-plan",
                "status-report",
                "feedback",
                "accessible-formats",
                "accessible-materials",
                "emergency-information",
            ]
        ],
        Field(description="The accessibility duty that this page serves (O. Reg. 191/11)"),
    ] = None
    dated: Annotated[Maybe[dt.date], Field(description="The date of a plan, policy or report")] = None


class HomePage(PageRecord):
    """The home page. Its title is the library's name, which stands in ``library.yml``; a title of its own is said
    instead, and in another language it is the library's name there.
    """

    title: Annotated[Words, Field(description="Left out: the library's name")] = ""


def _first(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


class Notice(OwnPage):
    """A notice of a disruption or change (O. Reg. 191/11 s. 80.48: reason, duration, alternatives)."""

    type_name: ClassVar[str] = "notice"
    plural: ClassVar[str] = "notices"

    kind: Annotated[
        Literal["closure", "service out", "late opening", "change", "good news"], Field(description="What it is about")
    ]
    level: Annotated[Literal["urgent", "important", "info"], Field(description="How loudly it is said")] = "important"
    reason: Annotated[Words, Field(description="Why (required by law)")]
    starts: Annotated[dt.datetime | dt.date, Field(description="From when")]
    expected_end: Annotated[
        Maybe[dt.datetime | dt.date], Field(description="Until when; leave out only when nobody knows")
    ] = None
    next_update: Annotated[
        Maybe[dt.date], Field(description="When the end is unknown: the day on which this notice is looked at again")
    ] = None
    alternatives: Annotated[Words, Field(description='What people can use instead, or "None" (required by law)')]
    affects: Annotated[Maybe[str], Field(description="The service or part of the building")] = None
    branches: Annotated[
        tuple[BranchName, ...], Field(description="Branch file names; left out means the whole library")
    ] = ()
    contact_phone: Annotated[Maybe[Telephone], Field(description="Whom to call")] = None
    links: Annotated[tuple[Link, ...], Field(description="Where to read more")] = ()

    @field_validator("expected_end")
    @classmethod
    def _not_before(cls, end: dt.date | None, info: ValidationInfo) -> dt.date | None:
        starts = info.data.get("starts")
        if end is not None and starts is not None and _first(end) < _first(starts):
            raise FieldError(f"“expected_end” must not be before “starts”, which is {starts:%Y-%m-%d}", "")
        return end

    @model_validator(mode="after")
    def _says_how_long(self) -> Notice:
        if self.expected_end is None and self.next_update is None:
            raise ValueError("say how long: expected_end, or next_update when the end is not known")
        return self


class News(OwnPage):
    """An item of news."""

    type_name: ClassVar[str] = "news item"
    plural: ClassVar[str] = "news"

    date: Annotated[dt.date, Field(description="The day of the news; later than today keeps it back until then")]
    summary: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=220)], Field(description="The news in a sentence")
    ]
    links: Annotated[tuple[Link, ...], Field(description="Where to read more")] = ()


class Policy(OwnPage):
    """A policy of the board."""

    type_name: ClassVar[str] = "policy"
    plural: ClassVar[str] = "policies"

    number: Annotated[Maybe[str], Field(description="Such as OP-04")] = None
    approved: Annotated[dt.date, Field(description="When the board approved it")]
    review_due: Annotated[dt.date, Field(description="When the board must look at it again")]
    motion: Annotated[Maybe[str], Field(description="The number of the motion")] = None
    file: Annotated[Maybe[ContentPath | str], Field(description="The same as a file, below documents/")] = None


class Document(OwnPage):
    """A file that the library publishes. Type, size and pages are found out by themselves."""

    type_name: ClassVar[str] = "document"
    plural: ClassVar[str] = "documents"

    file: Annotated[FilePath, Field(description="The file's path below content/, such as documents/plan.pdf")]
    published: Annotated[dt.date, Field(description="When it was first put on the site")]
    owner: Annotated[Words, Field(description="The role that answers for it, such as Systems coordinator")]
    retain_until: Annotated[Maybe[dt.date], Field(description="When it may be taken down")] = None
    accessible: Annotated[
        Literal["checked", "tagged", "unchecked", "not accessible"], Field(description="What we know of it")
    ] = "unchecked"
    checked: Annotated[Maybe[dt.date], Field(description="When a person checked it with a screen reader")] = None
    archived: Annotated[
        Maybe[dt.date],
        Field(description="When it was put into the archive: kept for reference only, and not changed since"),
    ] = None
    html_version: Annotated[Maybe[ContentPath], Field(description="The page that says the same")] = None
    group: Annotated[Words, Field(description="The heading that it goes under, such as Board, Forms, Newsletters")]
    language: Annotated[Maybe[Language], Field(description="Language of the file")] = None


class StaffRole(Placed):
    """A role that people can reach. Roles, not persons: they outlast staff changes."""

    type_name: ClassVar[str] = "staff role"
    plural: ClassVar[str] = "staff"

    branch: Annotated[Maybe[BranchName], Field(description="The branch's file name without .md")] = None
    department: Annotated[Maybe[str], Field(description="The part of the library")] = None
    email: Annotated[Maybe[Email], Field(description="A shared address")] = None
    phone: Annotated[Maybe[Telephone], Field(description="Telephone number")] = None
    helps_with: Annotated[tuple[Words, ...], Field(description="What to ask them about")] = ()
    order: Annotated[int, Field(ge=0, le=999, description="Place in the list")] = 100


class Question(Placed):
    """A question that people ask, with the answer as the body of the file."""

    type_name: ClassVar[str] = "question"
    plural: ClassVar[str] = "questions"

    topic: Annotated[Words, Field(description="The heading that it goes under")]
    related: Annotated[tuple[ContentPath, ...], Field(description="Other content files, from content/")] = ()


class Redirect(Record):
    """An old address, or a short one, that leads somewhere else."""

    type_name: ClassVar[str] = "redirect"
    plural: ClassVar[str] = "redirects"

    from_: Annotated[
        OldAddress,
        Field(alias="from", description="The old address, beginning with /"),
    ]
    to: Annotated[Words, Field(description="The new one: {filename}path.md, or a web address")]
    kind: Annotated[Literal["moved", "go-link"], Field(description="moved for old pages, go-link for short names")] = (
        "moved"
    )
    since: Annotated[Maybe[dt.date], Field(description="Since when")] = None
