"""Choosing an entry takes people to another page at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.reactions import happening, reaction

RULE = Rule(
    title="Does choosing leave the page?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("3.2.2",)),
    fixer=Fixer.THEME,
    why="With the arrow keys people pass every entry of a list; the first one takes them away.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
)
_LEAVES = re.compile(r"\blocation\b|\.submit\s*\(|window\.open\s*\(|\.requestSubmit\s*\(", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:opens|takes you|goes to|reloads?|changes the page|at once|immediately|when you choose|on selection|mène|ouvre|aussitôt|dès)\b",
    re.IGNORECASE,
)


def applies(page: Page) -> Iterable[Element]:
    """Lists, boxes and fields with a script of their own for a change, or on which a change was tried."""
    for element in page.document.tags("select", "input", "textarea"):
        handled = any(element.has(name) for name in ("onchange", "oninput", "onblur"))
        if element.rendered and (handled or reaction(page, "change", element) is not None):
            yield element


def expect(page: Page, target: Element) -> Result:
    script = " ".join(target.get(name) or "" for name in ("onchange", "oninput", "onblur"))
    seen = reaction(page, "change", target)
    fix = "Let people choose and then press a button."
    described = f"{target.name} {target.accessible.description if target.accessible else ''}"
    if _TOLD.search(described):
        return passed(told=True)
    if seen is not None and (happens := happening(seen)):
        message = f"A change of “{target.name[:60]}” {happens} at once"
        if _TOLD.search(page.document.visible_text(page.document.root)):
            return ask(f"{message}. Are people told before they use it?", fix)
        return failed(f"{message}, and nothing on the page says so before.", fix)
    if seen is not None and seen.moved:
        return ask(
            f"When “{target.name[:60]}” is filled in, focus goes to something else at once. Are people told before?",
            "Leave focus where it is; people go on with the Tab key.",
        )
    if not _LEAVES.search(script):
        return passed()
    return ask(
        f"A change of “{target.name[:60]}” leaves the page or sends the form at once. Are people told before they use it?",
        fix,
        script=script[:120],
    )
