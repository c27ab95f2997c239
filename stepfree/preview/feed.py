"""What open pages are told, through server-sent events (HTML Standard, section 9.2)."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from audit.model.finding import Json

#: Seconds between two signs of life; without one, a closed page would be noticed only at the next change.
HEARTBEAT = 10.0


@dataclass(frozen=True, slots=True)
class Event:
    """``name`` is what a page listens for, ``data`` plain data."""

    name: str
    data: Mapping[str, Json]

    def encoded(self) -> bytes:
        return f"event: {self.name}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n".encode()


class Feed:
    """The pages that are open now, each with a queue of its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, list[queue.SimpleQueue[Event | None]]] = {}
        self._closed = False

    @property
    def addresses(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._open)

    @contextmanager
    def listening(self, address: str) -> Iterator[queue.SimpleQueue[Event | None]]:
        """A queue of what the page at ``address`` is told; ``None`` ends it."""
        mine: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        with self._lock:
            self._open.setdefault(address, []).append(mine)
            if self._closed:
                mine.put(None)
        try:
            yield mine
        finally:
            with self._lock:
                self._open[address].remove(mine)
                if not self._open[address]:
                    del self._open[address]

    def tell(self, address: str, event: Event) -> None:
        """Tell everyone who has this page open."""
        with self._lock:
            for each in self._open.get(address, ()):
                each.put(event)

    def close(self) -> None:
        """End all streams, so that the server can end."""
        with self._lock:
            self._closed = True
            for listeners in self._open.values():
                for each in listeners:
                    each.put(None)
