"""Asked to stop: by Ctrl-C, by ``kill``, or because the terminal is gone.

All three mean the same: what has been found is written down, and the exit code says that it is
not all. Folders of runs that were killed outright are removed by the next run.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audit.browser.processes import alive

SIGNALS = tuple(each for each in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)) if each is not None)
#: Seconds within which two requests to end are one.
ONCE = 1.0
#: Names of folders that belong to a process: its number is in them.
_OURS = re.compile(r"stepfree-(?:browser-)?(\d+)-")


@contextmanager
def _handled(handler: Callable[[int, object], None]) -> Iterator[None]:
    """Handle the signals in one way for a while; those that are ignored (``nohup``, ``&``) stay so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number, was in before.items():
        if was is not signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)


@contextmanager
def interruptible() -> Iterator[None]:
    """Every way of asking for an end raises ``KeyboardInterrupt``; asked twice at once is asked once.

    A terminal that is closed says so in two ways, and people press Ctrl-C twice: the second must not disturb what
    the first has begun.
    """
    asked = [-ONCE]

    def stop(_number: int, _frame: object) -> None:
        if time.monotonic() - asked[0] >= ONCE:
            asked[0] = time.monotonic()
            raise KeyboardInterrupt

    with _handled(stop):
        yield


@contextmanager
def held() -> Iterator[Callable[[], bool]]:
    """What is done here is done to its end; the value says whether somebody has asked for an end meanwhile."""
    asked: list[int] = []
    with _handled(lambda number, _: asked.append(number)):
        yield lambda: bool(asked)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of this process for what lasts as long as a run; those of processes that are gone are removed."""
    sweep(Path(tempfile.gettempdir()))
    prefix = f"stepfree-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep(place: Path) -> None:
    """Remove the folders and files that processes of ours left which are gone."""
    for path in place.glob("stepfree-*"):
        owner = _OURS.match(path.name)
        with suppress(OSError):
            if owner is None or _another_persons(path) or alive(int(owner.group(1))):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _another_persons(path: Path) -> bool:
    """Whether somebody else has made it; on Windows each person's folder for such things is their own."""
    return hasattr(os, "geteuid") and path.lstat().st_uid != os.geteuid()
