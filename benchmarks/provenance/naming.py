"""Invented things that occur nowhere else, and the words of a planted piece filled in with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

_DAYS_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS_FR = ("janvier", "février", "mars", "avril", "mai", "juin")
_FIRST = [
    "amber",
    "birch",
    "cedar",
    "copper",
    "coral",
    "crimson",
    "golden",
    "granite",
    "hazel",
    "ivory",
    "jade",
    "lemon",
    "maroon",
    "olive",
    "pearl",
    "plum",
    "ruby",
    "russet",
    "silver",
    "violet",
]
_SECOND = [
    "anchor",
    "basket",
    "bell",
    "bottle",
    "bucket",
    "button",
    "candle",
    "cradle",
    "drum",
    "easel",
    "feather",
    "globe",
    "hammer",
    "kettle",
    "ladder",
    "lantern",
    "mirror",
    "needle",
    "paddle",
    "pulley",
    "saddle",
    "spindle",
    "teapot",
    "thimble",
    "whistle",
]


def names(chance: Random) -> list[str]:
    """Invented things, each once, in an order that varies with the seed."""
    made = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    chance.shuffle(made)
    return made


def records(content: Path, today: dt.date) -> dict[str, str]:
    """What pieces say of the library that they are planted in: a branch, an address that it has not, what is over."""
    branch, street = next(
        (re.sub(r"(?i) branch$", "", head["title"]), head["address"]["street"])
        for _, head in _heads(content / "branches")
        if re.match(r"\d+ ", head.get("address", {}).get("street", ""))
    )
    number, _, road = street.partition(" ")
    over = next(
        path
        for path, head in _heads(content / "programs")
        if "repeats" not in head and str(head.get("ends", today))[:10] < today.isoformat()
    )
    return {
        "branch": branch,
        "wrong_address": f"{int(number) + 200} {road}",
        "past_program": over.relative_to(content).as_posix(),
    }


def _heads(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*.md")):
        yield path, yaml.safe_load(path.read_text(encoding="utf-8").split("\n---", 1)[0].removeprefix("---"))


def fill(text: str, name: str, link: str, chance: Random, known: dict[str, str] | None = None) -> str:
    """The piece with its words filled in; ``known`` are those of :func:`records`."""
    day = dt.date(2027, 1, 1) + dt.timedelta(days=chance.randrange(120))
    other = day + dt.timedelta(days=chance.randrange(1, 7))
    return text.format(
        **(known or {}),
        name=name,
        slug=name.replace(" ", "-"),
        capitals=name.upper(),
        digits=chance.randrange(1000, 9999),
        link=link,
        wrong_day=f"{other:%A}, {day:%B} {day.day}, {day.year}",
        wrong_day_fr=f"{_DAYS_FR[other.weekday()]} {day.day} {_MONTHS_FR[day.month - 1]} {day.year}",
    )
