"""Pictures for the report, taken in a process of its own: with a clock, and with a folder that goes with it.

A picture proves nothing, so none of this may cost the verdict: whatever happens, there are no pictures.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from audit.browser.browser import BrowserSettings
from audit.browser.processes import deaf, stay_deaf
from audit.capture.pictures import pictures
from audit.model.finding import Finding
from audit.run.interruption import held, scratch_folder
from audit.run.pool import end_family

#: Seconds for all pictures together.
CLOCK = 180.0


def page_pictures(
    folder: Path,
    base_path: str,
    findings: Sequence[Finding],
    statuses: Mapping[str, int],
    browser: BrowserSettings,
    clock: float = CLOCK,
) -> Mapping[str, bytes]:
    """As :func:`audit.capture.pictures.pictures`; none when they take longer than ``clock`` seconds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    with scratch_folder() as scratch, contextlib.closing(ours):
        work = (theirs, scratch, folder, base_path, findings, statuses, browser)
        process = context.Process(target=_take, args=work, name="stepfree-pictures", daemon=True)
        with deaf():
            process.start()
        theirs.close()
        found: object = {}
        try:
            if ours.poll(clock):
                found = ours.recv()
                process.join(5)
        except (EOFError, OSError):
            found = {}
        finally:
            with held():
                end_family(process)
        return found if isinstance(found, dict) else {}


def _take(
    connection: Connection,
    scratch: Path,
    folder: Path,
    base_path: str,
    findings: Sequence[Finding],
    statuses: Mapping[str, int],
    browser: BrowserSettings,
) -> None:
    stay_deaf()
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    with contextlib.suppress(OSError):
        connection.send(dict(pictures(folder, base_path, findings, statuses, browser)))
