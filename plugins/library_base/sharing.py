"""Work shared between processes, with the same result whatever their number.

Each process takes every so-manieth thing, so that long and short ones spread evenly. Processes
are forked: they have everything that was read so far, and only results travel back. What a
process did not finish is done here, in order, so that an error comes up as if nothing had been
shared: the first one, with its cause.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

#: More processes than this gain nothing: each has to be started and heard.
MOST = 4
#: Fewer things than this for each process are not worth starting one.
WORTH = 20


def processes() -> int:
    """How many processes this machine lets us use at once; 1 where a process cannot be forked safely.

    Only Linux: the libraries of macOS do not stand it, and Windows has no such thing.
    """
    if sys.platform != "linux" or not hasattr(os, "fork"):
        return 1
    return max(1, min(MOST, len(os.sched_getaffinity(0))))


def shared[T, R](work: Callable[[T], R], things: Sequence[T], count: int) -> list[R]:
    """Return ``work`` of each of the ``things``, in their order, done by up to ``count`` processes.

    What ``work`` returns must be picklable; what else it does to objects in memory is lost when
    another process does it. Raises what ``work`` raises for the first thing that fails. With other
    threads running everything is done here: their locks would be copied in whatever state they are.
    """
    count = min(count, len(things) // WORTH)
    if not _may_fork(count):
        return [work(thing) for thing in things]
    helpers: list[_Helper] = []
    done: dict[int, R] = {}
    try:
        helpers.extend(_helper(work, things, range(number, len(things), count)) for number in range(1, count))
        done.update(_as_far_as_it_goes(work, things, range(0, len(things), count)))
        for helper in helpers:
            done.update(helper.results())
    finally:
        for helper in helpers:
            helper.end()
    return [done[index] if index in done else work(thing) for index, thing in enumerate(things)]


class Elsewhere[R]:
    """One piece of work that another process does from now on, or :meth:`result` in this one.

    What holds for ``work`` of :func:`shared` holds here. To be used in a ``with`` statement.
    """

    def __init__(self, work: Callable[[], R], count: int) -> None:
        """``count`` is how many processes there may be; with one, the work waits for :meth:`result`."""
        self._work = work
        self._helper = _helper(lambda _: work(), (None,), range(1)) if _may_fork(count) else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._helper is not None:
            self._helper.end()

    def ready(self) -> bool:
        """Whether there is nothing to wait for."""
        return self._helper is None or bool(select.select([self._helper.pipe], [], [], 0)[0])

    def result(self) -> R:
        """Return what the work returns, or raise what it raises."""
        done: dict[int, R] = self._helper.results() if self._helper is not None else {}
        return done[0] if done else self._work()


def _may_fork(count: int) -> bool:
    return count > 1 and threading.active_count() == 1


@dataclass(slots=True)
class _Helper:
    """Another process, and the end of the pipe on which its results come."""

    process: int
    pipe: BinaryIO

    def results[R](self) -> dict[int, R]:
        """Wait for what it finished; nothing when it was ended from outside."""
        try:
            found: dict[int, R] = pickle.load(self.pipe)  # noqa: S301 - written by a process of our own
        except (EOFError, pickle.UnpicklingError):
            return {}
        return found

    def end(self) -> None:
        """End it, when what it does is no longer wanted, and wait until it is gone."""
        self.pipe.close()
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def _helper[T, R](work: Callable[[T], R], things: Sequence[T], mine: range) -> _Helper:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        os.close(writing)
        return _Helper(process, os.fdopen(reading, "rb"))
    # From here on this is the other process. It must never return into the caller's code.
    status = 1
    try:
        os.close(reading)
        # Looking for garbage would copy the pages of memory that both processes still share.
        gc.disable()
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(_as_far_as_it_goes(work, things, mine), pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)


def _as_far_as_it_goes[T, R](work: Callable[[T], R], things: Sequence[T], mine: range) -> dict[int, R]:
    """Results by index, up to the first thing that fails."""
    done: dict[int, R] = {}
    for index in mine:
        try:
            done[index] = work(things[index])
        except Exception:  # noqa: BLE001 - it is done again where it can be reported
            break
    return done
