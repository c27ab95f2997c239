"""A control of HTML is taken out of the order of the Tab key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="Tab skips a control",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.1.1",)),
    fixer=Fixer.THEME,
    why="Who uses a keyboard or a switch cannot get to it.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
#: Within these, arrow keys lead from one part to the next.
_COMPOSITE = frozenset(
    {
        "grid",
        "listbox",
        "menu",
        "menubar",
        "radiogroup",
        "tablist",
        "toolbar",
        "tree",
        "treegrid",
        "combobox",
        "spinbutton",
        "slider",
        "application",
    }
)
#: Widgets beside which buttons stand for the pointer only: their own keys do the same (WAI-ARIA: spinbutton, combobox).
_WORKED_BY_KEYS = frozenset({"combobox", "spinbutton", "slider"})
_FIELDS = frozenset({"select", "textarea"})
_NOT_FIELDS = frozenset({"hidden", "radio", "button", "submit", "reset", "image", "file"})
_KEYS = frozenset({"keydown", "keyup", "keypress"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered fields, buttons and links with a negative tabindex that no composite widget manages."""
    for element in page.document.tags("input", "select", "textarea", "button", "a"):
        if (element.get("tabindex") or "").strip().startswith("-") and _is_for_use(page.document, element):
            yield element


def _is_for_use(document: Document, element: Element) -> bool:
    if not (element.rendered and element.exposed and element.focusable) or element.box is None or element.box.area < 4:
        return False
    # A link without a name marks a line; one in a label is pressed with its field.
    if element.tag == "a" and (
        not element.name.strip() or any(above.tag == "label" for above in document.ancestors(element))
    ):
        return False
    if element.disabled or (element.tag == "a" and not element.has("href")) or element.frame is not None:
        return False
    return not any(_role(above) in _COMPOSITE for above in (element, *document.ancestors(element)))


def _role(element: Element) -> str:
    return (element.get("role") or "").split(" ")[0].lower()


def _is_field(element: Element) -> bool:
    return element.tag in _FIELDS or (
        element.tag == "input" and (element.get("type") or "text").lower() not in _NOT_FIELDS
    )


def expect(page: Page, target: Element) -> Result:
    document = page.document
    walk = page.keyboard
    if walk is not None and any(stop.node == target.node for stop in (*walk.forward, *walk.backward)):
        return passed(met=True)
    twin = next(_twins(document, target), None)
    if twin is not None:
        return passed(instead=twin.selector)
    widget = _widget_of(document, target)
    if widget is not None:
        return passed(keys_of=widget.selector)
    what = label(target, document.visible_text(target))
    fix = 'Take tabindex="-1" away.'
    if _is_field(target) and not any(_KEYS & set(each.listeners) for each in (target, *document.ancestors(target))):
        return failed(
            f"{what} is a field that Tab skips (tabindex=“{target.get('tabindex')}”).",
            fix,
            condition=Condition.KEYBOARD,
        )
    return ask(
        f"Tab skips {what} (tabindex=“{target.get('tabindex')}”). Which other key or control does the same?",
        fix,
        condition=Condition.KEYBOARD,
    )


def _widget_of(document: Document, button: Element) -> Element | None:
    """The widget in the order of Tab to which a button for the pointer belongs: it stands beside it, or both control
    the same, or the button controls it.
    """
    if button.role != "button":
        return None
    controlled = {each.index for each in document.referred(button, "aria-controls")}
    around = document.parent(button)
    for widget in document.roles(*_WORKED_BY_KEYS):
        if not widget.tabbable or widget.disabled:
            continue
        same = {widget.index, *(each.index for each in document.referred(widget, "aria-controls"))}
        if controlled & same or (around is not None and document.parent(widget) is around):
            return widget
    return None


def _twins(document: Document, target: Element) -> Iterator[Element]:
    """Other controls in the order of Tab that do the same as far as can be told: same address, or same name."""
    for each in document.tags(target.tag):
        if each.index == target.index or not (each.rendered and each.tabbable):
            continue
        address = target.get("href") if target.tag == "a" else None
        if (address and each.get("href") == address) or (not address and target.name and each.name == target.name):
            yield each
