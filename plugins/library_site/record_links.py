"""Links and files named in front matter: checked, and links replaced by addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from library_base.errors import Problem, no_file
from library_links import Resolver
from library_model.model import ContentFile
from library_schemas import Placed, Record
from library_schemas.base import Picture

#: Fields that hold a link: an address or ``{filename}…``.
_LINK_FIELDS = frozenset(["url", "to", "transcript"])
#: Fields that hold the path of a file below ``content/``.
_FILE_FIELDS = frozenset(["agenda", "minutes", "file"])


def resolved(file: ContentFile, resolver: Resolver, page: str) -> Record:
    """Return the record with its links resolved. Broken ones are noted in ``resolver``."""
    record = file.record
    changes = _changes(record, (), file, resolver, page)
    if isinstance(record, Placed) and record.slug is None:
        changes["slug"] = file.name.rpartition("/")[2].removesuffix(".md")
    return record.model_copy(update=changes)


def _changes(
    model: BaseModel, place: tuple[str | int, ...], file: ContentFile, resolver: Resolver, page: str
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        here = (*place, name)
        if isinstance(value, str) and name in _LINK_FIELDS:
            line = file.lines.of(*here)
            spoken = " › ".join(str(step + 1) if isinstance(step, int) else step for step in here)
            address = resolver.resolve(value, path=file.name, line=line, page=page, name=spoken)
            # Until the page that is meant is there, an optional link is left out.
            changes[name] = address or None
        elif isinstance(value, BaseModel):
            inner = _changes(value, here, file, resolver, page)
            if inner:
                copy = value.model_copy(update=inner)
                changes[name] = None if _leads_nowhere(copy) else copy
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            copies = [
                item.model_copy(update=_changes(item, (*here, index), file, resolver, page))
                for index, item in enumerate(value)
            ]
            changes[name] = tuple(item for item in copies if not _leads_nowhere(item))
    return changes


def _leads_nowhere(model: BaseModel) -> bool:
    """Whether it is a link to a page that is not there yet."""
    needed = type(model).model_fields.get("url")
    return needed is not None and needed.is_required() and getattr(model, "url", None) is None


def file_problems(file: ContentFile, files: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each picture and document named in front matter that is not there."""
    for name, place in _named_files(file.record, ()):
        if name in files:
            continue
        others = sorted(other for other in files if not other.endswith((".md", ".csv")))
        said = no_file(name, others, "Put the file there, or correct the path; it begins below content/.")
        yield Problem(file.source, file.lines.of(*place), str(place[0]), *said)


def named_files(record: Record) -> Iterator[str]:
    """The files that a record names and that are no pictures."""
    for name, place in _named_files(record, ()):
        if place[-1] != "file" or len(place) == 1:
            yield name


def _named_files(model: BaseModel, place: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        here = (*place, name)
        if isinstance(value, str) and (name in _FILE_FIELDS or (name == "file" and isinstance(model, Picture))):
            yield value, here
        elif isinstance(value, BaseModel):
            yield from _named_files(value, here)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _named_files(item, (*here, index))
