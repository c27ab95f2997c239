"""Invented things that occur nowhere else, and the words of a planted piece filled in with them."""

from __future__ import annotations

import datetime as dt
from random import Random

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


def fill(text: str, name: str, link: str, chance: Random) -> str:
    """The piece with its words filled in."""
    day = dt.date(2027, 1, 1) + dt.timedelta(days=chance.randrange(120))
    other = day + dt.timedelta(days=chance.randrange(1, 7))
    return text.format(
        name=name,
        slug=name.replace(" ", "-"),
        capitals=name.upper(),
        digits=chance.randrange(1000, 9999),
        link=link,
        wrong_day=f"{other:%A}, {day:%B} {day.day}, {day.year}",
        wrong_day_fr=f"{_DAYS_FR[other.weekday()]} {day.day} {_MONTHS_FR[day.month - 1]} {day.year}",
    )
