"""Moving the device changes the page, and nothing switches that off."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, moved, speaks_of

RULE = Rule(
    title="Device motion cannot be switched off",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.5.4",), act=("c249d5",)),
    fixer=Fixer.THEME,
    why="A tremor, a walking frame or a wheelchair moves the device without meaning to, and the page acts.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_SWITCH = re.compile(
    r"\b(?:motion|movements?|tilt\w*|shak\w+|gyro\w*|sensors?|orientation|mouvements?|inclin\w+|secou\w+|capteurs?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:settings|preferences|options|control|accessibility|paramètres|préférences)\b", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element]:
    """The first thing that changed when the device was moved; the page, when it listens and nothing changed."""
    if page.observed.sensors is not None:
        yield (moved(page) or (page.document.root,))[0]


def expect(page: Page, target: Element) -> Result:
    if not moved(page):
        return passed(changed=False)
    document = page.document
    able = list(controls(document))
    if any(speaks_of(document, each, _SWITCH) for each in able):
        return passed()
    what = f"“{document.visible_text(target)[:40]}”" if document.visible_text(target) else f"<{target.tag}>"
    fix = "Offer a switch, named after motion, that turns the reaction off; obey the system's setting too."
    if any(speaks_of(document, each, _PLACE) for each in able):
        return ask(f"Moving the device changes {what}. Can that be switched off in the settings of the page?", fix)
    return failed(f"Moving the device changes {what}, and no control on the page switches that off.", fix)
