"""A process for each document: what hangs or breaks in it is told, and nothing else is lost."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from audit.browser.processes import descendants, is_called
from audit.documents.process import Limits, apart


def hangs(path: Path) -> bytes:
    while path.name == "hangs":
        time.sleep(1)
    return b"done"


def works(path: Path) -> bytes:
    while path.name:
        pass
    return b"done"


def breaks(path: Path) -> bytes:
    if path.name == "breaks":
        os.abort()
    return b"done"


def swells(path: Path) -> bytes:
    return bytes(10**10 if path.name == "swells" else 1) or b""


def raises(path: Path) -> bytes:
    raise KeyError(path.name)


@pytest.mark.slow
def test_what_hangs_is_ended_and_the_others_are_done() -> None:
    tasks = [("a", Path("hangs")), ("b", Path("fine"))]
    told = {name: (data, reason) for name, data, reason in apart(hangs, tasks, 2, Limits(seconds=7))}
    assert told["b"] == (b"done", "")
    assert told["a"][0] is None
    assert "longer than 7 seconds" in told["a"][1]


def test_what_works_without_end_is_ended_by_the_processors_clock() -> None:
    ((_, data, reason),) = apart(works, [("a", Path("x"))], 1, Limits(seconds=1))
    assert data is None
    assert "longer than 1 second " in reason


def test_what_breaks_is_told() -> None:
    tasks = [("a", Path("breaks")), ("b", Path("fine"))]
    told = {name: data for name, data, _ in apart(breaks, tasks, 1, Limits())}
    assert told == {"a": None, "b": b"done"}


def test_what_needs_too_much_memory_is_told() -> None:
    ((_, data, reason),) = apart(swells, [("a", Path("swells"))], 1, Limits(memory=200_000_000))
    assert data is None
    assert "memory" in reason


def test_an_error_that_nobody_expected_is_a_reason() -> None:
    ((_, data, reason),) = apart(raises, [("a", Path("x"))], 1, Limits())
    assert data is None
    assert "KeyError" in reason


def is_killed_once(path: Path) -> bytes:
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_what_somebody_else_ends_is_read_again(tmp_path: Path) -> None:
    assert list(apart(is_killed_once, [("a", tmp_path / "x")], 1, Limits())) == [("a", b"done", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is copied there")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_whatever_becomes_of_the_process_that_is_copied(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(apart(hangs, [("a", Path("fine"))], 1, Limits())) == [("a", b"done", "")]
    monkeypatch.setattr("audit.documents.process._START", 3.0)
    (copied,) = (pid for pid in descendants(os.getpid()) if is_called(pid, "multiprocessing.forkserver"))
    os.kill(copied, number)
    tasks = [("a", Path("fine")), ("b", Path("fine"))]
    assert sorted(apart(hangs, tasks, 2, Limits())) == [("a", b"done", ""), ("b", b"done", "")]
