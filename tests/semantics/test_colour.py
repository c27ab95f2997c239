"""What a colour is, and that every part of the project takes the same one for lighter."""

from __future__ import annotations

import random

import numpy as np
import pytest

from audit.capture.pixels import luminance as luminance_of_pixels
from audit.semantics.colour import Colour, contrast, luminance, over, parse
from library_brand import colour as brand


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("rgb(1, 2, 3)", Colour(1, 2, 3)),
        ("rgba(1, 2, 3, 0.5)", Colour(1, 2, 3, 0.5)),
        ("rgba(1, 2, 3, 1e-05)", Colour(1, 2, 3, 1e-05)),
        ("transparent", Colour(0, 0, 0, 0)),
        ("color(srgb 1 0 0)", Colour(255, 0, 0)),
        ("color(srgb 1 0 0 / 0.25)", Colour(255, 0, 0, 0.25)),
        ("none", None),
        ("rgb(1, 2)", None),
        ("url(a.png)", None),
    ],
)
def test_colours_as_browsers_write_them(written: str, colour: Colour | None) -> None:
    assert parse(written) == colour


@pytest.mark.parametrize(
    ("written", "hexed"),
    [("color(srgb-linear 1 1 1)", "#ffffff"), ("lab(100 0 0)", "#ffffff"), ("oklch(0 0 none)", "#000000")],
)
def test_colours_of_other_spaces(written: str, hexed: str) -> None:
    found = parse(written)
    assert found is not None
    assert found.hex == hexed


def test_half_of_black_on_white_is_grey() -> None:
    assert over(Colour(0, 0, 0, 0.5), Colour(255, 255, 255)) == Colour(127.5, 127.5, 127.5)


def test_one_luminance_in_the_audit_its_pictures_and_the_theme() -> None:
    """The theme is built without the audit, so the definition stands twice: here they are held to each other."""
    chance = random.Random(1)
    for _ in range(200):
        one, two = (tuple(chance.randrange(256) for _ in range(3)) for _ in range(2))
        first, second = Colour(*one), Colour(*two)
        assert luminance(first) == pytest.approx(luminance_of_pixels(np.array([[one]], dtype=np.uint8))[0, 0])
        assert contrast(first, second) == pytest.approx(brand.contrast(first.hex, second.hex))
