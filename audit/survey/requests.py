"""Requests to a site on the web: one at a time, politely, and never to another host.

A redirect to elsewhere is told and not followed. A server that asks for a pause gets it. Each
answer has a clock of its own, whatever drips from the other end.
"""

from __future__ import annotations

import contextlib
import email.utils
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, parse_headers
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from pathlib import PurePosixPath
from typing import IO, override
from urllib.parse import unquote, urljoin, urlsplit

from audit.model.addresses import DOCUMENTS
from audit.survey.sitemap import unpacked

#: What the requests call themselves, so that a site's owner can tell what they are and forbid them.
AGENT = "Stepfree/0.1 (accessibility audit)"
#: Seconds between two requests, unless robots.txt asks for more, and the longest pause that is kept.
PAUSE, LONGEST_PAUSE = 0.2, 5.0
#: Seconds for a server to say something, and for a whole answer.
SILENCE, WHOLE = 15.0, 30.0
#: Most bytes read of one answer, and of one that is a document, for which there is also more time.
BYTES, DOCUMENT_BYTES = 5_000_000, 100_000_000
WHOLE_DOCUMENT = 300.0
#: Formats of documents by what servers call them.
FORMATS = {
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
#: How often an address that answers "later" or with a server's error is asked, and the longest wait in between.
TRIES, LONGEST_WAIT = 3, 30.0
LATER = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered. ``status`` 0: nothing did. ``final``: after redirects on the same origin.

    ``away``: the address on another origin to which it would lead. ``document``: the ending of its format, if it is a
    document; ``cut``: there is more of it than was read.
    """

    status: int
    final: str
    kind: str = ""
    body: bytes = b""
    away: str | None = None
    document: str = ""
    cut: bool = False
    #: Why nothing answered, in words; empty when that is not known.
    silence: str = ""
    #: Why not all of a page could be read here, as the end of a sentence; empty when all was.
    lacks: str = ""

    @property
    def words(self) -> str:
        """What it did, as the end of a sentence."""
        if self.away is not None:
            return f"leads to another site, {self.away}"
        if self.status:
            return f"answered with HTTP status {self.status}"
        return f"did not answer ({self.silence})" if self.silence else "did not answer"


class _AwayError(Exception):
    """A redirect that leads off the site."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class _StillSendingError(TimeoutError):
    """An answer that does not come to its end."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the origin of the first request only."""

    @override
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        address = urljoin(req.full_url, newurl)
        if origin_of(address) != origin_of(req.full_url):
            raise _AwayError(address)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class _Final(HTTPResponse):
    """An answer without those that only announce it, such as Early Hints (RFC 8297); Python passes over 100 alone."""

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 101 < status < 200:
                return version, status, reason
            parse_headers(self.fp)


class _Plain(HTTPConnection):
    response_class: type[HTTPResponse] = _Final


class _Secure(HTTPSConnection):
    response_class: type[HTTPResponse] = _Final


class _Http(urllib.request.HTTPHandler):
    @override
    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Plain, req)


class _Https(urllib.request.HTTPSHandler):
    @override
    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Secure, req)


class _Fixed(DefaultCookiePolicy):
    """No answer changes the cookies: the walk is the same whatever it meets."""

    @override
    def set_ok(self, cookie: Cookie, request: urllib.request.Request) -> bool:
        return False


def origin_of(url: str) -> str:
    """Scheme, host and port; empty for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}"


class Asker:
    """Asks a site. ``wait`` is how to pause (tests do not). ``cookies``: of somebody who has logged in; none is added."""

    def __init__(self, wait: Callable[[float], None] = time.sleep, cookies: Iterable[Cookie] = ()) -> None:
        self.wait = wait
        self.pause = PAUSE
        jar = CookieJar(_Fixed())
        for cookie in cookies:
            jar.set_cookie(cookie)
        self._opener = urllib.request.build_opener(
            _Http, _Https, _SameOrigin, urllib.request.ProxyHandler(), urllib.request.HTTPCookieProcessor(jar)
        )

    def ask(self, url: str) -> Answer:
        """The answer of an address, asked again where the server says "later" or is in trouble."""
        answer, later = self._once(url)
        for attempt in range(1, TRIES):
            if answer.status not in LATER and (answer.status < 500 and answer.status != 0):
                break
            if answer.status not in LATER and attempt > 1:
                break
            self.wait(min(LONGEST_WAIT, later if later is not None else 2.0**attempt))
            answer, later = self._once(url)
        return answer

    def _once(self, url: str) -> tuple[Answer, float | None]:
        self.wait(self.pause)
        try:
            request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"})  # noqa: S310 - http and https only, checked by the caller
            with self._opener.open(request, timeout=SILENCE) as reply:
                document = _document(reply)
                most = DOCUMENT_BYTES if document else BYTES
                body = _body(reply, most + 1, WHOLE_DOCUMENT if document else WHOLE)
                cut = len(body) > most
                lacks = f"has more than {most // 1_000_000} MB" if cut else ""
                for packed in reversed(reply.headers.get("Content-Encoding", "").lower().replace(",", " ").split()):
                    if packed in _PACKINGS:
                        body = _PACKINGS[packed](body, 4 * most)
                    elif packed != "identity":
                        lacks = f"is compressed as “{packed}”, although nobody asked for that"
                kind = _kind(reply, body)
                return Answer(reply.status, reply.url, kind, body, document=document, cut=cut, lacks=lacks), None
        except _AwayError as away:
            return Answer(302, url, away=away.address), None
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, url), _seconds(error.headers.get("Retry-After"))
        except (OSError, ValueError, HTTPException) as error:
            return Answer(0, url, silence=_silence(error)), None


def _silence(error: Exception) -> str:
    """Why nothing answered, as far as it is known."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.gaierror):
        return "no computer of that name is known"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {reason.verify_message}"
    if isinstance(reason, ConnectionRefusedError):
        return "it refuses connections"
    if isinstance(reason, _StillSendingError):
        return f"after {reason.seconds:g} s it was still sending"
    if isinstance(reason, TimeoutError):
        return "it took too long"
    if isinstance(reason, ValueError):
        return "its answer cannot be understood"
    return ""


def _inflated(body: bytes, most: int) -> bytes:
    """What was packed with "deflate": in the format zlib, or as some servers do without its head.

    Raises:
        ValueError: it is damaged.
    """
    for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        with contextlib.suppress(zlib.error):
            return zlib.decompressobj(form).decompress(body, most)
    raise ValueError("it cannot be unpacked")


#: How to unpack what is packed so; at most so many bytes come of it.
_PACKINGS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": unpacked,
    "x-gzip": unpacked,
    "deflate": _inflated,
}
#: How bytes begin that a browser takes for a page where the server does not say what they are (MIME Sniffing, 7.1).
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\f\r ]*<(?:!--|(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[ >])",
    re.IGNORECASE,
)


def _kind(reply: HTTPResponse, body: bytes) -> str:
    """The media type of an answer; where the server names none, what a browser takes it for."""
    named = reply.headers.get("Content-Type", "").partition(";")[0].strip()
    if not re.fullmatch(r"[^\s/]+/[^\s/]+", named) and _MARKUP.match(body):
        return "text/html"
    return reply.headers.get_content_type()


def _document(reply: HTTPResponse) -> str:
    """The ending of the format of a document; empty when it is none.

    By its type, else (downloads are often only "bytes") by the name to save it under, else by its address.
    """
    kind = reply.headers.get_content_type()
    if kind in FORMATS:
        return FORMATS[kind]
    if kind not in {"application/octet-stream", "application/zip", "application/x-download", "binary/octet-stream"}:
        return ""
    names = (reply.headers.get_filename() or "", unquote(urlsplit(reply.url).path))
    endings = (PurePosixPath(name).suffix.lower() for name in names)
    return next((ending for ending in endings if ending in DOCUMENTS), "")


def _body(reply: HTTPResponse, most: int, seconds: float) -> bytes:
    """The answer's bytes, up to a limit.

    Raises:
        TimeoutError: they did not all come in time.
    """
    due = time.monotonic() + seconds
    pieces: list[bytes] = []
    size = 0
    while size < most and (piece := reply.read1(65_536)):
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() > due:
            raise _StillSendingError(seconds)
    return b"".join(pieces)


def _seconds(written: str | None) -> float | None:
    """``Retry-After``: seconds, or a day and time."""
    if not written:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", written):
        return float(written)
    day = email.utils.parsedate_tz(written)
    try:
        return max(0.0, email.utils.mktime_tz(day) - time.time()) if day is not None else None
    except (ValueError, OverflowError):
        # No calendar has that day.
        return None
