"""Stands for a driver that was made for another version of the browser: ``python wrong_driver.py --port=N``."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

SAYS = (
    "session not created: This version of ChromeDriver only supports Chrome version 57\nCurrent browser version is 156"
)


class Driver(BaseHTTPRequestHandler):
    """Answers as the protocol of drivers wants it (W3C WebDriver)."""

    def do_GET(self) -> None:
        self._answer(200, {"ready": True, "message": ""})

    def do_POST(self) -> None:
        self._answer(500, {"error": "session not created", "message": SAYS, "stacktrace": ""})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Silent."""

    def _answer(self, status: int, value: object) -> None:
        body = json.dumps({"value": value}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    port = next(word.partition("=")[2] for word in sys.argv if word.startswith("--port="))
    HTTPServer(("127.0.0.1", int(port)), Driver).serve_forever()
