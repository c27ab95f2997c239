"""A browser that may not have its sandbox is told as that, and starts without one where somebody says so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from audit.browser import sandbox
from audit.browser.browser import Browser, BrowserSettings
from audit.errors import BrowserError

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests: not root, and without the variable."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.delenv(sandbox.VARIABLE, raising=False)


def stand_in(path: Path, said: str) -> Path:
    path.write_text(f'#!/bin/sh\necho "{said}" >&2\nexit 1\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@posix
def test_it_is_told(tmp_path: Path) -> None:
    settings = BrowserSettings(
        binary=stand_in(tmp_path / "browser", "FATAL: No usable sandbox! If this is a Debian system …"),
        driver=stand_in(tmp_path / "driver", "It ended."),
    )
    with pytest.raises(BrowserError, match="does not let it put a sandbox around pages") as told:
        Browser(settings).start()
    assert "STEPFREE_SANDBOX=off" in str(told.value)


@posix
def test_another_reason_is_not_taken_for_it(tmp_path: Path) -> None:
    browser = stand_in(tmp_path / "browser", "Missing library.")
    with pytest.raises(BrowserError, match="The browser did not start") as told:
        Browser(BrowserSettings(binary=browser, driver=stand_in(tmp_path / "driver", "It ended."))).start()
    assert "sandbox" not in str(told.value)


def test_root_and_whoever_says_so_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sandbox.used()
    monkeypatch.setenv(sandbox.VARIABLE, "off")
    assert not sandbox.used()
    monkeypatch.setenv(sandbox.VARIABLE, "")
    assert sandbox.used()
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert not sandbox.used()
