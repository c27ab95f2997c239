"""The page under other conditions: size, colours, text spacing, zoom, states, no script.

Each function changes one thing, records the document and changes it back. Where the style
sheets show that a condition cannot change anything, the document at 1280 px stands for it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from audit.browser.channel import ProtocolError
from audit.capture.opening import WIDE, OpenPage
from audit.capture.page_elements import script
from audit.capture.snapshot import Window
from audit.model.document import Document, Element
from audit.model.finding import Condition

#: WCAG 1.4.10: 320 CSS px wide. The height is that of a phone held upright.
NARROW = Window(320, 800)
#: A phone held sideways.
LANDSCAPE = Window(800, 360)
#: WCAG 1.4.4: at 200 % zoom a window of 1280 by 800 is 640 by 400 CSS px; lengths are then CSS px of the zoomed page.
ZOOMED = Window(640, 400)

#: WCAG 1.4.12, all four at once. Author styles that are important on the element itself win, as they do for readers.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""

SIZES: Mapping[Condition, Window] = {
    Condition.NARROW: NARROW,
    Condition.LANDSCAPE: LANDSCAPE,
    Condition.ZOOMED: ZOOMED,
}

STATES: Mapping[Condition, tuple[str, ...]] = {
    Condition.HOVER: ("hover",),
    Condition.FOCUS: ("focus", "focus-visible"),
}


type Look = Callable[[Document], None]


def resized(
    page: OpenPage,
    wide: Document,
    asked: Iterable[Condition],
    styles: Mapping[str, Any],
    looks: Mapping[Condition, Look],
) -> dict[Condition, Document]:
    """At each size of the window that is asked for. What ``looks`` has for a size is called while the page has it."""
    found: dict[Condition, Document] = {}
    try:
        for condition in asked:
            if condition is Condition.LANDSCAPE and not (styles["orientation"] or styles["unreadable"]):
                # No style asks how the device is held.
                found[condition] = _same(wide, condition)
                continue
            page.set_window(SIZES[condition])
            page.rest(scroll=False)
            found[condition] = page.document(condition, SIZES[condition])[0]
            if condition in looks:
                looks[condition](found[condition])
    finally:
        page.set_window(WIDE)
    return found


def dark(page: OpenPage, wide: Document, styles: Mapping[str, Any], look: Look | None = None) -> Document:
    """For a reader who prefers dark colours."""
    if not may_be_dark(styles):
        return _same(wide, Condition.DARK)
    page.set_media(dark=True)
    try:
        page.rest(scroll=False)
        document = page.document(Condition.DARK, WIDE)[0]
        if look is not None:
            look(document)
        return document
    finally:
        page.set_media()


def may_be_dark(styles: Mapping[str, Any]) -> bool:
    """Whether the page may have other colours for a reader who prefers dark ones."""
    asked = [*styles["media"], *styles["queries"]]
    return bool(styles["scheme"] or styles["unreadable"] or any("prefers-color-scheme" in each for each in asked))


def forced(page: OpenPage) -> Document:
    """With the colours of the reader's system (``forced-colors: active``)."""
    page.set_media(forced=True)
    try:
        page.rest(scroll=False)
        return page.document(Condition.FORCED, WIDE)[0]
    finally:
        page.set_media()


def spaced(page: OpenPage) -> Document:
    """With the text spacing of WCAG 1.4.12."""
    with page.styled(SPACING):
        page.rest(scroll=False)
        return page.document(Condition.SPACING, WIDE)[0]


def in_states(
    page: OpenPage,
    wide: Document,
    asked: Iterable[Condition],
    styles: Mapping[str, Any],
    look: Look | None = None,
) -> dict[Condition, Document]:
    """With every link and control in a state at once (pointer on it, focus on it), for each state that is asked for.

    ``look`` is called while the page is in a state.
    """
    found: dict[Condition, Document] = {}
    told = []
    for condition in asked:
        rules = styles["hover"] if condition is Condition.HOVER else styles["focus"]
        if rules or styles["unreadable"]:
            told.append(condition)
        else:
            found[condition] = _same(wide, condition)
    if not told:
        return found
    channel = page.channel
    targets = [page.numbering.backend(element.node) for element in wide if _reacts(element)]
    channel.send("DOM.enable")
    # The agent first reads every style sheet; asked before it is ready it refuses.
    channel.call("CSS.enable")
    channel.call("DOM.getDocument", depth=0)
    numbers = channel.call("DOM.pushNodesByBackendIdsToFrontend", backendNodeIds=targets)["nodeIds"]
    nodes = dict(zip(targets, numbers, strict=True))
    try:
        for condition in told:
            _force(page, nodes, STATES[condition])
            page.rest(scroll=False)
            found[condition] = page.document(condition, WIDE)[0]
            if look is not None:
                look(found[condition])
    finally:
        # With its end the agent forgets the states that it was asked for.
        channel.send("CSS.disable")
    return found


def _reacts(element: Element) -> bool:
    return element.rendered and (element.focusable or element.tag in {"a", "button", "label", "summary"})


def _force(page: OpenPage, nodes: Mapping[int, int], states: tuple[str, ...]) -> None:
    """``nodes``: the agent's number of each of the browser's nodes; 0 for one that is gone."""
    asked = {
        backend: page.channel.send("CSS.forcePseudoState", nodeId=node, forcedPseudoClasses=list(states))
        for backend, node in nodes.items()
        if node
    }
    page.replaced |= nodes.keys() - asked.keys()
    for backend, future in asked.items():
        try:
            page.channel.answer(future, "CSS.forcePseudoState")
        except ProtocolError:
            page.replaced.add(backend)


def without_script(
    page: OpenPage, wide: Document, styles: Mapping[str, Any], look: Callable[[], None] | None = None
) -> Document:
    """Loaded anew with scripts off. Elements of the file keep the node ids of ``wide``; others get new ones.

    ``look`` is called while the page is so. Where a journey leads is only there with scripts, if it needs any.
    """
    if page.settings.state is not None or not (styles["scripts"] or styles["noscript"]):
        return _same(wide, Condition.NO_SCRIPT)
    page.channel.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(scripts=False)
        document = page.silent_document()
        if look is not None:
            page.channel.evaluate(script("no_timers"))
            look()
    finally:
        page.channel.send("Emulation.setScriptExecutionDisabled", value=False)
    return matched(document, wide)


def matched(document: Document, wide: Document) -> Document:
    """The elements of a page without scripts under the ids that the same ones have in ``wide``, by their place in the file."""
    ordinal = 0
    inside: set[int] = set()
    numbers: dict[int | None, int] = {}
    elements = []
    for element in document:
        within = element.parent in inside
        if within or element.tag == "noscript":
            inside.add(element.index)
        static = None
        if element.frame is None and not element.shadow and not within:
            static, ordinal = ordinal, ordinal + 1
        twin = wide.by_static.get(static) if static is not None else None
        same = twin is not None and twin.tag == element.tag
        node = twin.node if twin is not None and same else -1 - element.index
        numbers[element.node] = node
        static = static if same or not wide.by_static else None
        elements.append(dataclasses.replace(element, node=node, static=static, frame=numbers.get(element.frame)))
    return dataclasses.replace(document, elements=tuple(elements))


def _same(wide: Document, condition: Condition) -> Document:
    return dataclasses.replace(wide, condition=condition)
