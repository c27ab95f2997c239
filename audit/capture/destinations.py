"""Where the links and frames of a page lead: what rules compare without opening them all.

Two questions are prepared for. Links and frames of one name that lead to different
addresses: do they come to the same end? And for blocks that are repeated from page to page:
what stands on the first pages that are linked?
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from audit.capture.linked_pages import Linked, LinkReader
from audit.capture.opening import OpenPage
from audit.capture.page_elements import script
from audit.model.destination import destination, spoken_name
from audit.model.document import Document
from audit.model.observations import LinkEnd

#: Pages whose blocks are kept, for the comparison of repeated blocks.
WHOLE_PAGES = 3
#: Most pages read for one page's links.
MOST_PAGES = 40
#: Characters of text kept of a page; its digest stands for the rest.
SHOWN = 2000

#: Seconds for a page to load in a frame.
FRAME_LIMIT = 5.0


def ends(page: OpenPage, document: Document) -> None:
    """Observe what stands at the ends of links and frames, by address without fragment.

    The blocks are kept of the first :data:`WHOLE_PAGES` pages that links lead to. Where addresses differ in
    their query only and the same file answers, a script may choose what is shown: those are opened in a frame
    of the page, and what is to be seen there is kept too.
    """
    url = page.guard.final_url or page.url
    parts = urlsplit(url)
    if parts.hostname not in {"127.0.0.1", "localhost"}:
        return
    root = f"{parts.scheme}://{parts.netloc}/"
    reader: LinkReader = page.browser.linked.setdefault(root, LinkReader(root))
    here = urldefrag(url).url
    whole = _first_pages(document, url, root, here)
    found: dict[str, LinkEnd] = {}
    for address in [*whole, *_compared(document, url)][:MOST_PAGES]:
        if address in found:
            continue
        end = reader.read(address)
        if end is not None:
            found[address] = end_from(end, blocks=address in whole)
    read = {address: tuple(sorted({urldefrag(asked).url for asked in reader.asked[address]})) for address in found}
    page.observed = replace(
        page.observed,
        link_ends=_chosen_by_script(page, found),
        read=read,
        compared_blocks=tuple(address for address in whole if address in found),
    )


def _chosen_by_script(page: OpenPage, found: Mapping[str, LinkEnd]) -> dict[str, LinkEnd]:
    """The same ends, with what a script shows of those that one file answers."""
    alike: dict[tuple[str, str], list[str]] = {}
    for address, end in found.items():
        if end.text_digest:
            alike.setdefault((urlsplit(address).path, end.text_digest), []).append(address)
    ends = dict(found)
    for address in (each for addresses in alike.values() if len(addresses) > 1 for each in addresses):
        asked = f"({script('end')})({json.dumps(address)}, {int(FRAME_LIMIT * 1000)})"
        shown = page.channel.evaluate(asked, wait=FRAME_LIMIT + 5, promise=True)
        if isinstance(shown, str):
            ends[address] = replace(ends[address], shown=" ".join(shown.split())[:SHOWN])
    return ends


def end_from(end: Linked, *, blocks: bool) -> LinkEnd:
    """What is kept of a page at the end of a link; ``blocks``: those of it too."""
    return LinkEnd(
        final_url=end.final_url,
        status=end.status,
        content_type=end.content_type,
        title=end.title,
        text=end.text[:SHOWN],
        text_digest=hashlib.sha256(end.text.encode()).hexdigest()[:16] if end.text else "",
        blocks=end.blocks if blocks else (),
        headings=end.headings,
    )


def _first_pages(document: Document, base: str, root: str, here: str) -> list[str]:
    pages: list[str] = []
    for element in document.tags("a", "area"):
        target = destination(element, base) if element.exposed and element.frame is None else None
        if target is None or not target.startswith(root):
            continue
        address = urldefrag(target).url
        last = urlsplit(address).path.rsplit("/", 1)[-1]
        if address == here or address in pages or ("." in last and not last.endswith((".html", ".htm", ".xhtml"))):
            continue
        pages.append(address)
        if len(pages) == WHOLE_PAGES:
            break
    return pages


def _compared(document: Document, base: str) -> Iterator[str]:
    """Addresses of links, and of frames, that share their name with one that leads elsewhere."""
    groups: dict[tuple[bool, str], list[str]] = {}
    for element in document:
        is_frame = element.tag in {"iframe", "frame"}
        if not element.exposed or not (is_frame or element.role == "link"):
            continue
        name, target = spoken_name(element.name), destination(element, base)
        if name and target is not None:
            groups.setdefault((is_frame, name), []).append(urldefrag(target).url)
    for addresses in groups.values():
        if len(set(addresses)) > 1:
            yield from dict.fromkeys(addresses)
