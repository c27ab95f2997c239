"""Every pair of colours that meets on a page has the contrast that it needs, in both schemes."""

from __future__ import annotations

import re

import pytest

from library_brand.colour import contrast
from tests.theme.rendering import THEME

_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")

#: Text and the grounds it stands on: 7:1 (WCAG 1.4.6).
TEXT = [
    (text, ground)
    for text in ("ink", "ink-soft", "link", "link-hover", "visited", "accent")
    for ground in ("paper", "raised", "sunk", "lake-soft")
]
TEXT += [(text, ground) for text in ("ink", "link", "link-hover") for ground in ("maple-soft", "gold-soft")]
TEXT += [("accent", "maple-soft"), ("ink-soft", "gold-soft")]
TEXT += [("on-lake", "lake"), ("link-on-lake", "lake"), ("button-text", "button"), ("button-text", "button-hover")]
#: Borders of controls and marks that carry meaning: 3:1 (WCAG 1.4.11).
MARKS = [("control", "paper"), ("control", "raised"), ("control", "sunk"), ("maple", "paper"), ("maple", "raised")]
MARKS += [("button", "paper"), ("button", "raised"), ("gold", "lake"), ("focus", "paper"), ("focus", "raised")]
MARKS += [("focus", "sunk"), ("focus", "lake-soft"), ("focus", "gold-soft"), ("focus", "maple-soft")]
#: The two colours of the focus ring differ from each other, so one shows on any ground.
MARKS += [("focus", "focus-halo")]


def tokens() -> dict[str, dict[str, str]]:
    """Return the colours of the two schemes."""
    text = (THEME / "static" / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    day = dict(_TOKEN.findall(light))
    return {"light": day, "dark": day | dict(_TOKEN.findall(dark))}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_has_seven_to_one(scheme: str, text: str, ground: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_have_three_to_one(scheme: str, mark: str, ground: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[mark], colours[ground]) >= 3


def test_every_colour_of_the_light_scheme_has_a_dark_one_or_is_meant_for_both() -> None:
    text = (THEME / "static" / "tokens.css").read_text(encoding="utf-8")
    light, _, rest = text.partition("/* The same in both schemes")
    same, _, rest = rest.partition("/* Type")
    dark = dict(_TOKEN.findall(rest))
    assert set(dict(_TOKEN.findall(light))) == set(dark)
    assert len(_TOKEN.findall(same)) == 8
    assert set(dict(_TOKEN.findall(same))) | set(dark) == set(tokens()["light"])
