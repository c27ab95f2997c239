"""Where texts are at the moment of a picture: a script may move, fade or take away what was recorded a moment before.

What a media player shows beside its picture, a bar that follows the window, a message that fades: a box that was recorded
before says nothing about pixels that were taken later.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from audit.capture.opening import OpenPage
from audit.capture.page_elements import script
from audit.model.document import Box, Document
from audit.semantics.backdrops import Text, is_drawn

#: CSS px by which the box of a text may differ between the browser's record and its script interface.
SLACK = 2.0
#: The same for opacity.
FADE = 0.03


class Places:
    """The places of some texts in the window, asked for before and after pictures are taken."""

    def __init__(self, page: OpenPage, document: Document, texts: Iterable[Text]) -> None:
        self._page, self._document = page, document
        # In a frame of another origin nothing can be asked.
        handles = {text.element.node: page.object(text.element.node) for text in texts if text.element.frame is None}
        self._handles: Mapping[int, str] = {node: handle for node, handle in handles.items() if handle is not None}
        self._here = self._now()
        self._still: frozenset[int] = frozenset()

    def _now(self) -> dict[int, tuple[tuple[Box, ...], float]]:
        """The boxes of the words in the window, and their opacity, by node."""
        found = {}
        for node, handle in self._handles.items():
            told = self._page.call_on(handle, script("text_place"))
            boxes = (Box(*each) for each in told["boxes"])
            found[node] = (tuple(box for box in boxes if box.width >= 1 and box.height >= 1), float(told["alpha"]))
        return found

    def stand_still(self) -> bool:
        """Whether no text has moved or faded since this was last asked, or since the beginning."""
        before, self._here = self._here, self._now()
        self._still = frozenset(node for node, place in self._here.items() if before[node] == place)
        return len(self._still) == len(self._here)

    def settled(self, texts: Sequence[Text], scrolls: Mapping[int, float]) -> list[tuple[Text, bool]]:
        """The texts that stood still while the last pictures were taken, each where it stood, and whether it was moved there
        since it was recorded. ``scrolls``: how far the window was scrolled for each, by node.
        """
        found = []
        for text in texts:
            node = text.element.node
            if text.element.frame is not None:
                found.append((text, False))
                continue
            if node not in self._still or not self._here[node][1]:
                continue
            here = self._here[node]
            if is_drawn(self._document, text.element):
                # The browser records neither the size of letters that a drawing scales nor that they are see-through.
                boxes = tuple(Box(box.x, box.y + scrolls[node], box.width, box.height) for box in here[0])
                found.append((dataclasses.replace(text, boxes=boxes, alpha=here[1]), True))
                continue
            if abs(here[1] - text.alpha) > FADE:
                continue
            recorded = [Box(box.x, box.y - scrolls[node], box.width, box.height) for box in text.boxes]
            if all(any(_is_like(one, other) for other in here[0]) for one in recorded):
                found.append((text, False))
            elif here[0]:
                boxes = tuple(Box(box.x, box.y + scrolls[node], box.width, box.height) for box in here[0])
                found.append((dataclasses.replace(text, boxes=boxes), True))
        return found


def _is_like(one: Box, other: Box) -> bool:
    edges = zip((one.x, one.y, one.right, one.bottom), (other.x, other.y, other.right, other.bottom), strict=True)
    return all(abs(here - there) <= SLACK for here, there in edges)
