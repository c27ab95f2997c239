"""Processes are found and ended on systems that know neither sessions nor ``fork``, as Windows."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from urllib3.exceptions import ProtocolError

from audit.browser.browser import Browser
from audit.browser.processes import alive, descendants, end_group, end_named
from audit.errors import BrowserError

#: A process that starts another one, says that it did, and waits.
PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", *sys.argv[1:]])
print(child.pid, flush=True)
child.wait()
"""
#: What Windows lacks is taken away before anything of ours is imported, and after what has its own way there.
WINDOWS = """
import multiprocessing.popen_spawn_posix, os, signal, subprocess
import psutil, selenium.webdriver, selenium.webdriver.chrome.service
for name in ("fork", "killpg", "getpgid", "geteuid", "getuid", "sched_getaffinity"):
    delattr(os, name)
del signal.SIGHUP
from pathlib import Path
"""


def family(*words: str) -> tuple[subprocess.Popen[str], int]:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *words], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    return parent, int(parent.stdout.readline())


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("sessions", [True, False])
def test_a_process_is_ended_with_what_it_started(sessions: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not sessions:
        monkeypatch.delattr("os.killpg", raising=False)
    parent, child = family()
    assert alive(child)
    assert child in descendants(parent.pid)
    end_group(parent.pid)
    assert gone(child)
    assert gone(parent.pid)
    end_group(parent.pid)  # Once more is no error.
    parent.communicate()


def test_a_process_is_known_by_the_path_on_its_command_line(tmp_path: Path) -> None:
    parent, child = family(f"--user-data-dir={tmp_path / 'profile-7'}")
    other, spared = family(f"--user-data-dir={tmp_path / 'profiles'}")
    end_named(tmp_path / "profile-")
    assert gone(child)
    assert alive(spared)
    end_group(other.pid)
    for each in (parent, other):
        each.communicate()


def python(script: str, folder: Path) -> str:
    """What a new Python says that runs in ``folder``, with its temporary files there."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be held back here")
def test_the_first_process_too_is_started_deaf(tmp_path: Path) -> None:
    script = """
import multiprocessing, signal, time
from audit.browser.processes import deaf
with deaf():
    multiprocessing.get_context("spawn").Process(target=time.sleep, args=(0,)).start()
    print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))
"""
    assert python(script, tmp_path) == "True\n"


@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="nothing is copied here")
def test_the_socket_of_the_copied_process_stands_in_a_folder_that_says_whose_it_is(tmp_path: Path) -> None:
    script = """
import os
from pathlib import Path
from audit.documents.process import _context
_context()
print([name.startswith(f"stepfree-{os.getpid()}-") for name in os.listdir()], bool([*Path().glob("*/pymp-*")]))
"""
    assert python(script, tmp_path) == "[True] True\n"
    assert [*tmp_path.iterdir()] == []


def test_a_driver_that_ends_while_its_browser_starts_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, child = None, 0

    def begin(browser: Browser) -> None:
        nonlocal parent, child
        browser._profile = Path(tempfile.mkdtemp(prefix="stepfree-browser-"))
        # The driver is gone already; what it had started is not.
        parent, child = family(f"--user-data-dir={browser._profile}")
        parent.kill()
        raise ProtocolError("Connection aborted.")

    monkeypatch.setattr(Browser, "_unmasked", begin)
    browser = Browser()
    with pytest.raises(BrowserError, match=r"The browser did not start: its driver has ended\."):
        browser.start()
    assert gone(child)
    assert isinstance(parent, subprocess.Popen)
    parent.communicate()


def test_what_selenium_notes_for_itself_is_not_on_the_terminal(tmp_path: Path) -> None:
    script = """
import logging, sys
sys.stderr = sys.stdout
import audit.browser.browser
logging.getLogger("selenium.webdriver.common.service").error("Service process refused to terminate gracefully.")
"""
    assert python(script, tmp_path) == ""


def run(script: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WINDOWS + script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_folders_that_gone_processes_left_are_removed_where_persons_have_no_numbers(tmp_path: Path) -> None:
    parent, child = family()
    end_group(parent.pid)
    parent.communicate()
    assert gone(child)
    (tmp_path / f"stepfree-{parent.pid}-left").mkdir()
    (tmp_path / f"stepfree-browser-{psutil.Process().pid}-mine").mkdir()
    run("from audit.run.interruption import sweep; sweep(Path.cwd())", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"stepfree-browser-{psutil.Process().pid}-mine"]


@pytest.mark.slow
def test_every_command_is_there_where_nothing_can_be_forked(tmp_path: Path) -> None:
    """All of it is imported, and a library is begun and built."""
    answers = Path(__file__).parents[1] / "founding" / "answers" / "leeds.toml"
    said = run(
        f"""
from click import Context
from stepfree.__main__ import run
from stepfree.__main__ import stepfree as commands
from stepfree.project import site_plugins
site_plugins()
import audit.run.run, audit.run.pictures, audit.capture.visit, library_site, stepfree.preview.server
context = Context(commands)
print(len([commands.get_command(context, name) for name in commands.list_commands(context)]))
assert run(["init", "library", "--answers", {str(answers)!r}]) == 0
os.chdir("library")
assert run(["build", "--publish"]) == 0
""",
        tmp_path,
    )
    assert int(said.split()[0]) > 15
    assert (tmp_path / "library/build/site/index.html").is_file()


@pytest.mark.browser
def test_a_browser_is_started_and_ended_there(tmp_path: Path) -> None:
    said = run(
        """
from audit.browser.browser import Browser, BrowserSettings
# Who the person is cannot be asked there, so that root has to be said.
with Browser(BrowserSettings(flags=("--no-sandbox",))) as browser:
    started = [child.pid for child in psutil.Process().children(recursive=True)]
print(*started)
""",
        tmp_path,
    )
    started = [int(word) for word in said.split()]
    assert len(started) > 1
    assert all(gone(pid) for pid in started)


def test_letters_that_a_terminal_lacks_end_no_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stepfree", "audit", "gibt-es-nicht"],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
