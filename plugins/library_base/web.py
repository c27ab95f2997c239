"""Web addresses as people mistype them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"^(?:\[[0-9a-fA-F:.]+\]|[^\s\[\]<>\"{}|\\^`]+)$")


def address_fault(address: str) -> str:
    """Say what is wrong with an address of the web, ``https://…``; an empty string when nothing is."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises for a port that there cannot be
    except ValueError:
        return f"“{address}” is not an address that a browser can open: look at what stands after ://"
    if not parts.hostname:
        return f"“{address}” names no site: write https:// and the site’s name"
    if re.search(r"\s", address.strip()):
        return f"“{address}” has a blank in it: delete it, or write %20 where it belongs into the address"
    if not _HOST.match(parts.netloc):
        return f"“{address}” is not an address that a browser can open: “{parts.netloc}” is no name of a site"
    return ""
