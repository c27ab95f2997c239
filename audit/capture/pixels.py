"""Pictures of the page, and what differs between two of them."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from audit.model.document import Box
from audit.semantics import colour

if TYPE_CHECKING:
    from audit.browser.channel import Channel

type Pixels = npt.NDArray[np.uint8]

#: Differences of a channel up to this are noise of drawing.
NOISE = 8


def picture(channel: Channel, clip: Box | None = None) -> Pixels:
    """The window, or a part of it (in CSS px of the page), as rows of red, green, blue."""
    params: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
    if clip is not None:
        params["clip"] = {"x": clip.x, "y": clip.y, "width": clip.width, "height": clip.height, "scale": 1}
    data = channel.call("Page.captureScreenshot", **params)["data"]
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        return np.asarray(image.convert("RGB"))


def _part(before: Pixels, after: Pixels, margin: int = 0) -> tuple[slice, slice] | None:
    """The smallest part that holds every pixel that is not exactly equal, and ``margin`` pixels around it."""
    rows = np.flatnonzero((_rows(before) != _rows(after)).any(axis=1))
    if not len(rows):
        return None
    within = slice(rows[0], rows[-1] + 1)
    columns = np.flatnonzero((before[within] != after[within]).any(axis=(0, 2)))
    return (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + 1 + margin),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + 1 + margin),
    )


def _rows(pixels: Pixels) -> npt.NDArray[np.uint8] | npt.NDArray[np.uint64]:
    """The rows as plain numbers; eight bytes at a time where they fit, which compares faster."""
    rows = np.ascontiguousarray(pixels).reshape(pixels.shape[0], -1)
    return rows.view(np.uint64) if rows.shape[1] % 8 == 0 else rows


def luminance(pixels: Pixels) -> npt.NDArray[np.float64]:
    """Relative luminance of sRGB pixels (WCAG 2.2, definition of "relative luminance")."""
    weighted: npt.NDArray[np.float64] = _LINEAR[pixels] @ np.array(colour.WEIGHTS)
    return weighted


#: The linear value of each of the 256 values that a channel may have.
_LINEAR = np.array([colour.linear(value / 255) for value in range(256)])


def unlike(one: Pixels, two: Pixels) -> npt.NDArray[np.bool_]:
    """Where two pictures of one size differ by more than noise, in any channel."""
    found = np.zeros(one.shape[:2], dtype=np.bool_)
    # Channel by channel: to gather three neighbouring numbers for each pixel is far slower.
    for channel in range(3):
        first, second = one[..., channel], two[..., channel]
        found |= np.maximum(first, second) - np.minimum(first, second) > NOISE
    return found


def difference(before: Pixels, after: Pixels) -> tuple[int, float]:
    """How many pixels differ, and the highest contrast ratio between the two states among them.

    Pictures of different size differ wholly.
    """
    if before.shape != after.shape:
        return int(max(before.shape[0] * before.shape[1], after.shape[0] * after.shape[1])), 21.0
    part = _part(before, after)
    if part is None:
        return 0, 1.0
    before, after = before[part], after[part]
    changed = unlike(before, after)
    count = int(changed.sum())
    if not count:
        return 0, 1.0
    one, two = luminance(before[changed]), luminance(after[changed])
    ratio = (np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05)
    return count, round(float(ratio.max()), 2)


def beyond_a_pixel(before: Pixels, after: Pixels) -> int:
    """How many pixels of one picture have nothing like them within one pixel in the other.

    Where a line only moves by a pixel, nearly all pixels differ and none does so beyond.
    """
    if before.shape != after.shape:
        return int(max(before.shape[0] * before.shape[1], after.shape[0] * after.shape[1]))
    unequal = _part(before, after, 1)
    if unequal is None:
        return 0
    before, after = before[unequal], after[unequal]
    changed = unlike(before, after)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not len(rows):
        return 0
    part = (slice(max(0, rows[0] - 1), rows[-1] + 2), slice(max(0, columns[0] - 1), columns[-1] + 2))
    one, two = before[part], after[part]
    lonely = _without_like(one, two) | _without_like(two, one)
    return int((lonely & changed[part]).sum())


def _without_like(one: Pixels, two: Pixels) -> npt.NDArray[np.bool_]:
    height, width, _ = one.shape
    padded = np.pad(two, ((1, 1), (1, 1), (0, 0)), mode="edge")
    lonely = np.ones((height, width), dtype=np.bool_)
    for down in range(3):
        for right in range(3):
            lonely &= unlike(one, padded[down : down + height, right : right + width])
    return lonely


def colours(pixels: Pixels, most: int = 12) -> list[tuple[int, int, int, float]]:
    """The distinct colours with their share of the area, most frequent first.

    Colours are gathered in steps of 4 of each channel, so that noise does not multiply them.
    """
    flat = pixels.reshape(-1, 3)
    if not len(flat):
        return []
    coarse = flat // 4
    keys = coarse[:, 0].astype(np.int64) * 65536 + coarse[:, 1].astype(np.int64) * 256 + coarse[:, 2]
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    order = np.lexsort((keys[first], -counts))[:most]
    total = len(flat)
    return [
        (int(flat[first[at]][0]), int(flat[first[at]][1]), int(flat[first[at]][2]), round(float(counts[at]) / total, 4))
        for at in order
    ]
