"""The script worlds of a page: its own, and one of ours beside it that the page's scripts cannot reach.

Both see the same document, each with built-ins of its own: what a page puts in the place of
``Array.prototype.map``, ``Date`` or ``window.axe`` does not exist in the other one. A world has one
*context* (the protocol's word) for each document.
"""

from __future__ import annotations

from dataclasses import dataclass

from audit.browser.channel import Channel, Params

#: The name of ours.
NAME = "audit"


@dataclass(frozen=True, slots=True)
class Context:
    """One document's context in our world. ``number`` is the protocol's, ``unique`` its name in all processes."""

    number: int
    unique: str
    frame: str
    origin: str


class Worlds:
    """Follows the contexts of our world; the channel evaluates in that of ``main_frame``."""

    def __init__(self, channel: Channel, main_frame: str) -> None:
        self._channel = channel
        self._main_frame = main_frame
        self._contexts: dict[str, Context] = {}
        channel.on("Runtime.executionContextCreated", self._created)
        channel.on("Runtime.executionContextDestroyed", self._destroyed)
        channel.on("Runtime.executionContextsCleared", self._cleared)

    @property
    def main(self) -> Context | None:
        """The context of the page itself."""
        return next((each for each in list(self._contexts.values()) if each.frame == self._main_frame), None)

    def inner(self) -> list[Context]:
        """The contexts of the frames that are of the page's origin."""
        main = self.main
        return [
            each for each in list(self._contexts.values()) if main and each is not main and each.origin == main.origin
        ]

    def _created(self, params: Params) -> None:
        told = params["context"]
        frame = told.get("auxData", {}).get("frameId", "")
        if "sessionId" in params or told.get("name") != NAME:
            return
        for unique in [unique for unique, each in self._contexts.items() if each.frame == frame]:
            del self._contexts[unique]
        self._contexts[told["uniqueId"]] = Context(told["id"], told["uniqueId"], frame, told.get("origin", ""))
        self._tell()

    def _destroyed(self, params: Params) -> None:
        if "sessionId" not in params:
            self._contexts.pop(params.get("executionContextUniqueId", ""), None)
            self._tell()

    def _cleared(self, params: Params) -> None:
        if "sessionId" not in params:
            self._contexts = {}
            self._tell()

    def _tell(self) -> None:
        main = self.main
        self._channel.world = main.unique if main else None
