"""A library's colours as light and dark tokens: every pair keeps its contrast, whatever the colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.colours import palettes
from library_brand import MARKS, TEXT, derive, read_tokens
from library_brand.colour import contrast

TOKENS = (Path(__file__).parents[2] / "theme" / "static" / "tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("colours", palettes(), ids="-".join)
def test_every_pair_keeps_its_contrast_in_both_schemes(colours: tuple[str, ...]) -> None:
    palette = derive(TOKENS, dict(zip(("main", "second", "third"), colours, strict=False)))
    light, dark = read_tokens(TOKENS)
    for scheme in ({**light, **palette.light}, {**dark, **palette.dark}):
        for pairs, needed in ((TEXT, 7.0), (MARKS, 3.0)):
            weak = [pair for pair in pairs if contrast(scheme[pair[0]], scheme[pair[1]]) < needed]
            assert weak == []


def test_a_colour_that_is_good_stays_as_it_is() -> None:
    palette = derive(TOKENS, {"main": "#5b2a86"})
    assert palette.light["lake"] == "#5b2a86"
    assert palette.changes == ()


def test_what_is_changed_is_told_with_both_contrasts() -> None:
    change = derive(TOKENS, {"main": "#ffd400"}).changes[0]
    assert (change.name, change.wanted, change.token, change.needed) == ("main", "#ffd400", "lake", 7.0)
    assert change.ratio < 2 < contrast(change.used, "#fbf6ea")


def test_without_colours_nothing_is_written() -> None:
    assert derive(TOKENS, {}).css() == ""
