"""A document as the browser made it, under one condition.

Elements come from Chromium's DOM snapshot (order, attributes, computed style, boxes) and
its accessibility tree (roles, names, states), joined by the browser's own node id, so the
same element has the same ``node`` under every condition of a visit. Same-origin frames and
open shadow roots are part of the tree: a frame's document element is the child of the
``iframe`` element, a shadow root's children are the children of their host (flattened: a
``slot`` holds what is assigned to it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from audit.model.finding import Condition, Target

#: Elements whose text is never part of the word before or after, whatever their style.
SET_OFF = frozenset({"br", "dd", "div", "dt", "hr", "li", "option", "p", "td", "th", "tr"})


#: Elements on which ``disabled`` has a meaning (HTML, "disabled elements"), besides custom ones.
_CAN_BE_DISABLED = frozenset({"button", "fieldset", "input", "optgroup", "option", "select", "textarea"})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS px, from the top left corner of the page (not of the window)."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def area(self) -> float:
        return self.width * self.height

    def within(self, other: Box) -> Box:
        """What both cover; without a width or a height where they share nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0.0, min(self.right, other.right) - x), max(0.0, min(self.bottom, other.bottom) - y))

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Accessible:
    """What assistive technology is told about an element (Chromium's accessibility tree).

    ``role`` is lower case as in WAI-ARIA (``link``, ``heading``, ``generic``, ``none``,
    ``image`` for ``img``). ``name`` is the computed accessible name, ``name_from`` where it
    comes from (``aria-label``, ``aria-labelledby``, ``label``, ``alt``, ``title``,
    ``placeholder``, ``contents``, ``caption``, ``legend``, ``""``). ``states`` holds the
    properties as Chromium names them (``level``, ``checked``, ``expanded``, ``focusable``,
    ``disabled``, ``invalid``, ``required``, ``hidden`` …).
    """

    role: str
    name: str
    name_from: str = ""
    description: str = ""
    ignored: bool = False
    states: Mapping[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text that is a direct child of an element, as rendered.

    ``boxes``: one per line. ``text``: as it stands in the DOM.
    """

    text: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Pseudo:
    """Content that style makes: ``kind`` is ``before``, ``after``, ``marker`` …"""

    kind: str
    text: str
    box: Box | None
    style: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Element:
    """One element.

    ``index`` is its place in ``Document.elements`` (document order of the flattened tree);
    ``node`` the browser's id, equal under all conditions; ``content`` its child nodes in
    order: indexes of elements and runs of text. ``style`` has the computed properties named
    in ``audit.capture.properties``. ``box`` is ``None`` when nothing is laid out.
    ``rendered``: it has a box and is not ``visibility: hidden`` (nor ``opacity: 0`` by
    itself or an ancestor). ``exposed``: it, or something of it, is in the accessibility
    tree (not ``aria-hidden``, not ``display: none`` …). ``static`` is its ordinal among the
    elements of the file as it was served (before scripts ran), ``None`` for elements made
    by script or in frames. ``listeners``: event types listened to on the element itself.
    ``selector`` finds it again. ``pseudo``: content made by style. For form fields ``value``
    is what stands in it now (never of a password). For images ``natural`` is the size of the loaded picture in
    px (``None``: it did not load), ``current_source`` its address.
    """

    index: int
    node: int
    tag: str
    attributes: Mapping[str, str]
    parent: int | None
    content: tuple[int | TextRun, ...]
    style: Mapping[str, str]
    box: Box | None
    rendered: bool
    exposed: bool
    accessible: Accessible | None
    lang: str | None
    static: int | None = None
    frame: int | None = None
    shadow: bool = False
    focusable: bool = False
    tabbable: bool = False
    listeners: tuple[str, ...] = ()
    selector: str = ""
    paint_order: int = 0
    pseudo: tuple[Pseudo, ...] = ()
    value: str | None = None
    checked: bool = False
    natural: tuple[int, int] | None = None
    current_source: str = ""

    def get(self, attribute: str) -> str | None:
        """The value of an attribute (names in lower case), ``None`` when it is absent."""
        return self.attributes.get(attribute)

    def has(self, attribute: str) -> bool:
        """Whether the attribute is present, whatever its value."""
        return attribute in self.attributes

    @property
    def role(self) -> str:
        """The computed role, ``""`` when the browser has none."""
        return self.accessible.role if self.accessible else ""

    @property
    def name(self) -> str:
        """The computed accessible name, ``""`` when there is none."""
        return self.accessible.name if self.accessible else ""

    @property
    def disabled(self) -> bool:
        """Whether it cannot be used now: by ``disabled``, its own or that of the fieldset around it, or ``aria-disabled``."""
        if self.get("aria-disabled") == "true" or (self.accessible and self.accessible.states.get("disabled") is True):
            return True
        return self.has("disabled") and (self.tag in _CAN_BE_DISABLED or "-" in self.tag)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset((self.attributes.get("class") or "").split())


@dataclass(frozen=True)
class Document:
    """All elements of a page under one condition, with the questions that rules ask of them.

    ``width`` and ``height`` are those of the window, ``scroll_width`` and ``scroll_height``
    of the content, in CSS px. Text helpers collapse white space.
    """

    condition: Condition
    elements: tuple[Element, ...]
    title: str
    width: int
    height: int
    scroll_width: float
    scroll_height: float

    def __iter__(self) -> Iterator[Element]:
        return iter(self.elements)

    def __getitem__(self, index: int) -> Element:
        return self.elements[index]

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Element, ...]]:
        table: dict[str, list[Element]] = {}
        for element in self.elements:
            table.setdefault(element.tag, []).append(element)
        return {tag: tuple(elements) for tag, elements in table.items()}

    @cached_property
    def _by_id(self) -> Mapping[tuple[int | None, str], tuple[Element, ...]]:
        table: dict[tuple[int | None, str], list[Element]] = {}
        for element in self.elements:
            identifier = element.get("id")
            if identifier:
                table.setdefault((element.frame, identifier), []).append(element)
        return {key: tuple(elements) for key, elements in table.items()}

    @cached_property
    def by_node(self) -> Mapping[int, Element]:
        """Elements by the browser's id: to meet the same element under another condition."""
        return {element.node: element for element in self.elements}

    @cached_property
    def by_static(self) -> Mapping[int, Element]:
        """Elements by their ordinal in the file as served."""
        return {element.static: element for element in self.elements if element.static is not None}

    @property
    def root(self) -> Element:
        """The ``html`` element of the page itself."""
        return self.elements[0]

    def tags(self, *names: str) -> tuple[Element, ...]:
        """All elements with one of these tag names, in document order."""
        found = [element for name in names for element in self.by_tag.get(name, ())]
        return tuple(found if len(names) == 1 else sorted(found, key=lambda element: element.index))

    def roles(self, *names: str) -> tuple[Element, ...]:
        """All exposed elements with one of these computed roles, in document order."""
        wanted = frozenset(names)
        return tuple(element for element in self.elements if element.exposed and element.role in wanted)

    def with_id(self, identifier: str, near: Element | None = None) -> Element | None:
        """The first element with this id, in the frame of ``near`` (the page itself without it)."""
        found = self._by_id.get((near.frame if near else None, identifier), ())
        return found[0] if found else None

    def referred(self, element: Element, attribute: str) -> tuple[Element, ...]:
        """The elements that an attribute names by their ids (missing ones are left out)."""
        found = (self.with_id(identifier, element) for identifier in (element.get(attribute) or "").split())
        return tuple(other for other in found if other is not None)

    def parent(self, element: Element) -> Element | None:
        return None if element.parent is None else self.elements[element.parent]

    def children(self, element: Element) -> tuple[Element, ...]:
        return tuple(self.elements[child] for child in element.content if isinstance(child, int))

    def ancestors(self, element: Element) -> Iterator[Element]:
        """From the parent to the root."""
        at = element.parent
        while at is not None:
            above = self.elements[at]
            yield above
            at = above.parent

    def closest(self, element: Element, matches: Callable[[Element], bool]) -> Element | None:
        """The element itself or its nearest ancestor that matches."""
        if matches(element):
            return element
        return next((above for above in self.ancestors(element) if matches(above)), None)

    def descendants(self, element: Element) -> Iterator[Element]:
        """In document order, without the element itself."""
        for child in self.children(element):
            yield child
            yield from self.descendants(child)

    def contains(self, outer: Element, inner: Element) -> bool:
        return any(above.index == outer.index for above in self.ancestors(inner))

    def runs(self, element: Element) -> Iterator[tuple[Element, TextRun]]:
        """Every run of text inside the element, with the element that it stands in."""
        for child in element.content:
            if isinstance(child, TextRun):
                yield element, child
            else:
                yield from self.runs(self.elements[child])

    def text(self, element: Element) -> str:
        """All text inside, hidden or not, white space collapsed; a block is set off by a space."""
        return self._words(element, lambda _: True)

    def visible_text(self, element: Element) -> str:
        """The text that is rendered, white space collapsed; a block is set off by a space."""
        return self._words(element, lambda owner: owner.rendered)

    def exposed_text(self, element: Element) -> str:
        """The text that assistive technology meets, white space collapsed; a block is set off by a space."""
        return self._words(element, lambda owner: owner.exposed)

    def _words(self, element: Element, wanted: Callable[[Element], bool]) -> str:
        parts: list[str] = []
        self._gather(element, wanted, parts)
        return " ".join("".join(parts).split())

    def _gather(self, element: Element, wanted: Callable[[Element], bool], parts: list[str]) -> None:
        keep = wanted(element)
        for child in element.content:
            if isinstance(child, TextRun):
                if keep:
                    parts.append(child.text)
                continue
            inner = self.elements[child]
            apart = inner.tag in SET_OFF or not inner.style.get("display", "").startswith(
                ("inline", "contents", "none")
            )
            if apart:
                parts.append(" ")
            self._gather(inner, wanted, parts)
            if apart:
                parts.append(" ")

    def target(self, element: Element) -> Target:
        """How a finding names the element."""
        attributes = "".join(
            f' {name}="{value}"' if value else f" {name}" for name, value in sorted(element.attributes.items())
        )
        html = f"<{element.tag}{attributes}>{self.text(element)[:120]}"
        box = element.box
        return Target(
            selector=element.selector,
            html=html[:300],
            role=element.role,
            name=element.name[:200],
            box=(box.x, box.y, box.width, box.height) if box else None,
        )
