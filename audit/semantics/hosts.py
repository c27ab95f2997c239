"""Which other hosts a page loads from, and what some of them are known for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

from audit.model.document import Element
from audit.model.page import Page

#: Elements that make the browser load something by themselves, and the attribute that says what.
LOADING = {"script": "src", "iframe": "src", "img": "src", "link": "href", "object": "data", "embed": "src"}
#: Relations of ``link`` that load, or at least tell the other host of the visit.
LOADED_RELATIONS = frozenset(
    {"stylesheet", "preload", "modulepreload", "icon", "preconnect", "prefetch", "dns-prefetch"}
)

#: Names that mean the machine itself or stand for nothing on the web (RFC 6761, RFC 6762), and private addresses
#: (RFC 1918).
_OWN = re.compile(
    r"localhost|.*\.localhost|.*\.local|.*\.internal|127(?:\.\d+){3}|0\.0\.0\.0|::1|10(?:\.\d+){3}|192\.168(?:\.\d+){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}"
)


@cache
def known(kind: str) -> Mapping[str, str]:
    """Hosts of a kind (``overlays`` or ``trackers``) with the name of the product."""
    table = tomllib.loads(files("audit.semantics").joinpath("hosts.toml").read_text(encoding="utf-8"))
    return {str(host): str(name) for host, name in table[kind].items()}


def host_of(url: str) -> str:
    """The host in an address, ``""`` without."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_own_computer(host: str) -> bool:
    """Whether a host is the machine itself or in its own network, so that no visitor gets there."""
    return _OWN.fullmatch(host) is not None


def product(host: str, kind: str) -> str | None:
    """The product that a host belongs to; ``None`` when it is not known for this."""
    return next((name for known_host, name in known(kind).items() if f".{host}".endswith(f".{known_host}")), None)


def loading(page: Page) -> Iterator[tuple[Element, str]]:
    """Elements of the page that load from another host, with that host."""
    own = host_of(page.url)
    for element in page.document:
        attribute = LOADING.get(element.tag)
        value = element.get(attribute) if attribute and element.frame is None else None
        if not value:
            continue
        if element.tag == "link" and not LOADED_RELATIONS & set((element.get("rel") or "").lower().split()):
            continue
        try:
            host = host_of(urljoin(page.url, value))
        except ValueError:
            continue
        if host and host != own:
            yield element, host


def asked(page: Page) -> frozenset[str]:
    """Other hosts that the page asked for something, and that its owners have not allowed."""
    return frozenset(host for request in page.requests if request.third_party and (host := host_of(request.url)))


def loaders(page: Page) -> Iterator[Element]:
    """Elements of the page that load from another host."""
    yield from (element for element, _ in loading(page))


def loaded_from(page: Page, target: Element) -> str:
    """The other host that an element of :func:`loaders` loads from."""
    return next(host for element, host in loading(page) if element.index == target.index)


def of_products(page: Page) -> frozenset[str]:
    """Other hosts from which an element loads what rules of their own tell: trackers, and repairs that are none."""
    return frozenset(
        host for _, host in loading(page) if any(product(host, kind) is not None for kind in ("trackers", "overlays"))
    )
