"""Which files are published, and at which address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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


def unpublished_because(file: ContentFile, today: dt.date, *, drafts: bool) -> str:
    """Say why a file has no page today, or return an empty string.

    ``drafts`` lets drafts and future items through, for looking at them in a preview.
    """
    record: Any = file.record
    if not drafts:
        if record.status == "draft":
            return "it is a draft"
        if record.publish_on is not None and record.publish_on > today:
            return f"it is published from {record.publish_on} on"
        if file.type == "news" and record.date > today:
            return f"its date is {record.date}"
    if record.expires is not None and record.expires < today:
        return f"it expired after {record.expires}"
    trial = getattr(record, "trial_until", None)
    if trial is not None and trial < today:
        return f"its trial ended on {trial}"
    if file.type == "notices" and record.expected_end is not None and _day(record.expected_end) < today:
        return f"it ended on {_day(record.expected_end)}"
    return ""


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
