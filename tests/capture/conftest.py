"""One browser for all tests here, and a small server on loopback for their pages."""

from __future__ import annotations

import http.server
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from audit.browser.browser import DRIVERS, Browser, find, reachable
from audit.capture.settings import CaptureSettings
from audit.capture.visit import visit_twice
from audit.model.finding import Condition
from audit.model.page import Page

HEAD = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Page</title>"


@dataclass
class Answer:
    """What the server answers with at one path."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """A server of pages that a test puts there."""

    def __init__(self) -> None:
        answers: dict[str, Answer] = {}
        self.answers = answers
        self.asked: list[str] = []
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked.append(self.path)
                answer = answers.get(self.path.split("?")[0], Answer(b"nothing here", 404))
                self.send_response(answer.status)
                headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        """Answer with this at the path; gives its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(body.encode(), status, named)
        return self.root + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def free_driver() -> Iterator[str]:
    """The address of a driver that listens as one on another machine would."""
    driver = find(os.environ.get("STEPFREE_DRIVER"), DRIVERS, "STEPFREE_DRIVER")
    if driver is None:
        pytest.skip("no chromedriver is installed here")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        if reachable(address):
            break
        time.sleep(0.1)
    yield address
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@dataclass
class Capture:
    """Captures a page made of a head and a body."""

    browser: Browser
    site: Site

    def __call__(self, body: str, *needs: Condition, head: str = "", axe: bool = False, **settings: float) -> Page:
        url = self.site.put("/page", f"{HEAD}{head}</head><body>{body}</body></html>")
        return self.open(url, *needs, axe=axe, **settings)

    def open(self, url: str, *needs: Condition, axe: bool = False, **settings: float) -> Page:
        limits = CaptureSettings(axe=axe, **settings)  # type: ignore[arg-type]
        return visit_twice(self.browser, url, "/page", frozenset(needs), limits)


@pytest.fixture
def capture(browser: Browser, site: Site) -> Capture:
    return Capture(browser, site)
