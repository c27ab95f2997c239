"""Each document is read in a process of its own, with limits of time and memory, and ended when it must be.

A file from the web may be made to break its reader. What breaks here is one process: the run goes on and the
document is not audited, with the reason. The processes are copies of one that has loaded all readers already
(``forkserver``), so that a small file costs little more than the reading of it. Where that does not help, because
each process has more to load, one process may do many files as long as all goes well.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import multiprocessing.util
import os
import shutil
import sys
import tempfile
import threading
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

from audit.browser.processes import deaf, descendants, end, is_called, stay_deaf
from audit.documents.model import Document, Unreadable

#: Seconds of a processor and bytes that the reading of one document may take.
SECONDS = 90.0
#: So many times as long it may take by the clock: on a machine with other work, a process gets a part of a processor.
PATIENCE = 3
MEMORY = 1_500_000_000
_PRELOADED = ["audit.documents.readers"]
_WORD_OF_FAILURE = b"!"
#: What the system sends to a process that has used up its time; the same number wherever there is one.
_OUT_OF_TIME = 24
#: How a process ends that was killed, or of which nobody knows how it ended because the one it is copied from is gone.
_ENDED = frozenset({-9, 255})
#: Seconds that a process may take to begin, and what stands on the command line of the one that is copied.
_START = 60.0
_COPIED = "multiprocessing.forkserver"


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
    _temporary_folder()
    return context


def _temporary_folder() -> None:
    """Have Python keep the socket of the copied process in a folder that says whose it is.

    When this process is killed outright, the next run knows from its name that it can go
    (:func:`audit.run.interruption.sweep`).
    """
    folder = tempfile.mkdtemp(prefix=f"stepfree-{os.getpid()}-")
    # After Python has removed its own folder in it.
    multiprocessing.util.Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=-200)
    usual, tempfile.tempdir = tempfile.tempdir, folder
    try:
        multiprocessing.util.get_temp_dir()
    finally:
        tempfile.tempdir = usual


@dataclass(slots=True)
class _Seat:
    """One process, and the file that it works on. ``first``: for the first time; ``done``: files before it."""

    process: BaseProcess
    connection: Connection
    name: str = ""
    path: Path = Path()
    due: float = 0.0
    first: bool = True
    done: int = 0


def apart(
    work: Callable[[Path], bytes],
    tasks: Iterable[tuple[str, Path]],
    size: int,
    limits: Limits,
    stop: Callable[[], bool] = bool,
    each: int = 1,
    verb: str = "read",
) -> Iterator[tuple[str, bytes | None, str]]:
    """Do ``work`` on each file in a process apart, ``size`` at a time; name, bytes, or the reason for none.

    In the order in which they come back. ``work`` is a function of a module; what it raises is a reason. Once ``stop``
    says so, no more come back. ``each``: so many files a process may do, one after the other; after one that
    has failed it does no more. ``verb``: what is done with a file, as reasons say it.
    """
    waiting, seats = deque((name, path, True) for name, path in tasks), dict[Connection, _Seat]()
    resting: list[_Seat] = []
    try:
        while (waiting or seats) and not stop():
            while waiting and len(seats) < max(1, size):
                seat = resting.pop() if resting else _start(work, limits)
                seats[seat.connection] = seat
                _give(seat, *waiting.popleft(), limits)
            nearest = min(seat.due for seat in seats.values()) - time.monotonic()
            ready: set[Any] = set(wait(list(seats), max(0.0, min(1.0, nearest))))
            for connection, seat in list(seats.items()):
                if connection in ready:
                    del seats[connection]
                    data, reason = _finish(seat)
                    if data is not None and waiting and seat.done < each:
                        resting.append(seat)
                    else:
                        _end(seat, 2.0 if data is None and not reason else 0.0)
                    if data is None and seat.first and seat.process.exitcode in _ENDED and not reason:
                        # Somebody else has ended it; that says nothing of the file.
                        waiting.append((seat.name, seat.path, False))
                    elif data is None:
                        yield seat.name, None, reason or _broken(seat, limits, verb)
                    else:
                        yield seat.name, data, ""
                elif time.monotonic() >= seat.due:
                    del seats[connection]
                    _end(seat)
                    yield seat.name, None, _too_long(limits, verb)
    finally:
        for seat in (*seats.values(), *resting):
            _end(seat)


def _start(work: Callable[[Path], bytes], limits: Limits) -> _Seat:
    ours, theirs = multiprocessing.Pipe()
    life = (theirs, work, limits)
    process: BaseProcess = _context().Process(target=_life, args=life, daemon=True)  # type: ignore[attr-defined]
    # The process that is copied may stand still, and then never answers.
    clock = threading.Timer(_START, _end_copied)
    clock.daemon = True
    clock.start()
    try:
        with deaf():
            process.start()
    except (OSError, EOFError):
        # It is gone: this once a new process does without it.
        process = multiprocessing.get_context("spawn").Process(target=_life, args=life, daemon=True)
        with deaf():
            process.start()
    finally:
        clock.cancel()
        theirs.close()
    return _Seat(process, ours)


def _give(seat: _Seat, name: str, path: Path, first: bool, limits: Limits) -> None:
    seat.name, seat.path, seat.first, seat.done = name, path, first, seat.done + 1
    seat.due = time.monotonic() + PATIENCE * limits.seconds
    with suppress(OSError):
        # A process that is gone already is noticed when its file is collected.
        seat.connection.send(path)


def _end_copied() -> None:
    """End the process that others are copied from, and with it all of them."""
    for pid in descendants(os.getpid()):
        if is_called(pid, _COPIED):
            end(pid)


def _too_long(limits: Limits, verb: str) -> str:
    seconds = round(limits.seconds)
    return f"It took longer than {seconds} second{'' if seconds == 1 else 's'} to {verb}."


def _finish(seat: _Seat) -> tuple[bytes | None, str]:
    """What a process has sent: bytes, or the reason for none, or neither when it has just gone."""
    try:
        data = seat.connection.recv_bytes()
    except (EOFError, OSError):
        return None, ""
    if data.startswith(_WORD_OF_FAILURE):
        return None, data[1:].decode("utf-8", "replace")
    return data, ""


def _broken(seat: _Seat, limits: Limits, verb: str) -> str:
    if seat.process.exitcode == -_OUT_OF_TIME:
        return _too_long(limits, verb)
    return f"It broke the program that {verb}s it, or needs more memory than a document may."


def _end(seat: _Seat, patience: float = 0.0) -> None:
    """End a process. One that has closed its end gets a moment to end by itself."""
    seat.process.join(patience)
    if seat.process.is_alive():
        seat.process.kill()
    seat.process.join(10)
    seat.connection.close()


def _life(connection: Connection, work: Callable[[Path], bytes], limits: Limits) -> None:
    """The whole life of a process: one file, or some more, until the other end is closed."""
    stay_deaf()
    # What libraries have to say of a damaged file is for nobody: the reason is told once.
    logging.disable()
    _limit_memory(limits)
    with suppress(EOFError, OSError):
        while True:
            path = connection.recv()
            _limit_time(limits)
            connection.send_bytes(_done(work, path))


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


def _limit_memory(limits: Limits) -> None:
    """Bounds that the system keeps, where it can: memory, and no core dump."""
    if sys.platform == "win32":
        return
    import resource

    wanted = [(resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        wanted.append((resource.RLIMIT_AS, used + limits.memory))
    for what, most in wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _limit_time(limits: Limits) -> None:
    """From now on so much time of the processor; past that the system ends the process."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        most = math.ceil(time.process_time() + limits.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


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


def read_apart(
    tasks: Iterable[tuple[str, Path]], size: int, limits: Limits | None = None, stop: Callable[[], bool] = bool
) -> Iterator[Reading]:
    """Read documents by name, each in a process of its own, in the order in which they come back."""
    for name, data, reason in apart(facts, tasks, size, limits or Limits(), stop):
        if data is None:
            yield Reading(name, None, reason)
            continue
        document = written_down(data)
        yield Reading(name, document, "" if document else "It is damaged: what it says of itself makes no sense.")
