"""One browser and one small server for the examples of the theme."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override

import pytest
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from audit.browser.browser import Browser
from tests.theme.rendering import Example, examples, files

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Gallery:
    """The examples in a browser."""

    def __init__(self, driver: WebDriver, address: str, offered: dict[str, bytes], found: list[Example]) -> None:
        self.driver = driver
        self.address = address
        self.offered = offered
        self._numbers = {each.id: number for number, each in enumerate(found)}

    def open(
        self,
        example: Example,
        *,
        width: int = 1280,
        scheme: str = "light",
        query: str = "",
        forced: bool = False,
        before: str = "",
    ) -> WebDriver:
        """Open an example; ``before`` is script that runs before the page's own."""
        self.scheme(scheme, forced=forced)
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        path = f"/{self._numbers[example.id]}/"
        if before:
            page = self.offered[path].replace(b"<head>", f"<head><script>{before}</script>".encode(), 1)
            path = f"/before{path}"
            self.offered[path] = page
        # The browser of the audit does not wait for pages to load.
        self.driver.execute_script("window.left = true")
        self.driver.get(f"{self.address}{path}{query}")
        loaded = "return !window.left && document.readyState === 'complete'"
        WebDriverWait(self.driver, 10, 0.02).until(lambda driver: driver.execute_script(loaded))
        return self.driver

    def scheme(self, scheme: str, *, forced: bool = False) -> None:
        """Set light or dark, and forced colours, for the page that is open."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        features.append({"name": "forced-colors", "value": "active" if forced else "none"})
        self.command("Emulation.setEmulatedMedia", features=features)

    def command(self, name: str, **values: Any) -> dict[str, Any]:
        """Speak to the browser in its own protocol."""
        answer: dict[str, Any] = self.driver.execute_cdp_cmd(name, values)
        return answer


@dataclass(frozen=True)
class Served:
    """The examples, what is offered at which path, and where."""

    found: list[Example]
    offered: dict[str, bytes]
    address: str


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The examples, served."""
    found = examples()
    offered = files(found)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            data = offered.get(path)
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Type", _TYPES.get(path.rpartition(".")[2], "text/html; charset=utf-8"))
            self.end_headers()
            self.wfile.write(data or b"")

        @override
        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(found, offered, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def gallery(served: Served, browser: Browser) -> Gallery:
    """The examples in an empty tab."""
    browser.fresh()
    return Gallery(browser.driver, served.address, served.offered, served.found)
