"""What only some visitors get: on a narrower, wider or lower window, in other colours, with motion, by touch, without scripts.

axe-core and most rules look at the page at 1280 px, in light colours, with scripts. A menu that is there
on a telephone only is another part of the page, and is looked at as well. What is the same as in a view
that was looked at before is not looked at again: a page that looks the same to everybody costs one
question for each of the widths at which its style sheets change something.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

from audit.browser.channel import Channel
from audit.capture.axe_runs import COLOUR_RULES, LOOK_RULES, AxeRuns
from audit.capture.backdrops import backdrops
from audit.capture.conditions import LANDSCAPE, may_be_dark
from audit.capture.guard import origin
from audit.capture.opening import WIDE, OpenPage, SentOn
from audit.capture.page_elements import script
from audit.capture.snapshot import Window
from audit.model.document import Document, Element
from audit.model.finding import Condition, Json
from audit.model.page import View
from audit.semantics.backdrops import painted_with, undecided_texts

#: The narrowest and the lowest window that count (WCAG 1.4.10), in CSS px, and the height of most of them.
NARROWEST, LOWEST, HEIGHT = 320, 256, 800
#: Where no style sheet says at which widths the page changes (a script or a container's width does).
GRID = (480, 640, 768, 900, 1024, 1440, 1920)
#: Most widths that are looked at besides those of the conditions.
MOST = 13
#: CSS px of units in media queries; ``em`` is the browser's own there, not the page's.
UNITS: Mapping[str, float] = {
    "px": 1,
    "em": 16,
    "rem": 16,
    "ch": 8,
    "ex": 8,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "in": 96,
    "pt": 96 / 72,
    "pc": 16,
}
_LENGTH = re.compile(r"(\d*\.?\d+)(px|r?em|ch|ex|cm|mm|in|pt|pc)\b", re.IGNORECASE)
_RATIO = re.compile(r"(\d*\.?\d+)(?:\s*/\s*(\d*\.?\d+))?")
_FEATURE = re.compile(r"\((?:[^()]|\([^()]*\))*\)")

#: What scripts may ask by a media query, once: the feature, what a visitor has then, and what the view is called.
ASKED: tuple[tuple[str, Mapping[str, Any], Condition, str], ...] = (
    ("prefers-color-scheme", {"dark": True}, Condition.DARK, "opened in dark colours"),
    ("prefers-contrast", {"contrast": True}, Condition.WIDE, "opened with more contrast"),
    ("forced-colors", {"forced": True}, Condition.FORCED, "opened in forced colours"),
)
#: What else media queries ask of a visitor's screen or settings, as far as a browser can be told to have it: words of the
#: query, what the browser is told, and what the view is called.
FURTHER: tuple[tuple[re.Pattern[str], Mapping[str, str], str], ...] = (
    (re.compile("prefers-reduced-transparency"), {"prefers-reduced-transparency": "reduce"}, "with less transparency"),
    (re.compile(r"prefers-contrast\s*:\s*(?:less|custom)"), {"prefers-contrast": "less"}, "with less contrast"),
    (re.compile("color-gamut"), {"color-gamut": "p3"}, "on a screen of more colours"),
    (re.compile("resolution|device-pixel-ratio"), {}, "on a finer screen"),
)
#: Dots of such a screen to one CSS px.
FINE = 2
#: What no browser can be told to have: that a page asks for it is told.
_UNTRIED = re.compile(
    r"\(\s*(prefers-reduced-data|inverted-colors|update|(?:video-)?dynamic-range|display-mode|overflow-(?:block|inline)"
    r"|monochrome|light-level|environment-blending|nav-controls|device-posture|(?:horizontal|vertical)-viewport-segments)\b"
)

#: axe-core's rules about the page as a whole, which can find something else where other landmarks or headings are seen.
WHOLE_RULES = (
    "bypass",
    "heading-order",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
    "landmark-no-duplicate-main",
    "landmark-one-main",
    "landmark-unique",
    "page-has-heading-one",
)
LANDMARKS = frozenset({"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"})
#: Attributes that only say how something looks, or that scripts count in.
_LOOKS = frozenset({"class", "style", "data-width", "sizes"})
#: What a view is called in which a page has changed by itself.
LATER = "after some seconds"
#: Listeners by which scripts wait for somebody to be there.
STIRRED = frozenset(
    {
        "keydown",
        "mouseenter",
        "mousemove",
        "mouseover",
        "pointerenter",
        "pointermove",
        "pointerover",
        "touchstart",
        "wheel",
    }
)
_ACTS = frozenset({"a", "button", "input", "select", "textarea", "summary", "svg"})


def widths(queries: Iterable[str]) -> tuple[int, ...]:
    """One width for each range beyond 320 px in which all the media queries have one answer, but for 1280 px and 320 px.

    ``queries``: media queries as they are written.
    """
    ranges = _ranges((edge for query in queries for edge in _edges(query, "width", "inline-size")), NARROWEST)
    return tuple(
        _within(below, above) for below, above in ranges if below > NARROWEST and not below < WIDE.width <= above
    )


def heights(queries: Iterable[str]) -> tuple[int, ...]:
    """As :func:`widths`: one height for each range, but for the one of 800 px."""
    edges = (edge for query in queries for edge in (*_edges(query, "height", "block-size"), *_ratio_edges(query)))
    ranges = _ranges(edges, LOWEST)
    return tuple(_within(below, above) for below, above in ranges if not below < HEIGHT <= above)


def _ranges(edges: Iterable[float], least: int) -> Iterator[tuple[float, float]]:
    bounds = [float(least)]
    for edge in sorted(set(edges)):
        # ``max-width: 767.98px`` and ``min-width: 768px`` are one edge.
        if edge - bounds[-1] > 1.5:
            bounds.append(edge)
    return pairwise([*bounds, inf])


def _within(below: float, above: float) -> int:
    return round(below * 1.125 if above == inf else (below + above) / 2)


def _edges(query: str, *names: str) -> Iterator[float]:
    for feature in _FEATURE.findall(query):
        if any(name in feature.lower() for name in names):
            for number, unit in _LENGTH.findall(feature):
                yield float(number) * UNITS[unit.lower()]


def _ratio_edges(query: str) -> Iterator[float]:
    """The heights at which a window as wide as usual has the ratios that a media query asks for."""
    for feature in _FEATURE.findall(query):
        if "aspect-ratio" in feature.lower():
            for across, down in _RATIO.findall(feature):
                if float(across) > 0:
                    yield WIDE.width * float(down or 1) / float(across)


type Match = Callable[[Document, Document], Document]


class Views:
    """Looks at a page under further conditions, and keeps what differs."""

    def __init__(self, page: OpenPage, wide: Document, axe: AxeRuns, styles: Mapping[str, Any]) -> None:
        self._page = page
        self._wide = wide
        self._axe = axe
        self._styles = styles
        #: What is known of each element: how it was there in the views so far.
        self._known: dict[int, set[tuple[Json, ...]]] = {}
        self._structure = _structure(wide)
        self.found: list[View] = []
        self._learn(wide)
        self._is_new()

    def compare(
        self, document: Document, name: str, *, colours: bool = True, kept: bool = True, anew: bool = False
    ) -> None:
        """Look at what differs in a document from all before; the page is as the document says while this is called.

        ``colours``: whether other colours make a difference. ``kept``: whether it is the page's document of its condition.
        ``anew``: it was opened once more, so that the numbers of its nodes are those of the same elements before.
        """
        differing = self._learn(document)
        structure = _structure(document)
        restructured = structure != self._structure
        forced = document.condition is Condition.FORCED
        if forced or not colours:
            differing = {index: part for index, part in differing.items() if part == "there"}
        if not differing and not restructured:
            return
        there = [document[index] for index, part in differing.items() if part == "there"]
        recoloured = [document[index] for index, part in differing.items() if part == "colours"]
        results = [*self._axe.run_within(document, there, anew=anew)]
        results += self._axe.run_within(document, recoloured, COLOUR_RULES, anew=anew)
        if restructured:
            results += self._axe.run_on_whole(document, WHOLE_RULES)
        texts = [each for each in undecided_texts(document) if each.element.index in differing] if differing else []
        if forced:
            # The colours are the visitor's, not the page's. They stay where a style sheet makes letters transparent, too,
            # so that what is behind these cannot be seen.
            results, texts = [each for each in results if each.rule not in LOOK_RULES], []
        self.found.append(
            View(
                name=name,
                condition=document.condition,
                document=None if kept else document,
                differing=tuple(document[index].node for index in sorted(differing)),
                restructured=restructured,
                axe=tuple(results),
                backdrops=backdrops(self._page, document, texts) if texts and self._page.settings.own else (),
            )
        )

    def narrow(self, document: Document) -> None:
        """As :meth:`compare` for the page at 320 px; what is there only, in dark colours too where the page has them."""
        before = len(self.found)
        self.compare(document, Condition.NARROW.value)
        self._is_new()
        there = [view for view in self.found[before:] if view.differing]
        window = Window(document.width, document.height)
        if (there and may_be_dark(self._styles)) or self._asks("prefers-color-scheme", "width"):
            self._with({"dark": True}, Condition.DARK, window, f"dark at {document.width}px")
        if self._asks("prefers-reduced-motion", "width"):
            self._with({"reduced": False}, Condition.MOTION, window, f"with motion at {document.width}px")

    def _asks(self, *features: str) -> bool:
        """Whether one media query of a style sheet asks for all of these at once."""
        return any(all(each in query for each in features) for query in self._styles["media"])

    def at_sizes(self, seen: Iterable[int]) -> None:
        """At each further width and height that makes a difference, but for widths that were looked at.

        Where style sheets alone decide, a rule that meets nothing on the page makes none.
        """
        styles = self._styles
        told = "resize" in self._page.observed.listeners
        others = bool(styles["containers"] or styles["measures"] or styles["unreadable"] or told)
        media = styles["media"] if others else self._page.channel.evaluate(script("widths"))
        asked = [*media, *styles["queries"]]
        found = set(widths(asked))
        if others:
            found |= set(GRID)
        if any("width" in each for each in asked) or found:
            found.add(NARROWEST)
        page = self._page
        windows = [Window(width, HEIGHT) for width in self._chosen(sorted(found - set(seen)), "widths")]
        try:
            for window in (*windows, *self._low(asked)):
                page.set_window(window)
                page.rest(scroll=False)
                if self._is_new():
                    document = page.document(Condition.NARROW, window)[0]
                    height = "" if window.height == HEIGHT else f" by {window.height}px"
                    self.compare(document, f"{window.width}px{height}", kept=False)
                if window.height == HEIGHT and self._asks("prefers-color-scheme", "width"):
                    self._with({"dark": True}, Condition.DARK, window, f"dark at {window.width}px")
        finally:
            page.set_window(WIDE)

    def _low(self, queries: Iterable[str]) -> Iterator[Window]:
        """Windows that are lower or higher than others, where style sheets ask how high they are."""
        for height in self._chosen([*heights(queries)], "heights"):
            yield Window(WIDE.width, height)
            if self._asks("height", "width") or self._asks("height", "orientation"):
                # A telephone, held upright and sideways.
                yield from (Window(NARROWEST, height), Window(LANDSCAPE.width, height))

    def anew(self, condition: Condition, window: Window, name: str, match: Match | None = None) -> None:
        """The page as it is now, after it was opened once more.

        It is looked at with new eyes: what axe-core and the scripts knew of the page went with it. ``match``: as
        :func:`matched`, which finds the same elements.
        """
        self._axe.begin()
        document = self._page.document(condition, window)[0]
        self.compare((match or matched)(document, self._wide), name, kept=False, anew=True)

    def opened_anew(self) -> None:
        """For visitors for whom a script decides once, when the page is opened: by the width, by the colours.

        Journeys are walked at 320 px as well: what is pressed there may be another thing.
        """
        styles, page = self._styles, self._page
        asked = styles["queries"]
        walked = page.settings.state is not None
        try:
            if walked or styles["sized"] or any("width" in each or "orientation" in each for each in asked):
                window = Window(NARROWEST, HEIGHT)
                page.set_window(window)
                self._open(Condition.NARROW, window, f"{'walked' if walked else 'opened'} at {NARROWEST}px")
                page.set_window(WIDE)
            for feature, media, condition, name in ASKED:
                if any(feature in each for each in asked):
                    page.set_media(**media)
                    self._open(condition, WIDE, name)
            page.set_media()
            for words, further, name in FURTHER:
                dense = not further
                if any(words.search(each) for each in asked) or (dense and styles["dense"]):
                    page.set_media(further=further)
                    page.set_window(WIDE, FINE if dense else 1)
                    self._open(Condition.WIDE, WIDE, f"opened {name}")
            page.set_media()
            page.set_window(WIDE)
            if styles["touch"] or any("hover" in each or "pointer" in each for each in asked):
                page.set_touch(True)
                self._open(Condition.WIDE, WIDE, "by touch")
                if self._asks("hover", "width") or self._asks("pointer", "width"):
                    page.set_window(Window(NARROWEST, HEIGHT))
                    self._open(Condition.NARROW, Window(NARROWEST, HEIGHT), f"by touch at {NARROWEST}px")
        finally:
            page.set_touch(False)
            page.set_window(WIDE)
            page.set_media()

    def _open(self, condition: Condition, window: Window, name: str) -> None:
        page = self._page
        try:
            page.open()
        except SentOn as error:
            if origin(error.target) not in {"", origin(page.url)}:
                seen = page.observed
                page.observed = replace(seen, led_away=(*seen.led_away, (name, error.target)))
                return
            where = error.target.removeprefix(origin(page.url))
            page.problems.append(f"{name}, it leaves for {where}: what these visitors get was not looked at here.")
            return
        page.rest(scroll=True)
        self.anew(condition, window, name)

    def _chosen(self, found: list[int], what: str) -> list[int]:
        """At most so many widths or heights as are looked at, from all over; that others were left out is told."""
        if len(found) <= MOST:
            return found
        chosen = [found[round(place * (len(found) - 1) / (MOST - 1))] for place in range(MOST)]
        self._page.problems.append(
            f"its style sheets make a difference at {len(found)} {what}, and {MOST} of them were looked at."
        )
        return chosen

    def with_motion(self) -> None:
        """For visitors who do not ask for less motion, as far as style sheets make a difference."""
        if any("prefers-reduced-motion" in each for each in self._styles["media"]):
            self._with({"reduced": False}, Condition.MOTION, WIDE, "with motion")
        if self._asks("prefers-reduced-motion", "prefers-color-scheme"):
            self._with({"reduced": False, "dark": True}, Condition.DARK, WIDE, "dark with motion")

    def with_other_colours(self) -> None:
        """For visitors who ask for more contrast or for colours of their own, as far as style sheets make a difference."""
        if any("prefers-contrast" in each for each in self._styles["media"]):
            self._with({"contrast": True}, Condition.WIDE, WIDE, "with more contrast")
        if self._asks("prefers-contrast", "prefers-color-scheme"):
            self._with({"contrast": True, "dark": True}, Condition.DARK, WIDE, "dark with more contrast")
        if any("forced-colors" in each for each in self._styles["media"]):
            self._with({"forced": True}, Condition.FORCED, WIDE, Condition.FORCED.value, colours=False)

    def with_other_screens(self) -> None:
        """On finer screens, and for visitors with what else style sheets ask for."""
        media = self._styles["media"]
        for words, further, name in FURTHER:
            if any(words.search(each) for each in media):
                self._with({"further": further}, Condition.WIDE, WIDE, name, dots=1 if further else FINE)
        untried = {found for each in (*media, *self._styles["queries"]) for found in _UNTRIED.findall(each)}
        if untried:
            self._page.problems.append(
                f"its style sheets or scripts ask for {', '.join(sorted(untried))}, which could not be tried: what only"
                " such visitors get was not looked at."
            )

    def when_somebody_is_there(self) -> None:
        """For visitors who have moved the pointer or touched a key: many pages load what can wait only then."""
        page = self._page
        if not STIRRED & set(page.observed.listeners):
            return
        stir(page.channel)
        page.rest(scroll=False)
        if self._is_new():
            self.compare(page.document(Condition.WIDE, WIDE)[0], "after the first movement", kept=False)

    def _with(
        self,
        media: Mapping[str, Any],
        condition: Condition,
        window: Window,
        name: str,
        *,
        colours: bool = True,
        dots: int = 1,
    ) -> None:
        page = self._page
        page.set_media(**media)
        if dots > 1:
            page.set_window(window, dots)
        try:
            page.rest(scroll=False)
            if self._is_new(colours=colours):
                self.compare(page.document(condition, window)[0], name, colours=colours, kept=False)
        finally:
            page.set_media()
            if dots > 1:
                page.set_window(window)

    def _is_new(self, *, colours: bool = True) -> bool:
        """Whether the page looks otherwise than each time this was asked before."""
        return bool(self._page.channel.evaluate(f"({script('view')})({json.dumps(colours)})"))

    def _learn(self, document: Document) -> dict[int, str]:
        """Note how elements are in a document; those that were not so before: ``there`` or only ``colours``."""
        found: dict[int, str] = {}
        for element in document:
            if not (element.rendered or element.exposed) or element.tag in {"html", "head", "title", "script", "style"}:
                continue
            known = self._known.setdefault(element.node, set())
            there = ("there", *_nature(element))
            looks = ("colours", *_colours(document, element))
            if there not in known:
                found[element.index] = "there"
            elif looks not in known:
                found[element.index] = "colours"
            known |= {there, looks}
        return found


def _nature(element: Element) -> tuple[Json, ...]:
    """All that a rule can say something of, but for colours, sizes and places."""
    attributes = tuple(sorted((name, value) for name, value in element.attributes.items() if name not in _LOOKS))
    texts = tuple(child.text for child in element.content if not isinstance(child, int) and child.boxes)
    made = tuple((each.kind, each.text) for each in element.pseudo if each.kind in {"before", "after"})
    box = element.box
    small = element.focusable and box is not None and (box.width < 24 or box.height < 24)
    accessible = element.accessible
    told = (accessible.role, accessible.name, accessible.description) if accessible else ()
    return (element.rendered, element.exposed, told, element.focusable, small, attributes, texts, made)


def _colours(document: Document, element: Element) -> tuple[Json, ...]:
    shows = element.tag in _ACTS or any(child.boxes for child in element.content if not isinstance(child, int))
    return painted_with(document, element) if shows else ()


def _structure(document: Document) -> tuple[tuple[str, str, Json], ...]:
    """Landmarks and headings, in order."""
    return tuple(
        (element.role, element.accessible.name, element.accessible.states.get("level"))
        for element in document
        if element.exposed and element.accessible and (element.role in LANDMARKS or element.role == "heading")
    )


def stir(channel: Channel) -> None:
    """Move the pointer, turn its wheel, lay a finger down and press a key, none of which does anything by itself."""
    for at in (2, 1):
        channel.call("Input.dispatchMouseEvent", type="mouseMoved", x=at, y=at)
    channel.call("Input.dispatchMouseEvent", type="mouseWheel", x=1, y=1, deltaX=0, deltaY=-1)
    channel.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": 1, "y": 1}])
    channel.call("Input.dispatchTouchEvent", type="touchCancel", touchPoints=[])
    for kind in ("rawKeyDown", "keyUp"):
        channel.call("Input.dispatchKeyEvent", type=kind, key="Shift", code="ShiftLeft", windowsVirtualKeyCode=16)
    # Nothing stays under the pointer.
    channel.call("Input.dispatchMouseEvent", type="mouseMoved", x=-1, y=-1)


def matched(document: Document, wide: Document) -> Document:
    """The document of a page that was opened anew, its elements under the numbers that the same ones have in ``wide``.

    The same: at the same place in the file, or, made by a script, of the same tag at the same selector.
    """
    by_selector = {element.selector: element for element in wide if element.static is None}
    taken: set[int] = set()
    numbers: dict[int | None, int] = {}
    elements = []
    for element in document:
        twin = by_selector.get(element.selector) if element.static is None else wide.by_static.get(element.static)
        same = twin is not None and twin.tag == element.tag and twin.node not in taken
        node = twin.node if twin is not None and same else -1 - element.index
        taken.add(node)
        numbers[element.node] = node
        elements.append(replace(element, node=node, frame=numbers.get(element.frame)))
    return replace(document, elements=tuple(elements))
