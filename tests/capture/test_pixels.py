"""What differs between two pictures."""

from __future__ import annotations

import numpy as np
import pytest

from audit.capture.pixels import NOISE, beyond_a_pixel, difference, luminance, unlike


def _plain(value: int, size: tuple[int, int] = (20, 30)):
    return np.full((*size, 3), value, dtype=np.uint8)


def test_noise_is_no_difference_in_either_direction():
    one = _plain(100)
    for step in (NOISE, -NOISE):
        two = one.copy()
        two[4, 5, 1] = 100 + step
        assert not unlike(one, two).any()
        assert difference(one, two) == (0, 1.0)


def test_a_step_beyond_noise_in_one_channel_is_a_difference_in_either_direction():
    one = _plain(100)
    for step in (NOISE + 1, -NOISE - 1, 155, -100):
        two = one.copy()
        two[4, 5, 2] = 100 + step
        assert np.argwhere(unlike(one, two)).tolist() == [[4, 5]]


@pytest.mark.parametrize(
    ("colour", "expected"),
    [((255, 255, 255), 1.0), ((0, 0, 0), 0.0), ((255, 0, 0), 0.2126), ((10, 10, 10), 10 / 255 / 12.92)],
)
def test_luminance_is_that_of_the_definition(colour, expected):
    assert luminance(np.array([[colour]], dtype=np.uint8))[0, 0] == pytest.approx(expected)


def test_a_line_that_moves_by_a_pixel_changes_nothing_beyond_it():
    one, two, far = _plain(255), _plain(255), _plain(255)
    one[10], two[11], far[14] = 0, 0, 0
    assert difference(one, two) == (60, 21.0)
    assert beyond_a_pixel(one, two) == 0
    assert beyond_a_pixel(one, far) == 60
