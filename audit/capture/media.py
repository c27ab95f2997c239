"""Audio and video elements as the browser plays them."""

from __future__ import annotations

from audit.capture.document import Document
from audit.capture.opening import OpenPage, script
from audit.capture.page import Medium


def media(page: OpenPage, document: Document) -> tuple[Medium, ...]:
    """All of the page's own document (not of its frames), in document order."""
    if not document.tags("audio", "video"):
        return ()
    told = page.channel.evaluate(script("media"), promise=True, wait=30)
    nodes = page.nodes("[...document.querySelectorAll('audio, video')]")
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
    return tuple(found)
