"""What changes by itself: running animations, and what a page does while it is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from audit.capture.opening import OpenPage
from audit.capture.page_elements import NOTES, script
from audit.model.document import Document
from audit.model.observations import Animation
from audit.model.page import Change

#: Timers from this on, in ms, may do nothing while the page is watched, or do it once; they are hastened by so much.
SLOW, HASTE = 1_000, 8
#: For so many seconds more is watched what blinks: five seconds are allowed (2.2.2).
LASTING = 3.0
#: Changes within so many seconds are one.
BURST = 0.5
#: Longest time a timer waits that can still change the page while it is watched, in ms.
LONGEST = 20_000


def animations(page: OpenPage) -> None:
    """Observe running animations: they are ended afterwards to measure the page at rest."""
    told = page.channel.evaluate(f"({script('animations')})[1]")
    if not told:
        return
    nodes = page.nodes(f"({script('animations')})[0]")
    found = (
        Animation(node, tuple(each["properties"]), each["seconds"], each["cycle"], each["leads"])
        for node, each in zip(nodes, told, strict=False)
    )
    page.observed = replace(page.observed, animations=tuple(found))


def may_change(page: OpenPage, styles: Mapping[str, Any]) -> bool:
    """Whether anything is there that could change the page without its reader."""
    timers = [delay for _, delay in styles["timers"] if delay <= LONGEST]
    return bool(
        timers
        or styles["frameCalls"]
        or styles["senders"]
        or styles["moving"]
        or styles["marquees"]
        or styles["autoplay"]
        or page.observed.animations
    )


def held_back(page: OpenPage, styles: Mapping[str, Any]) -> bool:
    """Whether something moves for readers who do not ask for less motion."""
    if any("prefers-reduced-motion" in each for each in styles["queries"]):
        return True
    if not any("prefers-reduced-motion" in each for each in styles["media"]):
        return False
    page.set_media(reduced=False)
    try:
        return bool(page.channel.evaluate(script("moving")))
    finally:
        page.set_media()


def watch(
    page: OpenPage, wide: Document, seconds: float, afterwards: Callable[[], None] | None = None
) -> tuple[Change, ...]:
    """Watch the page as it is. ``afterwards`` is called when it is at rest in the end: where nothing has changed, or only once.

    It was opened anew, so elements are found by their ordinal in the file;
    what is not in the file is told of its nearest ancestor that is.

    Where timers are slower than that, the page is opened once more with its slow timers hastened
    (:data:`HASTE`), and what then changed again and again is told with the seconds it would have taken.
    """
    told = _look(page, seconds, seconds + LASTING)
    if any(SLOW <= float(delay) <= LONGEST for _, delay in page.channel.evaluate(f"{NOTES}.timers")):
        asked = page.channel.call(
            "Page.addScriptToEvaluateOnNewDocument", source=f"window[Symbol.for('stepfree.haste')] = {HASTE}"
        )
        try:
            page.open()
            hastened = _look(page, seconds, seconds)
            if afterwards is not None and _rests(hastened):
                afterwards()
        finally:
            page.channel.call("Page.removeScriptToEvaluateOnNewDocument", identifier=asked["identifier"])
        told += [
            {**each, "first": each["first"] * HASTE, "last": each["last"] * HASTE}
            for each in hastened
            if each["count"] > 1 and each["kind"] in {"text", "picture", "blink", "motion"}
        ]
    elif afterwards is not None and _rests(told):
        afterwards()
    return _changes(wide, told)


def _rests(told: Iterable[Mapping[str, Any]]) -> bool:
    """Whether nothing has changed again and again: what is seen then does not hang on the moment.

    Where nothing changed at all, it may have done so before the watch began: a busy machine begins late.
    """
    return max((each["last"] - each["first"] for each in told), default=0.0) < BURST


def _look(page: OpenPage, seconds: float, most: float) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = page.channel.evaluate(
        f"({script('watch')})({seconds}, {most})", promise=True, wait=most + 30
    )
    return told


def _changes(wide: Document, told: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    found: dict[tuple[int | None, str], Change] = {}
    for each in told:
        element = wide.by_static.get(each["static"])
        node = element.node if element else None
        change = Change(
            node, each["kind"], _halves(each["first"]), _halves(each["last"] - each["first"]), _detail(each)
        )
        known = found.get((node, change.kind))
        if known is None or known.duration < change.duration:
            found[node, change.kind] = change
    return tuple(found[key] for key in sorted(found, key=lambda key: (-1 if key[0] is None else key[0], key[1])))


def _halves(seconds: float) -> float:
    """Half seconds: finer is chance, and would differ from run to run."""
    return round(seconds * 2) / 2


def _detail(each: Mapping[str, Any]) -> str:
    # The text at the moment the watch ended is chance too when it changes often.
    return str(each["detail"]) if each["count"] == 1 else "more than once"
