"""Each document is read in a process of its own, with limits of time and memory, and ended when it must be.

A file from the web may be made to break its reader. What breaks here is one process: the run goes on and the
document is not audited, with the reason. The processes are copies of one that has loaded all readers already
(``forkserver``), so that a small file costs little more than the reading of it.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from audit.documents.model import Document, Unreadable

#: Seconds of a processor and bytes that the reading of one document may take.
SECONDS = 90.0
#: So many times as long it may take by the clock: on a machine with other work, a process gets a part of a processor.
PATIENCE = 3
MEMORY = 1_500_000_000
_PRELOADED = ["audit.documents.loaded"]
_WORD_OF_FAILURE = b"!"
#: What the system sends to a process that has used up its time; the same number wherever there is one.
_OUT_OF_TIME = 24


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a document, or the reason why there is none."""

    name: str
    document: Document | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one document: seconds of a processor, and bytes of memory on top of what an idle process has."""

    seconds: float = SECONDS
    memory: int = MEMORY


@cache
def adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _context() -> BaseContext:
    """Copies of a loaded process where the system can make them, else new processes."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


@dataclass(slots=True)
class _Seat:
    name: str
    process: BaseProcess
    connection: Connection
    due: float


def apart(
    work: Callable[[Path], bytes], tasks: Iterable[tuple[str, Path]], size: int, limits: Limits
) -> Iterator[tuple[str, bytes | None, str]]:
    """Do ``work`` on each file in a process of its own, ``size`` at a time; name, bytes, or the reason for none.

    In the order in which they come back. ``work`` is a function of a module; what it raises is a reason.
    """
    waiting, seats = deque(tasks), dict[Connection, _Seat]()
    try:
        while waiting or seats:
            while waiting and len(seats) < max(1, size):
                name, path = waiting.popleft()
                seat = _start(work, name, path, limits)
                seats[seat.connection] = seat
            nearest = min(seat.due for seat in seats.values()) - time.monotonic()
            ready: set[Any] = set(wait(list(seats), max(0.0, nearest)))
            for connection, seat in list(seats.items()):
                if connection in ready:
                    del seats[connection]
                    yield (seat.name, *_finish(seat, limits))
                elif time.monotonic() >= seat.due:
                    del seats[connection]
                    _end(seat)
                    yield seat.name, None, _too_long(limits)
    finally:
        for seat in seats.values():
            _end(seat)


def _start(work: Callable[[Path], bytes], name: str, path: Path, limits: Limits) -> _Seat:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = _context().Process(target=_life, args=(theirs, work, path, limits), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Seat(name, process, ours, time.monotonic() + PATIENCE * limits.seconds)


def _too_long(limits: Limits) -> str:
    seconds = round(limits.seconds)
    return f"It took longer than {seconds} second{'' if seconds == 1 else 's'} to read."


def _finish(seat: _Seat, limits: Limits) -> tuple[bytes | None, str]:
    try:
        data = seat.connection.recv_bytes()
    except (EOFError, OSError):
        data = b""
    code = _end(seat, 0.0 if data else 2.0)
    if not data and code == -_OUT_OF_TIME:
        return None, _too_long(limits)
    if not data:
        return None, "It broke the program that reads it, or needs more memory than a document may."
    if data.startswith(_WORD_OF_FAILURE):
        return None, data[1:].decode("utf-8", "replace")
    return data, ""


def _end(seat: _Seat, patience: float = 0.0) -> int | None:
    """End a process; its exit code. One that has closed its end gets a moment to end by itself."""
    seat.process.join(patience)
    if seat.process.is_alive():
        seat.process.kill()
    seat.process.join(10)
    seat.connection.close()
    return seat.process.exitcode


def _life(connection: Connection, work: Callable[[Path], bytes], path: Path, limits: Limits) -> None:
    """The whole life of a process: one file."""
    # What libraries have to say of a damaged file is for nobody: the reason is told once.
    logging.disable()
    _limit(limits)
    with suppress(BrokenPipeError, OSError):
        connection.send_bytes(_done(work, path))
    connection.close()


def _done(work: Callable[[Path], bytes], path: Path) -> bytes:
    try:
        return work(path)
    except Unreadable as error:
        reason = str(error)
    except MemoryError:
        reason = "It needs more memory than a document may."
    except RecursionError:
        reason = "It is nested deeper than a document can be."
    except OSError as error:
        reason = f"It cannot be opened: {error.strerror or 'the system refuses it'}."
    except Exception as error:  # noqa: BLE001 - a hostile file may make a reader raise anything; the run must go on
        reason = f"It is damaged in a way that its reader does not understand ({type(error).__name__})."
    return _WORD_OF_FAILURE + reason.encode("utf-8", "replace")


def _limit(limits: Limits) -> None:
    """Bounds that the system keeps, where it can: memory, time of the processor, no core dump."""
    if sys.platform == "win32":
        return
    import resource

    wanted = [(resource.RLIMIT_CPU, int(limits.seconds)), (resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        wanted.append((resource.RLIMIT_AS, used + limits.memory))
    for what, most in wanted:
        with suppress(ValueError, OSError):
            # Past the softer limit the system says so, a moment later it ends the process.
            resource.setrlimit(what, (most, most + 2 if what == resource.RLIMIT_CPU else most))


def facts(path: Path) -> bytes:
    """Read a document and write down what is known of it.

    Raises:
        Unreadable: it cannot be judged.
    """
    from audit.documents.reading import read

    return adapter().dump_json(read(path))


def written_down(data: bytes) -> Document | None:
    """The document that :func:`facts` wrote down; ``None``: it makes no sense."""
    try:
        return adapter().validate_json(data)
    except ValueError:
        return None


def read_apart(tasks: Iterable[tuple[str, Path]], size: int, limits: Limits | None = None) -> Iterator[Reading]:
    """Read documents by name, each in a process of its own, in the order in which they come back."""
    for name, data, reason in apart(facts, tasks, size, limits or Limits()):
        if data is None:
            yield Reading(name, None, reason)
            continue
        document = written_down(data)
        yield Reading(name, document, "" if document else "It is damaged: what it says of itself makes no sense.")
