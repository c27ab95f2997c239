"""Runs of the command, as a person starts it, and what they leave behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

#: Seconds after which a run is given up: nothing may hang that long.
LONGEST = 600.0
#: Seconds that processes of a run which was killed outright may take to notice it.
AFTERWARDS = 20.0
#: Started in the background, a process ignores some signals, and what it starts would inherit that.
START = """
import signal
from stepfree.__main__ import main
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    main()
"""


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended. ``report``: ``report.json`` as bytes, empty without one; ``left``: files in its temporary
    folder, and processes that go on.
    """

    exit_code: int
    said: str
    seconds: float
    report: bytes
    left: tuple[str, ...]

    @property
    def told(self) -> Mapping[str, Any]:
        """The report as plain data; empty when there is none that can be read."""
        try:
            found: dict[str, Any] = json.loads(self.report)
        except ValueError:
            return {}
        return found

    @property
    def pages(self) -> dict[str, tuple[str, str]]:
        """State and reason of each page, by address."""
        return {each["address"]: (each["state"], each.get("reason") or "") for each in self.told.get("pages", ())}

    @property
    def findings(self) -> frozenset[tuple[str, str]]:
        """Page and rule of each finding."""
        return frozenset(
            (page, each["rule"])
            for each in self.told.get("findings", ())
            for page in (each["page"], *each.get("pages", ()))
        )


@dataclass(slots=True)
class Running:
    """A run on its way, for those who disturb it. ``lines``: what it has said so far."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def reached(self, words: str) -> bool:
        """Wait until it says something that begins so; whether it did before it ended."""
        while not any(line.startswith(words) for line in list(self.lines)):
            if self.process.poll() is not None:
                return False
            time.sleep(0.02)
        return True

    def listen(self) -> None:
        """Hear what it says until it has ended."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)


def stepfree(
    arguments: Iterable[str],
    work: Path,
    *,
    disturb: Callable[[Running], None] | None = None,
    places: Mapping[str, Path] | None = None,
    environment: Mapping[str, str] | None = None,
    limit: int = 0,
) -> Run:
    """One run of ``stepfree`` with its reports in ``work``. ``disturb`` is called with the running process.

    ``places``: other folders for ``out`` and ``tmp`` than those in ``work``. ``limit``: most bytes of any file.
    """
    temporary, output = (work / "tmp", work / "out")
    if places is not None:
        temporary, output = places.get("tmp", temporary), places.get("out", output)
    temporary.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", START, *arguments, "--output", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=work,
        env={**os.environ, "TMPDIR": str(temporary), **(environment or {})},
        start_new_session=True,
        preexec_fn=(lambda: _limit(limit)) if limit else None,  # noqa: PLW1509 - it asks the system for one thing
    )
    running = Running(process)
    hearing = threading.Thread(target=running.listen, daemon=True)
    hearing.start()
    if disturb is not None:
        disturb(running)
    try:
        process.wait(LONGEST)
        said = ""
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        said = f"It did not end within {LONGEST:g} s."
    seconds = time.monotonic() - began
    going_on = _going_on(temporary)
    # What goes on may hold the other end of the pipe.
    hearing.join(5)
    report = output / "report.json"
    files = tuple(sorted(each.name for each in temporary.iterdir()))
    if process.returncode == -signal.SIGKILL:
        # Nobody can tidy up after that but the next run.
        files = ()
    return Run(
        process.returncode,
        "".join(running.lines) + said,
        seconds,
        report.read_bytes() if report.is_file() else b"",
        (*files, *going_on),
    )


def _limit(most: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _going_on(temporary: Path) -> tuple[str, ...]:
    """Command lines of processes of a run, known by its temporary folder, that do not end by themselves."""
    until = time.monotonic() + AFTERWARDS
    while True:
        found = tuple(_of(temporary))
        if not found or time.monotonic() > until:
            for process in found:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            return tuple(f"process {each.pid}" for each in found)
        time.sleep(0.2)


def _of(temporary: Path) -> Iterable[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            own = process.environ().get("TMPDIR", "")
            if process.status() != psutil.STATUS_ZOMBIE and Path(own).is_relative_to(temporary):
                yield process


def problems(run: Run, codes: set[int]) -> list[str]:
    """What no run may do, whatever it meets: another exit code, a traceback, files or processes left behind."""
    found = []
    if run.exit_code not in codes:
        last = run.said.strip().splitlines()[-1:] or [""]
        found.append(
            f"exit code {run.exit_code}, {' or '.join(map(str, sorted(codes)))} was expected, and it said: {last[0][:300]}"
        )
    if "Traceback" in run.said:
        found.append("a traceback on the terminal")
    if run.left:
        found.append(f"left behind: {', '.join(run.left[:3])}")
    return found
