"""What the browser tells of the page in its tab without asking the page: accessibility trees, listeners, shadow roots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.browser.channel import Channel, ProtocolError


def accessibility_trees(channel: Channel) -> list[Sequence[Mapping[str, Any]]]:
    """The nodes of the accessibility trees of a page and of the frames in it that can be reached."""
    frames = [None, *_inner_frames(channel.call("Page.getFrameTree")["frameTree"])]
    asked = [
        channel.send("Accessibility.getFullAXTree", **({} if frame is None else {"frameId": frame})) for frame in frames
    ]
    trees: list[Sequence[Mapping[str, Any]]] = []
    for frame, future in zip(frames, asked, strict=True):
        try:
            trees.append(channel.answer(future, "Accessibility.getFullAXTree")["nodes"])
        except ProtocolError:
            if frame is None:
                raise
            # A frame of another process: it is reported as unreached by the snapshot.
    return trees


def listeners(channel: Channel) -> tuple[dict[int, tuple[str, ...]], tuple[str, ...]]:
    """Event types by node, and those that the window and the document listen to."""
    found: dict[int, set[str]] = {}
    top: set[str] = set()
    for expression, deep in (("document", True), ("window", False)):
        target = channel.call("Runtime.evaluate", expression=expression)["result"].get("objectId")
        params = {"objectId": target, "depth": -1, "pierce": True} if deep else {"objectId": target}
        for listener in channel.call("DOMDebugger.getEventListeners", **params)["listeners"]:
            node = listener.get("backendNodeId")
            if node is None:
                top.add(listener["type"])
            else:
                found.setdefault(node, set()).add(listener["type"])
    root = channel.call("DOM.getDocument", depth=0)["root"]["backendNodeId"]
    top |= found.pop(root, set())
    top.discard("readystatechange")
    return {node: tuple(sorted(types)) for node, types in found.items()}, tuple(sorted(top))


def closed_roots(node: Mapping[str, Any]) -> Iterator[int]:
    """The closed shadow roots below a node, as ``DOM.getDocument`` gives it."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.get("shadowRootType") == "closed":
            yield each["backendNodeId"]
        waiting += [*each.get("children", ()), *each.get("shadowRoots", ())]
        if "contentDocument" in each:
            waiting.append(each["contentDocument"])


def _inner_frames(tree: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for child in tree.get("childFrames", ()):
        found.append(child["frame"]["id"])
        found.extend(_inner_frames(child))
    return found
