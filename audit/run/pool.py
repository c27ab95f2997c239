"""Workers side by side, watched from outside.

The outermost clock is here: a worker that does not give its page back in time is ended with
every process that it started, because a page with a busy main thread answers no command.
One page's crash is that page's state only; a new worker takes the next page.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from audit.browser.browser import profile_prefix
from audit.browser.processes import deaf, end, end_named
from audit.run.interruption import held
from audit.run.worker import Job, PageRecord, PageTask, failed_record, read_record, work, write_record

#: Seconds that a worker may take to begin: a loaded machine is slow to start Python.
START = 120.0


@dataclass
class _Seat:
    """One worker at its place. ``due``: when its page must be back, by the steady clock; ``ready``: it has begun.

    ``proven``: it has given back a page that it had a browser for.
    """

    process: BaseProcess
    connection: Connection
    task: PageTask | None = None
    due: float = 0.0
    ready: bool = False
    proven: bool = False


@dataclass
class Pool:
    """``size`` workers; ``limit`` seconds for one page, from outside. ``life``: what a worker's process does."""

    job: Job
    size: int
    limit: float
    life: Callable[[Connection, Job], None] = work
    _seats: list[_Seat] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with held():
            self._close(asked=kind is None)

    def _close(self, *, asked: bool) -> None:
        for seat in self._seats:
            if asked:
                with contextlib.suppress(OSError):
                    seat.connection.send(None)
        deadline = time.monotonic() + (10 if asked else 0)
        for seat in self._seats:
            seat.process.join(max(0.0, deadline - time.monotonic()))
            if seat.process.is_alive() or seat.process.exitcode:
                self._end(seat.process)
            seat.connection.close()
        self._seats.clear()

    def run(self, tasks: Iterable[PageTask]) -> Iterator[tuple[PageTask, bytes, PageRecord]]:
        """The records of all pages, in the order in which they come back.

        Every task comes back exactly once, whatever happens to its worker.
        """
        waiting = deque((task, 1) for task in tasks)
        attempts: dict[str, int] = {}
        ended: dict[str, str] = {}
        hopeless: str | None = None
        while waiting or any(seat.task for seat in self._seats):
            if hopeless is not None:
                while waiting:
                    task, _ = waiting.popleft()
                    yield self._failed(task, hopeless)
            self._give(waiting, attempts)
            for seat, data in self._collect():
                given = seat.task
                assert given is not None
                seat.task = None
                if data is None:
                    reason = self._ended(seat, given)
                    if attempts[given.expected.address] < 2:
                        ended[given.expected.address] = reason
                        waiting.append((given, 2))
                    else:
                        yield self._failed(given, reason)
                    continue
                record = read_record(data)
                if record.no_browser and any(each.proven for each in self._seats if each is not seat):
                    # There are fewer browsers than there were: another worker looks at the page.
                    self._dismiss(seat)
                    waiting.append((given, attempts[given.expected.address]))
                    continue
                seat.proven = not record.no_browser
                if record.no_browser:
                    hopeless = record.reason
                if (first := ended.get(record.address)) is not None:
                    record = replace(record, failures=(first, *record.failures))
                yield given, write_record(record) if first else data, record

    def _end(self, process: BaseProcess) -> None:
        end_family(process)
        if process.pid is not None:
            # A worker that was killed from outside leaves a browser whose parent is unknown.
            end_named(self.job.scratch / profile_prefix(process.pid))

    def _failed(self, task: PageTask, reason: str) -> tuple[PageTask, bytes, PageRecord]:
        record = failed_record(task.expected, reason)
        return task, write_record(record), record

    def _give(self, waiting: deque[tuple[PageTask, int]], attempts: dict[str, int]) -> None:
        while waiting:
            seat = next((seat for seat in self._seats if seat.task is None), None)
            if seat is None:
                if len(self._seats) >= self.size:
                    return
                seat = self._hire()
            task, attempt = waiting.popleft()
            attempts[task.expected.address] = attempt
            seat.task, seat.due = task, time.monotonic() + (self.limit if seat.ready else self.limit + START)
            with contextlib.suppress(OSError):
                # A worker that is gone already is noticed when its page is collected.
                seat.connection.send(task)

    def _hire(self) -> _Seat:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_live, args=(self.life, theirs, self.job), name="stepfree-worker", daemon=True)
        with deaf():
            process.start()
        theirs.close()
        seat = _Seat(process, ours)
        self._seats.append(seat)
        return seat

    def _collect(self) -> Iterator[tuple[_Seat, bytes | None]]:
        """Workers that have given back a page, or (``None``) never will."""
        busy = [seat for seat in self._seats if seat.task is not None]
        if not busy:
            return
        soonest = min(seat.due for seat in busy)
        ready = wait([seat.connection for seat in busy], max(0.0, min(1.0, soonest - time.monotonic())))
        for seat in busy:
            if seat.connection in ready:
                try:
                    data = seat.connection.recv_bytes()
                except (EOFError, OSError):
                    yield seat, None
                    continue
                if seat.ready:
                    yield seat, data
                else:
                    seat.ready, seat.due = True, time.monotonic() + self.limit
            elif time.monotonic() > seat.due or not seat.process.is_alive():
                yield seat, None

    def _dismiss(self, seat: _Seat) -> None:
        """End a worker, and have one fewer from now on."""
        self._end(seat.process)
        seat.connection.close()
        self._seats.remove(seat)
        self.size -= 1

    def _ended(self, seat: _Seat, task: PageTask) -> str:
        late = time.monotonic() > seat.due
        self._end(seat.process)
        seat.connection.close()
        self._seats.remove(seat)
        address = task.expected.address
        if late:
            return f"{address} was not done after {self.limit:g} s, and its browser was ended."
        return f"The process that audited {address} ended (exit status {seat.process.exitcode})."


def _live(life: Callable[[Connection, Job], None], connection: Connection, job: Job) -> None:
    """A worker's process: say that it has begun, then live."""
    with contextlib.suppress(BrokenPipeError):
        connection.send_bytes(b"")
    life(connection, job)


def end_family(process: BaseProcess) -> None:
    """End a process and everything that it has started, browsers among them."""
    if process.pid is None:
        return
    end(process.pid)
    process.join(5)
