"""Web addresses as people mistype them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: An IPv6 address, or names of letters of any script, digits and hyphens with points between them; and a port.
_HOST = re.compile(r"^(?:[^@\s/]+@)?(?:\[[0-9a-fA-F:.]+\]|[\w-]+(?:\.[\w-]+)+\.?|localhost)(?::\d+)?$", re.IGNORECASE)
_OWN_COMPUTER = frozenset(["localhost", "127.0.0.1", "0.0.0.0", "::1"])  # noqa: S104 - nothing listens here


def address_fault(address: str) -> str:
    """Say what is wrong with an address of the web, ``https://…``; an empty string when nothing is."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises for a port that there cannot be
    except ValueError:
        return f"“{address}” is not an address that a browser can open: look at what comes after ://"
    if not parts.hostname:
        return f"“{address}” names no site: write https:// and the site’s name"
    if re.search(r"\s", address.strip()):
        return f"“{address}” has a space in it: delete it, or write %20 if it belongs to the address"
    if not _HOST.match(parts.netloc):
        return f"“{address}” is not an address that a browser can open: “{parts.netloc}” is not the name of a site"
    if parts.hostname in _OWN_COMPUTER:
        return f"“{address}” leads to the reader’s own computer: write the page’s address on the web"
    return ""
