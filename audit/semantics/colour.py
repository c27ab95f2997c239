"""Colours and their contrast (WCAG 2.2, definitions of relative luminance and contrast ratio)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
_RGB = re.compile(rf"rgba?\(\s*({_NUMBER})[,\s]+({_NUMBER})[,\s]+({_NUMBER})(?:\s*[,/]\s*({_NUMBER})(%)?)?\s*\)")
_SRGB = re.compile(rf"color\(srgb\s+({_NUMBER})\s+({_NUMBER})\s+({_NUMBER})(?:\s*/\s*({_NUMBER}))?\s*\)")


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
BLACK = Colour(0, 0, 0)


# A site has few colours, and each is asked for thousands of times.
@lru_cache(maxsize=4096)
def parse(value: str) -> Colour | None:
    """A colour as ``getComputedStyle`` writes it; ``None`` for spaces that it leaves as they are."""
    text = value.strip().lower()
    if text == "transparent":
        return Colour(0, 0, 0, 0)
    if match := _RGB.fullmatch(text):
        red, green, blue, alpha, percent = match.groups()
        share = 1.0 if alpha is None else float(alpha) / (100 if percent else 1)
        return Colour(float(red), float(green), float(blue), share)
    if match := _SRGB.fullmatch(text):
        red, green, blue, alpha = match.groups()
        return Colour(float(red) * 255, float(green) * 255, float(blue) * 255, 1.0 if alpha is None else float(alpha))
    return None


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

    def linear(channel: float) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)


def contrast(first: Colour, second: Colour) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
