"""Lives of workers that go wrong, for tests of the pool: no browser is started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection

from audit.model.finding import PageState
from audit.run.worker import Job, PageRecord, PageTask, write_record


def _good(task: PageTask) -> bytes:
    return write_record(PageRecord(task.expected.address, PageState.AUDITED))


def patient(connection: Connection, _job: Job) -> None:
    """Gives back every page."""
    while (task := connection.recv()) is not None:
        connection.send_bytes(_good(task))


def dying(connection: Connection, _job: Job) -> None:
    """Dies on a page with “dies” in its address."""
    while (task := connection.recv()) is not None:
        if "dies" in task.expected.address:
            os._exit(7)
        connection.send_bytes(_good(task))


def hanging(connection: Connection, job: Job) -> None:
    """Stops for ever on a page with “hangs” in its address, with a child that would outlive it."""
    while (task := connection.recv()) is not None:
        if "hangs" in task.expected.address:
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
            (job.scratch / f"{child.pid}.pid").touch()
            time.sleep(600)
        connection.send_bytes(_good(task))


def dying_once(connection: Connection, job: Job) -> None:
    """Dies on the first page that it is given in all, and never again."""
    while (task := connection.recv()) is not None:
        mark = job.scratch / "died"
        if not mark.exists():
            mark.touch()
            os._exit(1)
        connection.send_bytes(_good(task))


def without_browser(connection: Connection, _job: Job) -> None:
    """Has no browser."""
    while (task := connection.recv()) is not None:
        record = PageRecord(task.expected.address, PageState.NOT_AUDITED, "The browser did not start.", no_browser=True)
        connection.send_bytes(write_record(record))


def losing_one_browser(connection: Connection, job: Job) -> None:
    """One worker has a browser, the other loses its own as soon as the first has given back a page."""
    while (task := connection.recv()) is not None:
        first = job.scratch / "first"
        try:
            first.touch(exist_ok=False)
        except FileExistsError:
            if not (job.scratch / str(os.getpid())).exists():
                while not (job.scratch / "given").exists():
                    time.sleep(0.05)
                record = PageRecord(task.expected.address, PageState.NOT_AUDITED, "It is gone.", no_browser=True)
                connection.send_bytes(write_record(record))
                continue
        (job.scratch / str(os.getpid())).touch()
        connection.send_bytes(_good(task))
        if (job.scratch / "second").exists():
            (job.scratch / "given").touch()
        (job.scratch / "second").touch()
