"""Something answers keys like a control and tells assistive technology no role."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import activated
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="A control without a role",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("4.1.2",)),
    fixer=Fixer.THEME,
    why="A screen reader reads it as plain text: nobody learns that it can be pressed, or what kind of thing it is.",
    since="0.1.0",
    needs=frozenset({Condition.KEYBOARD}),
    axe=("focus-order-semantics",),
)
#: What Chrome's tree says of elements that are no control.
_PLAIN = frozenset(
    {"", "none", "presentation", "generic", "paragraph", "heading", "listitem", "strong", "emphasis", "cell", "image"}
    | {"term", "definition", "article", "section", "figure", "LabelText", "labeltext"}
)
_KEYS = frozenset({"keydown", "keyup", "keypress"})
_NATIVE = frozenset(
    {"a", "area", "audio", "button", "embed", "iframe", "input", "label", "object", "option", "select", "summary"}
    | {"textarea", "video"}
)


def applies(page: Page) -> Iterable[Element]:
    """Exposed elements that Tab comes to, that are no control of HTML, and that listen to a click or can be typed into, or
    that have no words and listen to keys.
    """
    for element in page.document:
        if not (element.rendered and element.exposed and element.tabbable) or element.tag in _NATIVE:
            continue
        if element.has("contenteditable"):
            if _is_editable(element):
                yield element
            continue
        clicked = "click" in element.listeners or element.has("onclick")
        # A box without words, such as one to tick that is drawn by its style, answers keys as well.
        if (clicked and (page.document.text(element).strip() or _KEYS & set(element.listeners))) or _is_a_thumb(
            page.document, element
        ):
            yield element


def _is_a_thumb(document: Document, element: Element) -> bool:
    """Whether it takes focus for keys alone, and has no words, name or parts: the thumb of a slider, say."""
    bare = not (document.text(element).strip() or element.name.strip() or document.children(element))
    return bare and bool(_KEYS & set(element.listeners)) and element.role in _PLAIN


def _is_editable(element: Element) -> bool:
    return (element.get("contenteditable") or "").lower() in {"", "true", "plaintext-only"}


def expect(page: Page, target: Element) -> Result:
    if target.role in _PLAIN and target.has("contenteditable"):
        said = page.document.visible_text(target)[:40]
        return failed(
            f"<{target.tag}>{f' (“{said}”)' if said else ''} can be typed into and has no role: nobody hears that it is a field.",
            'Make it a <textarea>; or give it role="textbox" and a name.',
        )
    if target.role not in _PLAIN or _holds_controls(page.document, target):
        return passed(role=target.role)
    what = label(target, page.document.visible_text(target))
    fix = "Make it a <button>, or a link where it leads to another address; else give it a role and its states."
    if _is_a_thumb(page.document, target):
        return failed(
            f"<{target.tag}> takes focus and listens to keys, and has neither a role nor a name: nobody hears what it is.",
            "Use a control of HTML (a range, a button), or give it a role, a name and its value.",
        )
    did = {element.node: told for element, told in activated(page)}.get(target.node)
    if did is not None and not (did.did or did.space):
        return passed(did=False)
    if did is None:
        return ask(
            f"{what} listens to clicks, Tab stops on it, and it has no role. What is it to somebody who only hears it?",
            fix,
            condition=Condition.KEYBOARD,
        )
    return failed(
        f"{what} can be pressed and has no role: it is read out as plain text.", fix, condition=Condition.KEYBOARD
    )


def _holds_controls(document: Document, element: Element) -> bool:
    return any(each.focusable for each in document.descendants(element))
