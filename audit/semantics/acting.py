"""What controls did when they were tried, and which controls a person could use for something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.model.addresses import runs_script
from audit.model.document import Document, Element
from audit.model.page import Page
from audit.semantics.words import collapse

_CONTROLS = frozenset({"button", "checkbox", "switch", "radio", "combobox", "listbox", "slider", "spinbutton"})
_TAGS = frozenset({"button", "input", "select", "textarea", "summary"})


def activations(page: Page) -> Sequence[Mapping[str, Any]]:
    """What :mod:`audit.capture.activation` recorded; empty when nothing could be tried."""
    told = page.facts.get("activations")
    return [each for each in told if isinstance(each, Mapping)] if isinstance(told, (list, tuple)) else []


def openers(page: Page) -> Iterator[Element]:
    """Controls that opened something over the page."""
    for told in activations(page):
        element = page.document.by_node.get(int(told["node"]))
        if element is not None and overlay(told) is not None:
            yield element


def opened_by(page: Page, control: Element) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What one of the ``openers`` did, and what it opened.

    Raises:
        StopIteration: the control opened nothing.
    """
    return next(
        (told, shown)
        for told in activations(page)
        if int(told["node"]) == control.node and (shown := overlay(told)) is not None
    )


def overlay(told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What appeared and lies over the page: a dialog by its role, or by its place."""
    for each in told["appeared"]:
        if each["role"] in {"dialog", "alertdialog"}:
            return dict(each)
        # A menu or a hint hangs on its control; only what stands free in the window counts as a dialog.
        if each["position"] == "fixed" and each["focusable"] and len(str(each["text"])) > 20 and each["role"] == "":
            return dict(each)
    return None


def controls(document: Document) -> Iterator[Element]:
    """Buttons, boxes and fields that are rendered and can be used with a keyboard."""
    for element in document:
        if not (element.rendered and element.exposed and element.focusable):
            continue
        if element.tag in _TAGS or element.role in _CONTROLS or _acts(element):
            yield element


def _acts(element: Element) -> bool:
    href = (element.get("href") or "").strip()
    return element.tag in {"a", "area"} and (href == "#" or runs_script(href))


def said_of(document: Document, control: Element) -> str:
    """The name of a control, with the value of a button and the title."""
    value = control.get("value") if control.tag == "input" else ""
    return collapse(f"{control.name} {value or ''} {control.get('title') or ''} {document.text(control)}")


def speaks_of(document: Document, control: Element, words: re.Pattern[str]) -> bool:
    """Whether the words are found in what a control is called."""
    return words.search(said_of(document, control)) is not None
