"""An invisible image keeps parts of the page apart."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="An invisible image as a spacer",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.THEME,
    why="The gap does not follow people's own spacing or text size, and without styles the page is full of empty images.",
    since="0.1.0",
    best_practice=True,
)
#: Files that hold one transparent dot have at most this many px in all.
DOT = 4
_NAMES = frozenset({"spacer", "blank", "transparent", "shim", "clear", "pixel", "dot", "1x1", "clearpixel"})
#: Names of a picture that may well show something, such as a bullet, when it is more than one dot.
_SHOWN = frozenset({"dot", "clear", "pixel"})


def applies(page: Page) -> Iterable[Element]:
    """Images that are laid out."""
    for image in page.document.tags("img"):
        if image.box is not None and image.box.area > 0 and image.style.get("display") != "none":
            yield image


def expect(page: Page, target: Element) -> Result:
    box = target.box
    assert box is not None
    width, height = target.natural or (0, 0)
    dot = target.natural is not None and width * height <= DOT
    source = (target.get("src") or "").split("?")[0]
    stem = source.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower() if not source.startswith("data:") else ""
    # A picture that says something, however small, has an alternative; a stretched dot under it is a colour sample.
    empty = dot or (stem in _NAMES and not (stem in _SHOWN and target.natural is not None))
    if (target.get("alt") or "").strip() or not empty:
        return passed()
    # One dot of one px takes no space: that is a counter of visits, not a spacer.
    if box.width <= 1 and box.height <= 1:
        return passed()
    return failed(
        f"The image “{stem or 'of one dot'}” takes {box.width:g} by {box.height:g} px and shows nothing.",
        "Take the image away and set margin or gap in the style sheet.",
        natural=(width, height),
        source=source[:100],
    )
