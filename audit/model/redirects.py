"""Pages that only send their visitors on: what the markup says, read as a browser reads it.

Only a ``meta`` element that a browser obeys for certain counts: one that stands where nothing can come before it but the
plain parts of a head, each written so that there is one way to read it. What is unsure is a page, for a page is opened,
and the browser then says whether it leads on; a redirect is not opened.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from audit.model.staying import is_put_away

#: White space of HTML and of attributes' values; Python's own takes in more.
_BLANK = r"[\t\n\f\r ]"
_NAME, _EQUALS, _BARE = r"""[^\s"'<>/=\0]+""", rf"{_BLANK}*={_BLANK}*", r"""[^\s"'<>`]+"""
_EACH = re.compile(rf"""{_BLANK}+({_NAME})(?:{_EQUALS}(?:"([^"]*)"|'([^']*)'|({_BARE})))?""")
_REST = rf"""(?:{_BLANK}+{_NAME}(?:{_EQUALS}(?:"[^"]*"|'[^']*'|{_BARE}))?)*+{_BLANK}*"""
#: What may stand before, and the element itself. Nothing in these can be read as another thing: no ``<`` in what is text
#: to a browser, no two hyphens in a comment.
_PART = re.compile(
    rf"""[\t\n\f\r \ufeff]+|<!doctype[^<>"']*(?:"[^"<>]*"[^<>"']*)*>|<!--(?!>|->)(?:(?!--)[^\0])*-->"""
    rf"|<(?:html|head|link){_REST}/?>|<(?P<text>title|script|style|noscript){_REST}>[^<]*</(?P=text)>"
    rf"|<meta(?P<meta>{_REST})/?>",
    re.IGNORECASE,
)
#: ``0; url=/new/`` as the HTML Standard reads it ("shared declarative refresh steps").
_NOW = re.compile(
    rf"{_BLANK}*(?:0+(?:\.[0-9.]*)?|\.[0-9.]*)(?:{_BLANK}*[;,]{_BLANK}*|{_BLANK}+|{_BLANK}*$)"
    rf"(?:url{_BLANK}*={_BLANK}*)?(?:\"([^\"]*)|'([^']*)|(.*))",
    re.IGNORECASE | re.DOTALL,
)


def _refresh(text: str) -> str | None:
    """What the first ``meta`` element that refreshes says; ``None`` where there is none for certain."""
    at = 0
    while part := _PART.match(text, at):
        at = part.end()
        given: dict[str, str] = {}
        for name, *values in _EACH.findall(part["meta"] or ""):
            # Of an attribute that is written twice, the first counts.
            given.setdefault(name.lower(), html.unescape("".join(values)))
        if given.get("http-equiv", "").lower() == "refresh":
            return given.get("content")
    return None


def immediate_redirect(data: bytes) -> str | None:
    """Where a page sends its visitors at once (technique H76); ``None`` when it does not, or may not.

    A page that waits first is a page like any other: waiting is a failure that rules look for. So is one that would
    lead to a script or to data, for browsers do not go there, one that leads to a download, and one that leads to a
    place on itself.
    """
    lowered = data.lower()
    # An escape changes what the next bytes mean in some encodings.
    if b"refresh" not in lowered or b"http-equiv" not in lowered or b"\x1b" in data:
        return None
    content = _refresh(data.decode("utf-8", "replace"))
    now = _NOW.match(content) if content is not None else None
    if now is None:
        return None
    written = next((group for group in now.groups() if group is not None), "")
    # As browsers do before they read an address (URL Standard).
    target = re.sub(r"[\t\n\r]", "", written).strip("".join(map(chr, range(0x21))))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", target, re.IGNORECASE)
    if scheme and scheme.group(1).lower() not in {"http", "https"}:
        return None
    try:
        if target.startswith("#") or is_put_away(target):
            return None
    except ValueError:
        # It is no address, and no browser goes there.
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
