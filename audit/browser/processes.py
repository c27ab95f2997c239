"""Processes that belong to a run: which there are, and their end, on Linux, macOS and Windows alike (psutil)."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker
from pathlib import Path

import psutil

#: Asked of every process of a terminal at once; the first one of a run decides what becomes of the others.
_FOR_ALL = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """A process that is started here does not hear Ctrl-C, or that the terminal is gone, before :func:`stay_deaf`.

    Who starts it hears of both a moment later.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Python starts this one before the first process of ours, and lets signals through again after that.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_ALL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stay_deaf() -> None:
    """This process was started by another one of the run, and leaves it to that one to be interrupted."""
    for number in _FOR_ALL:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _FOR_ALL)


def alive(pid: int) -> bool:
    """Whether there is such a process, whoever it belongs to."""
    return bool(psutil.pid_exists(pid))


def descendants(pid: int) -> tuple[int, ...]:
    """All processes below one, as the system lists them now."""
    try:
        return tuple(child.pid for child in psutil.Process(pid).children(recursive=True))
    except psutil.Error:
        return ()


def is_called(pid: int, words: str) -> bool:
    """Whether these words stand on the command line of a process."""
    try:
        return words in " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return False


def end(pid: int) -> None:
    """End a process at once and everything below it. One that is gone, or that is not ours, is no error."""
    for each in (*descendants(pid), pid):
        with contextlib.suppress(psutil.Error):
            psutil.Process(each).kill()


def end_group(pid: int) -> None:
    """End a process, everything below it, and what it has left behind in its session, where the system knows sessions."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            group = os.getpgid(pid)
            if group != os.getpgid(0):
                os.killpg(group, signal.SIGKILL)
    end(pid)


def end_named(beginning: Path) -> None:
    """End every process with a path on its command line that begins so."""
    for pid in _named(str(beginning)):
        end(pid)


def _named(beginning: str) -> Iterator[int]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and any(beginning in word for word in process.cmdline()):
                yield process.pid
