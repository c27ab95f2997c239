"""Pages that only send their visitors on: what the markup says, read as a browser reads it.

Only a ``meta`` element that a browser would obey counts: not one in a comment, a script, a
``noscript`` or a ``template``, and not one that only looks like it. What is unsure is a page,
for a page is opened, and a redirect is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import override
from urllib.parse import unquote, urljoin, urlsplit

from audit.model.staying import is_put_away

#: Elements in which a browser with scripts makes no elements of the page itself (HTML Standard, 13.2.6).
OPAQUE = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "script", "select", "style", "template", "textarea", "title", "xmp"}
)
#: ``0; url=/new/`` as the HTML Standard reads it ("shared declarative refresh steps").
_NOW = re.compile(
    r"\s*(?:0+(?:\.[\d.]*)?|\.[\d.]*)(?:\s*[;,]\s*|\s+|\s*$)(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE
)


class _Head(HTMLParser):
    """Finds the first ``meta`` that refreshes and the first ``base``, outside of what is opaque."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refresh: str | None = None
        self.base: str | None = None
        self._inside: str | None = None
        self._depth = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside is not None:
            self._depth += tag == self._inside == "template"
            return
        if tag == "plaintext" or tag in OPAQUE:
            self._inside, self._depth = tag, 1
            return
        given: dict[str, str] = {}
        for name, value in attrs:
            # Of an attribute that is written twice, the first counts.
            given.setdefault(name, value or "")
        if tag == "base" and self.base is None:
            self.base = given.get("href")
        if tag == "meta" and self.refresh is None and given.get("http-equiv", "").strip().lower() == "refresh":
            self.refresh = given.get("content")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside != "plaintext":
            self._depth -= 1
            if self._depth == 0:
                self._inside = None


def immediate_redirect(data: bytes) -> str | None:
    """Where a page sends its visitors at once (technique H76); ``None`` when it does not.

    A page that waits first is a page like any other: waiting is a failure that rules look for.
    So is one that would lead to a script or to data, for browsers do not go there, and one that leads to a download.
    """
    lowered = data.lower()
    if b"refresh" not in lowered or b"http-equiv" not in lowered:
        return None
    head = _Head()
    head.feed(data.decode("utf-8", "replace"))
    now = _NOW.match(head.refresh) if head.refresh is not None else None
    if now is None:
        return None
    target = next((group for group in now.groups() if group is not None), "").strip()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]", "", target), re.IGNORECASE)
    if scheme and scheme.group(1).lower() not in {"http", "https"}:
        return None
    if is_put_away(target):
        return None
    # Without an address it is a page that loads itself again, not one that leads elsewhere.
    return target or None


def in_circles(redirects: Mapping[str, str], base_path: str = "/") -> Iterator[tuple[str, str]]:
    """Redirects of a site that never come to a page: each address with the one that it comes back to.

    ``redirects``: targets as they are written, by the address below the base path.
    """
    for address in sorted(redirects):
        seen = [address]
        while (target := _next(seen[-1], redirects, base_path)) is not None:
            if target in seen:
                yield address, target
                break
            seen.append(target)


def _next(address: str, redirects: Mapping[str, str], base_path: str) -> str | None:
    """The redirect of this site that a redirect leads to."""
    here = "http://site.invalid" + base_path + address.lstrip("/")
    try:
        parts = urlsplit(urljoin(here, redirects[address]))
    except ValueError:
        return None
    if parts.hostname != "site.invalid" or not parts.path.startswith(base_path):
        return None
    return next(_known("/" + parts.path[len(base_path) :], redirects), None)


def _known(path: str, addresses: Iterable[str]) -> Iterator[str]:
    plain = unquote(path)
    for address in addresses:
        if unquote(address) in (plain, f"{plain}/") or plain == f"{unquote(address)}index.html":
            yield address
