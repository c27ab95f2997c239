"""Sites that lie, hang and break, served for real, and how they are audited in tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from audit.model.report import Report
from audit.run.run import Listener, Order, audit
from audit.settings.config import Config

PAGE = '<!doctype html><html lang="en"><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>'
#: Quick rules only: these tests are about pages, not about faults.
ONLY = ("page-without-language", "page-without-title", "broken-link")


def page(title: str = "A page", body: str = "<p>Some text.</p>") -> str:
    return PAGE.format(title=title, body=body)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(
    target: Path | str, work: Path, *, listener: Listener | None = None, timeout: float = 90.0, **more: Any
) -> Report:
    """Audit with one worker and without a cache, unless told otherwise."""
    config = more.pop("config", Config(cache=work / "cache"))
    order = Order(
        target=str(target),
        config=replace(config, timeout=timeout),
        **{
            "workers": 1,
            "use_cache": False,
            "only": ONLY,
            "profile": "everything",
            "block": ("aoda",),
            "base": work,
            **more,
        },
    )
    return audit(order, listener)


type Reply = tuple[int, Mapping[str, str], bytes]


@contextmanager
def web(answer: Callable[[str, str], Reply]) -> Iterator[str]:
    """A server on loopback that answers as told: path and user agent in, status, headers and body out."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path, self.headers.get("User-Agent", ""))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
