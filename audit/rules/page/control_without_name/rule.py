"""What the browser computes as the name of a control is nothing, or only blanks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.words import without_icons

RULE = Rule(
    title="A control without a name",
    family=Family.PAGE,
    requirements=Requirements(wcag=("4.1.2",), act=("97a4e1", "c487ae", "e086e5")),
    fixer=Fixer.THEME,
    why="A screen reader says “link” or “edit” and nothing else, so nobody knows what it is for.",
    since="0.1.0",
    axe=(
        "button-name",
        "link-name",
        "input-button-name",
        "select-name",
        "label",
        "aria-input-field-name",
        "aria-toggle-field-name",
        "aria-command-name",
        "label-title-only",
    ),
)
#: Roles of what can be operated and must have a name (ARIA 1.2, 5.2.8.4), in the browser's words.
_LINKS = frozenset({"link"})
_BUTTONS = frozenset({"button", "popupbutton", "togglebutton", "disclosuretriangle", "menuitem", "tab"})
#: What shows a number as a bar, and what it is called. With a role of its own it is told by axe-core.
_BARS = {"progress": "progress bar", "meter": "gauge"}
_FIELDS = frozenset(
    {"textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "switch", "slider", "spinbutton"}
    | {"menulistbutton", "comboboxmenubutton", "comboboxselect", "date", "datetime", "inputtime", "colorwell"}
)


def applies(page: Page) -> Iterable[Element]:
    """Controls that the browser exposes with a name of nothing although they hold or carry something that looks like one;
    bars of progress and gauges.
    """
    for element in page.document:
        role = element.role
        if element.tag in _BARS and element.exposed and element.rendered and not element.has("role"):
            yield element
            continue
        if not element.exposed or element.accessible is None or element.accessible.ignored:
            continue
        if role not in _LINKS | _BUTTONS | _FIELDS or not element.focusable:
            continue
        # Named by an attribute over nothing but blanks, or not at all: other names are plain to see.
        blanks = page.document.text(element) != "" and not _says(page.document.text(element))
        blanks = blanks or any("\u00a0" in run.text for _, run in page.document.runs(element))
        if (_says(element.name) and blanks) or (not _says(element.name) and _seems_named(page, element)):
            yield element


def expect(page: Page, target: Element) -> Result:
    if _says(target.name):
        return passed()
    if target.tag in _BARS:
        result = failed(
            f"This {_BARS[target.tag]} has no name: a screen reader says a number, and not of what.",
            "Give it a label: <label for=…>Books that are out</label>, or aria-label.",
        )
        return Result(
            result.outcome,
            result.message,
            result.fix,
            result.evidence,
            requirements=Requirements(wcag=("1.1.1", "4.1.2")),
        )
    kind = "link" if target.role in _LINKS else "button" if target.role in _BUTTONS else "field"
    called = "tab" if target.role == "tab" else kind
    criteria = ("2.4.4", "4.1.2") if kind == "link" else ("4.1.2",)
    act = {"link": "c487ae", "button": "97a4e1", "field": "e086e5"}[kind]
    heard = page.document.exposed_text(target)
    if kind != "field" and _says(heard):
        return ask(
            f"This browser gives the {called} no name, although it contains “{heard[:40]}”. Do others read it?",
            "Put the words directly in the link, button or tab, or in a span, and not in a figure, table or list inside it.",
        )
    result = failed(
        f"The name of this {called} is {_shown(target.name)}: {_why(page, target)}.",
        "Write words in it (or in its label); they are its name, seen and heard. Remove spaces and empty labels.",
        role=target.role,
    )
    return Result(
        result.outcome,
        result.message,
        result.fix,
        result.evidence,
        requirements=Requirements(wcag=criteria, act=() if called == "tab" else (act,)),
    )


def _says(name: str) -> bool:
    """Whether anything of a name is heard: white space, joiners and marks of direction are not."""
    return any(unicodedata.category(each)[0] not in "ZC" for each in name)


def _seems_named(page: Page, element: Element) -> bool:
    """Whether it has what hides from other checks that it has no name: a title, blanks, an empty label."""
    # No other check looks for the names of tabs.
    if (element.get("title") or "").strip() or element.name or element.role == "tab":
        return True
    return page.document.text(element) != "" or _has_label(page, element)


def _has_label(page: Page, element: Element) -> bool:
    document = page.document
    return any(
        (each.has("for") and each.get("for") == element.get("id") and each.frame == element.frame)
        or (not each.has("for") and document.contains(each, element))
        for each in document.tags("label")
    )


def _shown(name: str) -> str:
    if name.strip() and not without_icons(name).strip():
        return "a sign of an icon font"
    return "blank" if name else "empty"


def _why(page: Page, element: Element) -> str:
    title = (element.get("title") or "").strip()
    if _has_label(page, element):
        return "its label has no words" + (f", and the title “{title[:40]}” is not read in its place" if title else "")
    if title:
        return f"it contains only spaces, and the title “{title[:40]}” is not read in their place"
    if not without_icons(element.name).strip() and element.name.strip():
        return "no screen reader makes words of it"
    if element.role in _FIELDS and _says(page.document.text(element)):
        return "what is in it is its content, not its name"
    if not page.document.text(element) and not element.name:
        return "there are no words in it"
    return "it contains only spaces"
