"""The page sets the colour of letters and none behind them, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.colour import parse
from audit.semantics.contrast import has_readable_text

RULE = Rule(
    title="Only half of the colours is set",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.3",)),
    fixer=Fixer.THEME,
    why="People who choose colours of their own in the browser get one of theirs together with one of the page's, and may not be able to read it.",
    since="0.1.0",
)
#: What browsers draw letters in where nobody has said anything: text, and links.
_INK = "rgb(0, 0, 0)"
_LINKS = frozenset({"rgb(0, 0, 238)", "rgb(85, 26, 139)", "rgb(255, 0, 0)"})
#: What browsers draw with colours of their own, both of them.
_OWN_COLOURS = frozenset(
    {"button", "input", "select", "textarea", "mark", "dialog", "meter", "progress", "svg", "iframe"}
)


def applies(page: Page) -> Iterable[Element | None]:
    """The page, when it has text."""
    if any(has_readable_text(page.document, element) for element in page.document):
        yield None


def expect(page: Page, target: Element | None) -> Result:
    del target
    document = page.document
    fix = "Set the colour of the letters and the one behind them together, for the whole page at best."
    sampled = {each.node for each in page.backdrops or ()}
    for element in document:
        if element.node in sampled or element.frame is not None or not has_readable_text(document, element):
            continue
        line = (element, *document.ancestors(element))
        if any(each.tag in _OWN_COLOURS or each.has("popover") for each in line):
            continue
        ink = element.style.get("color", _INK)
        ground = next((each for each in line if _has_ground(each)), None)
        text = " ".join(document.text(element).split())[:50]
        if ink not in {_INK, *_LINKS} and ground is None:
            colour = parse(ink)
            return ask(
                f"The page sets the colour of “{text}” ({colour.hex if colour else ink}) and none behind it. "
                "Can people read it who choose colours of their own?",
                fix,
                selector=_setter(document, element, ink).selector,
            )
        if ground is not None and ink == _INK and not page.observed.black_letters:
            behind = parse(ground.style.get("background-color", ""))
            return ask(
                f"The page sets the colour behind “{text}” ({behind.hex if behind else 'a picture'}) and none for the letters. "
                "Can people read it who choose colours of their own?",
                fix,
                selector=ground.selector,
            )
    return passed()


def _has_ground(element: Element) -> bool:
    behind = parse(element.style.get("background-color", "rgba(0, 0, 0, 0)"))
    return behind is None or behind.alpha > 0 or element.style.get("background-image", "none") != "none"


def _setter(document: Document, element: Element, ink: str) -> Element:
    """The outermost element around it from which on letters have its colour."""
    found = element
    for above in document.ancestors(element):
        if above.style.get("color") != ink:
            break
        found = above
    return found
