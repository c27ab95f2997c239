"""What moving the device does cannot be done with a control on the page."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.acting import activations, controls

RULE = Rule(
    title="Only motion does this",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.5.4",), act=("7677a9",)),
    fixer=Fixer.THEME,
    why="People whose device is fixed to a chair or who cannot move it never get what motion does.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def _moved(page: Page) -> tuple[Element, ...]:
    told = page.facts.get("sensors")
    if not isinstance(told, dict) or not told.get("changed"):
        return ()
    nodes = told["nodes"]
    assert isinstance(nodes, (list, tuple))
    found = [page.document.by_node[node] for node in nodes if isinstance(node, int) and node in page.document.by_node]
    return tuple(found) or (page.document.root,)


def applies(page: Page) -> Iterable[Element]:
    """The first thing that changed when the device was moved."""
    yield from _moved(page)[:1]


def expect(page: Page, target: Element) -> Result:
    moved = {element.node for element in _moved(page)}
    doing = [each for each in activations(page) if moved & _changed(each)]
    if doing:
        return passed(controls=len(doing))
    document = page.document
    what = f"“{document.visible_text(target)[:40]}”" if document.visible_text(target) else f"<{target.tag}>"
    fix = "Add buttons, or a field, that do the same as the motion."
    usable = [each for each in controls(document) if not each.has("disabled")]
    tried = {each["node"] for each in activations(page) if not each["did"]}
    if all(each.node in tried for each in usable):
        return failed(f"Moving the device changes {what}; no control on the page does that.", fix, controls=len(usable))
    return ask(f"Moving the device changes {what}. Which control of the page does the same?", fix, controls=len(usable))


def _changed(activation: object) -> set[int]:
    assert isinstance(activation, dict)
    written = {each["node"] for each in activation["text"]}
    # A control that opens others may well hold the one that is looked for.
    opened = {-1} if activation["appeared"] else set()
    return {*written, *activation["fields"], *opened}
