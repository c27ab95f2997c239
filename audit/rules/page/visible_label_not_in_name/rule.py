"""The words that are seen on a control are not part of its name."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.visible_label import Fit, fit, visible_label
from audit.semantics.words import words

RULE = Rule(
    title="Visible label missing in the name",
    family=Family.PAGE,
    requirements=Requirements(wcag=("2.5.3",), act=("2ee8b8",)),
    fixer=Fixer.THEME,
    why="People who speak to their computer say what they see, and the control does not answer to it.",
    since="0.1.0",
    axe=("label-content-name-mismatch",),
)
#: Widgets that are named by what stands in them (WAI-ARIA 1.2, "name from contents").
_ROLES = frozenset(
    {"button", "checkbox", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "tab"}
    | {"treeitem", "disclosuretriangle", "popupbutton", "togglebutton"}
)
_FIELDS = frozenset({"input", "select", "textarea"})
#: Buttons whose words stand in ``value``.
_WORDED = frozenset({"submit", "button", "reset"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed, rendered widgets that show words of their own, or a label, and have other words for a name."""
    for element in page.document:
        named = (element.get("aria-label") or "").strip() or element.has("aria-labelledby")
        named = named or (element.role in _ROLES and _holds_unseen(page, element))
        if named and element.exposed and element.rendered and element.name.strip() and _seen(page, element):
            yield element


def expect(page: Page, target: Element) -> Result:
    label = _seen(page, target)
    how = fit(label, target.name)
    if how is not Fit.NOT_WITHIN:
        return passed(label=label, name=target.name, fit=how.value)
    return failed(
        f"People see “{label}”, but the name is “{target.name.strip()}”.",
        "Begin the name with the visible words, in the same order, or take aria-label away: the visible words "
        "are a name by themselves. Hidden words belong after the visible ones, not among them.",
        label=label,
        name=target.name.strip(),
    )


def _seen(page: Page, element: Element) -> str:
    document = page.document
    if element.tag == "input" and (element.get("type") or "").lower() in _WORDED:
        return (element.get("value") or "").strip()
    if element.tag in _FIELDS:
        labels = [each for each in document.tags("label") if _is_label_of(page, each, element)]
        return " ".join(visible_label(document, each) for each in labels).strip()
    return visible_label(document, element) if element.role in _ROLES else ""


def _holds_unseen(page: Page, element: Element) -> bool:
    """Whether words that are read out, and not seen, stand among those that are seen."""
    if element.tag in _FIELDS:
        return False
    seen, heard = page.document.visible_text(element), element.name
    label = visible_label(page.document, element)
    return label != "" and words(label) != words(heard) and words(label) != words(seen)


def _is_label_of(page: Page, label: Element, field: Element) -> bool:
    if label.has("for"):
        return bool(field.get("id")) and label.get("for") == field.get("id") and label.frame == field.frame
    return page.document.contains(label, field)
