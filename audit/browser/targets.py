"""Every target of the browser besides the tab of the page: windows that it opens, service workers, shared workers.

Each is held before it runs, until every request of it waits for an answer. A window that is no tab of
ours gets nothing at all; a worker gets what the guard lets through.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from audit.browser.channel import Channel, Params

#: Gets the address and kind of a request (``Window``: in a window), and says whether it may go on.
type Judge = Callable[[str, str], bool]

#: Seconds in which a window that a page has opened may ask for something. What its opener writes into an empty one
#: asks at once.
LINGER = 0.3

_FILTER = [{"type": kind} for kind in ("page", "service_worker", "shared_worker")]


class Targets:
    """Watches the whole browser over a session of its own."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._lock = threading.Lock()
        self._creating = False
        self._born: list[tuple[str, str]] = []
        self._ours: set[str] = set()
        #: Windows that pages have opened: session → target.
        self._windows: dict[str, str] = {}
        #: Who judges requests of workers; nobody: none goes on.
        self.judge: Judge | None = None
        channel.on("Target.attachedToTarget", self._attached)
        channel.on("Fetch.requestPaused", self._paused)
        channel.call("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True, filter=_FILTER)

    @contextmanager
    def creating(self) -> Iterator[list[str]]:
        """While a tab of ours is made: its id is put into the list, and it alone goes on."""
        ours: list[str] = []
        with self._lock:
            self._creating = True
            self._born.clear()
        try:
            yield ours
        finally:
            with self._lock:
                self._creating = False
                born, self._born = self._born, []
                self._ours.update(ours)
            for target, session in born:
                self._tab(target, session)

    def close(self) -> None:
        """End the session."""
        self._channel.close()

    def _attached(self, params: Params) -> None:
        info, session = params["targetInfo"], str(params["sessionId"])
        if not params.get("waitingForDebugger"):
            return
        if info["type"] == "page":
            with self._lock:
                if self._creating:
                    # Which one is ours is known when the browser has answered.
                    self._born.append((str(info["targetId"]), session))
                    return
            self._tab(str(info["targetId"]), session)
            return
        self._guarded(session)

    def _tab(self, target: str, session: str) -> None:
        if target in self._ours:
            # It has a session of its own, with a guard.
            self._go_on(session)
            return
        with self._lock:
            self._windows[session] = target
        self._guarded(session)
        # It lies over the page, which is not drawn any more then; so it is closed as soon as it has asked for something,
        # or seems not to. Closed while it is held it would hold its opener too.
        later = threading.Timer(LINGER, self._close, (target,))
        later.daemon = True
        later.start()

    def _close(self, target: str) -> None:
        self._channel.send("Target.closeTarget", targetId=target)

    def _guarded(self, session: str) -> None:
        self._channel.send_to(session, "Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._go_on(session)

    def _go_on(self, session: str) -> None:
        self._channel.send_to(session, "Runtime.runIfWaitingForDebugger")

    def _paused(self, params: Params) -> None:
        session = str(params.get("sessionId", ""))
        request: dict[str, Any] = params["request"]
        with self._lock:
            window = self._windows.get(session)
        kind = str(params.get("resourceType", "Other")) if window is None else "Window"
        allowed = self.judge is not None and self.judge(str(request["url"]), kind)
        with contextlib.suppress(Exception):
            if allowed:
                self._channel.send_to(session, "Fetch.continueRequest", requestId=params["requestId"])
            else:
                self._channel.send_to(
                    session, "Fetch.failRequest", requestId=params["requestId"], errorReason="BlockedByClient"
                )
        if window is not None:
            self._close(window)
