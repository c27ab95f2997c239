"""A page while it is open in the browser: opened, brought to rest, asked."""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag

from audit.browser.browser import HEIGHT, WIDTH, Browser
from audit.browser.channel import NoAnswer, ProtocolError, within
from audit.browser.worlds import NAME, Worlds
from audit.capture.accessible import AccessibleTree
from audit.capture.guard import Guard, is_loopback, origin, same_page
from audit.capture.linked_pages import has_content
from audit.capture.page_elements import NOTES, PageElements, script
from audit.capture.page_facts import accessibility_trees, closed_roots, listeners
from audit.capture.properties import PROPERTIES
from audit.capture.settings import CaptureSettings
from audit.capture.snapshot import Unsteady, Vanished, Window, closed_nodes, compose, outline
from audit.errors import AuditIncomplete, BrowserError
from audit.model.document import Document, Element
from audit.model.finding import Condition
from audit.model.observations import Observations

ATTEMPTS = 4
#: Seconds in which a site says what is at an address that one of its pages sets out for.
DECIDED = 5.0
#: Seconds after which a page that has not loaded is asked whether it has stopped.
SOON = 4.0
#: Seconds in which the browser gives the window the size and the colours that it is asked for, and between two looks.
BECOMING, BETWEEN = 10.0, 0.02
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml"})

WIDE = Window(WIDTH, HEIGHT)


class NotCaptured(AuditIncomplete):
    """A page could not be recorded; the sentence says why."""


class Unanswered(NotCaptured):
    """The browser gave no answer in time. The page may be the cause, or a machine that is busy with something else."""


class SentOn(NotCaptured):
    """A page that sends its visitors on at once, so that what is written in it was not seen. ``target``: where to.

    ``unsure``: a script does it, and there is so much on the page that it may be meant for others: for those who have
    agreed to something, have been there before, or come from another page.
    """

    def __init__(self, sentence: str, target: str, *, unsure: bool = False) -> None:
        super().__init__(sentence)
        self.target = target
        self.unsure = unsure


class OpenPage(PageElements):
    """One page in the browser's tab, from before it loads until it is left."""

    def __init__(self, browser: Browser, url: str, address: str, settings: CaptureSettings) -> None:
        super().__init__(browser.channel)
        self.browser = browser
        self.url = url
        self.address = address
        self.settings = settings
        self.guard = Guard(browser, url, settings.allowed, folder=settings.folder)
        self.observed = Observations(browser=browser.version)
        self.problems: list[str] = []
        #: The elements that the walk with keys has met, in the order in which the page counts them.
        self.met: list[int | None] = []
        #: Whether it has been opened once, and did not leave.
        self.stayed = False
        #: A digest of all style sheets and scripts; ``None``: nothing is known of them.
        self.drawn_by: str | None = None
        #: What the window was asked to be and is not known to be yet, as features of a media query.
        self._become: dict[str, str] = {}
        #: The browser's ids of the nodes in closed shadow trees that scripts were let into.
        self._closed: frozenset[int] = frozenset()
        self._trees: dict[int, AccessibleTree] = {}
        self._listeners: dict[int, tuple[str, ...]] = {}

    @property
    def may_act(self) -> bool:
        """Whether controls may be pressed, fields changed and forms sent: in a folder of ours, nowhere else unasked."""
        return self.settings.forms and is_loopback(self.url)

    # Before

    def prepare(self) -> None:
        channel = self.channel
        frame = channel.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.guard.open(frame)
        self.worlds = Worlds(channel, frame)
        self.set_window(WIDE)
        self.set_media()
        for method, params in _SETUP:
            channel.send(method, **params)
        channel.send("Emulation.setTimezoneOverride", timezoneId=self.browser.settings.time_zone)
        channel.send("Emulation.setLocaleOverride", locale=self.browser.settings.language)
        self.set_cookies()
        # A name that no page can know.
        token = secrets.token_hex(8)
        own = script("own").replace("@TOKEN@", token)
        start = script("start").replace("@TOKEN@", token)
        asked = [
            channel.send("Page.addScriptToEvaluateOnNewDocument", source=start, worldName=NAME),
            channel.send("Page.addScriptToEvaluateOnNewDocument", source=own),
        ]
        self._scripts = [channel.answer(each, "Page.addScriptToEvaluateOnNewDocument")["identifier"] for each in asked]

    def set_cookies(self) -> None:
        """Those of somebody who has logged in."""
        for cookie in self.settings.cookies:
            self.channel.send("Network.setCookie", **cookie)

    def leave(self) -> None:
        """Undo :meth:`prepare`, so that nothing of this page reaches the next one. Waits for 5 s at most."""
        for identifier in self._scripts:
            self.channel.send("Page.removeScriptToEvaluateOnNewDocument", identifier=identifier)
        # What a page sends when it is left is held as well; whether it comes in time to be told is chance.
        self.guard.acting = True
        self.guard.expect()
        with suppress(BrowserError):
            self.channel.call("Page.navigate", url="about:blank", wait=5)
        self.guard.close()
        self.channel.world = None
        self.forget(self.url)

    def set_window(self, window: Window, dots: int = 1) -> None:
        """Give the window another size. ``dots``: of the screen to one CSS px."""
        self._become |= {
            "width": f"{window.width}px",
            "height": f"{window.height}px",
            "resolution": f"{dots}dppx",
        }
        self.channel.send(
            "Emulation.setDeviceMetricsOverride",
            width=window.width,
            height=window.height,
            deviceScaleFactor=dots,
            mobile=False,
            # A page may ask for the screen instead of the window.
            screenWidth=window.width,
            screenHeight=window.height,
            screenOrientation={
                "type": "portraitPrimary" if window.height > window.width else "landscapePrimary",
                "angle": 0,
            },
        )

    def set_touch(self, touch: bool) -> None:
        """Whether the page is used with a finger. Without one it has its mouse again when it is opened anew, not before."""
        self.channel.send("Emulation.setTouchEmulationEnabled", enabled=touch, maxTouchPoints=5)

    def set_media(
        self,
        *,
        dark: bool = False,
        forced: bool = False,
        reduced: bool = True,
        contrast: bool = False,
        further: Mapping[str, str] | None = None,
    ) -> None:
        features = {
            "prefers-color-scheme": "dark" if dark else "light",
            "prefers-reduced-motion": "reduce" if reduced else "no-preference",
            "forced-colors": "active" if forced else "none",
            "prefers-contrast": "more" if contrast else "no-preference",
            **(further or {}),
        }
        self._become |= features
        self.channel.send(
            "Emulation.setEmulatedMedia",
            media="screen",
            features=[{"name": name, "value": value} for name, value in features.items()],
        )

    def open(self, *, scripts: bool = True, again: int = 4) -> str:
        """Navigate and wait for the load event. Gives the bytes as served, decoded.

        ``scripts``: off when scripts are; where a page sends only those on who have none is not asked then.
        ``again``: how often it is opened anew because it breaks off its own reading.

        Raises:
            SentOn: the page leaves for another one while it loads.
            NotCaptured: it did not load, or is no page.
        """
        guard, settings = self.guard, self.settings
        self.statics = {}
        # A script may look only once, while the page is opened.
        self.become()
        guard.expect()
        self._navigate()
        if not self._loads() and guard.leaving() is None:
            # A page whose load event never comes may still answer; a busy one does not.
            self.browser.restart()
            raise NotCaptured(f"{self.address} was still loading after {settings.navigation:g} s.")
        self._check_status()
        guard.decided(DECIDED)
        if guard.left is not None:
            raise self._sent_on()
        if guard.cut and again:
            # What it set out for is no page. It is read again, and stays.
            self._hold_back()
            return self.open(scripts=scripts, again=again - 1)
        if scripts:
            self.go_on()
        identifier = guard.main_request
        try:
            body = self.channel.call("Network.getResponseBody", requestId=identifier) if identifier else {"body": ""}
        except ProtocolError as error:
            if "evicted" in str(error):
                raise NotCaptured(
                    f"{self.address} is so large that the browser does not keep it: it cannot be looked at."
                ) from error
            # The browser forgets what a page was made of when another stands in its place.
            raise NotCaptured(
                f"{self.address} was gone before it could be read: a script or a refresh on it leaves for another"
                " page, or goes back to the one before."
            ) from error
        html = _text_of(body)
        kind = self.channel.evaluate(f"({script('unfold')})(({script('ordinals')}), {json.dumps(html)})")
        if kind not in HTML_TYPES:
            raise NotCaptured(f"{self.address} is {kind}, not a page.", "Only HTML pages are audited here.")
        if scripts and guard.leaving() is not None:
            raise self._sent_on()
        if scripts:
            self._await()
        self.stayed = True
        return html

    def _navigate(self) -> None:
        """Ask for the page, until its answer begins.

        Raises:
            NotCaptured: it is not there, or the answer keeps it from being read.
        """
        reply = self.channel.call("Page.navigate", url=self.url, wait=self.settings.navigation)
        if reply.get("errorText") == "net::ERR_ABORTED" and self.guard.puts_away(SOON):
            raise NotCaptured(f"{self.address} is offered as a download: no browser shows it.")
        if "errorText" in reply:
            raise NotCaptured(
                f"{self.address} did not load: {reply['errorText']}.", "Is the address right, and the server running?"
            )
        if self.guard.without_scripts:
            raise NotCaptured(
                f"{self.address} is sent with “Content-Security-Policy: sandbox” without “allow-scripts”: no script runs"
                " on such a page, not even one that checks it.",
                "Have the check visit a server that does not send this header, or check the files of the site.",
            )

    def _loads(self) -> bool:
        """Wait for the load event; whether it came.

        Raises:
            NotCaptured: it never will.
        """
        guard, limit = self.guard, self.settings.navigation
        end = time.monotonic() + limit
        if guard.loaded.wait(min(SOON, limit)):
            return True
        with suppress(NoAnswer, ProtocolError):
            here = self.channel.evaluate(script("loading"), wait=max(0.1, end - time.monotonic()))
            # Read to its end, but for what never comes any more.
            stopped = here[0] == "complete" and same_page(str(here[1]), self.url) and guard.status is not None
            if stopped and not guard.loaded.wait(BETWEEN * 50) and guard.leaving() is None:
                raise NotCaptured(
                    f"{self.address} stops while it loads (a script asks the browser to), so that only a part of it"
                    " is there."
                )
        return guard.loaded.wait(max(0.0, end - time.monotonic()))

    def go_on(self) -> None:
        """From where the page opens on to what is to be looked at: for a page, nowhere."""

    def forget(self, *addresses: str) -> None:
        """Have the browser forget what sites of these addresses have stored."""
        for here in sorted({origin(each) for each in addresses}):
            self.channel.send("DOMStorage.clear", storageId={"securityOrigin": here, "isLocalStorage": False})
            self.channel.send("Storage.clearDataForOrigin", origin=here, storageTypes="all")

    def _hold_back(self) -> None:
        """From now on the page does not set out for what it has set out for in vain."""
        source = f"({script('stay')})({json.dumps(sorted(self.guard.stayed))})"
        asked = self.channel.call("Page.addScriptToEvaluateOnNewDocument", source=source, worldName=NAME)
        self._scripts.append(asked["identifier"])

    def _await(self) -> None:
        """Wait for what the settings say must be there.

        Raises:
            NotCaptured: it does not come.
        """
        settings = self.settings
        wanted = [*settings.awaited, *([settings.signed_in] if settings.signed_in else ())]
        if not wanted:
            return
        asked = f"({script('awaited')})({json.dumps(wanted)}, {settings.navigation * 1000})"
        missing = self.channel.evaluate(asked, wait=settings.navigation + 10, promise=True)
        if missing == settings.signed_in and missing not in settings.awaited:
            raise NotCaptured(
                f"{self.address} does not show “{missing}”: the page was not seen as somebody who has logged in.",
                "Log in anew, or see “signed_in” in [access] of stepfree.toml.",
            )
        if missing is not None:
            raise NotCaptured(
                f"{self.address} had no “{missing}” after {settings.navigation:g} s.",
                "See “wait_for” in [access] of stepfree.toml.",
            )

    def _check_status(self) -> None:
        guard, settings = self.guard, self.settings
        if guard.failed is not None:
            raise NotCaptured(f"{self.address} did not load: {guard.failed}.")
        if guard.broken:
            raise NotCaptured(
                f"What the server answers for {self.address} breaks off, so that only its beginning can be seen."
            )
        if guard.status != settings.expected_status:
            raise NotCaptured(
                f"{self.address} answered with HTTP status {guard.status}; {settings.expected_status} was expected."
            )
        final = urldefrag(guard.final_url or self.url).url
        if final != urldefrag(self.url).url and not same_page(final, self.url):
            raise SentOn(f"{self.address} leads to {final}: another page answered in its place.", final)

    def _sent_on(self) -> SentOn:
        target = self.guard.leaving() or self.url
        if same_page(target, self.url):
            return SentOn(
                f"{self.address} loads itself again and again, so that nobody can read it."
                " A script or a refresh on the page does it.",
                target,
            )
        where = "a page of its own making" if target.startswith("blob:") else target.removeprefix(origin(self.url))
        if self._has_content():
            return SentOn(
                f"A script on {self.address} leaves for {where} while the page loads. The page has a content of its own,"
                " which those may see who have agreed to something, were there before or come from another page; in the"
                " check nobody did.",
                target,
                unsure=True,
            )
        return SentOn(
            f"{self.address} leaves for {where} while it loads, so that nobody can read what is written in it."
            " A script or a refresh on the page does it.",
            target,
        )

    def _has_content(self) -> bool:
        """Whether more is written on the page than that it has moved, and no refresh in it leads on."""
        identifier = self.guard.main_request
        try:
            body = self.channel.call("Network.getResponseBody", requestId=identifier) if identifier else {"body": ""}
        except ProtocolError:
            return False
        return has_content(_text_of(body))

    def check_still_there(self) -> None:
        """After the checks: the document is still the one that was opened."""
        here = self.channel.evaluate(f"[document.URL, !!({NOTES} || {{}}).opened, ({NOTES} || {{}}).sockets || []]")
        self.guard.note_sockets(map(str, here[2]))
        if not here[1]:
            raise NotCaptured(f"{self.address} moved to {here[0]} while it was audited.")

    def mark(self) -> None:
        """Remember what the page is like now, for :meth:`altered`."""
        self.channel.evaluate(f"({NOTES}.first = {NOTES}.trace(), 0)")

    def altered(self, *, fragment: bool = True) -> bool:
        """Whether the page has changed since the last :meth:`mark`, or that cannot be told.

        ``fragment``: whether another fragment of its address makes it another one.
        """
        return bool(self.channel.evaluate(f"!{NOTES}.unaltered({json.dumps(fragment)})"))

    # At rest

    def lie_still(self) -> None:
        """Take focus off everything and scroll to the top."""
        self.channel.evaluate(script("top"), promise=True)

    def become(self) -> bool:
        """Wait until the window is what it was asked to be; whether it had been asked for anything.

        The browser says yes to another size before the page has it, and on a busy machine that takes its time.

        Raises:
            Unanswered: it stays as it was. The browser is a new one then.
        """
        if not self._become:
            return False
        asked = " and ".join(f"({name}: {value})" for name, value in self._become.items())
        end = time.monotonic() + BECOMING
        while not self.channel.evaluate(f"matchMedia({json.dumps(asked)}).matches"):
            if time.monotonic() > end:
                self.browser.restart()
                raise Unanswered(
                    f"The browser did not show {self.address} in the window that it was asked for: {asked}."
                )
            time.sleep(BETWEEN)
        self._become.clear()
        return True

    def rest(self, *, scroll: bool) -> bool:
        """Bring the page to rest in the window that was asked for; whether it came to rest. Raises as :meth:`become`."""
        limit = self.settings.settling
        became = self.become()
        reply = self.channel.evaluate(
            f"({script('rest')})({limit * 1000}, {json.dumps(scroll)}, {json.dumps(became)})",
            wait=limit + 25,
            promise=True,
        )
        return bool(reply["settled"])

    # Recording

    def document(self, condition: Condition, window: Window) -> tuple[Document, list[Element]]:
        """The document as it is now, and the frames that could not be read.

        Raises:
            NotCaptured: it changed each time while it was read.
        """
        gone = False
        for _ in range(ATTEMPTS):
            try:
                return self._document(condition, window)
            except Unsteady as error:
                gone = isinstance(error, Vanished)
                self._trees.clear()
                self.rest(scroll=False)
        if gone:
            raise NotCaptured(f"A script on {self.address} takes away all that is on it.")
        raise NotCaptured(f"{self.address} kept changing while it was recorded.")

    def silent_document(self) -> Document:
        """The document while scripts are off: without what only the page can tell."""
        channel = self.channel
        snapshot = channel.call(
            "DOMSnapshot.captureSnapshot", computedStyles=list(PROPERTIES), includePaintOrder=True, includeDOMRects=True
        )
        tree = AccessibleTree(accessibility_trees(self.channel))
        try:
            return compose(snapshot, tree, (), {}, Condition.NO_SCRIPT, WIDE, self.numbering)[0]
        except Unsteady as error:
            raise NotCaptured(f"{self.address} has no content without script.") from error

    def _document(self, condition: Condition, window: Window) -> tuple[Document, list[Element]]:
        channel = self.channel
        facts = self._ask_facts()
        asked = channel.send(
            "DOMSnapshot.captureSnapshot", computedStyles=list(PROPERTIES), includePaintOrder=True, includeDOMRects=True
        )
        snapshot = channel.answer(asked, "DOMSnapshot.captureSnapshot")
        if self._open_closed(snapshot):
            facts = self._ask_facts()
        shape = outline(snapshot)
        if shape not in self._trees:
            # The same elements with the same attributes and boxes have the same roles and names.
            self._trees[shape] = AccessibleTree(accessibility_trees(self.channel))
        told = channel.answer(facts, "Runtime.evaluate")["result"].get("value")
        if told is None:
            raise ProtocolError("The page's own facts could not be read.")
        if not told:
            raise Vanished("The page has no element.")
        if condition is Condition.WIDE:
            self._listeners, top = listeners(self.channel)
            self.observed = replace(
                self.observed,
                listeners=top,
                quirks=told[0]["mode"] == "BackCompat",
                static_count=told[0]["count"],
            )
        composed = compose(
            snapshot,
            self._trees[shape],
            told,
            self._listeners,
            condition,
            window,
            self.numbering,
        )
        if condition is Condition.WIDE:
            self.statics = {ordinal: element.node for ordinal, element in composed[0].by_static.items()}
        return composed

    def _ask_facts(self) -> Future[dict[str, Any]]:
        return self.channel.send(
            "Runtime.evaluate", expression=script("facts"), returnByValue=True, **within(self.channel.world)
        )

    def _open_closed(self, snapshot: Mapping[str, Any]) -> bool:
        """Let scripts into closed shadow trees, which assistive technology reads as well; whether there are new ones."""
        inside = closed_nodes(snapshot)
        if inside <= self._closed:
            return False
        self._closed |= inside
        channel = self.channel
        root = channel.call("DOM.getDocument", depth=-1, pierce=True)["root"]
        for handle in self.handles(closed_roots(root)):
            if handle is not None:
                self.call_on(handle, script("on"), "adoptThere")
        return True


def _text_of(body: Mapping[str, Any]) -> str:
    """What ``Network.getResponseBody`` gives, decoded."""
    if body.get("base64Encoded"):
        return base64.b64decode(body["body"]).decode("utf-8", "replace")
    return str(body["body"])


_SETUP: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Page.enable", {}),
    ("Network.enable", {}),
    ("Runtime.enable", {}),
    ("DOM.enable", {}),
    ("Network.setBypassServiceWorker", {"bypass": True}),
    ("Emulation.setFocusEmulationEnabled", {"enabled": True}),
    ("Browser.setDownloadBehavior", {"behavior": "deny", "eventsEnabled": True}),
)
