"""How far places lie from each other, which way, and where on a drawing."""

from __future__ import annotations

import pytest

from library_places import Point, distance, laid_out, rounded, wind

OTTAWA, TORONTO, KINGSTON = Point(45.4215, -75.6972), Point(43.6532, -79.3832), Point(44.2312, -76.4860)


def test_distances_are_those_of_an_atlas() -> None:
    assert distance(OTTAWA, TORONTO) == pytest.approx(352, abs=3)
    assert distance(TORONTO, OTTAWA) == pytest.approx(distance(OTTAWA, TORONTO))
    assert distance(OTTAWA, OTTAWA) == 0


@pytest.mark.parametrize(
    ("km", "country", "said"), [(0.2, "CA", (1, "km")), (16.1, "CA", (16, "km")), (16.1, "US", (10, "miles"))]
)
def test_a_distance_is_said_as_people_say_it(km: float, country: str, said: tuple[int, str]) -> None:
    assert rounded(km, country) == said


@pytest.mark.parametrize(
    ("there", "way"),
    [
        (Point(46.0, -75.6972), "north"),
        (Point(45.4215, -75.0), "east"),
        (TORONTO, "southwest"),
        (Point(45.0, -75.1), "southeast"),
        (Point(45.4215, -76.5), "west"),
    ],
)
def test_the_wind(there: Point, way: str) -> None:
    assert wind(OTTAWA, there) == way


def test_on_the_drawing_north_is_up_and_nothing_leaves_it() -> None:
    spots = laid_out([OTTAWA, TORONTO, KINGSTON], 320, 180, 30)
    assert all(30 <= x <= 290 and 30 <= y <= 150 for x, y in spots)
    assert spots[0][1] < spots[2][1] < spots[1][1]
    assert spots[1][0] < spots[2][0] < spots[0][0]


def test_one_place_lies_in_the_middle() -> None:
    assert laid_out([OTTAWA], 320, 180, 30) == [(160.0, 90.0)]
    assert laid_out([], 320, 180, 30) == []
