"""Runs of the command, as a person starts it, and what they leave behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Seconds after which a run is given up: nothing may hang that long.
LONGEST = 600.0


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended. ``report``: ``report.json`` as bytes, empty without one; ``left``: files in its temporary folder."""

    exit_code: int
    said: str
    seconds: float
    report: bytes
    left: tuple[str, ...]

    @property
    def pages(self) -> dict[str, tuple[str, str]]:
        """State and reason of each page, by address."""
        told: dict[str, Any] = json.loads(self.report or b'{"pages": []}')
        return {each["address"]: (each["state"], each.get("reason") or "") for each in told["pages"]}

    @property
    def findings(self) -> frozenset[tuple[str, str]]:
        """Page and rule of each finding."""
        told: dict[str, Any] = json.loads(self.report or b'{"findings": []}')
        return frozenset(
            (page, each["rule"]) for each in told["findings"] for page in (each["page"], *each.get("pages", ()))
        )


def stepfree(
    arguments: list[str], work: Path, *, disturb: Callable[[subprocess.Popen[str]], None] | None = None
) -> Run:
    """One run of ``stepfree`` with its reports in ``work``. ``disturb`` is called with the running process."""
    temporary = work / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    output = work / "out"
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "stepfree", *arguments, "--output", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=work,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    if disturb is not None:
        disturb(process)
    try:
        said, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        said = f"{process.communicate()[0]}\nIt did not end within {LONGEST:g} s."
    report = output / "report.json"
    return Run(
        process.returncode,
        said,
        time.monotonic() - began,
        report.read_bytes() if report.is_file() else b"",
        tuple(sorted(each.name for each in temporary.iterdir())),
    )


def problems(run: Run, codes: set[int]) -> list[str]:
    """What no run may do, whatever it meets: another exit code, a traceback, files left behind."""
    found = []
    if run.exit_code not in codes:
        found.append(f"exit code {run.exit_code}, {' or '.join(map(str, sorted(codes)))} was expected")
    if "Traceback" in run.said:
        found.append("a traceback on the terminal")
    if run.left:
        found.append(f"left behind: {', '.join(run.left[:3])}")
    return found
