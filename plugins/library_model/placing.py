"""Which files are published, and at which address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from library_base.errors import Problem
from library_model.model import ContentFile
from library_schemas import Placed
from library_words.voice import first_language, language_folder

#: Types that have no page for each item: they stand on their listing.
ON_LISTING = frozenset(["staff", "questions"])
#: Template of an item, by type.
ITEM_TEMPLATES = {
    "pages": "page",
    "branches": "branch",
    "e-resources": "e-resource",
    "programs": "program",
    "services": "service",
    "equipment": "equipment",
    "booklists": "booklist",
    "notices": "notice",
    "news": "news-item",
    "policies": "policy",
    "meetings": "meeting",
    "documents": "document",
}
#: Template of a listing, by type.
LISTING_TEMPLATES = {
    "branches": "branches",
    "programs": "programs",
    "services": "services",
    "e-resources": "e-resources",
    "equipment": "equipment-list",
    "booklists": "booklists",
    "notices": "notices",
    "news": "news",
    "policies": "policies",
    "meetings": "meetings",
    "documents": "documents",
    "staff": "staff",
    "questions": "questions",
}


class Standing(StrEnum):
    """What a file is to visitors on the day of the build."""

    ONLINE = "online"
    DRAFT = "draft"
    #: Its day has not come.
    WAITING = "waiting"
    #: Its last day is over. Its address stays and says so.
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether a file is on the site today. ``because`` says why it is not; ``day`` is its first or its last day."""

    standing: Standing
    because: str = ""
    day: dt.date | None = None


_ONLINE = Publication(Standing.ONLINE)


def publication(file: ContentFile, today: dt.date, *, drafts: bool) -> Publication:
    """Say what a file is today.

    ``drafts`` lets drafts and future items through, for looking at them in a preview.
    """
    record: Any = file.record
    if not drafts:
        if record.status == "draft":
            return Publication(Standing.DRAFT, "it is a draft")
        first = max((day for day in (record.publish_on, _news_day(file)) if day is not None), default=today)
        if first > today:
            return Publication(Standing.WAITING, f"it is published on {first}", first)
    last = last_day(file)
    if last is not None and last < today:
        return Publication(Standing.ENDED, f"it ended on {last}", last)
    return _ONLINE


def last_day(file: ContentFile) -> dt.date | None:
    """The last day on which a file's page holds, as far as its front matter says."""
    record: Any = file.record
    days = [record.expires, getattr(record, "trial_until", None)]
    if file.type == "notices" and record.expected_end is not None:
        days.append(_day(record.expected_end))
    return min((day for day in days if day is not None), default=None)


def _news_day(file: ContentFile) -> dt.date | None:
    return file.record.date if file.type == "news" else None  # type: ignore[attr-defined]


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def address_of(file: ContentFile) -> str:
    """Return the address of a file's page below the base path, or of its place on a listing."""
    path = PurePosixPath(file.name.removesuffix(".md"))
    parts = list(path.parts[1:])
    prefix = language_folder(file.lang)
    if prefix and parts and parts[0] == file.lang:
        parts = parts[1:]
    if isinstance(file.record, Placed) and file.record.slug:
        parts[-1] = file.record.slug
    if file.type == "redirects":
        return str(file.record.from_)  # type: ignore[attr-defined]
    if file.type in ON_LISTING:
        return f"{prefix}/{file.type}/#{parts[-1]}"
    if file.type == "pages":
        if parts == ["404"]:
            return f"{prefix}/404.html"
        if parts[-1] == "index":
            parts = parts[:-1]
    else:
        parts = [file.type, *parts]
    return f"{prefix}/{'/'.join(parts)}/".replace("//", "/")


def address_of_name(name: str) -> str:
    """The address that a content file has by its name alone, whatever stands in it."""
    parts = list(PurePosixPath(name.removesuffix(".md")).parts)
    type_, rest = parts[0], parts[1:]
    french = rest[:1] == ["fr"]
    rest = rest[1:] if french else rest
    rest = rest if type_ != "pages" else rest[:-1] if rest[-1:] == ["index"] else rest
    above = (["fr"] if french else []) + ([] if type_ == "pages" else [type_])
    return f"/{'/'.join([*above, *rest])}/".replace("//", "/")


def file_of(address: str) -> str:
    """Return the file in the output folder for an address."""
    return address.lstrip("/") if address.endswith(".html") else f"{address.lstrip('/')}index.html"


def template_of(file: ContentFile) -> str:
    """Return the name of the template for a file's page, without ``.html``."""
    if file.type != "pages":
        return ITEM_TEMPLATES[file.type]
    named: str | None = file.record.template  # type: ignore[attr-defined]
    folder = f"{file.lang}/" if file.lang != first_language() else ""
    place = file.name.removeprefix("pages/").removeprefix(folder).removesuffix(".md")
    if named is None:
        special = {
            "index": "home",
            "404": "not-found",
            "search": "search",
            "site-map": "site-map",
            "statistics": "statistics",
        }
        return special.get(place) or LISTING_TEMPLATES.get(place) or "page"
    return named


def clashes(placed: Iterable[tuple[ContentFile, str]]) -> list[Problem]:
    """Two files that want the same address: each pair is a problem of the second one."""
    owners: dict[str, ContentFile] = {}
    problems: list[Problem] = []
    for file, address in placed:
        owner = owners.setdefault(address, file)
        if owner is not file:
            field = "from" if file.type == "redirects" else "slug"
            problems.append(
                Problem(
                    file.source,
                    file.lines.of(field),
                    field,
                    f"This page and {owner.source} have the same address, {address}.",
                    "Rename one of the two files, or give one of them another slug.",
                )
            )
    return problems
