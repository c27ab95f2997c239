"""Something that takes focus stands inside something whose content screen readers take as one word."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, failed, passed
from audit.semantics.keyboard_walk import label

RULE = Rule(
    title="A control inside a control",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",), act=("307n5z",)),
    fixer=Fixer.THEME,
    why="Screen readers read the outer one as a whole; the inner one takes focus, and nothing says what it is.",
    since="0.1.0",
    axe=("nested-interactive",),
)
#: Roles whose children are presentational (WAI-ARIA 1.2, "Children Presentational: True").
_WHOLE = frozenset(
    {"button", "checkbox", "img", "image", "menuitemcheckbox", "menuitemradio", "meter", "option", "progressbar"}
    | {"radio", "scrollbar", "separator", "slider", "switch", "tab"}
)
#: Their insides are the browser's.
_NATIVE = frozenset({"input", "progress", "meter", "hr", "select", "option", "textarea"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed elements of a role whose content is read as one."""
    for element in page.document:
        if element.exposed and element.role in _WHOLE and element.tag not in _NATIVE and element.content:
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    inner = next(
        (
            each
            for each in document.descendants(target)
            if each.tabbable and each.frame == target.frame and each.tag != "iframe"
        ),
        None,
    )
    if inner is None:
        return passed()
    return failed(
        f"{label(inner, document.text(inner))} takes focus inside {label(target, document.text(target))}, which is read as one {target.role}.",
        "Put them beside each other; or give the outer one a role that may hold others.",
        inner=inner.selector,
    )
