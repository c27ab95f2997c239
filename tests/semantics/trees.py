"""Documents made of markup without a browser: what stands in ``style`` is taken as the computed style."""

from __future__ import annotations

from dataclasses import replace

from lxml import html
from lxml.html import HtmlElement

from audit.model.document import Box, Document, Element, TextRun
from audit.model.finding import Condition
from audit.model.page import Page
from tests.audit import making

#: Roles of the few tags that stand in these tests without a ``role`` of their own.
_ROLES = {"ul": "list", "li": "listitem", "a": "link", "button": "button", "p": "paragraph", "nav": "navigation"}


def document_of(body: str, condition: Condition = Condition.WIDE, root: str = "") -> Document:
    """A document whose body holds the markup. ``box="x y width height"`` gives an element and its text a place.

    ``root``: the style of the ``html`` element.
    """
    elements: list[Element] = []
    _add(html.document_fromstring(f'<html style="{root}"><body>{body}</body></html>'), None, elements)
    return Document(condition, tuple(elements), "A page", 1280, 800, 1280, 800)


def page_of(body: str, **more: object) -> Page:
    """A page that is such a document."""
    return replace(making.page(), documents={Condition.WIDE: document_of(body)}, **more)  # type: ignore[arg-type]


def with_id(document: Document, identifier: str) -> Element:
    """The element with this id."""
    found = document.with_id(identifier)
    assert found is not None, identifier
    return found


def _add(node: HtmlElement, parent: int | None, elements: list[Element]) -> int:
    index = len(elements)
    attributes = {str(name): str(value) for name, value in node.attrib.items()}
    declared = (each.partition(":") for each in attributes.pop("style", "").split(";") if each.strip())
    style = {name.strip(): value.strip() for name, _, value in declared}
    place = attributes.pop("box", "")
    box = Box(*map(float, place.split())) if place else None
    said = " ".join(node.text_content().split())
    role = attributes.get("role", _ROLES.get(str(node.tag), "generic"))
    made = replace(making.element(index, str(node.tag), parent, role=role), attributes=attributes)
    assert made.accessible is not None
    hidden = style.get("display") == "none" or (parent is not None and not elements[parent].rendered)
    elements.append(made)
    content: list[int | TextRun] = []
    boxes = (box,) if box is not None else ()
    if node.text:
        content.append(TextRun(node.text, boxes))
    for child in node.iterchildren("*"):
        # Children look at whether their parent is rendered.
        elements[index] = replace(made, rendered=not hidden)
        content.append(_add(child, index, elements))
        if child.tail:
            content.append(TextRun(child.tail, boxes))
    elements[index] = replace(
        made,
        content=tuple(content),
        style=style,
        box=box,
        rendered=not hidden,
        exposed=not hidden and attributes.get("aria-hidden") != "true",
        accessible=replace(made.accessible, name=attributes.get("aria-label", said)),
    )
    return index
