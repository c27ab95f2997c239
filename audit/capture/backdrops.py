"""What is behind text, looked at where computed style cannot tell.

Text on a plain background needs no picture: its colours are computed. Text over gradients
and pictures, over or under elements that are not its ancestors, blended or faded, is looked
at twice, with and without the text; what differs are the glyphs, and what is there without
them is their backdrop. Letters that a filter, a way of blending or the opacity of a whole group
changes are looked at a third time, with their own colour as a background of their element: it
goes through all that the letters go through.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from audit.capture.looks import canvas
from audit.capture.opening import WIDE, OpenPage
from audit.capture.page_elements import script
from audit.capture.pixels import Pixels, colours, luminance, picture, unlike
from audit.capture.text_places import Places
from audit.model.document import Document, Element
from audit.model.finding import Json
from audit.model.page import Backdrop
from audit.semantics import colour
from audit.semantics.backdrops import Text, is_drawn, is_mixed, letters, paints, undecided_texts

#: Most windows that are photographed for one page and condition.
WINDOWS = 12
#: Height of the part of the window that is used: what sticks to the top or bottom may hide the rest.
BAND = 480
MARGIN = 160

WITHOUT_TEXT = """
*, ::before, ::after, ::placeholder { color: transparent !important; -webkit-text-fill-color: transparent !important;
  text-shadow: none !important; text-decoration-color: transparent !important; caret-color: transparent !important;
  transition: none !important; }
svg text, svg tspan, svg textPath, svg text a { fill: transparent !important; stroke: transparent !important; }
"""

#: What lays the colour of its letters over an element.
INK = """{ background-image: linear-gradient(currentcolor, currentcolor) !important; background-size: auto !important;
  background-clip: border-box !important; background-blend-mode: normal !important; transition: none !important; }"""

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


def backdrops(page: OpenPage, document: Document, undecided: Iterable[Text] | None = None) -> tuple[Backdrop, ...]:
    """The backdrops of all text that style does not decide, under the condition of ``document``.

    ``undecided``: those texts, where :func:`undecided_texts` was asked before.
    """
    alike: dict[tuple[Json, ...], list[Text]] = {}
    for text in undecided_texts(document) if undecided is None else undecided:
        alike.setdefault(_look_of(document, text), []).append(text)
    known: dict[object, Backdrop] = page.browser.backdrops
    found: dict[tuple[int, str], Backdrop] = {}
    texts: list[Text] = []
    shared = {group[0].element.index: _shared(page, document, look, group[0]) for look, group in alike.items()}
    for group in alike.values():
        before = known.get(shared[group[0].element.index])
        if before is None:
            texts.append(group[0])
        else:
            found.update(_same(before, group))
    if not texts:
        return tuple(found[key] for key in sorted(found))
    groups = {group[0].element.index: group for group in alike.values()}
    for top, band in _bands(texts, document.scroll_height)[:WINDOWS]:
        scroll = float(page.channel.evaluate(f"({script('scroll')})({top})"))
        offsets = {text.element.node: 0.0 if _sticks(document, text.element) else scroll for text in band}
        places = Places(page, document, band)
        inked = frozenset(text.element.index for text in band if _is_changed_as_a_group(document, text))
        pictures = _pictures(page, document, inked)
        if not places.stand_still():
            # A script hears of scrolling a moment later, and may move things then.
            pictures = _pictures(page, document, inked)
            places.stand_still()
        for text, moved in places.settled(band, offsets):
            backdrop = _look(text, pictures, offsets[text.element.node], document)
            if backdrop is not None:
                # What was moved speaks for itself alone.
                alike_texts = [text] if moved else groups[text.element.index]
                found = {**_same(backdrop, alike_texts), **found}
                if not moved and (key := shared[text.element.index]) is not None:
                    known[key] = backdrop
    page.channel.evaluate(f"({script('scroll')})(0)")
    return tuple(found[key] for key in sorted(found))


@dataclasses.dataclass(frozen=True, slots=True)
class _Pictures:
    """The window with its texts, without, and with some elements (by index) in the colour of their letters."""

    shown: Pixels
    bare: Pixels
    ink: Pixels | None
    inked: frozenset[int]


def _pictures(page: OpenPage, document: Document, inked: frozenset[int]) -> _Pictures:
    shown = picture(page.channel)
    with page.styled(WITHOUT_TEXT):
        bare = picture(page.channel)
    if not inked:
        return _Pictures(shown, bare, None, inked)
    with page.styled(", ".join(document[index].selector for index in sorted(inked)) + INK):
        return _Pictures(shown, bare, picture(page.channel), inked)


def _is_changed_as_a_group(document: Document, text: Text) -> bool:
    """Whether its letters are changed together with a background, so that their colour alone does not tell how they are seen."""
    element = text.element
    box = element.box
    line = (element, *document.ancestors(element))
    # A selector leads neither into frames nor into shadow trees.
    if box is None or element.frame is not None or any(each.shadow for each in line) or is_drawn(document, element):
        return False
    if not all(box.x - 1 <= each.x and each.right <= box.right + 1 for each in text.boxes):
        return False
    if not all(box.y - 1 <= each.y and each.bottom <= box.bottom + 1 for each in text.boxes):
        return False
    if is_mixed(line):
        return True
    faded = [at for at, each in enumerate(line) if each.style.get("opacity", "1") not in {"1", ""}]
    return bool(faded) and any(paints(each) for each in line[: faded[-1] + 1])


def _same(backdrop: Backdrop, group: Iterable[Text]) -> dict[tuple[int, str], Backdrop]:
    """The backdrop of each text of a group that looks alike."""
    found: dict[tuple[int, str], Backdrop] = {}
    for text in group:
        same = dataclasses.replace(backdrop, node=text.element.node, run=text.text)
        found.setdefault((text.element.index, text.text), same)
    return found


def _shared(page: OpenPage, document: Document, look: tuple[Json, ...], first: Text) -> object | None:
    """The look as it can be known from another page; ``None`` where the same address may bring another picture there.

    With the text and the place of its letters among the pixels: which page is opened first must make no difference.
    """
    if page.drawn_by is None or not page.settings.folder or len(look) == 1:
        return None
    letters = (
        (round(box.x % 1, 2), round(box.y % 1, 2), round(box.width, 2), round(box.height, 2)) for box in first.boxes
    )
    return (page.drawn_by, document.condition, document.width, *canvas(document), look, first.text, *letters)


def _look_of(document: Document, text: Text) -> tuple[Json, ...]:
    """Equal for texts that stand alike on what looks alike: one picture speaks for all of them.

    The text's colour, and what is behind it up to the first solid background, with sizes and the
    place of the text in each. Where something else crosses the text, it is like no other.
    """
    if text.crossed:
        return (text.element.index,)
    line = (text.element, *document.ancestors(text.element))
    parts: list[Json] = [text.element.style.get("color"), text.element.style.get("font-size"), text.alpha]
    first = text.boxes[0]
    # A filter or the opacity of a group lets through what is behind the first solid background.
    through = text.alpha < 1 or is_mixed(line)
    solid = False
    for element in line:
        style, box = element.style, element.box
        plain = style.get("background-image", "none") == "none"
        if box is not None and paints(element) and not (solid and plain):
            # Fractions of a pixel make no difference that could be seen.
            parts.extend((round(box.width), round(box.height), int(first.x - box.x), int(first.y - box.y)))
        parts.extend(style.get(name) for name in _BEHIND)
        parts.extend(each.style.get(name) for each in element.pseudo for name in _BEHIND)
        background = colour.parse(style.get("background-color", ""))
        if style.get("background-attachment") == "fixed":
            return (text.element.index,)
        solid = solid or (background is not None and background.alpha == 1 and plain)
        if solid and not through:
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


def _look(text: Text, pictures: _Pictures, scroll: float, document: Document) -> Backdrop | None:
    front = letters(document, text.element)
    if front is None:
        return None
    bare = pictures.bare
    ink = pictures.ink if text.element.index in pictures.inked else None
    behind: list[Pixels] = []
    seen: list[Pixels] = []
    for box in text.boxes:
        left, right = int(box.x), int(np.ceil(box.right))
        top, bottom = int(box.y - scroll), int(np.ceil(box.bottom - scroll))
        if top < 0 or bottom > bare.shape[0] or left < 0 or right > bare.shape[1]:
            continue
        part, with_text = bare[top:bottom, left:right], pictures.shown[top:bottom, left:right]
        if not part.size:
            continue
        glyphs = unlike(part, with_text)
        near = _grown(glyphs) if int(glyphs.sum()) >= 12 else np.ones_like(glyphs)
        behind.append(part[near])
        if ink is not None:
            seen.append(ink[top:bottom, left:right][near])
    if not behind:
        return None
    pixels = np.concatenate(behind)
    drawn = np.concatenate(seen) if seen else _blended(front, text.alpha, pixels)
    ratios = _ratios(drawn, pixels)
    red, green, blue, _ = colours(drawn, 1)[0]
    return Backdrop(
        node=text.element.node,
        run=text.text,
        foreground=(red, green, blue),
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


def _blended(front: colour.Colour, fade: float, pixels: Pixels) -> Pixels:
    """The text's colour as it is seen on each pixel of what is behind it."""
    alpha = front.alpha * fade
    blended = np.array((front.red, front.green, front.blue)) * alpha + pixels.astype(np.float64) * (1 - alpha)
    seen: Pixels = blended.round().astype(np.uint8)
    return seen


def _ratios(drawn: Pixels, pixels: Pixels) -> npt.NDArray[np.float64]:
    """The contrast ratio of the text's colour, as it is seen, to each pixel behind it."""
    one, two = luminance(drawn), luminance(pixels)
    ratios: npt.NDArray[np.float64] = (np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05)
    return ratios
