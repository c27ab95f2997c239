"""What every content type has in common."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from library_base.web import address_fault


def _absent(value: Any) -> Any:
    """Treat ``''`` as "not filled in": form editors write empty values for empty fields."""
    return None if isinstance(value, str) and not value.strip() else value


class FieldError(ValueError):
    """Several fields, or members of a list, do not fit together. ``field`` is the one to change, by name or position."""

    def __init__(self, message: str, field: str | int) -> None:
        super().__init__(message)
        self.field = field


def _web_address(value: str) -> str:
    if fault := address_fault(value):
        raise ValueError(fault)
    return value


def _old_address(value: str) -> str:
    """A path below the site's root, as far as a question (``/?p=12``), which the host's rules tell apart."""
    if "://" in value or value.startswith("//"):
        raise ValueError("write the old address without the site’s name, beginning with /")
    if not value.startswith("/"):
        raise ValueError(f"an old address begins with /: /{value}")
    if "#" in value:
        raise ValueError(f"only what comes before # can lead elsewhere: {value.split('#', maxsplit=1)[0]}")
    if "?" in value and not re.fullmatch(r"[^?]+\?[\w.~%-]+=[\w.~%-]*(?:&[\w.~%-]+=[\w.~%-]*)*", value):
        raise ValueError("what comes after ? has the form name=value, such as /?p=12 or /index.php?id=3")
    if re.search(r"[\s\"<>\\^`{|}*:]", value):
        raise ValueError("a space or a special character in an old address is written with %, such as %20 for a space")
    return value


def _with_time(value: Any) -> Any:
    day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if day or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip())):
        raise ValueError("write the time too, such as 2026-12-03 10:30")
    return value


#: A text that must hold something besides white space.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
#: A short name used in addresses: small letters, digits and hyphens.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
#: An optional value for which an empty string counts as absent.
type Maybe[T] = Annotated[T | None, BeforeValidator(_absent)]
#: A day and a time; a day alone would silently mean midnight.
Moment = Annotated[dt.datetime, BeforeValidator(_with_time)]
#: A file below content/, such as images/leaf.svg; editors in browsers begin it with a slash.
FilePath = Annotated[Words, BeforeValidator(lambda value: value.lstrip("/") if isinstance(value, str) else value)]
#: A path of another content file, from ``content/``, for example ``branches/minden.md``. Whether it is there, and what
#: was meant, is told by who knows all files.
ContentPath = Annotated[Words, WithJsonSchema({"type": "string", "pattern": r"^[\w./-]+\.md$"})]
#: The name of a branch: that of its file, without ``.md``. As with :data:`ContentPath`.
BranchName = Annotated[Words, WithJsonSchema({"type": "string", "pattern": r"^[a-z0-9]+(?:-[a-z0-9]+)*$"})]
#: A web address with its scheme.
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://.+$"), AfterValidator(_web_address)]

#: An address of the website before: its path, and its question when it has one.
OldAddress = Annotated[str, AfterValidator(_old_address)]

#: A language by its tag (BCP 47): en, fr, es.
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class Part(BaseModel):
    """A piece of a record. Unknown fields are refused, so nothing is dropped silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a piece of a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)


class Picture(Part):
    """A picture with what it says to somebody who cannot see it."""

    file: Annotated[FilePath, Field(description="Path below content/, such as images/seed-library.svg")]
    alt: Annotated[Maybe[str], Field(description="What the picture tells, in words")] = None
    decorative: Annotated[bool, Field(description="true when the picture adds nothing to the text")] = False
    caption: Annotated[Maybe[str], Field(description="A line shown below the picture")] = None

    @model_validator(mode="after")
    def _says_what_it_shows(self) -> Picture:
        if self.alt is None and not self.decorative:
            raise FieldError(
                "the picture has no alternative: write alt: with what it shows, "
                "or decorative: true when it adds nothing to the text",
                "file",
            )
        if self.alt is not None and self.decorative:
            raise FieldError(
                "a picture that has an alternative is not decorative: delete decorative: true, or alt:", "decorative"
            )
        return self


class Link(Part):
    """A link with the words that stand for it."""

    text: Annotated[Words, Field(description="The words of the link; they say where it leads")]
    url: Annotated[Words, Field(description="A web address, or {filename}path.md for our own page")]


class Record(Part):
    """Fields that every content file may have.

    ``type_name`` is the library's word for one item, ``plural`` for its listing.
    """

    type_name: ClassVar[str] = "page"
    plural: ClassVar[str] = "pages"

    title: Annotated[Words, Field(description="The name of the page; also its main heading")]
    lang: Annotated[
        Maybe[Language], Field(description="Such as en or fr; files in fr/ folders are French by themselves")
    ] = None
    status: Annotated[
        Literal["published", "draft"], Field(description="draft keeps the page out of the published site")
    ] = "published"
    publish_on: Annotated[Maybe[dt.date], Field(description="Not published before this date")] = None
    expires: Annotated[
        Maybe[dt.date], Field(description="The last day: after it the page only says that it has ended")
    ] = None
    reviewed: Annotated[Maybe[dt.date], Field(description="When somebody last checked that this is true")] = None
    review_by: Annotated[Maybe[dt.date], Field(description="When it must be checked again")] = None

    @field_validator("review_by")
    @classmethod
    def _after_the_last_review(cls, review_by: dt.date | None, info: ValidationInfo) -> dt.date | None:
        reviewed = info.data.get("reviewed")
        if review_by is not None and reviewed is not None and review_by <= reviewed:
            raise FieldError(f"“review_by” must be later than “reviewed”, which is {reviewed}", "")
        return review_by

    @field_validator("expires")
    @classmethod
    def _after_its_first_day(cls, expires: dt.date | None, info: ValidationInfo) -> dt.date | None:
        begins = info.data.get("publish_on")
        if expires is not None and begins is not None and expires < begins:
            raise FieldError(f"“expires” must not be before “publish_on”, which is {begins}", "")
        return expires


class Placed(Record):
    """What visitors find at an address of its own: a page, or a place on a listing."""

    slug: Annotated[
        Maybe[Slug],
        Field(description="The last part of the address; the file's name is used when this is left out"),
    ] = None
    translation_of: Annotated[
        Maybe[ContentPath],
        Field(description="The file in the first language that this page is a translation of, from content/"),
    ] = None
    redirect_from: Annotated[
        tuple[OldAddress, ...], Field(description="Old addresses of this page, each beginning with /")
    ] = ()
    replaced_by: Annotated[
        Maybe[ContentPath],
        Field(description="The page to read instead once this one has ended, from content/"),
    ] = None


class OwnPage(Placed):
    """What has a page of its own, and so may have a summary and a picture."""

    summary: Annotated[
        Maybe[Annotated[str, StringConstraints(max_length=220)]],
        Field(description="One or two sentences (220 characters at most), shown in lists and search results"),
    ] = None
    image: Annotated[Maybe[Picture], Field(description="A picture for the page and for lists")] = None
