"""Something to press is smaller than 24 by 24 px, and others are too near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.model.document import Box, Document, Element, TextRun
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.activation import heard_by
from audit.semantics.clipping import window_of
from audit.semantics.derived_facts import remembered
from audit.semantics.keyboard_walk import label
from audit.semantics.own_size import has_size_of_browser

RULE = Rule(
    title="Too small to press safely",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.5.8",)),
    fixer=Fixer.THEME,
    why="People whose hands tremble, who use a stick, or read on a phone on the bus, press the thing beside it.",
    since="0.1.0",
    axe=("target-size",),
)
#: CSS px each way (2.5.8), less what rounding takes.
SIZE, SLACK = 24.0, 0.05
#: CSS px between two parts of one target that belong together.
GAP = 24.0
#: Side of the squares by which near targets are found, in px.
SQUARE = 96.0
_TAGS = frozenset({"button", "select", "textarea", "summary"})
_POINTED = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"})
_BOXES = frozenset({"input", "button", "select", "textarea"})
_ROLES = frozenset(
    {
        "button",
        "link",
        "checkbox",
        "radio",
        "switch",
        "tab",
        "menuitem",
        "menuitemcheckbox",
        "menuitemradio",
        "option",
        "slider",
        "spinbutton",
        "treeitem",
    }
)


@dataclass(frozen=True, slots=True)
class _Target:
    """``whole``: its box with those of what is in it. ``fixed``: what it moves with when the page is scrolled.

    ``scrolled``: the area that scrolls around it. ``seen``: the part of ``whole`` that is seen as this is scrolled now.
    """

    element: Element
    whole: Box
    fixed: int | None
    scrolled: int | None
    seen: Box

    @property
    def small(self) -> bool:
        return min(self.whole.width, self.whole.height) < SIZE - SLACK


def applies(page: Page) -> Iterable[Element]:
    """Things to press that are smaller than 24 by 24 px at 1280 or at 320 px."""
    nodes: dict[int, Element] = {}
    for document in _documents(page):
        for target in _targets(document).values():
            if target.small:
                nodes.setdefault(target.element.node, page.document.by_node.get(target.element.node, target.element))
    yield from nodes.values()


def _documents(page: Page) -> Iterator[Document]:
    yield page.document
    narrow = page.under(Condition.NARROW)
    if narrow is not None:
        yield narrow


@remembered
def _targets(document: Document) -> Mapping[int, _Target]:
    """Everything that is pressed, by the index of its element."""
    found: dict[int, _Target] = {}
    for element in document:
        if element.box is None or not _is_pressed(document, element):
            continue
        whole = _whole(document, element, element.box)
        # What is moved out of sight until it has focus is not pressed with a pointer.
        if min(whole.width, whole.height) >= 4 and whole.right > 0 and whole.bottom > 0:
            stays = next(
                (
                    each.index
                    for each in (element, *document.ancestors(element))
                    if each.style.get("position") in {"fixed", "sticky"}
                ),
                None,
            )
            above = document.parent(element)
            window = window_of(document, above) if above is not None else None
            scrolled = document.closest(element, _scrolls)
            found[element.index] = _Target(
                element,
                whole,
                stays,
                scrolled.index if scrolled is not None else None,
                whole if window is None else whole.within(window),
            )
    return found


@remembered
def _cells(document: Document) -> Mapping[tuple[int, int], list[_Target]]:
    """The targets by the squares of the page that they cover: what is near is found without asking all."""
    found: dict[tuple[int, int], list[_Target]] = {}
    for target in _targets(document).values():
        box = target.whole
        for x in range(int(box.x // SQUARE), int(box.right // SQUARE) + 1):
            for y in range(int(box.y // SQUARE), int(box.bottom // SQUARE) + 1):
                found.setdefault((x, y), []).append(target)
    return found


def _around(document: Document, mine: _Target) -> list[_Target]:
    """The targets in the squares within 24 px of its middle, in document order."""
    x, y = mine.whole.x + mine.whole.width / 2, mine.whole.y + mine.whole.height / 2
    cells = _cells(document)
    found = {
        target.element.index: target
        for across in range(int((x - SIZE) // SQUARE), int((x + SIZE) // SQUARE) + 1)
        for down in range(int((y - SIZE) // SQUARE), int((y + SIZE) // SQUARE) + 1)
        for target in cells.get((across, down), ())
    }
    return [found[index] for index in sorted(found)]


def _scrolls(element: Element) -> bool:
    return bool({"auto", "scroll"} & {element.style.get("overflow-x"), element.style.get("overflow-y")})


def _is_pressed(document: Document, element: Element) -> bool:
    role = (element.get("role") or "").split(" ")[0].lower()
    kind = (element.get("type") or "").lower()
    acts = (
        (element.tag == "a" and element.has("href"))
        or element.tag in _TAGS
        or (element.tag == "input" and kind != "hidden")
    )
    if not (acts or (role in _ROLES and element.focusable)) or not element.rendered or element.frame is not None:
        return False
    if element.disabled or element.style.get("pointer-events") == "none":
        return False
    # An anchor without a name or a surface cannot be seen, so nobody presses it.
    if element.tag == "a" and not element.name.strip():
        return False
    return element.tag != "option" and not any(
        above.tag in {"a", "button"} or above.has("inert") for above in document.ancestors(element)
    )


def _whole(document: Document, element: Element, own: Box) -> Box:
    """The box around it and what is in it; of parts that stand apart from each other that of the largest."""
    boxes = [
        own,
        *(each.box for each in document.descendants(element) if each.box is not None and each.rendered),
        *(part.box for part in element.pseudo if part.box is not None and part.kind in {"before", "after"}),
    ]
    apart: list[Box] = []
    # A link is nowhere when all that is in it is set somewhere else.
    for box in [each for each in boxes if each.area] or [own]:
        joined = box
        while touching := [each for each in apart if _touch(each, joined)]:
            apart = [each for each in apart if each not in touching]
            joined = _around_all([joined, *touching])
        apart.append(joined)
    return max(apart, key=lambda box: box.area)


def _touch(one: Box, other: Box) -> bool:
    """Whether no more than a gap between letters or lines is between two boxes."""
    return (
        one.x <= other.right + GAP
        and other.x <= one.right + GAP
        and one.y <= other.bottom + GAP
        and other.y <= one.bottom + GAP
    )


def _around_all(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def expect(page: Page, target: Element) -> Result:
    # A number that only keys change takes focus from a pointer, and does nothing else.
    if target.role == "spinbutton" and target.tag not in _BOXES and not _POINTED & heard_by(target):
        return passed(pressed=False)
    near: list[tuple[Condition, _Target, _Target]] = []
    for document in _documents(page):
        element = document.by_node.get(target.node)
        mine = _targets(document).get(element.index) if element is not None else None
        if mine is None or not mine.small:
            continue
        other = next((each for each in _around(document, mine) if _too_near(document, mine, each)), None)
        if other is not None and not _is_excepted(document, mine):
            near.append((document.condition, mine, other))
    if not near:
        return passed()
    condition, mine, other = near[0]
    document = page.under(condition) or page.document
    return failed(
        f"{label(mine.element, document.visible_text(mine.element))} is {_px(mine.whole.width)} × {_px(mine.whole.height)} px, and "
        f"{label(other.element, document.visible_text(other.element))} is less than 24 px from its middle.",
        "Make it 24 px wide and high (min-width, min-height, padding), or leave more room between the two.",
        condition=condition if condition is not Condition.WIDE else None,
        width=round(mine.whole.width),
        height=round(mine.whole.height),
    )


def _px(length: float) -> str:
    """A length in whole CSS px; what is a little short of what is asked keeps its tenth: 23.7 is not 24."""
    return f"{int(length * 10) / 10:g}" if SIZE - 0.5 <= length < SIZE else f"{length:.0f}"


def _is_excepted(document: Document, mine: _Target) -> bool:
    """Exceptions of 2.5.8: inline, user agent control, equivalent; what is essential nobody can compute."""
    element = mine.element
    return has_size_of_browser(element) or _is_inline(document, element) or _has_equivalent(document, mine)


def _is_inline(document: Document, element: Element) -> bool:
    """In a line with text that is no target."""
    # The line does not decide how large a button or a field is.
    if element.tag in _BOXES or element.style.get("display", "inline") not in {"inline", "inline-block"}:
        return False
    block = next(
        (each for each in document.ancestors(element) if not each.style.get("display", "inline").startswith("inline")),
        None,
    )
    if block is None or block.style.get("display") in {"flex", "grid"}:
        return False
    own = element.box
    if own is not None and any(box.y < own.bottom and own.y < box.bottom for box in _text_of(document, block)):
        return True
    return _continues_text(document, element)


def _continues_text(document: Document, element: Element) -> bool:
    """Whether text stands right before or behind it, if only a comma: the end of a line may have set it apart."""
    parent = document.parent(element)
    if parent is None:
        return False
    at = parent.content.index(element.index)
    beside = (*parent.content[max(0, at - 1) : at], *parent.content[at + 1 : at + 2])
    return any(isinstance(each, TextRun) and bool(each.text.strip()) for each in beside)


@remembered
def _lines(_document: Document) -> dict[int, tuple[Box, ...]]:
    """Lines of text that is no target, by the index of the block: filled as blocks are asked for."""
    return {}


def _text_of(document: Document, block: Element) -> tuple[Box, ...]:
    known = _lines(document)
    if block.index not in known:
        known[block.index] = tuple(_bare(document, block))
    return known[block.index]


def _bare(document: Document, element: Element) -> Iterator[Box]:
    pressed = _targets(document)
    for child in element.content:
        if isinstance(child, TextRun):
            if element.rendered and child.text.strip():
                yield from child.boxes
        elif child not in pressed:
            yield from _bare(document, document[child])


def _has_equivalent(document: Document, mine: _Target) -> bool:
    """Another target that does the same and is large enough: the label of a box, a link to the same address."""
    element = mine.element
    if element.tag in {"input", "select", "textarea"}:
        labels = [each for each in document.tags("label") if each.rendered and each.box is not None]
        own = [
            each
            for each in labels
            if (each.get("for") and each.get("for") == element.get("id")) or document.contains(each, element)
        ]
        return any(each.box is not None and min(each.box.width, each.box.height) >= SIZE - SLACK for each in own)
    address = element.get("href")
    return bool(address) and address != "#" and address in _large_ends(document)


@remembered
def _large_ends(document: Document) -> frozenset[str]:
    """Where the links that are large enough lead."""
    return frozenset(each.element.get("href") or "" for each in _targets(document).values() if not each.small)


def _too_near(document: Document, mine: _Target, other: _Target) -> bool:
    """Whether the circle of 24 px around the middle meets another target, or the circle of another small one."""
    if other.element.index == mine.element.index or other.fixed != mine.fixed or not _meets(mine, other):
        return False
    # What is scrolled out of sight is near the things that scroll with it, and near nothing else.
    if other.scrolled != mine.scrolled and not (
        mine.seen.area and other.seen.area and _meets(mine, replace(other, whole=other.seen))
    ):
        return False
    if document.contains(other.element, mine.element) or document.contains(mine.element, other.element):
        return False
    address = mine.element.get("href")
    return not (address and other.element.get("href") == address)


def _meets(mine: _Target, other: _Target) -> bool:
    x, y = mine.whole.x + mine.whole.width / 2, mine.whole.y + mine.whole.height / 2
    box = other.whole
    aside, above = max(box.x - x, 0.0, x - box.right), max(box.y - y, 0.0, y - box.bottom)
    reach = SIZE / 2 - SLACK
    if aside * aside + above * above < reach * reach:
        return True
    if not other.small:
        return False
    across, down = box.x + box.width / 2 - x, box.y + box.height / 2 - y
    return across * across + down * down < (SIZE - SLACK) ** 2
