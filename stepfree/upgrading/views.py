"""Pages as they look with both versions: pictures of those that differ, one of each template before a second one."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from PIL import Image, ImageChops

from audit.browser.browser import Browser, BrowserSettings
from audit.capture.opening import OpenPage
from audit.capture.settings import CaptureSettings
from audit.errors import AuditError
from audit.survey.server import Server
from stepfree.upgrading.differences import Kind, PageChange
from stepfree.upgrading.trials import Built

#: Most pages that are shown, and the height of a picture in CSS px: the top of a page tells what has changed.
LIMIT, HEIGHT = 20, 2000


def chosen(changes: Iterable[PageChange], limit: int = LIMIT) -> tuple[PageChange, ...]:
    """The pages to look at: those that are in both, other words first, of each template one before a second one."""
    both = [change for change in changes if change.kind not in {Kind.NEW, Kind.GONE}]
    order = list(Kind)
    met: dict[str, int] = {}
    ranked = []
    for change in both:
        ranked.append((met.get(change.template, 0), order.index(change.kind), change.address, change))
        met[change.template] = met.get(change.template, 0) + 1
    return tuple(entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:3])[:limit])


def looks(
    old: Built, new: Built, changes: Sequence[PageChange], browser: BrowserSettings | None = None
) -> Mapping[str, tuple[bytes, bytes] | None]:
    """Address → picture before and after (WebP), or ``None`` when both look the same.

    Raises:
        BrowserError: there is no browser.
    """
    addresses = [change.address for change in changes]
    if not addresses:
        return {}
    before, after = (_pictures(built, addresses, browser or BrowserSettings()) for built in (old, new))
    found: dict[str, tuple[bytes, bytes] | None] = {}
    for address in addresses:
        if address not in before or address not in after:
            continue
        pair = (
            Image.open(io.BytesIO(before[address])).convert("RGB"),
            Image.open(io.BytesIO(after[address])).convert("RGB"),
        )
        same = pair[0].size == pair[1].size and ImageChops.difference(*pair).getbbox() is None
        found[address] = None if same else (_small(pair[0]), _small(pair[1]))
    return found


def _pictures(built: Built, addresses: Sequence[str], browser: BrowserSettings) -> Mapping[str, bytes]:
    taken: dict[str, bytes] = {}
    with (
        Server(built.site, built.base_path) as server,
        Browser(replace(browser, hosts=(urlsplit(server.origin).netloc,))) as running,
    ):
        for address in addresses:
            status = int(built.pages[address].get("status") or 200)
            settings = CaptureSettings(expected_status=status, axe=False, views=False, forms=False)
            page = OpenPage(running, server.root + address.lstrip("/"), address, settings)
            try:
                taken[address] = _picture(page)
            except AuditError:
                running.restart()
    return taken


def _picture(page: OpenPage) -> bytes:
    page.prepare()
    try:
        page.open()
        page.rest(scroll=True)
        height = page.channel.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": 1280, "height": min(HEIGHT, int(height)), "scale": 1}
        reply = page.channel.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(reply["data"])
    finally:
        page.leave()


def _small(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.resize((picture.width // 2, picture.height // 2)).save(written, "WEBP", quality=80)
    return written.getvalue()
