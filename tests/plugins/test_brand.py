"""A library's colours as light and dark tokens: every pair keeps its contrast, whatever the colours."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from library_brand import MARKS, TEXT, derive, read_tokens
from library_brand.colour import contrast

TOKENS = (Path(__file__).parents[2] / "theme" / "static" / "tokens.css").read_text(encoding="utf-8")
#: Colours of the kinds that libraries have: pale, loud, near black, near white, and grey.
KINDS = [
    ("#ffd400", "#d4380d", "#0b5fff"),
    ("#f7e9a0",),
    ("#ff0000", "#00ff00"),
    ("#111111", "#eeeeee", "#777777"),
    ("#ffffff",),
    ("#000000", "#000000", "#000000"),
    ("#00a3a1", "#f26722", "#8dc63f"),
]
#: Spot colours in which logos are printed, as their makers give them for screens: reds, oranges, yellows, greens, blues,
#: purples, greys and near blacks.
SPOT = (
    "da291c", "c8102e", "a6192e", "9d2235", "fe5000", "ff8200", "ffc72c", "ffd100", "97d700", "43b02a", "00843d", "007749",
    "009ca6", "00a3e0", "005eb8", "0033a0", "00205b", "330072", "9b26b6", "da1884", "97999b", "101820",
)  # fmt: skip
KINDS += [(f"#{main}", f"#{SPOT[(7 * at + 5) % len(SPOT)]}") for at, main in enumerate(SPOT)]
_RANDOM = random.Random(20261128)
KINDS += [tuple(f"#{_RANDOM.randrange(1 << 24):06x}" for _ in range(_RANDOM.randint(1, 3))) for _ in range(30)]


@pytest.mark.parametrize("colours", KINDS, ids="-".join)
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
