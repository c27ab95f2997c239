"""Tabs, or buttons that work as tabs, do not tell which of them is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.activation import activated
from audit.semantics.tables import explicit_role

RULE = Rule(
    title="No tab says that it is chosen",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.THEME,
    why="Eyes see which tab is open; a screen reader says of each that it is not selected.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_STATES = ("aria-selected", "aria-current", "aria-expanded", "aria-pressed", "aria-checked")
#: Properties by which the chosen one usually looks other than the rest.
_LOOKS = (
    "background-color", "background-image", "color", "font-weight", "border-bottom-color", "border-bottom-width",
    "border-bottom-style", "border-top-color", "border-left-color", "box-shadow", "text-decoration-line", "opacity",
)  # fmt: skip


def applies(page: Page) -> Iterable[Element]:
    """Rendered lists of at least two tabs, and what holds buttons of which each shows one part and takes away another."""
    for element in page.document:
        if (
            element.rendered
            and element.exposed
            and explicit_role(element) == "tablist"
            and len(_tabs(page.document, element)) > 1
        ):
            yield element
    yield from (page.document[index] for index in _switches(page))


def expect(page: Page, target: Element) -> Result:
    tabs = _tabs(page.document, target) or _switches(page)[target.index]
    if any(tab.has(name) for tab in tabs for name in _STATES):
        return passed(tabs=len(tabs))
    said = [tab.name.strip() or page.document.visible_text(tab) for tab in tabs[:3]]
    names = ", ".join(f"“{each[:30]}”" for each in said)
    return failed(
        f"None of the {len(tabs)} tabs {names} tells whether it is chosen.",
        'Use role="tab" in a role="tablist". Give the chosen tab aria-selected="true" and the others aria-selected="false", and change it with the choice.',
        tabs=len(tabs),
    )


def _tabs(document: Document, tablist: Element) -> list[Element]:
    return [each for each in document.descendants(tablist) if explicit_role(each) == "tab" and each.rendered]


def _switches(page: Page) -> dict[int, list[Element]]:
    """Groups of controls side by side that work as tabs: by their parent, the outermost where each has one of its own.

    Pressed, at least one shows a part of the page in the place of another and stays where it is, and exactly one of the
    group looks other than the rest, which look alike: it is shown to be the chosen one.
    """
    document = page.document
    found: dict[int, list[Element]] = {}
    for element, told in activated(page):
        if not (told.appeared and any(told.gone) and told.focus == told.node) or told.inside or told.left:
            continue
        holder = _holder(document, element)
        if holder is None or holder.index in found or document.closest(element, lambda each: each.role == "tablist"):
            continue
        group = [each for each in document.descendants(holder) if each.tag == element.tag and each.rendered]
        looks = Counter(_look(each) for each in group)
        # Of two, the press shows which was the chosen one: they have changed looks.
        swapped = len(group) == 2 and told.swapped is not None and len(looks) > 1
        if swapped or (len(group) > 2 and sorted(looks.values()) == [1, len(group) - 1] and looks[_look(element)] > 1):
            found[holder.index] = group
    return found


def _holder(document: Document, control: Element) -> Element | None:
    """What holds the control and others of its kind: its parent, or that of the item of a list around it."""
    above = document.parent(control)
    if above is not None and above.tag in {"li", "td", "span"}:
        above = document.parent(above)
    return above if above is not None and above.tag not in {"body", "html", "main"} else None


def _look(element: Element) -> tuple[str, ...]:
    return tuple(element.style.get(name, "") for name in _LOOKS)
