"""Where a link or frame says that it leads, and the name by which it is compared."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from audit.model.document import Element

_SET_LOCATION = re.compile(
    r"""(?:location(?:\.href)?\s*=\s*|location\.(?:assign|replace)\s*\(\s*|window\.open\s*\(\s*)(['"])(?P<url>.+?)\1"""
)


def destination(element: Element, base: str) -> str | None:
    """The absolute address that an element leads to, as far as its markup says; ``None``: it does not say.

    ``href``, ``xlink:href``, ``src`` of frames, and an ``onclick`` that does nothing but set the location.
    """
    written = element.get("href") if element.has("href") else element.get("xlink:href")
    if element.tag in {"iframe", "frame"}:
        written = element.get("src")
    if written is None:
        found = _SET_LOCATION.search(element.get("onclick") or "")
        written = found.group("url") if found else None
    if written is None:
        return None
    try:
        return urljoin(base, written.strip())
    except ValueError:
        return None


def spoken_name(name: str) -> str:
    """A name as it is compared: white space collapsed, in lower case."""
    return " ".join(name.split()).casefold()
