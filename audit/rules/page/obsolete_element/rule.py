"""An element is used that HTML has removed because style does its work."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="An element that HTML has removed",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="It fixes colour, size or place in the page, against what people with low vision set for themselves.",
    since="0.1.0",
    best_practice=True,
)
#: HTML standard, "Non-conforming features"; blink and marquee are found by axe-core. Each with what to use instead.
OBSOLETE = {
    "acronym": "Use abbr.",
    "applet": "Use a page, or an image with a description.",
    "basefont": "Set the font in the style sheet.",
    "big": "Use a heading or strong, or set the size in the style sheet.",
    "center": "Centre it in the style sheet, with text-align: center.",
    "dir": "Use ul.",
    "font": "Set font, size and colour in the style sheet; use strong or em for emphasis.",
    "frame": "Put the parts into one page.",
    "frameset": "Put the parts into one page.",
    "noframes": "Put the parts into one page.",
    "nobr": "Set white-space: nowrap in the style sheet.",
    "plaintext": "Use pre and code.",
    "strike": "Use del for what is taken back, s for what is no longer true.",
    "tt": "Use code, kbd or samp.",
    "xmp": "Use pre and code.",
}


#: Elements of the same kind that HTML has kept, each with a meaning.
KEPT = ("abbr", "b", "code", "del", "em", "i", "kbd", "s", "samp", "small", "strong", "u")


def applies(page: Page) -> Iterable[Element]:
    """Elements for kinds of text, and for frames, with something in them that is rendered or read."""
    for element in page.document.tags(*OBSOLETE, *KEPT):
        if element.rendered or element.exposed or element.tag in {"frame", "frameset", "basefont"}:
            yield element


def expect(page: Page, target: Element) -> Result:
    if target.tag not in OBSOLETE:
        return passed()
    text = page.document.text(target)[:60]
    return failed(
        f"<{target.tag}> is used" + (f" for “{text}”." if text else "."),
        OBSOLETE[target.tag],
        element=target.tag,
    )
