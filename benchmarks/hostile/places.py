"""No room for reports, cache or temporary files, and browsers or drivers that are not what they should be."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hostile.faults import TIMEOUT, site
from benchmarks.hostile.running import Run, problems, stepfree

KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class Place:
    """A machine that lacks something. ``room``: bytes in ``out``, ``cache`` and ``tmp``; ``environment``: more of it."""

    codes: frozenset[int]
    says: str = ""
    room: Mapping[str, int] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    #: The program that is called instead of the driver or the browser, as a script of the shell.
    stands_for: Mapping[str, str] = field(default_factory=dict)
    #: Most bytes of any file; 0: as many as there is room for.
    limit: int = 0


NO_BROWSER = frozenset({4})
WRONG_DRIVER = Path(__file__).with_name("wrong_driver.py")
CASES = {
    "no room for reports": Place(frozenset({4}), "cannot be written to", {"out": 8 * KILOBYTE}),
    "no room for the cache": Place(frozenset({1}), "Nothing more was kept in the cache", {"cache": 8 * KILOBYTE}),
    "no room for temporary files": Place(frozenset({1, 4}), "", {"tmp": 64 * KILOBYTE}),
    "little room for temporary files": Place(frozenset({1, 4}), "", {"tmp": 4096 * KILOBYTE}),
    "no room at all": Place(frozenset({4}), "", {"out": 8 * KILOBYTE, "cache": 8 * KILOBYTE, "tmp": 64 * KILOBYTE}),
    "no file may be large": Place(frozenset({1, 4}), "", limit=20 * KILOBYTE),
    "no browser": Place(NO_BROWSER, "which is not there", environment={"STEPFREE_BROWSER": "/nowhere/chromium"}),
    "no driver": Place(NO_BROWSER, "which is not there", environment={"STEPFREE_DRIVER": "/nowhere/chromedriver"}),
    "a browser that ends": Place(NO_BROWSER, "did not start", stands_for={"STEPFREE_BROWSER": "exit 1"}),
    "a browser that hangs": Place(NO_BROWSER, "did not start", stands_for={"STEPFREE_BROWSER": "exec sleep 900"}),
    "a browser of long ago": Place(
        NO_BROWSER,
        "did not start",
        stands_for={"STEPFREE_BROWSER": 'case "$*" in *--version*) echo Chromium 57.0.1.2;; *) exec sleep 900;; esac'},
    ),
    "a driver that ends": Place(NO_BROWSER, "did not start", stands_for={"STEPFREE_DRIVER": "exit 1"}),
    "a driver that says nothing": Place(NO_BROWSER, "did not start", stands_for={"STEPFREE_DRIVER": "exec sleep 900"}),
    "a driver for another version": Place(
        NO_BROWSER,
        "only supports Chrome version",
        stands_for={"STEPFREE_DRIVER": f'exec "{sys.executable}" "{WRONG_DRIVER}" "$@"'},
    ),
}


def places(only: str) -> Iterator[tuple[str, list[str]]]:
    """Each case with what was wrong; ``only``: those with this word in their name."""
    for name, case in CASES.items():
        if only in name:
            with tempfile.TemporaryDirectory() as place:
                run = _run(case, Path(place))
            if isinstance(run, str):
                yield f"{name}: not tried, {run}", []
                continue
            found = problems(run, set(case.codes))
            if case.says not in run.said and case.says not in run.report.decode():
                found.append(f"nothing says “{case.says}”; the end of the terminal is: {run.said.strip()[-300:]}")
            yield f"{name} (exit {run.exit_code}, {run.seconds:.0f} s)", found


def _run(case: Place, place: Path) -> Run | str:
    folder = site(place / "site", 4)
    work = place / "work"
    work.mkdir()
    small = {name: place / name for name in case.room}
    environment = dict(case.environment)
    for variable, text in case.stands_for.items():
        program = place / variable.lower()
        program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
        environment[variable] = str(program)
    cache = small.get("cache", work / "cache")
    (work / "stepfree.toml").write_text(f'[audit]\ntimeout = {TIMEOUT}\n[paths]\ncache = "{cache}"\n', encoding="utf-8")
    with contextlib.ExitStack() as stack:
        for name, path in small.items():
            path.mkdir()
            if not _mounted(path, case.room[name]):
                return "because this needs the right to mount a small disk"
            stack.callback(subprocess.run, ["umount", "-l", str(path)], check=True)
        arguments = ["audit", str(folder), "--profile", "wcag22-aa", "--workers", "1"]
        return stepfree(arguments, work, places=small, environment=environment, limit=case.limit)


def _mounted(path: Path, size: int) -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(path)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
