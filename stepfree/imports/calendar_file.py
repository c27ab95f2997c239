"""The calendars of a file (iCalendar, RFC 5545): what is broken in it does not take the rest with it."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import icalendar

from audit.errors import UsageError
from stepfree.imports.arrivals import Delivery

#: What the library that reads calendars raises for a broken line.
BROKEN = (ValueError, IndexError, KeyError, TypeError, AttributeError)
_SOUND = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//-//\r\n{}\r\nEND:VCALENDAR\r\n"
#: What a calendar holds besides events, in the words of a person.
_OTHERS = {"VTODO": "task", "VJOURNAL": "journal entry", "VFREEBUSY": "list of busy times"}
_MANY = {"VJOURNAL": "journal entries", "VFREEBUSY": "lists of busy times"}


def calendars(data: bytes, name: str, delivery: Delivery) -> list[Any]:
    """The calendars of a file called ``name``; what is left out of them is told to ``delivery``.

    Raises:
        UsageError: it is no calendar, or breaks off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = list(icalendar.Calendar.from_ical(data, multiple=True))
        except BROKEN:
            found = _mended(data, name, delivery)
    others = Counter(part.name for each in found for part in each.walk() if part.name in _OTHERS)
    for kind, count in sorted(others.items()):
        words = _OTHERS[kind] if count == 1 else _MANY.get(kind, f"{_OTHERS[kind]}s")
        delivery.leave(name, f"{count} {words}: only events become programs.")
    if found:
        return found
    if b"BEGIN:VEVENT" in data and b"END:VCALENDAR" not in data:
        raise UsageError(f"{name}: this calendar breaks off before its end. Export it once more.")
    raise UsageError(f"{name}: this is not a calendar (iCalendar).")


def _mended(data: bytes, name: str, delivery: Delivery) -> list[Any]:
    """The calendars of a file in which something is broken, without that."""
    # Folded lines are one (RFC 5545, 3.1); each has a name, a colon and a value.
    lines = re.sub(r"\r?\n[ \t]", "", data.decode("utf-8", "replace")).splitlines()
    for line in lines:
        if line.strip() and ":" not in line:
            delivery.leave(name, f"“{line.strip()[:60]}” is not a line of a calendar.")
    kept = list(_readable([line.strip() for line in lines if ":" in line], name, delivery))
    try:
        return list(icalendar.Calendar.from_ical("\r\n".join(kept), multiple=True))
    except BROKEN as error:
        raise UsageError(
            f"{name}: this is not a calendar that can be read: {' '.join(str(error).split()).rstrip('.')}."
        ) from None


def _readable(lines: Iterable[str], name: str, delivery: Delivery) -> Iterator[str]:
    """The lines of a calendar without the parts (tasks, time zones, events) that cannot be read."""
    part: list[str] = []
    open_parts: list[str] = []
    for line in lines:
        word, _, value = line.partition(":")
        kind = value.strip().upper()
        if word.upper() == "BEGIN" and kind != "VCALENDAR":
            open_parts.append(kind)
        if not open_parts:
            yield line
            continue
        part.append(line)
        if word.upper() == "END" and kind in open_parts:
            del open_parts[open_parts.index(kind) :]
            if not open_parts:
                if _reads(part):
                    yield from part
                else:
                    delivery.leave(*_told(part, kind, name))
                part = []


def _reads(part: Sequence[str]) -> bool:
    try:
        icalendar.Calendar.from_ical(_SOUND.format("\r\n".join(part)))
    except BROKEN:
        return False
    return True


def _told(part: Sequence[str], kind: str, name: str) -> tuple[str, str]:
    """Where a broken part is, and what to say of it."""
    said = {line.partition(":")[0].partition(";")[0].upper(): line.partition(":")[2].strip() for line in part}
    if kind == "VTIMEZONE":
        return name, f"Its time zone “{said.get('TZID', '')}” cannot be read: look at the times of its events."
    return said.get("SUMMARY") or said.get("UID") or name, "It cannot be read, and was left out."
