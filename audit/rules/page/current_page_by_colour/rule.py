"""Which entry of a menu is the current one is shown by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.colour import contrast, parse
from audit.semantics.contrast import solid_background

RULE = Rule(
    title="Current entry shown by colour alone",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.4.1",)),
    fixer=Fixer.THEME,
    why="People who see few colours do not see where they are.",
    since="0.1.0",
)
#: Lightness alone tells two colours apart from this ratio on (technique G183).
ENOUGH = 3.0
_SHAPES = (
    "font-weight", "font-style", "font-size", "text-decoration-line", "text-decoration-style", "text-transform", "background-image", "box-shadow",
    "outline-style", "text-shadow", "list-style-type", "transform",
    *(f"border-{side}-{what}" for side in ("top", "right", "bottom", "left") for what in ("style", "width")),
)  # fmt: skip
_COLOURS = ("color", "background-color", *(f"border-{side}-color" for side in ("top", "right", "bottom", "left")))


def applies(page: Page) -> Iterable[Element]:
    """Links and tabs that say that they are the current one, in a group with two others at least."""
    for element in page.document:
        if element.rendered and _is_current(element) and len(_others(page.document, element)) > 1:
            yield element


def _is_current(element: Element) -> bool:
    if element.role == "tab":
        return element.get("aria-selected") == "true"
    return element.tag in {"a", "button"} and (element.get("aria-current") or "false").lower() != "false"


def _others(document: Document, element: Element) -> list[Element]:
    """The other entries of the nearest list, menu or row of tabs."""
    group = next(
        (
            each
            for each in document.ancestors(element)
            if each.tag in {"ul", "ol", "nav"} or each.role in {"tablist", "menu", "menubar"}
        ),
        None,
    )
    if group is None:
        return []
    return [
        each
        for each in document.descendants(group)
        if each.index != element.index
        and each.tag == element.tag
        and each.role == element.role
        and each.rendered
        and not _is_current(each)
    ]


def _chain(document: Document, element: Element) -> list[Element]:
    """The entry with what is drawn around it, up to its item, and what is in it."""
    parent = document.parent(element)
    around = [parent] if parent is not None and parent.tag == "li" else []
    return [*around, element, *document.descendants(element)]


def _shape(document: Document, element: Element) -> tuple[object, ...]:
    parts = _chain(document, element)
    return tuple(
        (
            each.tag,
            tuple(each.style.get(name, "") for name in _SHAPES),
            tuple((one.kind, one.text) for one in each.pseudo),
        )
        for each in parts
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    others = _others(document, target)
    mine = _shape(document, target)
    if not any(_shape(document, each) == mine for each in others):
        return passed(by="shape")
    alike = next(each for each in others if _shape(document, each) == mine)
    pairs = list(zip(_chain(document, target), _chain(document, alike), strict=True))
    differing = [
        (one, two, name) for one, two in pairs for name in _COLOURS if one.style.get(name) != two.style.get(name)
    ]
    if not differing:
        return passed(by="nothing")
    if any(_ratio(document, one, two, name) >= ENOUGH for one, two, name in differing):
        return passed(by="lightness")
    one, two, name = differing[0]
    return ask(
        f"“{target.name[:40]}” is the current one, and differs from “{alike.name[:40]}” in its {name.replace('color', 'colour')} only "
        f"({_hex(one, name)} beside {_hex(two, name)}). Does anything else that is seen say where one is?",
        "Add a line, a sign or bold type to the current entry.",
        property=name,
    )


def _ratio(document: Document, one: Element, two: Element, name: str) -> float:
    if name == "background-color":
        first, second = solid_background(document, one), solid_background(document, two)
    else:
        first, second = parse(one.style.get(name, "")), parse(two.style.get(name, ""))
    # What cannot be computed may well be enough.
    return contrast(first, second) if first is not None and second is not None else ENOUGH


def _hex(element: Element, name: str) -> str:
    colour = parse(element.style.get(name, ""))
    return colour.hex if colour is not None and colour.alpha else "none"
