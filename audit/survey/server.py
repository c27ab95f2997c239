"""A local server for the folder that is audited: the bytes that would be published, nothing else.

It answers as a static host does (an index file for a folder, a redirect to the address with
its slash, ``404.html`` with status 404) and only on loopback. It never lists a folder,
never follows a link out of the root, and forbids to keep pages, so that no run sees the
bytes of an earlier one; style sheets, scripts, fonts and images only where it is told so.
It keeps a ledger of what it was asked for and what it answered, which says what a page
really used.
"""

from __future__ import annotations

import codecs
import hashlib
import mimetypes
import os
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    ".css": "text/css",
    ".csv": "text/csv",
    ".epub": "application/epub+zip",
    ".htm": "text/html",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".pdf": "application/pdf",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".shtml": "text/html",
    ".xht": "application/xhtml+xml",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
ERROR_PAGE = "404.html"
#: Endings of names under which hosts serve pages.
HTML = (".html", ".htm", ".xhtml", ".xht", ".shtml")
#: How a document that is a page begins, whatever it is called.
_DOCUMENT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
#: How XHTML begins that is served as XML of any kind: browsers go by the namespace of its first element.
_XHTML = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype\s[^\[>]*(?:\[.*?\]\s*)?>)*"""
    rb"""<(?:[\w.-]+:)?html\b[^>]*["']http://www\.w3\.org/1999/xhtml["']""",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"(?:text|application)/xml$")
#: Types that say nothing: hosts look at the content, or would run the file.
_UNKNOWN = re.compile(r"application/(?:octet-stream|x-httpd-\w+)$")
#: The name under which the ends of links are read: the page itself has not used them.
READER = "stepfree-link-reader"
#: How the types begin of what many pages share.
KEPT = ("text/css", "text/javascript", "font/", "image/")
#: Files up to this many bytes are read whole; of larger ones a piece at a time is in memory.
WHOLE = 8_000_000
PIECE = 1 << 20
#: Bytes in which a page may declare its encoding (HTML Standard, "prescan a byte stream").
PRESCAN = 1024
_DECLARED = re.compile(rb"""<meta\b[^>]*charset\s*=|^\s*<\?xml\b[^>]*encoding\s*=""", re.IGNORECASE)
#: What a script writes that asks for the day.
_DAY = re.compile(rb"\b(?:Date|Temporal|DateTimeFormat|lastModified)\b")
_SCRIPTED = re.compile(
    rb"""<script\b[^>]*>(.*?)</script|\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)|javascript:[^"'>]*""",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def media_type(path: PurePosixPath) -> str:
    """The media type of a file by the end of its name; unknown ones are bytes."""
    return TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def content_type(path: PurePosixPath, data: bytes | None) -> str:
    """What the server says a file is. The encoding only where it is known, or it would overrule the page's own word.

    ``data``: all its bytes, ``None`` for a file too large to read whole.
    """
    kind = media_type(path)
    if _UNKNOWN.match(kind) and data is not None and _DOCUMENT.match(data[:PRESCAN]):
        kind = "text/html"
    if not kind.startswith("text/") or data is None or data.startswith(_MARKS):
        return kind
    if kind == "text/html" and _DECLARED.search(data[:PRESCAN]):
        return kind
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return kind
    return f"{kind}; charset=utf-8"


def is_page(file: Path) -> bool:
    """Whether a file is a page to visitors: by its name, or by its content where the name says nothing."""
    if file.suffix.lower() in HTML:
        return True
    kind = media_type(PurePosixPath(file.name))
    if not (_UNKNOWN.match(kind) or _XML.match(kind)):
        return False
    with file.open("rb") as stream:
        head = stream.read(PRESCAN)
    return is_xhtml(kind, head) or (_UNKNOWN.match(kind) is not None and _DOCUMENT.match(head) is not None)


def is_xhtml(kind: str, data: bytes) -> bool:
    """Whether what is served as XML is a page to a browser."""
    return _XML.match(kind) is not None and _XHTML.match(data[: 4 * PRESCAN]) is not None


def asks_the_day(kind: str, data: bytes) -> bool:
    """Whether a script in a file may ask for the day: then the page that uses it looks different tomorrow."""
    if "javascript" in kind:
        return _DAY.search(data) is not None
    if "html" in kind or "svg" in kind or "xml" in kind:
        return any(_DAY.search(match.group()) for match in _SCRIPTED.finditer(data))
    return False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address is answered with: a ``file``, a redirect to ``location``, or neither."""

    status: HTTPStatus
    file: Path | None = None
    location: str | None = None


@dataclass(frozen=True)
class Folder:
    """A folder as a static host answers from it. ``base_path`` as :func:`normal_base` gives it, ``root`` resolved."""

    root: Path
    base_path: str = "/"
    _sums: dict[tuple[int, int, int, int], str] = field(default_factory=dict)

    def answer(self, path: str) -> Answer:
        """What answers an address without query, percent escapes resolved."""
        base = unquote(self.base_path)
        if path == base.rstrip("/") and base != "/":
            return Answer(HTTPStatus.MOVED_PERMANENTLY, location=self.base_path)
        if not path.startswith(base):
            return self._missing()
        relative = path[len(base) :]
        found = self.find(relative)
        if found is not None and found.is_dir():
            # Without the slash, relative addresses of the page would be wrong: hosts redirect.
            if relative and not relative.endswith("/"):
                return Answer(HTTPStatus.MOVED_PERMANENTLY, location=f"{self.base_path}{quote(relative)}/")
            index = next((found / name for name in INDEXES if (found / name).is_file()), None)
            return self._missing() if index is None else self._file(index)
        if found is not None and found.is_file() and not relative.endswith("/"):
            return self._file(found)
        return self._missing()

    def find(self, relative: str) -> Path | None:
        """The file or folder below the root; ``None`` where there is none or it leads outside."""
        if "\0" in relative or "\\" in relative or any(part == ".." for part in relative.split("/")):
            return None
        try:
            found = (self.root / relative.strip("/")).resolve(strict=True)
        except (OSError, ValueError):
            return None
        return found if found == self.root or self.root in found.parents else None

    def told(self, path: str) -> str:
        """The answer to an address in one line: its status, and where to or a digest of the bytes."""
        answer = self.answer(path)
        if answer.location is not None:
            return line_of(answer.status, answer.location)
        if answer.file is None:
            return line_of(answer.status, "")
        try:
            return line_of(answer.status, self.digest(answer.file))
        except OSError:
            return line_of(HTTPStatus.INTERNAL_SERVER_ERROR, "")

    def digest(self, file: Path) -> str:
        """The SHA-256 of a file. Large ones are read in pieces, and once as long as they stay as they are."""
        with file.open("rb") as stream:
            stat = os.fstat(stream.fileno())
            if stat.st_size <= WHOLE:
                return hashlib.sha256(stream.read()).hexdigest()
            key = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
            if key not in self._sums:
                self._sums[key] = hashlib.file_digest(stream, "sha256").hexdigest()
            return self._sums[key]

    def _file(self, file: Path) -> Answer:
        # The error page is what visitors get for an address that does not exist.
        missing = file == self.root / ERROR_PAGE
        return Answer(HTTPStatus.NOT_FOUND if missing else HTTPStatus.OK, file)

    def _missing(self) -> Answer:
        page = self.find(ERROR_PAGE)
        return Answer(HTTPStatus.NOT_FOUND, page if page is not None and page.is_file() else None)


def line_of(status: int, rest: str) -> str:
    """An answer in one line, as :meth:`Folder.told` and the :class:`Ledger` write it."""
    return f"{int(status)} {rest}".rstrip()


class Ledger:
    """Which addresses were asked for, and what each was answered; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: dict[str, str] = {}
        self._ever: dict[str, str] = {}
        self._dated: set[str] = set()
        self._read: dict[str, set[str]] = {}
        self._torn = False

    def note(self, path: str, line: str, *, dated: bool = False, page: bool = True) -> None:
        """Write an answer down; ``dated``: what is in it may ask for the day. ``page``: a page has asked for it."""
        with self._lock:
            if not page:
                self._read.setdefault(path, set()).add(line)
                return
            if self._now.setdefault(path, line) != line:
                self._torn = True
            self._ever[path] = line
            if dated:
                self._dated.add(path)

    def begin(self) -> None:
        """A new page: what is asked for from now on is for it."""
        with self._lock:
            self._now, self._torn = {}, False

    def used(self, also: Iterable[str]) -> dict[str, str] | None:
        """Every address asked for since :meth:`begin` with its answer.

        ``also``: addresses that the page is known to have used without asking again. ``None``: an
        address was answered in two ways, or it is not known what one was answered.
        """
        with self._lock:
            used = dict(self._now)
            for path in also:
                if path not in used:
                    line = self._ever.get(path)
                    if line is None:
                        return None
                    used[path] = line
            return None if self._torn else dict(sorted(used.items()))

    def read(self, paths: Iterable[str]) -> dict[str, str] | None:
        """What was answered to those who read the ends of links; ``None``: one was answered in two ways, or never."""
        with self._lock:
            lines = {path: self._read.get(path, set()) for path in paths}
        if any(len(each) != 1 for each in lines.values()):
            return None
        return {path: next(iter(each)) for path, each in sorted(lines.items())}

    def dated(self, used: Iterable[str]) -> bool:
        """Whether anything that was answered to one of these addresses may ask for the day."""
        with self._lock:
            return not self._dated.isdisjoint(used)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A client that opens a connection and stays silent must not keep a thread for ever.
    timeout: ClassVar[float | None] = 30
    server: _Http  # type: ignore[mutable-override]  # the only server that makes it

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
        answer = self.server.folder.answer(path)
        if answer.location is not None:
            self._note(path, line_of(answer.status, answer.location))
            self._redirect(answer.location)
        elif answer.file is None:
            self._note(path, line_of(answer.status, ""))
            self._write(answer.status, "text/plain; charset=utf-8", b"There is no such page.\n", body=body)
        else:
            self._send(path, answer.status, answer.file, body=body)

    def _send(self, path: str, status: HTTPStatus, file: Path, *, body: bool) -> None:
        name = PurePosixPath(file.name)
        try:
            stream = file.open("rb")
        except OSError:
            self._note(path, line_of(HTTPStatus.INTERNAL_SERVER_ERROR, ""))
            self._write(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", b"The file cannot be read.\n", body=body)
            return
        with stream:
            size = os.fstat(stream.fileno()).st_size
            if size > WHOLE:
                self._note(path, line_of(status, self.server.folder.digest(file)))
                self._head(status, content_type(name, None), size)
                while body and (piece := stream.read(PIECE)):
                    self.wfile.write(piece)
                return
            data = stream.read()
        kind = content_type(name, data)
        self._note(path, line_of(status, hashlib.sha256(data).hexdigest()), dated=asks_the_day(kind, data))
        self._write(status, kind, data, body=body)

    def _note(self, path: str, line: str, *, dated: bool = False) -> None:
        self.server.ledger.note(path, line, dated=dated, page=self.headers.get("User-Agent") != READER)

    def _redirect(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _write(self, status: HTTPStatus, kind: str, data: bytes, *, body: bool) -> None:
        self._head(status, kind, len(data))
        if body:
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        kept = self.server.kept and status == HTTPStatus.OK and kind.startswith(KEPT)
        self.send_header("Cache-Control", "max-age=86400" if kept else "no-store")
        self.end_headers()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens many connections at once; the usual five would refuse some.
    request_queue_size = 128

    def __init__(self, folder: Folder, ledger: Ledger, *, kept: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept = kept
        self.folder = folder
        self.ledger = ledger

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that breaks off a request is no news."""


class Server:
    """Serves ``folder`` under ``base_path`` on a free port while it is entered.

    ``kept``: whether the browser may keep what many pages share (:data:`KEPT`). What a page used is in the ledger all
    the same, and that a file has changed meanwhile is found at the end of a run.
    """

    def __init__(self, folder: Path, base_path: str = "/", *, kept: bool = False) -> None:
        self._kept = kept
        self.folder = Folder(folder.resolve(), normal_base(base_path))
        self.base_path = self.folder.base_path
        self.ledger = Ledger()
        self._http: _Http | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._http = _Http(self.folder, self.ledger, kept=self._kept)
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
