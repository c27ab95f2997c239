"""Audio and video elements as the browser plays them."""

from __future__ import annotations

from dataclasses import replace

from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Document
from audit.model.observations import Sound
from audit.model.page import Medium


def media(page: OpenPage, document: Document) -> tuple[Medium, ...]:
    """All of the page's own document (not of its frames), in document order.

    Sounds that a script has started without putting them into the page, and what could be heard, are observed.
    """
    _unseen(page)
    if not document.tags("audio", "video"):
        return ()
    told = page.channel.evaluate(script("media"), promise=True, wait=30)
    nodes = page.nodes(f"{NOTES}.media()")
    found = []
    for node, each in zip(nodes, told, strict=False):
        if node is None:
            continue
        found.append(
            Medium(
                node=node,
                tag=each["tag"],
                sources=tuple(each["sources"]),
                duration=each["duration"],
                has_audio=each["audio"],
                has_video=each["video"],
                autoplay=each["autoplay"],
                muted=each["muted"],
                loop=each["loop"],
                controls=each["controls"],
                playing=each["playing"],
                tracks=tuple(each["tracks"]),
                failed=each["failed"],
            )
        )
    heard = {node: each["heard"] for node, each in zip(nodes, told, strict=False) if each["heard"] and node is not None}
    page.observed = replace(page.observed, heard=heard)
    return tuple(found)


def _unseen(page: OpenPage) -> None:
    told = page.channel.evaluate(script("sounds"), promise=True, wait=30)
    found = (Sound(each["source"], each["seconds"], each["loop"], each["muted"], each["failed"]) for each in told)
    page.observed = replace(page.observed, sounds=tuple(found))
