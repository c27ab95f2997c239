"""What other files of the same project say: branches with their numbers, and what a link leads to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from audit.writing.source import SourceText, read
from stepfree.content_rules.field_dates import day_of

#: A telephone number of North America, as people write it.
NUMBER = re.compile(r"(?<![\d-])(?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])")
_STREET = re.compile(r"^(?P<number>\d+[A-Za-z]?),?\s+(?P<street>\D.*)$")
#: Words of a branch's title that say what it is and not where.
_KIND = re.compile(
    r"^(?:the\s+|la\s+)?(?:succursale|biblioth[èe]que|branch|library)(?:\s+publi(?:que|c))?"
    r"(?:\s+de\s+la|\s+d[eu]s?|\s+d['’]|\s+of|\s+in)?\b\s*"
    r"|\s+(?:public\s+)?(?:branch|library|location)$",
    re.IGNORECASE,
)
#: A month has at most so many days: the last day of a series is never placed too early.
_MONTH, _WEEK = 31, 7


@dataclass(frozen=True, slots=True)
class Branch:
    """A place that the library keeps a record of. ``phones`` are ten digits each; ``path`` counts from the root."""

    name: str
    #: What is left of the name without “branch” or “succursale”.
    short: str
    phones: frozenset[str]
    phone: str
    number: str
    street: str
    town: str
    path: str


def digits(number: str) -> str:
    """The ten digits of a telephone number."""
    return re.sub(r"\D", "", number)[-10:]


def branches(source: SourceText) -> tuple[Branch, ...]:
    """The branches of the library that the source belongs to, in the order of their files."""
    if source.root is None:
        return ()
    folder = source.root / "content" / "branches"
    moments = tuple((file, file.stat().st_mtime_ns) for file in sorted(folder.rglob("*.md")))
    return _branches(source.root, moments)


@lru_cache(maxsize=32)
def _branches(root: Path, moments: tuple[tuple[Path, int], ...]) -> tuple[Branch, ...]:
    return tuple(
        each for file, _ in moments if (each := _branch(front_matter(file), file.relative_to(root).as_posix()))
    )


def _branch(record: Mapping[str, Any], path: str) -> Branch | None:
    name = str(record.get("title") or "").strip()
    short = " ".join(_KIND.sub("", name).split())
    if not short:
        return None
    address = record.get("address")
    place: Mapping[str, Any] = address if isinstance(address, dict) else {}
    street = _STREET.match(str(place.get("street") or ""))
    phone = str(record.get("phone") or "")
    return Branch(
        name,
        short,
        frozenset(digits(found.group()) for found in NUMBER.finditer(" ".join(_texts(record)))),
        phone,
        street["number"] if street else "",
        street["street"].strip() if street else "",
        str(place.get("town") or ""),
        path,
    )


def recorded(source: SourceText, number: str) -> str | None:
    """The file in whose fields a telephone number stands; ``None`` when no record has it."""
    if source.root is None:
        return None
    wanted = digits(number)
    content = source.root / "content"
    for file in (*sorted(content.glob("*.yml")), *sorted(content.rglob("*.md"))):
        text = file.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        fields = text if file.suffix == ".yml" else _fields(text)
        if any(digits(found.group()) == wanted for found in NUMBER.finditer(fields)):
            return file.relative_to(source.root).as_posix()
    return None


def linked(source: SourceText, target: str) -> Mapping[str, Any]:
    """The fields of the file that a link in a text leads to (``{filename}/programs/x.md``); empty when there is none."""
    match = re.match(r"\{filename\}([^#?]+\.md)", target)
    if match is None or source.root is None:
        return {}
    content = source.root / "content"
    written = match.group(1)
    file = content / written.lstrip("/") if written.startswith("/") else (source.root / source.path).parent / written
    return front_matter(file) if file.is_file() else {}


def front_matter(file: Path) -> Mapping[str, Any]:
    """The fields of a file as it is now."""
    return _front_matter(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _front_matter(file: Path, _moment: int) -> Mapping[str, Any]:
    return read(file, file.name).front_matter


def last_day(program: Mapping[str, Any]) -> dt.date | None:
    """A day after which a program certainly takes place no more; ``None`` when its fields do not say one.

    Where only the number of times is known, the day is the latest that they can come to.
    """
    ends = day_of(program.get("ends")) or day_of(program.get("starts"))
    if ends is None:
        return None
    days = [ends]
    repeats = program.get("repeats")
    if isinstance(repeats, dict):
        until, count = day_of(repeats.get("until")), repeats.get("count")
        if until is not None:
            days.append(until)
        elif isinstance(count, int):
            step = (_MONTH if repeats.get("every") == "month" else _WEEK) * int(repeats.get("interval") or 1)
            days.append(ends + dt.timedelta(days=step * (count + len(_list(repeats.get("skip"))))))
        else:
            return None
        days += [day for each in _list(repeats.get("extra")) if (day := day_of(each))]
    for move in _list(program.get("moved")):
        if isinstance(move, dict):
            days += [day for name in ("starts", "ends") if (day := day_of(move.get(name)))]
    return max(days)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _fields(text: str) -> str:
    """The front matter of a file as text."""
    return text.split("\n---", 1)[0] if text.startswith("---") else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
