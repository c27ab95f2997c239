"""A picture moves without end, and nothing stops it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Condition, Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls
from audit.semantics.words import counted, indefinite

RULE = Rule(
    title="Moving image that nobody can stop",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("2.2.2",)),
    fixer=Fixer.AUTHOR,
    why="Whoever is drawn away by movement cannot read the text beside it, and nobody can stop an animated image by a key.",
    since="0.1.0",
    needs=frozenset({Condition.MOTION}),
)
#: Seconds after which movement must be stoppable (2.2.2).
LIMIT = 5.0
#: Seconds of one round of an animation from which on it is hardly seen to move; px below which a picture is a mark.
SLOWEST, LEAST = 20.0, 24.0
_PICTURES = frozenset({"img", "svg", "canvas", "picture", "video"})
#: What says that something is being waited for moves for as long as that takes.
_WAITS = frozenset({"progressbar", "status", "alert", "timer"})


def applies(page: Page) -> Iterable[Element]:
    """Rendered images of several frames, and pictures and drawings without words that an animation moves without end."""
    for node in _lasting(page):
        element = page.document.by_node.get(node)
        if element is not None:
            yield element
    yield from (page.document.by_node[node] for node in _animated(page))


def _lasting(page: Page) -> dict[int, float | None]:
    """For how many seconds the images move, by node; ``None``: without end."""
    return {each.node: each.lasting for each in page.observed.flashes if each.kind == "picture"}


def _animated(page: Page) -> dict[int, bool]:
    """Whether pictures that are moved without end, and drawings of which parts are, were seen to change, by node."""
    document, found = page.document, dict[int, bool]()
    changed = {each.node for each in page.changes or () if each.kind in {"motion", "flash", "blink"}}
    for each in page.observed.animations:
        element = document.by_node.get(each.node) if each.node is not None else None
        if element is None or each.seconds is not None or not 0 < each.cycle <= SLOWEST or each.node in _lasting(page):
            continue
        picture = document.closest(element, lambda above: above.tag == "svg") or element
        if picture.tag not in _PICTURES or not _is_seen(picture) or document.visible_text(element):
            continue
        found[picture.node] = found.get(picture.node, False) or each.node in changed
    return found


def _is_seen(picture: Element) -> bool:
    box = picture.box
    return picture.rendered and box is not None and min(box.width, box.height) >= LEAST


def expect(page: Page, target: Element) -> Result:
    document = page.document
    frames = _lasting(page)
    seconds = frames.get(target.node)
    if seconds is not None and seconds <= LIMIT:
        return passed(seconds=seconds)
    if document.closest(target, lambda each: each.role in _WAITS or each.get("aria-busy") == "true") is not None:
        return passed(waits=True)
    kind = "drawing" if target.tag == "svg" else "image"
    what = f"The {kind} “{target.name[:60]}”" if target.name.strip() else f"{indefinite(kind).capitalize()}"
    how = "without end" if seconds is None else f"for {counted(seconds, 'second', 'seconds')}"
    fix = "Show a still image, let it play once within 5 seconds, or use a video with controls."
    able = [each for each in controls(document) if not each.disabled]
    if able:
        return ask(f"{what} moves {how}. Which control stops it?", fix, seconds=seconds)
    if target.node not in frames and not _animated(page)[target.node]:
        return ask(f"{what} is animated without end. Does it move, and how does a reader stop it?", fix)
    return failed(f"{what} moves {how}, and the page has no control that could stop it.", fix, seconds=seconds)
