"""What the links of a page lead to, so that rules can compare ends and repeated blocks.

Only addresses of the served site are read, each once for the life of a :class:`LinkReader`.
A reader follows HTTP redirects and immediate ``meta refresh`` (H76 and F41 treat those as
the same page). What is kept is small: title, language, text, and the texts of the blocks.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urldefrag, urljoin

import lxml.html

from audit.model.addresses import escaped
from audit.model.redirects import immediate_redirect
from audit.survey.server import READER

#: Longest text kept of a page, in characters. Two pages that agree so far are taken as equal.
TEXT_LIMIT = 20_000
#: Most bytes read of one address.
BYTE_LIMIT = 1_000_000
#: Characters up to which a page that leaves at once only says that it has moved, and where to.
STUB = 200
#: Most hops of redirection followed.
HOP_LIMIT = 5

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("address", "article", "aside", "div", "figure", "footer", "form", "header", "main", "nav", "section")
_PIECES = ("blockquote", "dd", "dt", "figcaption", "li", "ol", "p", "pre", "table", "td", "th", "ul")
_BLOCKS = frozenset((*_HEADINGS, *_PARTS, *_PIECES))
_SILENT = frozenset({"script", "style", "template", "noscript"})


@dataclass(frozen=True, slots=True)
class Linked:
    """The page at the end of a link.

    ``status`` is 0 when nothing answered. ``text`` has white space collapsed; ``blocks`` are
    the texts of the innermost blocks, in order; ``headings`` the texts of h1 to h6.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    title: str = ""
    lang: str = ""
    text: str = ""
    blocks: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


def _innermost_blocks(body: lxml.html.HtmlElement) -> list[str]:
    """Text of each block that holds no other block, with the loose text around inner blocks."""
    found: list[str] = []
    pending: list[str] = []

    def flush() -> None:
        text = " ".join("".join(pending).split())
        pending.clear()
        if text:
            found.append(text)

    def walk(node: lxml.html.HtmlElement) -> None:
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            pending.append(node.tail or "")
            return
        block = node.tag in _BLOCKS
        if block:
            flush()
        pending.append(node.text or "")
        if node.tag == "img":
            pending.append(f" {node.get('alt') or ''} ")
        for child in node:
            walk(child)
        if block:
            flush()
        pending.append(node.tail or "")

    for child in body:
        walk(child)
    flush()
    return ([" ".join((body.text or "").split())] if (body.text or "").strip() else []) + found


def _is_utf8(markup: bytes) -> bool:
    try:
        markup.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def has_content(markup: str) -> bool:
    """Whether a page that leaves at once says more than where it leads, and not by a refresh in its markup."""
    try:
        tree = lxml.html.document_fromstring(markup.encode(errors="replace"), lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError):
        return False
    if any((each.get("http-equiv") or "").lower() == "refresh" for each in tree.iter("meta")):
        return False
    main = next((each for each in tree.iter("main")), tree.find("body"))
    return main is not None and sum(map(len, _innermost_blocks(main))) > STUB


def read_html(url: str, final_url: str, status: int, content_type: str, markup: bytes) -> Linked:
    """What is kept of a page, from its bytes."""
    try:
        # Without a declaration lxml would take the bytes for Latin-1; UTF-8 that decodes is UTF-8.
        parser = lxml.html.HTMLParser(encoding="utf-8") if _is_utf8(markup) else lxml.html.HTMLParser()
        tree = lxml.html.document_fromstring(markup, parser=parser)
    except (lxml.etree.ParserError, ValueError):
        return Linked(url, final_url, status, content_type)
    body = tree.find("body")
    blocks = _innermost_blocks(body) if body is not None else []
    title = tree.findtext(".//title") or ""
    headings = tuple(" ".join("".join(str(part) for part in node.itertext()).split()) for node in tree.iter(*_HEADINGS))
    return Linked(
        url,
        final_url,
        status,
        content_type,
        " ".join(title.split()),
        tree.get("lang") or "",
        " ".join(blocks)[:TEXT_LIMIT],
        tuple(blocks),
        headings,
    )


def _request(address: str) -> urllib.request.Request:
    return urllib.request.Request(address, headers={"User-Agent": READER})  # noqa: S310 - loopback only


class LinkReader:
    """Reads addresses below ``root`` and remembers them."""

    def __init__(self, root: str, timeout: float = 5.0) -> None:
        self._root = root
        self._timeout = timeout
        self._known: dict[str, Linked] = {}
        #: For each address, those that were asked to read it: redirects lead through others.
        self.asked: dict[str, list[str]] = {}

    def read(self, url: str) -> Linked | None:
        """The page at an address of the served site; ``None`` for other addresses."""
        address, _ = urldefrag(url)
        if not address.startswith(self._root):
            return None
        if address not in self._known:
            self._known[address] = self._fetch(address)
        return self._known[address]

    def _fetch(self, address: str) -> Linked:
        at = escaped(address)
        asked = self.asked[address] = []
        for _ in range(HOP_LIMIT):
            asked.append(at)
            try:
                with urllib.request.urlopen(_request(at), timeout=self._timeout) as response:  # noqa: S310 - loopback only
                    status, final, kind = response.status, response.url, response.headers.get_content_type()
                    asked.append(final)
                    if not final.startswith(self._root):
                        return Linked(address, final, status, kind)
                    markup = response.read(BYTE_LIMIT)
            except urllib.error.HTTPError as error:
                return Linked(address, at, error.code, error.headers.get_content_type())
            except (OSError, ValueError, HTTPException):
                return Linked(address, at, 0, "")
            if kind not in {"text/html", "application/xhtml+xml"}:
                return Linked(address, final, status, kind)
            target = immediate_redirect(markup)
            if target is None:
                return read_html(address, final, status, kind, markup)
            at = escaped(urljoin(final, target))
            if not at.startswith(self._root):
                return Linked(address, at, status, kind)
        return Linked(address, at, 0, "")
