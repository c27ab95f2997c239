"""One visit: open a page, bring it to rest, record it under every condition that is asked for."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import TracebackType
from typing import Any, Self
from urllib.parse import urldefrag

from audit.axe.engine import AxeEngine, AxeFailed
from audit.browser import HEIGHT, WIDTH, Browser
from audit.capture.accessible import AccessibleTree
from audit.capture.channel import Channel, NoAnswer, ProtocolError
from audit.capture.document import Document, Element
from audit.capture.guard import Guard
from audit.capture.page import AxeResult, Page
from audit.capture.properties import PROPERTIES
from audit.capture.settings import CaptureSettings
from audit.capture.snapshot import Unsteady, Window, compose
from audit.errors import AuditIncomplete, BrowserError
from audit.model import Condition, Json

ATTEMPTS = 4
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml"})


class NotCaptured(AuditIncomplete):
    """A page could not be recorded; the sentence says why."""


@cache
def script(name: str) -> str:
    """The text of a script that runs in the page."""
    return (files("audit.capture") / "scripts" / f"{name}.js").read_text(encoding="utf-8")


class Watchdog:
    """Ends the browser when a page takes longer than ``limit`` seconds in all."""

    def __init__(self, browser: Browser, limit: float) -> None:
        self._browser = browser
        self._timer = threading.Timer(limit, self._ring)
        self._timer.daemon = True
        self.rang = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        self._browser.kill()


def visit(
    browser: Browser, url: str, address: str, needs: frozenset[Condition], settings: CaptureSettings | None = None
) -> Page:
    """Open ``url`` and record it under ``Condition.WIDE`` and every condition of ``needs``.

    Raises:
        NotCaptured: the page did not load, answered with another status than expected, led
            elsewhere, is no page, or took too long. The browser is usable afterwards.
        BrowserError: the browser died and did not come back.
    """
    settings = settings or CaptureSettings()
    with Watchdog(browser, settings.page) as watchdog:
        try:
            return Visit(browser, url, address, settings).record(needs)
        except (NoAnswer, AxeFailed) as error:
            browser.restart()
            if watchdog.rang:
                raise NotCaptured(
                    f"{address} took longer than {settings.page:g} s, and the browser was ended."
                ) from error
            raise NotCaptured(f"{address} could not be recorded. {error.sentence}") from error
        except ProtocolError as error:
            browser.restart()
            raise NotCaptured(f"{address} could not be recorded. {error.sentence}") from error


class Visit:
    """The state of one visit."""

    def __init__(self, browser: Browser, url: str, address: str, settings: CaptureSettings) -> None:
        self.browser = browser
        self.channel: Channel = browser.channel
        self.url = url
        self.address = address
        self.settings = settings
        self.guard = Guard(self.channel, url, settings.allowed)
        self.facts: dict[str, Json] = {}
        self.problems: list[str] = []
        self._trees: dict[bool, AccessibleTree] = {}

    def record(self, needs: frozenset[Condition]) -> Page:
        """See :func:`visit`."""
        self._prepare()
        try:
            html = self._open()
            settled = self._rest(scroll=True)
            self.facts["settled"] = settled
            wide, unreached = self.document(Condition.WIDE, Window(WIDTH, HEIGHT))
            documents: dict[Condition, Document] = {Condition.WIDE: wide}
            for frame in unreached:
                self.problems.append(f"The frame {frame.selector} could not be read: nothing in it was tested.")
            axe, rules = self._axe(wide)
            self._conditions(needs, documents)
            self._check_still_there()
        finally:
            self.guard.close()
        self.problems.extend(self.guard.errors)
        self._guarded_facts()
        return Page(
            address=self.address,
            url=self.url,
            status=self.guard.status or 0,
            html=html,
            documents=documents,
            axe=axe,
            axe_rules=rules,
            requests=self.guard.requests(),
            problems=tuple(self.problems),
            facts=dict(sorted(self.facts.items())),
            source_path=self.settings.source_path,
        )

    # Before

    def _prepare(self) -> None:
        channel = self.channel
        frame = channel.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.guard.open(frame)
        self._set_window(WIDTH, HEIGHT)
        self._set_media()
        for method, params in _SETUP:
            channel.send(method, **params)
        channel.call("Page.addScriptToEvaluateOnNewDocument", source=script("start"))

    def _set_window(self, width: int, height: int) -> None:
        self.channel.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    def _set_media(self, *, dark: bool = False, forced: bool = False, reduced: bool = True) -> None:
        self.channel.send(
            "Emulation.setEmulatedMedia",
            media="screen",
            features=[
                {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                {"name": "prefers-reduced-motion", "value": "reduce" if reduced else "no-preference"},
                {"name": "forced-colors", "value": "active" if forced else "none"},
            ],
        )

    def _open(self) -> str:
        """Navigate and wait for the load event. Gives the bytes as served, decoded."""
        guard, settings = self.guard, self.settings
        reply = self.channel.call("Page.navigate", url=self.url, wait=settings.navigation)
        if "errorText" in reply:
            raise NotCaptured(
                f"{self.address} did not load: {reply['errorText']}.", "Is the address right, and the server running?"
            )
        if not guard.loaded.wait(settings.navigation):
            # A page whose load event never comes may still answer; a busy one does not.
            self.browser.restart()
            raise NotCaptured(f"{self.address} was still loading after {settings.navigation:g} s.")
        self._check_status()
        identifier = guard.main_request
        body = self.channel.call("Network.getResponseBody", requestId=identifier) if identifier else {"body": ""}
        kind = self.channel.evaluate("document.contentType")
        if kind not in HTML_TYPES:
            raise NotCaptured(f"{self.address} is {kind}, not a page.", "Only HTML pages are audited here.")
        if body.get("base64Encoded"):
            return base64.b64decode(body["body"]).decode("utf-8", "replace")
        return str(body["body"])

    def _check_status(self) -> None:
        guard, settings = self.guard, self.settings
        if guard.failed is not None:
            raise NotCaptured(f"{self.address} did not load: {guard.failed}.")
        if guard.status != settings.expected_status:
            raise NotCaptured(
                f"{self.address} answered with HTTP status {guard.status}; {settings.expected_status} was expected."
            )
        final = urldefrag(guard.final_url or self.url).url
        if final != urldefrag(self.url).url:
            raise NotCaptured(f"{self.address} leads to {final}: another page answered in its place.")

    def _check_still_there(self) -> None:
        """After the checks: the document is still the one that was opened."""
        here = self.channel.evaluate("[document.URL, !!(window[Symbol.for('stepfree.capture')] || {}).opened]")
        if not here[1]:
            raise NotCaptured(f"{self.address} moved to {here[0]} while it was audited.")

    # At rest

    def _rest(self, *, scroll: bool) -> bool:
        limit = self.settings.settling
        reply = self.channel.evaluate(
            f"({script('rest')})({limit * 1000}, {'true' if scroll else 'false'})", wait=limit + 25, promise=True
        )
        return bool(reply["settled"])

    # Recording

    def document(
        self, condition: Condition, window: Window, *, same_tree: bool = False
    ) -> tuple[Document, list[Element]]:
        """The document as it is now. ``same_tree``: the accessibility tree of before still holds.

        Raises:
            NotCaptured: it changed each time while it was read.
        """
        for _ in range(ATTEMPTS):
            try:
                return self._document(condition, window, same_tree)
            except Unsteady:
                same_tree = False
                self._rest(scroll=False)
        raise NotCaptured(f"{self.address} kept changing while it was recorded.")

    def _document(self, condition: Condition, window: Window, same_tree: bool) -> tuple[Document, list[Element]]:
        channel = self.channel
        facts = channel.send("Runtime.evaluate", expression=script("facts"), returnByValue=True)
        snapshot = channel.send(
            "DOMSnapshot.captureSnapshot", computedStyles=list(PROPERTIES), includePaintOrder=True, includeDOMRects=True
        )
        tree = self._trees.get(True) if same_tree else None
        if tree is None:
            tree = AccessibleTree(self._ask_trees())
            self._trees[True] = tree
        told = channel.answer(facts, "Runtime.evaluate")["result"].get("value")
        if told is None:
            raise ProtocolError("The page's own facts could not be read.")
        if condition is Condition.WIDE:
            self._listeners = self._ask_listeners()
            self.facts["doctype"] = told[0]["doctype"]
            self.facts["quirks"] = told[0]["mode"] == "BackCompat"
        return compose(
            channel.answer(snapshot, "DOMSnapshot.captureSnapshot"), tree, told, self._listeners, condition, window
        )

    def _ask_trees(self) -> list[Sequence[Mapping[str, Any]]]:
        channel = self.channel
        frames = [None, *_inner_frames(channel.call("Page.getFrameTree")["frameTree"])]
        asked = [
            channel.send("Accessibility.getFullAXTree", **({} if frame is None else {"frameId": frame}))
            for frame in frames
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

    def _ask_listeners(self) -> dict[int, tuple[str, ...]]:
        """Event types by node; those of the window and the document go to the facts."""
        channel = self.channel
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
        self.facts["listeners"] = tuple(sorted(top))
        return {node: tuple(sorted(types)) for node, types in found.items()}

    def _axe(self, wide: Document) -> tuple[tuple[AxeResult, ...], tuple[str, ...]]:
        if not self.settings.axe:
            return (), ()
        self.engine = AxeEngine(self.browser.driver, self.settings.axe_script, self.settings.axe_limit)
        frames = [e.selector for e in wide.tags("iframe", "frame") if any(c.frame == e.node for c in wide.children(e))]
        run = self.engine.run(wide, frames)
        self.facts["axe_version"] = run.version
        return run.results, run.rules

    def _conditions(self, needs: frozenset[Condition], documents: dict[Condition, Document]) -> None:
        wide = Window(WIDTH, HEIGHT)
        if Condition.NARROW in needs:
            self._set_window(320, HEIGHT)
            self._rest(scroll=False)
            documents[Condition.NARROW], _ = self.document(Condition.NARROW, Window(320, HEIGHT))
            self._set_window(WIDTH, HEIGHT)
        if Condition.DARK in needs:
            self._set_media(dark=True)
            self._rest(scroll=False)
            documents[Condition.DARK], _ = self.document(Condition.DARK, wide)
            self._set_media()

    def _guarded_facts(self) -> None:
        guard = self.guard
        if guard.refreshes:
            self.facts["refresh"] = list(guard.refreshes)
        if guard.departures:
            self.facts["departures"] = [
                {"url": each.url, "reason": each.reason, "method": each.method} for each in guard.departures
            ]
        if guard.dialogs:
            self.facts["dialogs"] = list(guard.dialogs)
        if guard.popups:
            self.facts["popups"] = list(guard.popups)
        if guard.downloads:
            self.facts["downloads"] = list(guard.downloads)


_SETUP: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Page.enable", {}),
    ("Network.enable", {}),
    ("Runtime.enable", {}),
    ("DOM.enable", {}),
    ("Network.setBypassServiceWorker", {"bypass": True}),
    ("Emulation.setFocusEmulationEnabled", {"enabled": True}),
    ("Emulation.setTimezoneOverride", {"timezoneId": "America/Toronto"}),
    ("Emulation.setLocaleOverride", {"locale": "en-CA"}),
    ("Browser.setDownloadBehavior", {"behavior": "deny", "eventsEnabled": True}),
)


def _inner_frames(tree: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for child in tree.get("childFrames", ()):
        found.append(child["frame"]["id"])
        found.extend(_inner_frames(child))
    return found


__all__ = ["BrowserError", "CaptureSettings", "NotCaptured", "visit"]
