"""Which entry of a menu or list is the current one, or another than the rest, is shown by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.colour import contrast, parse
from audit.semantics.contrast import solid_background
from audit.semantics.words import words

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
_EDGES = ("top", "right", "bottom", "left")
_SHAPES = (
    "font-weight", "font-style", "font-size", "text-decoration-line", "text-decoration-style", "text-transform", "background-image", "box-shadow",
    "outline-style", "text-shadow", "list-style-type", "transform",
    *(f"border-{side}-{what}" for side in _EDGES for what in ("style", "width")),
)  # fmt: skip
_COLOURS = ("color", "background-color", *(f"border-{side}-color" for side in _EDGES))


def applies(page: Page) -> Iterable[Element]:
    """Links and tabs that say that they are the current one, in a group with two others at least; items of rows that
    are of another colour than all the others.
    """
    for element in page.document:
        if element.rendered and _is_current(element) and len(_others(page.document, element)) > 1:
            yield element
        elif element.tag in {"ol", "ul"} and element.rendered:
            odd = _odd_one(page.document, element)
            if odd is not None:
                yield odd


#: Items of a list from which on one can stand out; words of an item at most; looks in a list of which one item differs.
LEAST, SHORT, SIDES = 3, 5, 2


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


def _odd_one(document: Document, group: Element) -> Element | None:
    """The one short item of a row whose colours are others, where all the rest look alike and none says that it is current:
    in lists below each other colour mostly repeats what words say.
    """
    items = [each for each in document.children(group) if each.tag == "li" and each.rendered]
    if len(items) < LEAST or any(len(words(document.visible_text(each))) > SHORT for each in items):
        return None
    first = items[0].box
    if first is None or any(each.box is None or each.box.y >= first.bottom for each in items):
        return None
    if any(_is_current(each) or each.has("aria-current") for item in items for each in _chain(document, item)):
        return None
    looks = [_colours(document, each) for each in items]
    odd = [each for each, look in zip(items, looks, strict=True) if looks.count(look) == 1]
    if len(odd) != 1 or len(set(looks)) != SIDES:
        return None
    # Stripes of a short list are no sign: of three items the middle one has another ground.
    words_alike = len({tuple(part[0] for part in look) for look in looks}) == 1
    return None if words_alike and odd[0] is items[1] and len(items) == LEAST else odd[0]


def _colours(document: Document, element: Element) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(each.style.get(name, "") for name in _COLOURS) for each in _chain(document, element))


def _chain(document: Document, element: Element) -> list[Element]:
    """The entry with what is drawn around it, up to its item, and what is in it."""
    parent = document.parent(element)
    around = [parent] if parent is not None and parent.tag == "li" else []
    return [*around, element, *document.descendants(element)]


def _is_drawn(element: Element, side: str) -> bool:
    """Whether there is anything to be seen of an edge: one without colour only keeps room for one that has some."""
    colour = parse(element.style.get(f"border-{side}-color", ""))
    return colour is None or colour.alpha > 0


def _shape(document: Document, element: Element) -> tuple[object, ...]:
    parts = _chain(document, element)
    return tuple(
        (
            each.tag,
            tuple(each.style.get(name, "") for name in _SHAPES),
            tuple(_is_drawn(each, side) for side in _EDGES),
            tuple((one.kind, one.text) for one in each.pseudo),
        )
        for each in parts
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    item = target.tag == "li" and not _is_current(target)
    others = _siblings(document, target) if item else _others(document, target)
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
    if item:
        said, other = (document.visible_text(each)[:40] for each in (target, alike))
        return ask(
            f"“{said}” differs from “{other}” and the rest of its list in its {name.replace('color', 'colour')} only "
            f"({_hex(one, name)} beside {_hex(two, name)}). Does the colour tell something that no word says?",
            'Say it in a word, or add a line, a sign or bold type; the current step takes aria-current="step".',
            property=name,
        )
    return ask(
        f"“{target.name[:40]}” is the current one, and differs from “{alike.name[:40]}” in its {name.replace('color', 'colour')} only "
        f"({_hex(one, name)} beside {_hex(two, name)}). Does anything else that is seen say where one is?",
        "Add a line, a sign or bold type to the current entry.",
        property=name,
    )


def _siblings(document: Document, item: Element) -> list[Element]:
    parent = document.parent(item)
    return [each for each in document.children(parent) if each.index != item.index and each.rendered] if parent else []


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
