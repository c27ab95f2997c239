"""An element with the role of a container owns nothing of what belongs in it, or something else."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.ownership import TRANSPARENT, owned
from audit.semantics.tables import explicit_role
from audit.semantics.words import indefinite

RULE = Rule(
    title="A container without its items",
    family=Family.PAGE,
    requirements=Requirements(wcag=("1.3.1",), act=("bc4a75",)),
    fixer=Fixer.THEME,
    why="A screen reader announces a list, menu or table and then counts no items, or reads things that are none.",
    since="0.1.0",
    axe=("aria-required-children", "list"),
)
#: WAI-ARIA 1.2, "Required Owned Elements"; ``group`` stands for a group of the same.
REQUIRED = {
    "feed": {"article"},
    "grid": {"row", "rowgroup", "caption"},
    "list": {"listitem"},
    "listbox": {"option", "group"},
    "menu": {"menuitem", "menuitemcheckbox", "menuitemradio", "group", "separator"},
    "menubar": {"menuitem", "menuitemcheckbox", "menuitemradio", "group", "separator"},
    "row": {"cell", "columnheader", "gridcell", "rowheader"},
    "rowgroup": {"row"},
    "table": {"row", "rowgroup", "caption"},
    "tablist": {"tab"},
    "tree": {"treeitem", "group"},
    "treegrid": {"row", "rowgroup", "caption"},
}
#: Elements that bring the role with them; the rest of a native table is put right by the browser.
_NATIVE = frozenset({"ul", "ol", "menu"})
#: A list in a description list, a listbox of a select, a data list: the browser's own.
_OWN = frozenset({"select", "datalist", "dl"})
_BETWEEN = frozenset({"separator"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed containers by role, and native lists, that are not being filled right now."""
    for element in page.document:
        role = element.role
        if not element.exposed or role not in REQUIRED or element.tag in _OWN or element.get("aria-busy") == "true":
            continue
        if explicit_role(element) == role or (element.tag in _NATIVE and not explicit_role(element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    allowed = REQUIRED[target.role]
    inside = list(owned(document, target))
    wrong = [element for element in inside if element.role not in allowed]
    if wrong:
        return failed(
            f"This {target.role} holds {_what(wrong[0])} “{(wrong[0].name or document.text(wrong[0]))[:40]}”, "
            f"where only {_list(allowed)} belong.",
            "Put it outside, or into an item.",
            role=target.role,
            found=tuple(sorted({element.role for element in wrong})),
        )
    filled = any(element.role in allowed - _BETWEEN for element in inside)
    # A native list without any element in it is filled by script, or holds nothing to be misunderstood.
    empty = not document.children(target) and not document.text(target)
    if filled or (empty and element_is_native(target)) or target.get("aria-owns"):
        return passed(items=len(inside))
    if not inside and not document.exposed_text(target) and not element_is_native(target):
        # What it will hold may come later, and until then nobody is misled: ARIA 1.2 asks for aria-busy, later drafts do not.
        return ask(
            f"This {target.role} is empty. Will it be filled before anybody comes to it?",
            'Hide it until it has something in it, or give it aria-busy="true" while it is being filled.',
            role=target.role,
        )
    return failed(
        f"This {target.role} holds no {_list(allowed)}.",
        "Give its items their role, or take the role away from the container.",
        role=target.role,
    )


def _what(element: Element) -> str:
    return (
        indefinite(element.role)
        if element.role not in TRANSPARENT
        else f"a <{element.tag}> with properties of its own,"
    )


def element_is_native(element: Element) -> bool:
    """Whether the role comes from the element itself."""
    return element.tag in _NATIVE and not explicit_role(element)


def _list(roles: set[str]) -> str:
    return " or ".join(sorted(roles - _BETWEEN))
