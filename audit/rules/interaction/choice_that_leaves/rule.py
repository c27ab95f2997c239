"""Choosing an entry takes people to another page at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.reactions import happening, reaction
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import sentences, words

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
#: What a text calls that somebody does with such a field.
_CHOOSING = re.compile(
    r"\b(?:choos\w+|select\w*|pick\w*|tick\w*|check\w*|chang\w+|switch\w*|filter\w*|list|menu|box|option|choice"
    r"|chois\w+|choix|sélection\w*|coch\w+|chang\w+|liste|case)\b",
    re.IGNORECASE,
)
#: Letters from which on a word of the field's name is taken for it in another text.
LONG = 3


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
        message = f"Changing “{target.name[:60]}” {happens} at once"
        if _may_be_told(page.document, target):
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
        f"Changing “{target.name[:60]}” leaves the page or sends the form at once. Are people told before they use it?",
        fix,
        script=script[:120],
    )


def _may_be_told(document: Document, target: Element) -> bool:
    """Whether a text of its form, or one of the page that speaks of choosing or of this field, says that something opens."""
    around = document.closest(target, lambda each: each.tag in {"form", "fieldset"}) or document.parent(target)
    called = {word for word in words(target.name) if len(word) > LONG}
    for block in text_blocks(document):
        near = around is not None and document.contains(around, block.element)
        for sentence in sentences(block.text):
            if _TOLD.search(sentence) and (near or _CHOOSING.search(sentence) or called & {*words(sentence)}):
                return True
    return False
