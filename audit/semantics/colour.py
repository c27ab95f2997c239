"""Colours and their contrast (WCAG 2.2, definitions of relative luminance and contrast ratio)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_FUNCTION = re.compile(
    r"(?P<name>rgba?|color|oklch|oklab|lch|lab)\(\s*(?P<parts>[^()/]+?)\s*(?:/\s*(?P<alpha>[^()/\s]+)\s*)?\)"
)


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255, alpha from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """``#rrggbb``, without the alpha."""
        return "#" + "".join(f"{round(channel):02x}" for channel in (self.red, self.green, self.blue))


WHITE = Colour(255, 255, 255)
#: What red, green and blue contribute to relative luminance.
WEIGHTS = (0.2126, 0.7152, 0.0722)


# A site has few colours, and each is asked for thousands of times.
@lru_cache(maxsize=4096)
def parse(value: str) -> Colour | None:
    """A colour as ``getComputedStyle`` writes it, brought into sRGB (CSS Color 4); ``None`` for what is none.

    Colours that a screen of sRGB cannot show are cut off there, as a browser draws them.
    """
    text = value.strip().lower()
    if text == "transparent":
        return Colour(0, 0, 0, 0)
    match = _FUNCTION.fullmatch(text)
    if match is None:
        return None
    name, inner, alpha = match["name"], match["parts"].replace(",", " ").split(), match["alpha"]
    if name == "color":
        name, inner = inner[0], inner[1:]
    if alpha is None and len(inner) == 4:
        alpha = inner.pop()
    if len(inner) != 3:
        return None
    try:
        parts = [_number(part) for part in inner]
        share = 1.0 if alpha is None else _number(alpha, 1.0)
    except ValueError:
        return None
    if name in {"rgb", "rgba"}:
        return Colour(parts[0], parts[1], parts[2], share)
    rgb = _in_srgb(name, parts)
    if rgb is None:
        return None
    red, green, blue = (min(1.0, max(0.0, each)) * 255 for each in rgb)
    return Colour(red, green, blue, share)


def _number(text: str, hundred: float = 100.0) -> float:
    """A number; ``none`` counts as nothing, a percentage of ``hundred``."""
    if text == "none":
        return 0.0
    return float(text[:-1]) / 100 * hundred if text.endswith("%") else float(text.removesuffix("deg"))


def _in_srgb(space: str, parts: Sequence[float]) -> tuple[float, ...] | None:
    first, second, third = parts
    if space in {"lch", "oklch"}:
        angle = math.radians(third)
        second, third, space = second * math.cos(angle), second * math.sin(angle), space.replace("lch", "lab")
    if space == "srgb":
        return first, second, third
    if space == "oklab":
        # https://www.w3.org/TR/css-color-4/#color-conversion-code
        long = (first + 0.3963377773761749 * second + 0.2158037573099136 * third) ** 3
        medium = (first - 0.1055613458156586 * second - 0.0638541728258133 * third) ** 3
        short = (first - 0.0894841775298119 * second - 1.2914855480194092 * third) ** 3
        light: tuple[float, ...] = (
            4.0767416360759583 * long - 3.3077115392580629 * medium + 0.2309699031821043 * short,
            -1.2684379732850315 * long + 2.6097573492876882 * medium - 0.3413193760026570 * short,
            -0.0041960761386756 * long - 0.7034186179359362 * medium + 1.7076146940746117 * short,
        )
        return tuple(map(_encoded, light))
    matrix, values = _linear(space, (first, second, third))
    if matrix is None:
        return None
    return tuple(_encoded(sum(cell * each for cell, each in zip(row, values, strict=True))) for row in matrix)


type _Matrix = tuple[tuple[float, float, float], ...]
_SAME: _Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
_P3: _Matrix = (
    (1.2249401762805598, -0.2249401762805598, 0),
    (-0.0420569547096881, 1.0420569547096881, 0),
    (-0.0196375545903344, -0.0786360455506319, 1.0982736001409663),
)
_D65: _Matrix = (
    (3.2409699419045226, -1.5373831775700939, -0.4986107602930034),
    (-0.9692436362808796, 1.8759675015077202, 0.0415550574071756),
    (0.0556300796969936, -0.2039769588889766, 1.0569715142428786),
)
_D50: _Matrix = (
    (3.1341359569958707, -1.6173863321612538, -0.4906619460083532),
    (-0.978795502912089, 1.916254567259524, 0.0334427386675110),
    (0.0719553798064570, -0.2289767598158420, 1.4053860351131183),
)


def _linear(space: str, parts: tuple[float, float, float]) -> tuple[_Matrix | None, tuple[float, float, float]]:
    """The matrix that leads to linear sRGB, and what it is applied to."""
    if space == "srgb-linear":
        return _SAME, parts
    if space == "display-p3":
        return _P3, (linear(parts[0]), linear(parts[1]), linear(parts[2]))
    if space in {"xyz", "xyz-d65"}:
        return _D65, parts
    if space == "xyz-d50":
        return _D50, parts
    if space == "lab":
        middle = (parts[0] + 16) / 116
        edges = (middle + parts[1] / 500, middle, middle - parts[2] / 200)
        whole = [each**3 if each**3 > 216 / 24389 else (116 * each - 16) / (24389 / 27) for each in edges]
        return _D50, (whole[0] * 0.3457 / 0.3585, whole[1], whole[2] * (1 - 0.3457 - 0.3585) / 0.3585)
    return None, parts


def _encoded(light: float) -> float:
    if light <= 0.0031308:
        return 12.92 * light
    return float(1.055 * light ** (1 / 2.4) - 0.055)


def linear(channel: float) -> float:
    """The linear value of a channel of sRGB, both from 0 to 1."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def over(front: Colour, back: Colour) -> Colour:
    """``front`` painted on ``back`` (CSS Compositing 1, source over)."""
    alpha = front.alpha + back.alpha * (1 - front.alpha)
    if alpha == 0:
        return Colour(0, 0, 0, 0)

    def mix(above: float, below: float) -> float:
        return (above * front.alpha + below * back.alpha * (1 - front.alpha)) / alpha

    return Colour(mix(front.red, back.red), mix(front.green, back.green), mix(front.blue, back.blue), alpha)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 for black to 1 for white."""

    channels = (linear(channel / 255) for channel in (colour.red, colour.green, colour.blue))
    return sum(weight * channel for weight, channel in zip(WEIGHTS, channels, strict=True))


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
