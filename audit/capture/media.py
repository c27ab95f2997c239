"""Audio and video elements as the browser plays them."""

from __future__ import annotations

from audit.capture.opening import OpenPage, script
from audit.model.document import Document
from audit.model.page import Medium


def media(page: OpenPage, document: Document) -> tuple[Medium, ...]:
    """All of the page's own document (not of its frames), in document order.

    What could be heard goes to ``facts["heard"]``: ``node`` and ``seconds``, a 1 for each second with sound, 0 without.
    """
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
    heard = [{"node": node, "seconds": each["heard"]} for node, each in zip(nodes, told, strict=False) if each["heard"]]
    if heard:
        page.facts["heard"] = heard
    return tuple(found)
