"""Where places lie to each other: far enough for a small map and a sentence, not for navigation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Mean radius of the earth, in km.
_EARTH = 6371.0
#: The eight winds from north by way of east, as interface words.
WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
#: Countries whose roads are measured in miles.
_MILES = frozenset(["US", "GB"])
_KM_IN_A_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float


def distance(here: Point, there: Point) -> float:
    """Return the distance as the crow flies, in km (haversine)."""
    first, second = math.radians(here.latitude), math.radians(there.latitude)
    over, along = (second - first) / 2, math.radians(there.longitude - here.longitude) / 2
    half = math.sin(over) ** 2 + math.cos(first) * math.cos(second) * math.sin(along) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def rounded(km: float, country: str) -> tuple[int, str]:
    """Return a distance as people say it in a country: (11, "km"). Nothing is nearer than 1."""
    unit, length = ("miles", km / _KM_IN_A_MILE) if country in _MILES else ("km", km)
    return max(1, round(length)), unit


def wind(here: Point, there: Point) -> str:
    """Return the direction from ``here`` to ``there``, one of ``WINDS``."""
    east = math.radians(there.longitude - here.longitude) * math.cos(math.radians(here.latitude))
    north = math.radians(there.latitude - here.latitude)
    return WINDS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def laid_out(points: Sequence[Point], width: float, height: float, edge: float) -> list[tuple[float, float]]:
    """Return where points lie on a drawing of ``width`` × ``height``, ``edge`` away from its border, north up."""
    if not points:
        return []
    middle = math.cos(math.radians(sum(point.latitude for point in points) / len(points)))
    across = [point.longitude * middle for point in points]
    up = [point.latitude for point in points]
    span_x, span_y = max(across) - min(across), max(up) - min(up)
    scale = min((width - 2 * edge) / (span_x or 1e-9), (height - 2 * edge) / (span_y or 1e-9))
    if not span_x and not span_y:
        scale = 0.0
    left, top = (width - span_x * scale) / 2, (height - span_y * scale) / 2
    return [
        (round(left + (x - min(across)) * scale, 1), round(top + (max(up) - y) * scale, 1))
        for x, y in zip(across, up, strict=True)
    ]
