"""How often something large gets lighter and darker: measured, as 2.3.1 counts flashes.

Pictures with several frames, films and animations of style sheets are stepped through, so the
result does not depend on how fast the machine is. What a script draws is looked at as it happens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Document
from audit.model.observations import Flashing
from audit.model.page import Change

#: A quarter of 10 degrees of the visual field, as the definition counts it on a window of 1024 by 768, in square CSS px.
AREA = 341 * 256 / 4
#: Seconds of a film or a moving picture that are looked at, and looks a second.
SECONDS, RATE = 10, 30
#: From this width and height on, in CSS px, a moving picture is looked at although it is too small to flash.
LEAST = 16
_FRAMES = (".gif", ".webp", ".apng", ".avif")


def pictured(page: OpenPage, document: Document) -> None:
    """Measure the pictures and films of the page at rest."""
    seen = [
        element
        for element in document.tags("img", "video")
        if element.frame is None and element.rendered and element.box is not None
    ]
    large = [each for each in seen if each.box is not None and each.box.area >= AREA]
    small = [each for each in seen if _path(each.current_source).endswith(_FRAMES)]
    if not small and not any(element.tag == "video" or _may_move(element.current_source) for element in large):
        return
    told = _measure(page, ("picture", "film"))
    nodes = page.nodes(f"{NOTES}.flashing") if told else []
    _keep(page, [(node, each) for node, each in zip(nodes, told, strict=True) if node is not None])


def performed(page: OpenPage, document: Document, changes: Iterable[Change]) -> None:
    """Measure what moves for a reader who does not ask for less motion, on the page as it was opened anew."""
    drawn = any(
        element.frame is None and element.rendered and element.box is not None and element.box.area >= AREA
        for element in document.tags("canvas")
    )
    kinds = (
        ("animation", "script") if drawn or any(each.kind in {"flash", "blink"} for each in changes) else ("animation",)
    )
    found = []
    for each in _measure(page, kinds):
        element = document.by_static.get(each["static"])
        if element is not None:
            found.append((element.node, each))
    _keep(page, found)


def _may_move(address: str) -> bool:
    path = _path(address)
    return bool(address) and not path.endswith((".jpg", ".jpeg", ".svg")) and not path.startswith("data:image/svg")


def _path(address: str) -> str:
    return address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].lower()


def _measure(page: OpenPage, kinds: tuple[str, ...]) -> list[Mapping[str, Any]]:
    asked = json.dumps({"area": AREA, "least": LEAST, "seconds": SECONDS, "rate": RATE, "kinds": kinds})
    told: list[Mapping[str, Any]] = page.channel.evaluate(
        f"({script('flashes')})({asked})", promise=True, wait=60 + 2 * SECONDS
    )
    return told


def _keep(page: OpenPage, found: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    measured = (
        Flashing(node, each["kind"], each["flashes"], each["red"], each["seconds"], each["whole"], each.get("lasting"))
        for node, each in found
    )
    page.observed = replace(page.observed, flashes=(*page.observed.flashes, *measured))
