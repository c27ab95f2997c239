"""Sitemaps (sitemaps.org 0.9): the pages that a site names by itself, in its folder or on the web."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.etree


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages, and other sitemaps when it is an index."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()


def read_sitemap(data: bytes) -> Sitemap:
    """A sitemap or sitemap index, also one that is packed with gzip.

    Raises:
        ValueError: it is no XML, or no sitemap; the text says what is wrong.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = lxml.etree.fromstring(unpacked(data), parser)
    except lxml.etree.XMLSyntaxError as error:
        raise ValueError(str(error).removesuffix(" (<string>, line 1)")) from error
    name = lxml.etree.QName(root).localname
    if name not in {"urlset", "sitemapindex"}:
        raise ValueError(f"its root element is “{name}”, not “urlset”")
    found = tuple(_locations(root))
    return Sitemap((), found) if name == "sitemapindex" else Sitemap(found)


def unpacked(data: bytes, limit: int = 50_000_000) -> bytes:
    """The bytes, unpacked where they are packed with gzip.

    Raises:
        ValueError: they are damaged, or more than ``limit`` when unpacked.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        whole = zlib.decompressobj(31).decompress(data, limit)
    except zlib.error as error:
        raise ValueError(f"it cannot be unpacked: {error}") from error
    if len(whole) >= limit:
        raise ValueError(f"it is larger than {limit:,} bytes when unpacked")
    return whole


def _locations(root: lxml.etree._Element) -> Iterable[str]:
    # Any namespace: sitemaps of other makers are read too.
    for location in root.iterfind("{*}*/{*}loc"):
        text = (location.text or "").strip()
        if text:
            yield text


def below(location: str, base_path: str) -> str:
    """The address below the base path of an absolute address in a sitemap.

    Raises:
        ValueError: it is no address.
    """
    path = urlsplit(location).path or "/"
    return "/" + path[len(base_path) :] if path.startswith(base_path) else path
