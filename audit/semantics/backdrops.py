"""What is painted behind a text: told by style where only its ancestors are there, else a picture must tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.model.document import Box, Document, Element
from audit.semantics import colour

_PICTURES = frozenset({"img", "video", "canvas", "iframe", "object", "embed", "svg"})


#: What decides the colours of a text and of what is behind it, beside the text's own colour.
_PAINTING = ("background-color", "background-image", "opacity", "filter", "mix-blend-mode")

#: Most words of drawings that are looked at on one page.
MOST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text that must be looked at."""

    element: Element
    text: str
    boxes: tuple[Box, ...]
    alpha: float
    crossed: bool


def undecided_texts(document: Document) -> Iterator[Text]:
    """Every text of which computed style does not tell what is behind it."""
    painted = [
        element
        for element in document
        if element.rendered and element.box is not None and element.box.area and paints(element)
    ]
    edges = np.array(
        [[e.box.x, e.box.y, e.box.right, e.box.bottom] for e in painted if e.box], dtype=np.float64
    ).reshape(-1, 4)
    drawn = 0
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
        if is_drawn(document, element):
            # Shapes of the same drawing lie behind it, of which style tells no more than their colour.
            drawn += 1
            if drawn <= MOST_DRAWN:
                yield Text(element, " ".join("".join(words).split())[:200], tuple(boxes), alpha, crossed=True)
            continue
        crossed = _crossed(element, line, boxes, painted, edges)
        if alpha < 1.0 or crossed or is_mixed(line) or _unclear(line):
            yield Text(element, " ".join("".join(words).split())[:200], tuple(boxes), alpha, crossed)


def is_drawn(document: Document, element: Element) -> bool:
    """Whether its text is one of an SVG drawing, in a ``text`` or what stands in one."""
    text = document.closest(element, lambda each: each.tag == "text")
    return text is not None and document.closest(text, lambda each: each.tag == "svg") is not None


def letters(document: Document, element: Element) -> colour.Colour | None:
    """The colour of the letters of its own text; ``None`` where that is no single colour."""
    style = element.style
    if is_drawn(document, element):
        return colour.parse(style.get("fill", ""))
    return colour.parse(style.get("-webkit-text-fill-color") or style.get("color", ""))


def painted_with(document: Document, element: Element) -> tuple[str | None, ...]:
    """What decides the colours of a text and of what its ancestors put behind it."""
    style = element.style
    line = (element, *document.ancestors(element))
    return (
        style.get("color"),
        style.get("-webkit-text-fill-color"),
        style.get("fill") if is_drawn(document, element) else None,
        *(each.style.get(name) for each in line for name in _PAINTING),
    )


def is_recoloured(wide: Document, element: Element, document: Document) -> bool:
    """Whether the text has other colours in ``document`` than in the wide one."""
    twin = wide.by_node.get(element.node)
    return twin is None or painted_with(wide, twin) != painted_with(document, element)


def paints(element: Element) -> bool:
    """Whether the element puts anything of its own behind what lies on it."""
    if element.tag in _PICTURES:
        return True
    style = element.style
    background = colour.parse(style.get("background-color", ""))
    return style.get("background-image", "none") != "none" or background is None or background.alpha > 0


def _faded(line: Sequence[Element]) -> float:
    alpha = 1.0
    for element in line:
        value = element.style.get("opacity", "1")
        alpha *= float(value) if value else 1.0
    return alpha


def is_mixed(line: Iterable[Element]) -> bool:
    """Whether a filter or a way of blending changes the colours of letters, there or in a group further up.

    What is behind makes no end of it: a filter changes letters and their background together.
    """
    return any(
        each.style.get("mix-blend-mode", "normal") != "normal" or each.style.get("filter", "none") != "none"
        for each in line
    )


def _unclear(line: Sequence[Element]) -> bool:
    """Whether something before the first solid background is not a plain colour."""
    for element in line:
        style = element.style
        if style.get("background-image", "none") != "none":
            return True
        if any(
            each.kind in {"before", "after"} and _covers(each.box, element.box) and _pseudopaints(each.style)
            for each in element.pseudo
        ):
            return True
        background = colour.parse(style.get("background-color", "rgba(0, 0, 0, 0)"))
        if background is None:
            return True
        if background.alpha == 1:
            return False
    return False


def _pseudopaints(style: Mapping[str, str]) -> bool:
    background = colour.parse(style.get("background-color", "rgba(0, 0, 0, 0)"))
    return bool(style.get("background-image", "none") != "none" or background is None or background.alpha > 0)


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
