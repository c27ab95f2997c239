"""A process for each document: what hangs or breaks in it is told, and nothing else is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

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
