"""An attribute is used that HTML has removed because style does its work."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="Attribute that HTML has removed",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="Styles that are written into the page cannot be changed by readers who need other colours, other positions or no movement.",
    since="0.1.0",
    best_practice=True,
)
#: Attributes by element; ``*`` is any other element than those that still have them.
_LOOKS = {
    "body": {"bgcolor", "text", "link", "vlink", "alink", "background", "topmargin", "leftmargin"},
    "img": {"align", "hspace", "vspace", "longdesc", "lowsrc"},
    "iframe": {"scrolling", "longdesc", "align"},
    "hr": {"align", "color", "noshade", "size"},
    "br": {"clear"},
    "ul": {"compact"},
    "ol": {"compact"},
    "dl": {"compact"},
    "table": {"align", "bgcolor", "background", "bordercolor"},
    "tr": {"align", "bgcolor", "valign", "background"},
    "td": {"align", "bgcolor", "nowrap", "valign", "background"},
    "th": {"align", "bgcolor", "nowrap", "valign", "background"},
    "caption": {"align"},
    "p": {"align"},
    "div": {"align"},
    "h1": {"align"},
    "h2": {"align"},
    "h3": {"align"},
    "h4": {"align"},
    "h5": {"align"},
    "h6": {"align"},
}


def applies(page: Page) -> Iterable[Element]:
    """The first element of each kind that could have such attributes, and each that has one."""
    first: set[str] = set()
    for element in page.document:
        if element.tag in _LOOKS and element.frame is None and (_found(element) or element.tag not in first):
            first.add(element.tag)
            yield element


def _found(element: Element) -> list[str]:
    return sorted(_LOOKS[element.tag] & element.attributes.keys())


def expect(page: Page, target: Element) -> Result:
    del page
    found = _found(target)
    if not found:
        return passed()
    names = ", ".join(f"{name}=“{(target.get(name) or '')[:30]}”" for name in found)
    return failed(
        f"<{target.tag}> has {names}, which HTML has removed.",
        "Take it away, and say it in the style sheet if it is needed.",
        attributes=found,
    )
