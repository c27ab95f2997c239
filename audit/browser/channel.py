"""The browser's own protocol (Chrome DevTools Protocol), over its WebSocket.

Commands can be pipelined: :meth:`Channel.send` does not wait, :meth:`Channel.call` does. A
thread reads; events are handed to the handlers on that thread, so a handler must not wait
for an answer (it may ``send``). The protocol's own terms are kept: a *target* is a tab, a
*session* a conversation with it.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

import websocket
from pydantic_core import from_json

from audit.errors import BrowserError

type Params = Mapping[str, Any]
type Handler = Callable[[Params], None]


class ProtocolError(BrowserError):
    """The browser refused a command; the sentence holds its words."""


class NoAnswer(BrowserError):
    """The browser did not answer in time, or is gone."""


class Channel:
    """One session with one target. Close it, or the thread stays until the browser ends.

    ``target``: the id of the target, where ``url`` is the browser as a whole; ``None``: ``url`` is the target's own.
    """

    def __init__(self, url: str, timeout: float, target: str | None = None) -> None:
        try:
            self._socket = websocket.create_connection(
                url, timeout=timeout, suppress_origin=True, skip_utf8_validation=True, enable_multithread=True
            )
        except (OSError, websocket.WebSocketException) as error:
            raise BrowserError(
                f"The browser's protocol does not answer at {url.split('/devtools', maxsplit=1)[0]}: {error}."
            ) from error
        self._socket.settimeout(None)
        self._timeout = timeout
        self._lock = threading.Lock()
        self._next = 0
        self._waiting: dict[int, Future[dict[str, Any]]] = {}
        self._handlers: dict[str, list[Handler]] = {}
        self._gone = False
        self._session: str | None = None
        #: The context in which expressions are evaluated; ``None``: the page's own. See :mod:`audit.browser.worlds`.
        self.world: str | None = None
        self._thread = threading.Thread(target=self._read, name="browser protocol", daemon=True)
        self._thread.start()
        if target is not None:
            try:
                self._session = str(self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
            except BrowserError:
                self.close()
                raise

    def on(self, event: str, handler: Handler) -> None:
        """Call ``handler`` for each event of this name, on the reading thread."""
        self._handlers.setdefault(event, []).append(handler)

    def forget(self) -> None:
        """Drop all handlers."""
        self._handlers = {}

    def send(self, method: str, **params: Any) -> Future[dict[str, Any]]:
        """Send a command without waiting; the future holds its answer."""
        return self._send({"method": method, "params": params})

    def send_to(self, session: str, method: str, **params: Any) -> Future[dict[str, Any]]:
        """Send a command to another session that this one was told of (``Target.attachedToTarget``)."""
        return self._send({"method": method, "params": params, "sessionId": session})

    def _send(self, command: dict[str, Any]) -> Future[dict[str, Any]]:
        future: Future[dict[str, Any]] = Future()
        with self._lock:
            if self._gone:
                future.set_exception(NoAnswer("The browser has closed."))
                return future
            self._next += 1
            identifier = self._next
            self._waiting[identifier] = future
            own = {} if self._session is None else {"sessionId": self._session}
            message = json.dumps({"id": identifier, **own, **command})
            try:
                self._socket.send(message)
            except (OSError, websocket.WebSocketException):
                self._waiting.pop(identifier, None)
                future.set_exception(NoAnswer("The browser has closed."))
        return future

    def call(self, method: str, *, wait: float | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer.

        Raises:
            ProtocolError: the browser refused it.
            NoAnswer: no answer within ``wait`` seconds (the channel's own limit without it).
        """
        return self.answer(self.send(method, **params), method, wait)

    def answer(self, future: Future[dict[str, Any]], method: str, wait: float | None = None) -> dict[str, Any]:
        """The answer to a command sent before. Raises as :meth:`call`."""
        limit = self._timeout if wait is None else wait
        try:
            return future.result(limit)
        except FutureTimeout:
            raise NoAnswer(f"The browser did not answer {method} within {limit:g} s.") from None

    def evaluate(self, expression: str, *, wait: float | None = None, promise: bool = False) -> Any:
        """The value of a script expression in the page, as JSON: in the context ``world``.

        Raises:
            ProtocolError: the script threw an error.
            NoAnswer: as :meth:`call`.
        """
        params = {
            "expression": expression,
            "returnByValue": True,
            "awaitPromise": promise,
            "userGesture": False,
        }
        world = self.world
        try:
            reply = self.call("Runtime.evaluate", wait=wait, **params, **within(world))
        except ProtocolError:
            if self.world == world:
                raise
            # The page has gone on to another document meanwhile.
            reply = self.call("Runtime.evaluate", wait=wait, **params, **within(self.world))
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details.get("text", "")
            raise ProtocolError(f"A script of the audit failed in the page: {str(text).splitlines()[0][:200]}")
        return reply["result"].get("value")

    def close(self) -> None:
        """End the session. Never raises."""
        with contextlib.suppress(OSError, websocket.WebSocketException):
            self._socket.close(timeout=1)
        self._thread.join(2)

    def _read(self) -> None:
        while True:
            try:
                text = self._socket.recv()
            except (OSError, websocket.WebSocketException, AttributeError):
                break
            if not text:
                break
            try:
                self._dispatch(_read(text))
            except (LookupError, TypeError, ValueError, AttributeError):
                # A page may make the browser say what nobody has thought of: it is given up, and so is this session.
                break
        with self._lock:
            self._gone = True
            waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            future.set_exception(NoAnswer("The browser has closed."))

    def _dispatch(self, message: dict[str, Any]) -> None:
        if "id" in message:
            with self._lock:
                future = self._waiting.pop(message["id"], None)
            if future is None:
                return
            if "error" in message:
                words = message["error"].get("message", "")
                future.set_exception(ProtocolError(f"The browser refused a command: {words}"))
            else:
                future.set_result(message.get("result", {}))
            return
        params, session = message.get("params", {}), message.get("sessionId")
        if self._session is not None:
            if session is None:
                # Of the browser as a whole, not of this target.
                return
            session = None if session == self._session else session
        if session is not None and "sessionId" not in params:
            params = {**params, "sessionId": session}
        for handler in self._handlers.get(message.get("method", ""), ()):
            handler(params)


def within(world: str | None) -> dict[str, Any]:
    """The parameter of ``Runtime.evaluate`` that names a context; ``None``: the page's own."""
    return {} if world is None else {"uniqueContextId": world}


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        # Twice as fast on the large answers, but it refuses halves of surrogate pairs, which pages do have.
        message: dict[str, Any] = from_json(text)
    except ValueError:
        # Nothing that is written down can hold such a half: it is replaced as a browser shows it.
        whole = json.dumps(json.loads(text), ensure_ascii=False).encode("utf-16-le", "surrogatepass")
        message = json.loads(whole.decode("utf-16-le", "replace"))
    return message
