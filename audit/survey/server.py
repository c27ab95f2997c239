"""A local server for the folder that is audited: the bytes that would be published, nothing else.

It answers as a static host does (an index file for a folder, a redirect to the address with
its slash, ``404.html`` with status 404) and only on loopback. It never lists a folder,
never follows a link out of the root, and forbids every cache, so that no run sees the
bytes of an earlier one.
"""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import ClassVar, Self, override
from urllib.parse import quote, unquote, urlsplit

from audit.model.addresses import INDEXES, normal_base

#: Types that the machine's own table may lack or get wrong.
TYPES: Mapping[str, str] = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".epub": "application/epub+zip",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
ERROR_PAGE = "404.html"


def media_type(path: PurePosixPath) -> str:
    """The media type of a file by the end of its name; unknown ones are bytes."""
    return TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A client that opens a connection and stays silent must not keep a thread for ever.
    timeout: ClassVar[float | None] = 30
    server: _Folder  # type: ignore[mutable-override]  # the only server that makes it

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    @override
    def version_string(self) -> str:
        return "stepfree"

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Silent: what pages asked for stands in their captures."""

    def _answer(self, *, body: bool) -> None:
        path = unquote(urlsplit(self.path).path, errors="replace")
        base = self.server.base_path
        if path == base.rstrip("/") and base != "/":
            self._redirect(base)
        elif not path.startswith(base):
            self._missing(body=body)
        else:
            self._serve(path[len(base) :], body=body)

    def _serve(self, relative: str, *, body: bool) -> None:
        found = self.server.find(relative)
        if found is None:
            self._missing(body=body)
        elif found.is_dir():
            # Without the slash, relative addresses of the page would be wrong: hosts redirect.
            if relative and not relative.endswith("/"):
                self._redirect(quote(f"{self.server.base_path}{relative}/"))
                return
            index = next((found / name for name in INDEXES if (found / name).is_file()), None)
            if index is None:
                self._missing(body=body)
            else:
                self._send(HTTPStatus.OK, index, body=body)
        elif found.is_file() and not relative.endswith("/"):
            self._send(HTTPStatus.OK, found, body=body)
        else:
            self._missing(body=body)

    def _missing(self, *, body: bool) -> None:
        page = self.server.find(ERROR_PAGE)
        if page is not None and page.is_file():
            self._send(HTTPStatus.NOT_FOUND, page, body=body)
        else:
            self._write(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such page.\n", body=body)

    def _send(self, status: HTTPStatus, file: Path, *, body: bool) -> None:
        if status is HTTPStatus.OK and file == self.server.find(ERROR_PAGE):
            # The error page is what visitors get for an address that does not exist.
            status = HTTPStatus.NOT_FOUND
        try:
            data = file.read_bytes()
        except OSError:
            self._write(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", b"The file cannot be read.\n", body=body)
            return
        self._write(status, media_type(PurePosixPath(file.name)), data, body=body)

    def _redirect(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _write(self, status: HTTPStatus, kind: str, data: bytes, *, body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if body:
            self.wfile.write(data)


class _Folder(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens many connections at once; the usual five would refuse some.
    request_queue_size = 128

    def __init__(self, folder: Path, base_path: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.base_path = base_path

    def find(self, relative: str) -> Path | None:
        """The file or folder below the root; ``None`` where there is none or it leads outside."""
        if "\0" in relative or "\\" in relative or any(part == ".." for part in relative.split("/")):
            return None
        try:
            found = (self.folder / relative.strip("/")).resolve(strict=True)
        except (OSError, ValueError):
            return None
        return found if found == self.folder or self.folder in found.parents else None

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that breaks off a request is no news."""


class Server:
    """Serves ``folder`` under ``base_path`` on a free port while it is entered."""

    def __init__(self, folder: Path, base_path: str = "/") -> None:
        self.folder = folder.resolve()
        self.base_path = normal_base(base_path)
        self._http: _Folder | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._http = _Folder(self.folder, self.base_path)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name="serve", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None and self._thread is not None:
            self._http.shutdown()
            self._thread.join()
            self._http.server_close()
        self._http = self._thread = None

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        if self._http is None:
            raise RuntimeError("the server is not running")
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def root(self) -> str:
        """The address of the site's first page, for instance ``http://127.0.0.1:8123/x/``."""
        return self.origin + self.base_path
