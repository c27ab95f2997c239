"""Addresses of a site as every stage writes them."""

from __future__ import annotations

import html
import re
from urllib.parse import quote, unquote

from audit.errors import UsageError

#: Files that stand for their folder in an address.
INDEXES = ("index.html", "index.htm")

#: Bytes read of a page to see whether it sends its visitors on: a redirect says so in its head.
HEAD = 16_384
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_NOW = re.compile(r"^\s*0+(?:\.[\d.]*)?(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?[\"']?\s*(.+?)\s*[\"']?\s*$", re.IGNORECASE)


def normal_base(base_path: str) -> str:
    """``/x/`` from ``x``, ``/x`` or ``/x/``; ``/`` from nothing; as an address writes it (``/a%20b/``).

    Raises:
        UsageError: it is not a path (an address, ``..``, a query).
    """
    parts = [unquote(part) for part in base_path.split("/") if part]
    if ":" in base_path or "?" in base_path or "#" in base_path or any(part in {".", ".."} for part in parts):
        raise UsageError(f"“{base_path}” is not a base path.", "Write the path below the host, for instance /library/.")
    return "/" + "".join(f"{quote(part)}/" for part in parts)


def immediate_redirect(markup: bytes) -> str | None:
    """Where a page sends its visitors at once (technique H76); ``None`` when it does not.

    A page that waits first is a page like any other: waiting is a failure that rules look for.
    """
    for tag in _META.findall(_COMMENT.sub(b"", markup[:HEAD])):
        if _REFRESH.search(tag) and (content := _CONTENT.search(tag)):
            value = next(group for group in content.groups() if group is not None).decode("utf-8", "replace")
            if now := _NOW.match(value):
                return html.unescape(now.group(1))
    return None
