"""What is behind text, looked at where computed style cannot tell.

Text on a plain background needs no picture: its colours are computed. Text over gradients
and pictures, over or under elements that are not its ancestors, blended or faded, is looked
at twice, with and without the text; what differs are the glyphs, and what is there without
them is their backdrop.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.capture.opening import WIDE, OpenPage
from audit.capture.pixels import Pixels, colours, luminance, picture, unlike
from audit.model.document import Box, Document, Element
from audit.model.finding import Json
from audit.model.page import Backdrop

#: Most windows that are photographed for one page and condition.
WINDOWS = 12
#: Height of the part of the window that is used: what sticks to the top or bottom may hide the rest.
BAND = 480
MARGIN = 160

WITHOUT_TEXT = """
*, ::before, ::after, ::placeholder { color: transparent !important; -webkit-text-fill-color: transparent !important;
  text-shadow: none !important; text-decoration-color: transparent !important; caret-color: transparent !important;
  transition: none !important; }
"""

_COLOUR = re.compile(r"rgba?\(([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\)")
_BEHIND = (
    "background-color",
    "background-image",
    "background-position-x",
    "background-position-y",
    "background-repeat",
    "background-size",
    "filter",
    "mix-blend-mode",
    "opacity",
)
_PICTURES = frozenset({"img", "video", "canvas", "iframe", "object", "embed", "svg"})


def colour(value: str) -> tuple[float, float, float, float] | None:
    """Red, green, blue from 0 to 255 and opacity from 0 to 1 of a computed colour; ``None`` for other notations."""
    match = _COLOUR.fullmatch(value.strip())
    if match is None:
        return None
    red, green, blue, alpha = match.groups()
    return float(red), float(green), float(blue), float(alpha) if alpha is not None else 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text that must be looked at."""

    element: Element
    text: str
    boxes: tuple[Box, ...]
    alpha: float
    crossed: bool


def backdrops(page: OpenPage, document: Document, undecided: Iterable[Text] | None = None) -> tuple[Backdrop, ...]:
    """The backdrops of all text that style does not decide, under the condition of ``document``.

    ``undecided``: those texts, where :func:`undecided_texts` was asked before.
    """
    alike: dict[tuple[Json, ...], list[Text]] = {}
    for text in undecided_texts(document) if undecided is None else undecided:
        alike.setdefault(_look_of(document, text), []).append(text)
    if not alike:
        return ()
    texts = [group[0] for group in alike.values()]
    others = {group[0].element.index: group[1:] for group in alike.values()}
    found: dict[tuple[int, str], Backdrop] = {}
    for top, band in _bands(texts, document.scroll_height)[:WINDOWS]:
        scroll = float(page.channel.evaluate(f"(scrollTo({{top: {top}, left: 0, behavior: 'instant'}}), scrollY)"))
        shown = picture(page.channel)
        with page.styled(WITHOUT_TEXT):
            bare = picture(page.channel)
        for text in band:
            offset = 0.0 if _sticks(document, text.element) else scroll
            backdrop = _look(text, shown, bare, offset, document)
            if backdrop is not None:
                found.setdefault((text.element.index, text.text), backdrop)
                for other in others[text.element.index]:
                    same = dataclasses.replace(backdrop, node=other.element.node, run=other.text)
                    found.setdefault((other.element.index, other.text), same)
    page.channel.evaluate("(scrollTo({top: 0, left: 0, behavior: 'instant'}), 0)")
    return tuple(found[key] for key in sorted(found))


def _look_of(document: Document, text: Text) -> tuple[Json, ...]:
    """Equal for texts that stand alike on what looks alike: one picture speaks for all of them.

    The text's colour, and what is behind it up to the first solid background, with sizes and the
    place of the text in each. Where something else crosses the text, it is like no other.
    """
    if text.crossed:
        return (text.element.index,)
    parts: list[Json] = [text.element.style.get("color"), text.element.style.get("font-size"), text.alpha]
    first = text.boxes[0]
    for element in (text.element, *document.ancestors(text.element)):
        style, box = element.style, element.box
        if box is not None and _paints(element):
            # Fractions of a pixel make no difference that could be seen.
            parts.extend((round(box.width), round(box.height), int(first.x - box.x), int(first.y - box.y)))
        parts.extend(style.get(name) for name in _BEHIND)
        parts.extend(each.style.get(name) for each in element.pseudo for name in _BEHIND)
        background = colour(style.get("background-color", ""))
        if style.get("background-attachment") == "fixed":
            return (text.element.index,)
        if background is not None and background[3] == 1 and style.get("background-image", "none") == "none":
            break
    return tuple(parts)


def _bands(texts: Sequence[Text], height: float) -> list[tuple[float, list[Text]]]:
    """Where to scroll to, and which texts are then in the middle of the window."""
    bands: list[tuple[float, list[Text]]] = []
    start = -1.0
    for text in sorted(texts, key=lambda each: each.boxes[0].y):
        top = text.boxes[0].y
        if not bands or top - start > BAND:
            start = top
            bands.append((max(0.0, min(top - MARGIN, height - WIDE.height)), []))
        bands[-1][1].append(text)
    return bands


def _sticks(document: Document, element: Element) -> bool:
    return any(each.style.get("position") == "fixed" for each in (element, *document.ancestors(element)))


def undecided_texts(document: Document) -> Iterator[Text]:
    """Every text of which computed style does not tell what is behind it."""
    painted = [
        element
        for element in document
        if element.rendered and element.box is not None and element.box.area and _paints(element)
    ]
    edges = np.array(
        [[e.box.x, e.box.y, e.box.right, e.box.bottom] for e in painted if e.box], dtype=np.float64
    ).reshape(-1, 4)
    for element in document:
        if not element.rendered or element.tag in {"option", "script", "style", "title"}:
            continue
        boxes: list[Box] = []
        words: list[str] = []
        for owner, run in ((element, child) for child in element.content if not isinstance(child, int)):
            if run.text.strip() and owner.rendered:
                boxes.extend(
                    box for box in run.boxes if box.width >= 1 and box.height >= 1 and box.x >= 0 and box.y >= 0
                )
                words.append(run.text)
        if not boxes:
            continue
        line = (element, *document.ancestors(element))
        alpha = _faded(line)
        crossed = _crossed(element, line, boxes, painted, edges)
        if alpha < 1.0 or crossed or _unclear(line):
            yield Text(element, " ".join("".join(words).split())[:200], tuple(boxes), alpha, crossed)


def _paints(element: Element) -> bool:
    if element.tag in _PICTURES:
        return True
    style = element.style
    background = colour(style.get("background-color", ""))
    return style.get("background-image", "none") != "none" or background is None or background[3] > 0


def _faded(line: Sequence[Element]) -> float:
    alpha = 1.0
    for element in line:
        value = element.style.get("opacity", "1")
        alpha *= float(value) if value else 1.0
    return alpha


def _unclear(line: Sequence[Element]) -> bool:
    """Whether something before the first solid background is not a plain colour."""
    for element in line:
        style = element.style
        if style.get("background-image", "none") != "none":
            return True
        if style.get("mix-blend-mode", "normal") != "normal" or style.get("filter", "none") != "none":
            return True
        if any(
            each.kind in {"before", "after"} and _covers(each.box, element.box) and _pseudo_paints(each.style)
            for each in element.pseudo
        ):
            return True
        background = colour(style.get("background-color", "rgba(0, 0, 0, 0)"))
        if background is None:
            return True
        if background[3] == 1:
            return False
    return False


def _pseudo_paints(style: Mapping[str, str]) -> bool:
    background = colour(style.get("background-color", "rgba(0, 0, 0, 0)"))
    return bool(style.get("background-image", "none") != "none" or background is None or background[3] > 0)


def _covers(inner: Box | None, outer: Box | None) -> bool:
    return inner is not None and outer is not None and inner.area > 0.5 * outer.area


def _crossed(
    element: Element,
    line: Sequence[Element],
    boxes: Sequence[Box],
    painted: Sequence[Element],
    edges: npt.NDArray[np.float64],
) -> bool:
    """Whether something that is neither ancestor nor descendant is painted behind or over the text."""
    if not len(edges):
        return False
    own = {each.index for each in line}
    for box in boxes:
        hits = (
            (edges[:, 0] < box.right - 1)
            & (edges[:, 2] > box.x + 1)
            & (edges[:, 1] < box.bottom - 1)
            & (edges[:, 3] > box.y + 1)
        )
        for at in np.flatnonzero(hits):
            other = painted[int(at)]
            if other.index in own or _within(other, element):
                continue
            return True
    return False


def _within(inner: Element, outer: Element) -> bool:
    # Descendants come after their ancestor; a descendant's box crosses its ancestor's text only by being beside it.
    return inner.index > outer.index and inner.parent is not None and inner.parent >= outer.index


def _look(text: Text, shown: Pixels, bare: Pixels, scroll: float, document: Document) -> Backdrop | None:
    front = colour(text.element.style.get("-webkit-text-fill-color", "") or text.element.style.get("color", ""))
    if front is None:
        return None
    behind: list[Pixels] = []
    for box in text.boxes:
        left, right = int(box.x), int(np.ceil(box.right))
        top, bottom = int(box.y - scroll), int(np.ceil(box.bottom - scroll))
        if top < 0 or bottom > bare.shape[0] or left < 0 or right > bare.shape[1]:
            continue
        part, with_text = bare[top:bottom, left:right], shown[top:bottom, left:right]
        if not part.size:
            continue
        glyphs = unlike(part, with_text)
        behind.append(part[_grown(glyphs)] if int(glyphs.sum()) >= 12 else part.reshape(-1, 3))
    if not behind:
        return None
    pixels = np.concatenate(behind)
    ratios = _ratios(front, text.alpha, pixels)
    return Backdrop(
        node=text.element.node,
        run=text.text,
        foreground=(round(front[0]), round(front[1]), round(front[2])),
        colours=tuple(colours(pixels)),
        worst=round(float(np.percentile(ratios, 1)), 2),
        best=round(float(np.percentile(ratios, 99)), 2),
        condition=document.condition,
    )


def _grown(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The mask with its direct neighbours: the backdrop that touches the glyphs."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown


def _ratios(front: tuple[float, float, float, float], fade: float, pixels: Pixels) -> npt.NDArray[np.float64]:
    """The contrast ratio of the text's colour, blended with what is behind it, to each pixel."""
    alpha = front[3] * fade
    blended = np.array(front[:3]) * alpha + pixels.astype(np.float64) * (1 - alpha)
    one, two = luminance(blended.round().astype(np.uint8)), luminance(pixels)
    ratios: npt.NDArray[np.float64] = (np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05)
    return ratios
