"""Answers a browser on this machine: pages with the preview's script, files, and the stream of events.

A second server on a port of its own gives the same pages without the script: the bytes that would
be published, for the audit's browser.
"""

from __future__ import annotations

import hashlib
import json
import queue
import threading
from collections.abc import Callable
from functools import cache
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import ClassVar, Self, override
from urllib.parse import parse_qs, quote, unquote, urlsplit

from audit.errors import UsageError
from audit.model.finding import Json
from audit.survey.server import content_type
from stepfree.preview.feed import HEARTBEAT, Event, Feed
from stepfree.preview.reading_level import reading_level
from stepfree.preview.site import NOT_FOUND, FollowedSite, Shown

#: Where the preview's own files are, below the base path. No page of a site can have this address: it begins with _.
OWN = "_preview/"
ASSETS = ("panel.js", "panel.css")
#: Who may ask: a page of another site must not read drafts through a name that leads to this machine.
NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
#: How many ports are tried when none was named.
TRIES = 50


@cache
def asset(name: str) -> bytes:
    return (files("stepfree.preview") / name).read_bytes()


class PreviewServer(ThreadingHTTPServer):
    """Serves a followed site on loopback. ``look`` is told of each page that is opened; ``None``: no script is added."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, site: FollowedSite, feed: Feed, port: int, *, panel: bool, search: Path, findings: bool = False
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site, self.feed, self.panel, self.search, self.findings = site, feed, panel, search, findings
        self.look: Callable[[str], None] = lambda _: None
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="preview", daemon=True)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @override
    def __enter__(self) -> Self:
        self._thread.start()
        return self

    @override
    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that breaks off a request is no news."""


def serve(
    site: FollowedSite, feed: Feed, port: int | None, *, search: Path, findings: bool, first: int = 8000
) -> PreviewServer:
    """A server on ``port``, else on the next free one from ``first`` on.

    Raises:
        UsageError: the port is taken, or none of many is free.
    """
    for number in [port] if port is not None else range(first, first + TRIES):
        try:
            return PreviewServer(site, feed, number, panel=True, search=search, findings=findings)
        except PermissionError as error:
            raise UsageError(f"Port {number} is not for everybody.", "Name one from 1024 on: --port 8080.") from error
        except OSError as error:
            if port is not None:
                raise UsageError(
                    f"Port {number} is in use.", "Leave --port out, and the next free one is taken."
                ) from error
    raise UsageError(f"None of the ports {first} to {first + TRIES - 1} is free.", "Name one: --port 9000.")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float | None] = 60
    server: PreviewServer  # type: ignore[mutable-override]  # the only server that makes it

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    @override
    def version_string(self) -> str:
        return "stepfree"

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Silent: the terminal is for what changed."""

    def _answer(self) -> None:
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in NAMES:
            self._write(HTTPStatus.FORBIDDEN, "text/plain", b"The preview is for this machine only.\n")
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path, errors="replace")
        base = self.server.site.base_path
        if not path.startswith(base):
            self._redirect(base) if path in {"/", base.rstrip("/")} else self._missing(path)
            return
        below = path[len(base) :]
        if self.server.panel and below.startswith(OWN):
            self._own(below[len(OWN) :], parse_qs(parts.query))
        else:
            self._serve(below)

    def _own(self, name: str, query: dict[str, list[str]]) -> None:
        if name == "events":
            seen = query.get("seen", ["0"])[0]
            self._events(query.get("page", ["/"])[0], int(seen) if seen.isascii() and seen.isdigit() else 0)
        elif name in ASSETS:
            self._write(HTTPStatus.OK, content_type(PurePosixPath(name), asset(name)), asset(name))
        else:
            self._write(HTTPStatus.NOT_FOUND, "text/plain", b"There is no such file.\n")

    def _serve(self, below: str) -> None:
        site = self.server.site
        address = (
            "/" + below.removesuffix("index.html") if below.endswith(("/index.html", "index.html")) else f"/{below}"
        )
        looks_like_page = address.endswith(("/", ".html"))
        page = site.show(address) if looks_like_page else None
        if page is not None:
            self._page(page)
            return
        if not looks_like_page and site.exists(f"{address}/"):
            self._redirect(quote(f"{site.base_path}{below}/"))
            return
        data = site.file(below) if below else None
        if data is None and below.startswith("search-index/"):
            data = self._search_index(below)
        if data is not None:
            self._file(below, data)
        else:
            self._missing(address)

    def _search_index(self, below: str) -> bytes | None:
        """The index of the last build: it is made from all pages together, which takes too long after each save."""
        folder = self.server.search.resolve()
        found = (folder / below).resolve()
        return found.read_bytes() if "\0" not in below and found.is_relative_to(folder) and found.is_file() else None

    def _missing(self, address: str) -> None:
        site = self.server.site
        page = site.show(address) if site.troubles else site.show(NOT_FOUND)
        if page is None:
            self._write(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such page.\n")
        else:
            self._page(page, asked=address)

    def _page(self, page: Shown, asked: str | None = None) -> None:
        html = with_panel(page, self.server, asked or page.address) if self.server.panel else page.html
        self._write(HTTPStatus(page.status), "text/html; charset=utf-8", html)

    def _file(self, below: str, data: bytes) -> None:
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self._write(HTTPStatus.OK, content_type(PurePosixPath(below), data), data, tag)

    def _redirect(self, location: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _write(self, status: HTTPStatus, kind: str, data: bytes, tag: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache" if tag else "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, address: str, seen: int) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        server = self.server
        with server.feed.listening(address) as told:
            self.wfile.write(b"retry: 500\n\n")
            if seen != server.site.generation:
                self.wfile.write(renewed(server.site.generation).encoded())
            server.look(address)
            while True:
                try:
                    event = told.get(timeout=HEARTBEAT)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if event is None:
                    return
                self.wfile.write(event.encoded())


def renewed(generation: int) -> Event:
    """The event after which a page asks for itself again."""
    return Event("renewed", {"generation": generation})


def with_panel(page: Shown, server: PreviewServer, asked: str) -> bytes:
    """The page with one more element at its end: the preview's script and what it must know."""
    site = server.site
    data: dict[str, Json] = {
        "address": page.address,
        "asked": asked,
        "generation": site.generation,
        "base": site.base_path + OWN,
        "source": page.source,
        "reading": reading_level(page.html, page.lang) if page.source else "",
        "trouble": page.built is None,
        "findings": server.findings and page.built is not None and asked == page.address,
        "because": page.because,
        "marks": [
            {"ordinals": list(each.ordinals), "source": each.source, "because": each.because} for each in page.marks
        ],
    }
    told = escape(json.dumps(data, ensure_ascii=False), quote=True)
    script = f'<script src="{escape(site.base_path + OWN)}panel.js" data-preview="{told}"></script>'.encode()
    end = page.html.rfind(b"</body>")
    return page.html + script if end < 0 else page.html[:end] + script + page.html[end:]
