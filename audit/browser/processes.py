"""Processes that belong to a run: which there are, and their end, on Linux, macOS and Windows alike (psutil)."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil


def alive(pid: int) -> bool:
    """Whether there is such a process, whoever it belongs to."""
    return bool(psutil.pid_exists(pid))


def descendants(pid: int) -> tuple[int, ...]:
    """All processes below one, as the system lists them now."""
    try:
        return tuple(child.pid for child in psutil.Process(pid).children(recursive=True))
    except psutil.Error:
        return ()


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
