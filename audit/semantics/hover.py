"""What appears while the pointer rests on something, as :mod:`audit.capture.hover` tried it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.document import Element
from audit.model.page import Page


@dataclass(frozen=True, slots=True)
class Appearing:
    """Text that appeared. ``elements``: those of it that the file has; ``covers``: it lies on other content.

    ``escape``: Escape took it away; ``reachable``: it stayed when the pointer moved onto it; ``lasts``: it stayed as
    long as the pointer did.
    """

    text: str
    elements: tuple[Element, ...]
    covers: bool
    escape: bool
    reachable: bool
    lasts: bool


def appearing(page: Page) -> Iterator[tuple[Element, Appearing]]:
    """What the pointer rested on, with the text that appeared; signs and pictures without text are left out."""
    document = page.document
    for told in page.observed.hovers:
        parts = [part for part in told.appeared if part.text.strip(" ¶#§")]
        trigger = document.by_node.get(told.node)
        if not parts or trigger is None:
            continue
        found = (document.by_node.get(part.node) for part in parts if part.node is not None)
        yield (
            trigger,
            Appearing(
                " ".join(part.text for part in parts)[:60],
                tuple(element for element in found if element is not None),
                any(part.covers for part in parts),
                told.escape,
                told.reachable,
                told.lasts,
            ),
        )
