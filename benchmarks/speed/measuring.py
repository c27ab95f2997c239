"""The processor time of a command with every process that it starts, also of those that outlive it.

``python -m benchmarks.speed.measuring COMMAND ...`` runs it and prints ``{"cpu", "wall", "status"}`` as the last line.
A browser's processes leave the family of whoever started them; as the reaper of its descendants
(``prctl(2)``, Linux) this process gets them back, and their time with them.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audit.errors import UsageError

_SET_CHILD_SUBREAPER = 36
#: Seconds that processes left behind may take to end by themselves.
GRACE = 3.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor and of the clock, the exit status, and what was written to standard output."""

    cpu: float
    wall: float
    status: int
    output: str = ""


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command in a folder.

    Raises:
        UsageError: this is not Linux.
    """
    if sys.platform != "linux":
        raise UsageError("The processor time of a browser's processes can be measured on Linux only.")
    root = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed.measuring", str(folder), *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environment or {}), "PYTHONPATH": root},
    )
    *output, last = run.stdout.splitlines() or [""]
    if run.returncode or not last.startswith("{"):
        raise UsageError(f"The measurement of {command[0]} failed: {run.stderr.strip()[-400:]}")
    return Spent(**json.loads(last), output="\n".join([*output, run.stderr]))


def _descendants() -> list[int]:
    """The children of this process, which are all that is left of a command."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]


def _reap() -> None:
    deadline = time.monotonic() + GRACE
    while True:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        children = _descendants()
        if not children:
            return
        if time.monotonic() > deadline:
            for child in children:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        time.sleep(0.05)


def main(folder: str, *command: str) -> int:
    """The command."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        print("This system does not give orphaned processes back.", file=sys.stderr)
        return 2
    began = time.monotonic()
    status = subprocess.run(command, cwd=folder, check=False, stdin=subprocess.DEVNULL).returncode
    wall = time.monotonic() - began
    _reap()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(flush=True)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "status": status}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
