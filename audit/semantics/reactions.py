"""What fields and controls set off by themselves, as :mod:`audit.capture.reactions` tried it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.model.document import Element
from audit.model.observations import Reaction, Reactions
from audit.model.page import Page


def happening(reaction: Reaction) -> str:
    """What happened, as the end of a sentence; empty when nothing was left, opened or said."""
    if reaction.left:
        return f"leads to {_short(reaction.left[0])}"
    if reaction.windows:
        return f"opens a window with {_short(reaction.windows[0])}"
    if reaction.turned:
        return f"shows another page, “{_short(reaction.turned)}”"
    return f"opens a message, “{reaction.dialogs[0][:60]}”" if reaction.dialogs else ""


def _short(address: str) -> str:
    return address if len(address) <= 60 else address[:59] + "…"


def tried(page: Page, way: str) -> Iterator[tuple[Element, Reaction]]:
    """The elements that were tried in this way (``focus``, ``leave``, ``change`` or ``press``), with what they set off."""
    for node, told in _ways(page)[way].items():
        element = page.document.by_node.get(node)
        if element is not None:
            yield element, told


def reaction(page: Page, way: str, element: Element) -> Reaction | None:
    """What an element set off; ``None`` when it was not tried."""
    return _ways(page)[way].get(element.node)


def _ways(page: Page) -> Mapping[str, Mapping[int, Reaction]]:
    told = page.observed.reactions or Reactions()
    return {"focus": told.focus, "leave": told.leave, "change": told.change, "press": told.press}
