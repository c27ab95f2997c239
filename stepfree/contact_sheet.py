"""A picture of every kind of page, in four widths and two colour schemes, on one sheet to look over."""

from __future__ import annotations

import base64
import html
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audit.browser.browser import Browser, BrowserSettings
from audit.capture.opening import OpenPage
from audit.capture.settings import CaptureSettings
from audit.capture.snapshot import Window
from audit.errors import UsageError
from audit.survey.server import Server

#: In CSS px: the narrowest that WCAG 1.4.10 asks for, a tablet, a laptop and a large screen.
WIDTHS = (320, 768, 1280, 1920)
SCHEMES = ("light", "dark")
#: The height of the window, and of the tallest picture, in CSS px.
HEIGHT, TALLEST = 900, 6000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. ``kind``: the name of its template; ``height``: of the whole page, in CSS px."""

    kind: str
    address: str
    width: int
    scheme: str
    height: int
    file: str


def kinds_of_pages(manifest: Mapping[str, Any]) -> tuple[tuple[str, str, int], ...]:
    """A page of each kind: the name of its template, its address and the status that it answers.

    Of the pages in the site's first language the one in the middle when they are sorted by size, so that it is
    neither the emptiest nor the longest; pages that only lead on are left out.
    """
    sizes: dict[tuple[str, str], list[tuple[int, str, int]]] = {}
    for page in manifest["pages"]:
        if page["kind"] == "redirect":
            continue
        kind = Path(page["template"]).stem + ("" if page["kind"] == "page" else f" ({page['kind']})")
        sizes.setdefault((kind, page["lang"]), []).append((page["elements"]["count"], page["address"], page["status"]))
    first = manifest["pages"][0]["lang"]
    chosen = []
    for kind in sorted({kind for kind, _ in sizes}):
        pages = sizes.get((kind, first)) or next(found for (name, _), found in sizes.items() if name == kind)
        _, address, status = sorted(pages)[len(pages) // 2]
        chosen.append((kind, address, status))
    return tuple(chosen)


def take(
    site: Path, manifest: Path, out: Path, only: Sequence[str] = (), told: Callable[[str], None] = lambda _: None
) -> tuple[Picture, ...]:
    """Take the pictures and write them with ``index.html`` into ``out``, which is made anew.

    ``only``: names of kinds, or addresses; everything when empty. ``told`` is called with each page's address.

    Raises:
        UsageError: nothing is of a kind, or has an address, in ``only``.
        BrowserError: there is no browser, or it stopped.
    """
    read = json.loads(manifest.read_text(encoding="utf-8"))
    pages = [page for page in kinds_of_pages(read) if not only or page[0] in only or page[1] in only]
    pages += [("", page["address"], page["status"]) for page in read["pages"] if page["address"] in only
              and page["address"] not in {address for _, address, _ in pages}]  # fmt: skip
    if not pages:
        kinds = ", ".join(kind for kind, _, _ in kinds_of_pages(read))
        raise UsageError(
            f"No page is of the kind {' or '.join(only)}, or has that address.", f"The kinds are: {kinds}."
        )
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    taken = []
    with Server(site, read["base_path"]) as server:
        settings = BrowserSettings(hosts=(urlsplit(server.origin).netloc,))
        with Browser(settings) as browser:
            for kind, address, status in pages:
                told(address)
                capture = CaptureSettings(expected_status=status, axe=False, views=False)
                page = OpenPage(browser, server.root + address.lstrip("/"), address, capture)
                taken += [replace(each, kind=kind) for each in _of_page(page, address, out)]
    (out / "index.html").write_text(sheet(taken), encoding="utf-8")
    return tuple(taken)


def _of_page(page: OpenPage, address: str, out: Path) -> Iterator[Picture]:
    stem = address.strip("/").replace("/", "-").removesuffix(".html") or "home"
    page.prepare()
    try:
        for scheme in SCHEMES:
            for width in WIDTHS:
                page.set_window(Window(width, HEIGHT))
                page.set_media(dark=scheme == "dark")
                page.open()
                page.rest(scroll=True)
                height = int(page.channel.evaluate("document.documentElement.scrollHeight"))
                clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}
                reply = page.channel.call(
                    "Page.captureScreenshot", format="webp", quality=85, clip=clip, captureBeyondViewport=True
                )
                file = f"{stem}-{width}-{scheme}.webp"
                (out / file).write_bytes(base64.b64decode(reply["data"]))
                yield Picture("", address, width, scheme, height, file)
    finally:
        page.leave()


def sheet(pictures: Sequence[Picture]) -> str:
    """The page that shows them: a heading for each page, a row for each colour scheme."""
    parts = [_HEAD]
    for address in dict.fromkeys(picture.address for picture in pictures):
        own = [picture for picture in pictures if picture.address == address]
        name = html.escape(f"{own[0].kind}: {address}" if own[0].kind else address)
        parts.append(f"<h2>{name}</h2>")
        for scheme in SCHEMES:
            figures = "".join(_figure(picture) for picture in own if picture.scheme == scheme)
            parts.append(f'<div class="row" tabindex="0" role="group" aria-label="{name}, {scheme}">{figures}</div>')
    return "\n".join((*parts, "</main></body></html>\n"))


def _figure(picture: Picture) -> str:
    words = f"{picture.width} px, {picture.scheme}, {picture.height:,} px high"
    alternative = html.escape(f"{picture.address} at {picture.width} px, {picture.scheme}")
    return (
        f'<figure><a href="{picture.file}"><img src="{picture.file}" alt="{alternative}" loading="lazy" '
        f'style="width: {picture.width // 4 + 80}px"></a><figcaption>{words}</figcaption></figure>'
    )


_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Every kind of page, in four widths and two colour schemes</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; }
.row { display: flex; gap: 1rem; align-items: start; overflow-x: auto; padding-block: 0.5rem; }
figure { margin: 0; flex: none; }
img { display: block; border: 1px solid; }
</style>
</head>
<body>
<main>
<h1>Every kind of page, in four widths and two colour schemes</h1>"""
