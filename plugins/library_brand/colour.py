"""Colours as ``#rrggbb``: contrast as WCAG 2 defines it, and the same colour lighter or darker."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Sequence

#: How fine lightness is moved, as a share of the whole range.
_STEP = 0.005


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(min(max(each, 0), 1) * 255):02x}" for each in channels)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """``share`` (0 to 1) of the first colour, the rest of the second."""
    return _hex([a * share + b * (1 - share) for a, b in zip(_channels(one), _channels(other), strict=True)])


def shifted(colour: str, by: float) -> str:
    """The colour lighter (or, below 0, darker) by a share of the range; its hue stays."""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return _hex(colorsys.hls_to_rgb(hue, min(max(light + by, 0), 1), saturation))


def moved(colour: str, lighter: bool, enough: Callable[[str], bool]) -> str | None:
    """The nearest colour of the same hue, lighter or darker, that is ``enough``; ``None`` when not even white or black is."""
    for count in range(int(1 / _STEP) + 1):
        found = shifted(colour, count * _STEP if lighter else -count * _STEP)
        if enough(found):
            return found
    return None
