"""Who may be asked for what during a visit, and what was asked.

Every request of the page pauses until this guard answers. Requests to the page's own origin
go through; all others fail at once and are recorded as third party. Once the page has
loaded, it may not leave: a later navigation of the tab itself (``meta refresh``, a script, a
form) is recorded and aborted, and the document stays.

A page that leaves while it loads is another matter: the browser stops reading it there, so
what stays is a stump. Where it leads to its own address (with a cookie, a query, or by https
instead of http), it is followed, as a visitor is; the folder's server answers for https as well.
Anything else is ``left``: the page as it is written is seen by nobody. Where it leads to something that
no browser shows (a download, another program), visitors stay, and so does the audit: see :mod:`audit.model.staying`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from audit.browser.browser import Browser
from audit.browser.channel import Params
from audit.model.finding import Json
from audit.model.page import Request
from audit.model.staying import SHOWN_SCHEMES, forbids_scripts, is_put_away, is_shown, is_shown_type, place

LOCAL_SCHEMES = ("data", "blob", "about", "chrome-error")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
FRAMES_APART: Params = {
    "autoAttach": True,
    "waitForDebuggerOnStart": True,
    "flatten": True,
    "filter": [{"type": "iframe"}, {"type": "worker"}],
}
#: What the browser calls a page that is sent on by its markup or its headers.
REFRESHES = frozenset({"metaTagRefresh", "httpHeaderRefresh"})
#: How often a page may lead to its own address before it is said to lead in a circle.
HOPS = 4


def origin(url: str) -> str:
    """Scheme, host and port; empty for addresses that have none (``data:``)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine."""
    return (urlsplit(url).hostname or "") in LOOPBACK


def same_page(one: str, other: str) -> bool:
    """Whether two addresses differ in their query and fragment at most."""
    return one.split("#", 1)[0].split("?", 1)[0] == other.split("#", 1)[0].split("?", 1)[0]


@dataclass(slots=True)
class _Asked:
    kind: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt of the page to leave. ``reason`` as the browser names it (``metaTagRefresh``,
    ``scriptInitiated``, ``formSubmissionPost`` …), ``url`` where to, ``post`` what would be sent.
    """

    url: str
    reason: str
    method: str
    post: str | None


@dataclass(slots=True)
class Unasked:
    """What the page did while nobody had done anything. ``over``: somebody has, and what comes is left out.

    ``popups`` and ``downloads`` are addresses (among the latter those that another program opens, such as ``mailto:``),
    ``messages`` the texts of ``alert``, ``confirm`` and ``prompt``.
    """

    departures: list[Attempt] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)
    over: bool = False

    def note[Noted](self, kept: list[Noted], each: Noted) -> None:
        """Keep it in one of the lists, unless it is over."""
        if not self.over:
            kept.append(each)


class Guard:
    """Watches one visit; begin with :meth:`open`, end with :meth:`close`.

    ``folder``: the address is one of a folder that is served here, by http alone.
    """

    def __init__(self, browser: Browser, url: str, allowed: tuple[str, ...], *, folder: bool = False) -> None:
        self._channel = browser.channel
        self._targets = browser.targets
        self._kept = browser.kept
        self._url = url
        # The same folder by https, with the port of this run and without it.
        parts = urlsplit(url)
        self._secure = (f"https://{parts.netloc}", f"https://{parts.hostname}") if folder else ()
        self._hops = 0
        #: How many refreshes had been asked for when the page was opened (again).
        self._refreshed = 0
        #: Where a script asked to go before the load event.
        self._early: set[str] = set()
        #: Where the page went while it loaded, if anywhere.
        self.left: Attempt | None = None
        self._origins = frozenset({origin(url), *allowed})
        self._open = "*" in allowed
        self._asked: dict[str, _Asked] = {}
        self._lock = threading.Lock()
        self._main_frame: str | None = None
        self.main_request: str | None = None
        self._reasons: dict[str, str] = {}
        self._held = False
        #: A navigation of the tab whose answer decides what it is.
        self._awaited: Attempt | None = None
        #: Where it set out for and stayed; see :func:`audit.model.staying.place`.
        self.stayed: set[str] = set()
        #: Whether it did so while it was read, so that the browser read no further.
        self.cut = False
        self._decided = threading.Event()
        self.loaded = threading.Event()
        self.failed: str | None = None
        #: Whether the answer broke off, so that the browser shows the beginning of the page only.
        self.broken = False
        #: Whether a header of the answer keeps every script from running, one of the audit as well.
        self.without_scripts = False
        self.status: int | None = None
        self.final_url: str | None = None
        self.departures: list[Attempt] = []
        self.refreshes: list[dict[str, Json]] = []
        self.dialogs: list[str] = []
        #: What scripts of the page failed with, each once, in order.
        self.errors: dict[str, None] = {}
        self.popups: list[str] = []
        self.unasked = Unasked()
        #: While a journey is walked: the origins to which it may lead.
        self._ways: frozenset[str] | None = None
        #: Where it was led besides, and did not go.
        self.astray: str | None = None
        #: While the audit presses and sends: what it sets off then is no request of the page's own.
        self.acting = False
        self.pending = 0
        self._inflight: set[str] = set()
        #: Windows that the page opened.
        self._windows: set[str] = set()

    def open(self, main_frame: str) -> None:
        """Begin to watch the frame."""
        self._main_frame = main_frame
        channel = self._channel
        channel.forget()
        channel.on("Fetch.requestPaused", self._paused)
        channel.on("Network.requestWillBeSent", self._requested)
        channel.on("Network.responseReceived", self._answered)
        channel.on("Network.loadingFinished", self._ended)
        channel.on("Network.loadingFailed", self._failed)
        channel.on("Network.webSocketCreated", self._web_socket)
        channel.on("Page.frameRequestedNavigation", self._asked_to_leave)
        channel.on("Page.frameScheduledNavigation", self._means_to_leave)
        channel.on("Page.loadEventFired", self._load_ended)
        channel.on("Page.frameStoppedLoading", self._stopped)
        channel.on("Page.javascriptDialogOpening", self._dialog)
        channel.on("Target.targetCreated", self._opened)
        channel.on("Target.targetDestroyed", self._closed)
        channel.on("Page.windowOpen", lambda params: self._opens(str(params.get("url", ""))))
        channel.on("Page.downloadWillBegin", self._downloads)
        channel.on("Runtime.exceptionThrown", self._exception)
        channel.send("Fetch.enable", patterns=[{"urlPattern": "*"}])
        channel.send("Target.setDiscoverTargets", discover=True, filter=[{"type": "page"}])
        channel.on("Target.attachedToTarget", self._frame_apart)
        channel.send("Target.setAutoAttach", **FRAMES_APART)
        self._targets.judge = self.judge

    def _frame_apart(self, params: Params) -> None:
        """A frame with a process of its own (a sandboxed one) asks by itself: hold its requests too."""
        session = str(params["sessionId"])
        self._channel.send_to(session, "Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._channel.send_to(session, "Target.setAutoAttach", **FRAMES_APART)
        self._channel.send_to(session, "Runtime.runIfWaitingForDebugger")

    def _answer(self, paused: Params, method: str, **params: Any) -> None:
        """Answer a request that is paused, in the session that holds it."""
        session = paused.get("sessionId")
        if session is None:
            self._channel.send(method, requestId=paused["requestId"], **params)
        else:
            self._channel.send_to(str(session), method, requestId=paused["requestId"], **params)

    def judge(self, url: str, kind: str) -> bool:
        """Whether a request of a worker may go on; one to somebody else is noted. Windows get nothing."""
        if kind == "Window":
            self._opens(url)
            return False
        if urlsplit(url).scheme in LOCAL_SCHEMES:
            return True
        self._note(self.here(url), kind)
        return self._open or not self._foreign(self.here(url))

    def expect(self) -> None:
        """The page is about to be opened (again): its next navigation is no departure."""
        self._held = False
        self.loaded.clear()
        self.failed = self.status = self.final_url = self.main_request = self.left = None
        self._hops = 0
        self._early.clear()
        self._awaited = None
        self.cut = self.broken = False
        self._decided.clear()
        self._refreshed = len(self.refreshes)
        self._inflight.clear()

    @contextmanager
    def journey(self, ways: frozenset[str]) -> Iterator[None]:
        """While this lasts the tab goes where keys lead it, within these origins, and nothing is the page's own doing."""
        over, dialogs, popups = self.unasked.over, len(self.dialogs), len(self.popups)
        self._ways, self.astray, self.unasked.over = ways, None, True
        try:
            yield
        finally:
            self._ways, self.unasked.over = None, over
            self._early.clear()
            self._refreshed = len(self.refreshes)
            del self.dialogs[dialogs:]
            del self.popups[popups:]

    def close(self) -> None:
        """Stop watching."""
        self._targets.judge = None
        self._channel.send("Target.setDiscoverTargets", discover=False)
        self._channel.send("Target.setAutoAttach", autoAttach=False, waitForDebuggerOnStart=False, flatten=True)
        self._channel.send("Fetch.disable")
        self._channel.forget()

    def requests(self) -> tuple[Request, ...]:
        """What was asked, each address once, in the order of addresses (arrival is chance)."""
        with self._lock:
            return tuple(
                Request(url, asked.kind, asked.status, self._foreign(url))
                for url, asked in sorted({**self._windowed(), **self._asked}.items())
                # The browser asks for this by itself, and not each time.
                if not (asked.kind == "Other" and url.endswith("/favicon.ico"))
            )

    def _windowed(self) -> dict[str, _Asked]:
        """Addresses of somebody else that the page would have opened in windows by itself."""
        return {url: _Asked("Window") for url in self.popups if url and self._foreign(url)}

    def note_sockets(self, urls: Iterable[str]) -> None:
        """Note what the page asked for past the browser's requests (WebRTC, WebTransport)."""
        for url in urls:
            self._note(url if "://" in url else url.replace(":", "://", 1), "Socket")

    @property
    def quiet(self) -> bool:
        """Whether nothing is on its way."""
        return not self._inflight

    def here(self, url: str) -> str:
        """The address by which the folder is served: a page that was opened by https asks for its own parts so."""
        for secure in self._secure:
            if url == secure or url.startswith((secure + "/", secure + "?", secure + "#")):
                return origin(self._url) + url[len(secure) :]
        return url

    def _foreign(self, url: str) -> bool:
        parts = urlsplit(url)
        if parts.scheme in LOCAL_SCHEMES:
            return False
        scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
        return f"{scheme}://{parts.netloc}" not in self._origins

    def _note(self, url: str, kind: str) -> _Asked:
        key = url.split("#", 1)[0]
        if self.acting and self._foreign(url):
            return _Asked(kind)
        with self._lock:
            return self._asked.setdefault(key, _Asked(kind))

    def _paused(self, params: Params) -> None:
        if "responseStatusCode" in params or "responseErrorReason" in params:
            self._answered_early(params)
            return
        request = params["request"]
        asked = str(request["url"])
        url = self.here(asked) + str(request.get("urlFragment", ""))
        kind = str(params.get("resourceType", "Other"))
        main = kind == "Document" and params.get("frameId") == self._main_frame
        if main and self._ways is not None:
            if origin(url) not in self._ways:
                self.astray = url
                self.loaded.set()
                self._answer(params, "Fetch.failRequest", errorReason="Aborted")
                return
            if self._held:
                self._goes_on()
        elif main and self._held and not self._follows(url, request):
            attempt = self._attempt(asked, url, request)
            if self._may_be_asked(attempt):
                self._awaited = attempt
                self._answer(params, "Fetch.continueRequest", url=url, interceptResponse=True)
                return
            self._answer(params, "Fetch.failRequest", errorReason="Aborted")
            if attempt.method == "GET" and is_put_away(url):
                self._stays(url)
            else:
                self._leaves(attempt)
            return
        if main:
            self.main_request = params.get("networkId")
            # A redirect comes with the same request: only a second request is a departure.
            self._held = False
        if self._foreign(url) and not self._open:
            self._note(url, kind)
            self._answer(params, "Fetch.failRequest", errorReason="BlockedByClient")
        elif self.here(asked) != asked:
            self._answer(params, "Fetch.continueRequest", url=self.here(asked))
        else:
            self._answer(params, "Fetch.continueRequest")

    def _attempt(self, asked: str, url: str, request: Params) -> Attempt:
        reason = self._reasons.get(asked, self._reasons.get(url, ""))
        return Attempt(url, reason, str(request.get("method", "GET")), request.get("postData"))

    def _follows(self, url: str, request: Params) -> bool:
        """Whether a page that leaves is followed: to its own address, while it loads."""
        method = str(request.get("method", "GET"))
        if self.loaded.is_set() or not same_page(url, self._url) or method != "GET" or self._hops >= HOPS:
            return False
        self._hops += 1
        self._early.clear()
        self.status = self.final_url = self.main_request = None
        return True

    def _goes_on(self) -> None:
        """A journey leads to another page, which is waited for like the first one."""
        self.loaded.clear()
        self._early.clear()
        self.failed = self.status = self.final_url = self.main_request = None

    def _may_be_asked(self, attempt: Attempt) -> bool:
        """Whether it is asked what is there: a folder of ours, by what a page does by itself, for reading.

        On the web the address may be one that logs a visitor out.
        """
        return (
            bool(self._secure)
            and attempt.method == "GET"
            and not self.unasked.over
            and not self.acting
            and not same_page(attempt.url, self._url)
            and origin(attempt.url) == origin(self._url)
        )

    def _answered_early(self, params: Params) -> None:
        """The answer to a navigation of the tab: it takes the place of the page, or the page stays."""
        attempt = self._awaited if params.get("frameId") == self._main_frame else None
        status = int(params.get("responseStatusCode", 0))
        headers = {str(each["name"]).lower(): str(each["value"]) for each in params.get("responseHeaders", ())}
        if attempt is None or (300 <= status < 400 and "location" in headers):
            # Where it leads on to is another request.
            self._answer(params, "Fetch.continueResponse" if status else "Fetch.continueRequest")
            return
        self._awaited = None
        self._answer(params, "Fetch.failRequest", errorReason="Aborted")
        if not status or is_shown(status, headers):
            self._leaves(attempt)
        else:
            self._stays(attempt.url, tell=status not in {204, 205})

    def _leaves(self, attempt: Attempt) -> None:
        self.departures.append(attempt)
        self._decided.set()
        if not self.loaded.is_set():
            self.left = attempt
            self.loaded.set()
        elif attempt.reason != "metaTagRefresh":
            # What a meta element says stands in the page itself.
            self.unasked.note(self.unasked.departures, attempt)

    def _stays(self, url: str, *, tell: bool = True) -> None:
        self.stayed.add(place(url))
        self._early.discard(url)
        if tell:
            self.unasked.note(self.unasked.downloads, place(url))
        self._decided.set()
        if not self.loaded.is_set():
            self.cut = True
            self.loaded.set()

    def decided(self, patience: float) -> None:
        """Wait until it is known whether a page that has just loaded leaves for what it has asked for."""
        if self.left is None and self.leaving() is not None:
            self._decided.wait(patience)

    def puts_away(self, patience: float) -> bool:
        """Whether what was asked for is a download; the browser says so a moment after it has given up the page."""
        end = time.monotonic() + patience
        while not self.unasked.downloads and time.monotonic() < end:
            time.sleep(0.02)
        return bool(self.unasked.downloads)

    def leaving(self) -> str | None:
        """Where a page that has just loaded is on its way to; ``None`` when it stays."""
        if self.left is not None:
            return self.left.url
        refreshes = [str(each["url"]) for each in self.refreshes[self._refreshed :] if each.get("delay") == 0]
        found = (self.here(each) for each in (*refreshes[:1], *sorted(self._early)))
        return next((each for each in found if place(each) not in self.stayed), None)

    def _requested(self, params: Params) -> None:
        url = self.here(str(params["request"]["url"]))
        if urlsplit(url).scheme in LOCAL_SCHEMES:
            return
        self._inflight.add(str(params["requestId"]))
        if params.get("redirectResponse"):
            before = params["redirectResponse"]
            self._note(self.here(str(before["url"])), str(params.get("type", "Other"))).status = before.get("status")
        if not (self._held and self._is_main(params)):
            self._note(url, str(params.get("type", "Other")))

    def _is_main(self, params: Params) -> bool:
        return params.get("frameId") == self._main_frame and params.get("type") == "Document"

    def _answered(self, params: Params) -> None:
        response = params["response"]
        if self._is_main(params) and not self._held:
            # From here on the page is there, and any further navigation is a departure.
            self.status = int(response.get("status", 0))
            self.final_url = self.here(str(response["url"]))
            self.without_scripts = forbids_scripts(response.get("headers", {}))
            self._held = True
        elif self._is_main(params) and urlsplit(str(response["url"])).scheme in {"blob", "data"}:
            # Nothing pauses what a script has made itself.
            url = str(response["url"])
            if is_shown_type(str(response.get("mimeType", ""))):
                self._leaves(Attempt(url, self._reasons.get(url, ""), "GET", None))
            else:
                self._stays(url)
        url = self.here(str(response["url"]))
        if urlsplit(url).scheme not in LOCAL_SCHEMES:
            self._note(url, str(params.get("type", "Other"))).status = int(response.get("status", 0))

    def _load_ended(self, _: Params) -> None:
        # The event of the empty page before this one may still be on its way, and a page that has asked to leave is
        # told only when it leaves.
        if (self.status is not None and not self._early) or self.failed is not None:
            self.loaded.set()

    def _stopped(self, params: Params) -> None:
        # A page that is stopped before its load event never gets one.
        if params.get("frameId") == self._main_frame and self.left is not None and self.status is not None:
            self.loaded.set()

    def _ended(self, params: Params) -> None:
        self._inflight.discard(str(params["requestId"]))

    def _failed(self, params: Params) -> None:
        self._inflight.discard(str(params["requestId"]))
        if params.get("requestId") != self.main_request:
            return
        if self.status is None:
            self.failed = str(params.get("errorText", "failed"))
            self.loaded.set()
        elif not params.get("canceled") and params.get("errorText") not in {"net::ERR_ABORTED", ""}:
            self.broken = True
            self.loaded.set()

    def _web_socket(self, params: Params) -> None:
        self._note(str(params["url"]), "WebSocket")

    def _means_to_leave(self, params: Params) -> None:
        # What is held back, or not allowed, is still said to be meant, and never asked for.
        url = str(params.get("url", ""))
        if params.get("reason") in REFRESHES or (url.startswith(("http:", "https:")) and place(url) not in self.stayed):
            self._asked_to_leave(params)

    def _asked_to_leave(self, params: Params) -> None:
        url = str(params.get("url", ""))
        reason = str(params.get("reason", ""))
        self._reasons[url] = reason
        if params.get("frameId") != self._main_frame:
            return
        if reason in REFRESHES:
            refresh: dict[str, Json] = {"url": url, "reason": reason}
            if "delay" in params:
                refresh["delay"] = float(params["delay"])
                self.refreshes.append(refresh)
            return
        scheme = urlsplit(url).scheme
        if not self._held or scheme == "javascript":
            return
        if scheme not in SHOWN_SCHEMES:
            # Another program opens, or nothing does; either way the page stays.
            self._stays(url)
        elif self.loaded.is_set() or "#" in url or self._ways is not None:
            return
        elif scheme == "about":
            self._leaves(Attempt(url, reason, "GET", None))
        elif scheme in {"http", "https"}:
            self._early.add(url)

    def _opened(self, params: Params) -> None:
        # A window that the page opened; the watch on the whole browser closes it.
        info = params["targetInfo"]
        if info.get("type") == "page" and info["targetId"] not in {self._main_frame, self._kept}:
            self._windows.add(str(info["targetId"]))

    def _opens(self, url: str) -> None:
        self.popups.append(url)
        self.unasked.note(self.unasked.popups, url)

    def _downloads(self, params: Params) -> None:
        self.unasked.note(self.unasked.downloads, place(str(params.get("url", ""))))

    def _closed(self, params: Params) -> None:
        # In its place the browser may show another tab than the page's, which is not drawn then either.
        if params.get("targetId") in self._windows:
            self._channel.send("Page.bringToFront")

    def _dialog(self, params: Params) -> None:
        message = str(params.get("message", ""))[:200]
        self.dialogs.append(message)
        if params.get("type") != "beforeunload":
            self.unasked.note(self.unasked.messages, message)
        # ``beforeunload`` is answered with "leave"; the others with what a person most likely presses.
        self._channel.send("Page.handleJavaScriptDialog", accept=True)

    def _exception(self, params: Params) -> None:
        details: dict[str, Any] = params["exceptionDetails"]
        text = details.get("exception", {}).get("description") or details.get("text", "")
        line = str(text).splitlines()[0] if text else "unknown error"
        self.errors[f"Script error: {line[:200]}"] = None
