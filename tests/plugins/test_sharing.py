"""Work shared between processes: the same results, and the same errors, as if one had done it all.

Each test runs in a Python of its own: the processes in which tests run side by side have threads,
and beside threads nothing is shared.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from library_base.sharing import WORTH

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
THINGS = list(range(WORTH * 3 + 1))
_BEGIN = f"""\
import json, os, signal, sys, threading
sys.path.insert(0, {str(PLUGINS)!r})
from library_base.sharing import WORTH, Elsewhere, shared
things = list(range(WORTH * 3 + 1))
here = os.getpid()
def say(found): print(json.dumps(found))
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only where processes are forked")


def said(code: str) -> Any:
    """What the code says of itself, in a Python that does nothing else."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", _BEGIN + code], capture_output=True, text=True, check=False, timeout=100
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return json.loads(run.stdout)


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_results_come_in_the_order_of_the_things(count: int) -> None:
    assert said(f"say(shared(lambda thing: thing * 2, things, {count}))") == [thing * 2 for thing in THINGS]


def test_each_process_does_every_so_manieth_thing() -> None:
    here, *others = said("say([here, *shared(lambda thing: os.getpid(), things, 3)])")
    assert others[0] == others[3] == here
    assert len(set(others)) == 3
    assert others[1] == others[4] == others[-3]


def test_few_things_are_done_here() -> None:
    assert said("say(set(shared(lambda _: os.getpid(), things[: WORTH * 2 - 1], 2)) == {here})") is True


def test_beside_other_threads_everything_is_done_here() -> None:
    code = """
done = threading.Event()
threading.Thread(target=done.wait).start()
say(set(shared(lambda _: os.getpid(), things, 2)) == {here})
done.set()
"""
    assert said(code) is True


@pytest.mark.parametrize("failing", [(7, 8), (8, 9), (9, 60)])
def test_the_first_failure_is_raised_as_it_is(failing: tuple[int, int]) -> None:
    code = f"""
def work(thing):
    if thing in {failing}:
        raise ValueError(thing) from KeyError(thing)
    return thing
try:
    shared(work, things, 2)
except ValueError as error:
    say([error.args, repr(error.__cause__)])
"""
    first = min(failing)
    assert said(code) == [[first], f"KeyError({first})"]


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(3)", "os._exit(0)"])
def test_what_a_process_did_not_finish_is_done_here(end: str) -> None:
    code = f"""
def work(thing):
    if thing == 31 and os.getpid() != here:
        {end}
    return thing
say(shared(work, things, 2))
"""
    assert said(code) == THINGS


def test_results_that_cannot_travel_are_made_here() -> None:
    assert said("say([make() for make in shared(lambda thing: lambda: thing, things, 2)])") == THINGS


def test_no_process_is_left() -> None:
    code = """
shared(lambda thing: thing, things, 3)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    say("none")
"""
    assert said(code) == "none"


@pytest.mark.parametrize(("count", "elsewhere"), [(1, False), (2, True)])
def test_one_piece_of_work_is_done_elsewhere(count: int, elsewhere: bool) -> None:
    code = f"""
import time
with Elsewhere(os.getpid, {count}) as work:
    while not work.ready():
        time.sleep(0.01)
    say(work.result() != here)
"""
    assert said(code) is elsewhere


@pytest.mark.parametrize("count", [1, 2])
def test_what_fails_elsewhere_fails_here(count: int) -> None:
    code = f"""
def work():
    raise ValueError("no")
try:
    with Elsewhere(work, {count}) as begun:
        begun.result()
except ValueError as error:
    say(str(error))
"""
    assert said(code) == "no"


def test_work_that_is_no_longer_wanted_is_ended() -> None:
    code = """
import time
begin = time.monotonic()
try:
    with Elsewhere(lambda: time.sleep(90), 2) as begun:
        begun.ready() or sys.exit(7)
except SystemExit as end:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        say(end.code)
"""
    assert said(code) == 7
