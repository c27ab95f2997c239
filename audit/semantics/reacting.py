"""What fields and controls set off by themselves, as :mod:`audit.capture.reactions` tried it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audit.model.document import Element
from audit.model.page import Page


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one trial set off. ``left`` and ``windows`` are addresses, ``dialogs`` messages.

    ``moved``: focus went to another element; ``held``: the element kept focus; ``stays``: after a
    press that was let go elsewhere the page is another one.
    """

    left: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()
    moved: bool = False
    held: bool = True
    stays: bool = False

    @property
    def what(self) -> str:
        """What happened, as the end of a sentence; empty when none of the three did."""
        if self.left:
            return f"leads to {_short(self.left[0])}"
        if self.windows:
            return f"opens a window with {_short(self.windows[0])}"
        return f"opens a message, “{self.dialogs[0][:60]}”" if self.dialogs else ""


def _short(address: str) -> str:
    return address if len(address) <= 60 else address[:59] + "…"


def tried(page: Page, way: str) -> Iterator[tuple[Element, Reaction]]:
    """The elements that were tried in this way (``focus``, ``change`` or ``press``), with what they set off."""
    facts = page.facts.get("reactions")
    if not isinstance(facts, Mapping):
        return
    everything: Any = facts["told"]
    told = {each["node"]: each for each in everything if each["by"] == way}
    nodes: Any = facts["tried"]
    for node in nodes[way]:
        element = page.document.by_node.get(node)
        if element is not None:
            yield element, _reaction(told.get(node))


def reaction(page: Page, way: str, element: Element) -> Reaction | None:
    """What an element set off; ``None`` when it was not tried."""
    return next((each for other, each in tried(page, way) if other.node == element.node), None)


def _reaction(told: Mapping[str, Any] | None) -> Reaction:
    if told is None:
        return Reaction()
    return Reaction(
        tuple(told["left"]),
        tuple(told["windows"]),
        tuple(told["dialogs"]),
        bool(told["moved"]),
        bool(told["held"]),
        bool(told["stays"]),
    )
