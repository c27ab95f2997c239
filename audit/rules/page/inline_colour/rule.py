"""Colours are written into the page instead of the style sheet."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed

RULE = Rule(
    title="A colour written into the page",
    family=Family.PAGE,
    requirements=Requirements(),
    fixer=Fixer.AUTHOR,
    why="It stays when people choose a dark theme or colours of their own, and then text may not stand out any more.",
    since="0.1.0",
    best_practice=True,
)
_INHERITED = frozenset({"inherit", "initial", "unset", "revert", "revert-layer", "currentcolor", "transparent", "none"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed elements with text and a style attribute that stands in the file: what a script sets, nobody has written."""
    written = unescape(page.html)
    for element in page.document:
        style = element.get("style")
        if style and element.exposed and page.document.text(element) and style in written:
            yield element


def expect(page: Page, target: Element) -> Result:
    colours = dict(_colours(target.get("style") or ""))
    if not colours:
        return passed()
    words = "; ".join(f"{name}: {value}" for name, value in colours.items())
    return failed(
        f"The style attribute of “{page.document.text(target)[:40]}” sets {words}.",
        "Move the colour to the style sheet as a named one, so that it has a partner in the dark theme. "
        "For emphasis use bold type or a heading.",
        colours=colours,
    )


def _colours(style: str) -> Iterable[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        # var(--name) is a colour of the theme after all.
        if name in {"color", "background-color"} and value.lower() not in _INHERITED and "var(" not in value:
            yield name, value
