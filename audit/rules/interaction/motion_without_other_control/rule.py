"""What moving the device does cannot be done with a control on the page."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.observations import Activation
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, moved

RULE = Rule(
    title="Only motion does this",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.5.4",), act=("7677a9",)),
    fixer=Fixer.THEME,
    why="People whose device is fixed to a chair or who cannot move it never get what motion does.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)


def applies(page: Page) -> Iterable[Element]:
    """The first thing that changed when the device was moved."""
    yield from moved(page)[:1]


def expect(page: Page, target: Element) -> Result:
    nodes = {element.node for element in moved(page)}
    doing = [each for each in page.observed.activations if nodes & _changed(each)]
    if doing:
        return passed(controls=len(doing))
    document = page.document
    what = f"“{document.visible_text(target)[:40]}”" if document.visible_text(target) else f"<{target.tag}>"
    fix = "Add buttons, or a field, that do the same as the motion."
    usable = [each for each in controls(document) if not each.disabled]
    tried = {each.node for each in page.observed.activations if not each.did}
    if all(each.node in tried for each in usable):
        return failed(f"Moving the device changes {what}; no control on the page does that.", fix, controls=len(usable))
    return ask(f"Moving the device changes {what}. Which control of the page does the same?", fix, controls=len(usable))


def _changed(activation: Activation) -> set[int | None]:
    # A control that opens others may well hold the one that is looked for.
    opened = {-1} if activation.appeared else set()
    return {*(each.node for each in activation.written), *activation.fields, *opened}
