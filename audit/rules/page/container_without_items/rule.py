"""An element with the role of a container owns nothing of what belongs in it, or something else."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.ownership import REQUIRED, TRANSPARENT, is_container, is_native, owned, role_in_words
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
_BETWEEN = frozenset({"separator"})


def applies(page: Page) -> Iterable[Element]:
    """Exposed containers by role, and native lists, that are not being filled right now."""
    for element in page.document:
        if is_container(element):
            yield element


def expect(page: Page, target: Element) -> Result:
    document = page.document
    allowed = REQUIRED[target.role]
    inside = list(owned(document, target))
    wrong = [element for element in inside if element.role not in allowed]
    if wrong:
        return failed(
            f"This {role_in_words(target.role)} contains {_what(wrong[0])} “{(wrong[0].name or document.text(wrong[0]))[:40]}”, "
            f"where only {_list(allowed)} belong.",
            "Put it outside, or into an item.",
            role=target.role,
            found=tuple(sorted({element.role for element in wrong})),
        )
    filled = any(element.role in allowed - _BETWEEN for element in inside)
    # A native list without any element in it is filled by script, or holds nothing to be misunderstood.
    empty = not document.children(target) and not document.text(target)
    if filled or (empty and is_native(target)) or target.get("aria-owns"):
        return passed(items=len(inside))
    if not inside and not document.exposed_text(target) and not is_native(target):
        # What it will hold may come later, and until then nobody is misled: ARIA 1.2 asks for aria-busy, later drafts do not.
        return ask(
            f"This {role_in_words(target.role)} is empty. Will it be filled before anybody comes to it?",
            'Hide it until it has something in it, or give it aria-busy="true" while it is being filled.',
            role=target.role,
        )
    return failed(
        f"This {role_in_words(target.role)} contains no {_list(allowed)}.",
        "Give its items their role, or take the role away from the container.",
        role=target.role,
    )


def _what(element: Element) -> str:
    return (
        indefinite(role_in_words(element.role))
        if element.role not in TRANSPARENT
        else f"a <{element.tag}> with properties of its own,"
    )


def _list(roles: set[str]) -> str:
    return " or ".join(sorted({f"{role_in_words(role)}s" for role in roles - _BETWEEN}))
